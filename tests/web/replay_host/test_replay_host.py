"""The host where archived pages run their scripts, asked without a browser."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from config.clock import Clock
from tests.replay.kept import URL, answered, catalog_of, keep, new_archive, redirected
from tests.storage.exchanges import PAGE, ZIPPED, exchange
from tests.web.asked import Got, ask
from web.archived import archived_app
from web.holdings import Holdings
from web.origins import Origins

AT = "20260123080000"
ARCHIVE, REPLAY = "archive.localhost:8766", "replay.archive.localhost:8766"


class Hosts:
    """Both hosts of archived content over an archive."""

    def __init__(self, folder: Path) -> None:
        self.archive = new_archive(folder / "archive")
        self.catalog = catalog_of(self.archive, folder)
        self.app = archived_app(Holdings(self.archive, self.catalog, {}, Clock()), Origins())

    def keep(self, *exchanges: Any) -> None:
        keep(self.archive, *exchanges)
        self.catalog.sync(self.archive)

    def get(self, path: str, host: str = REPLAY, **said: str) -> Got:
        headers = [(name.replace("_", "-"), value) for name, value in said.items()]
        return ask(self.app, path, host=host, headers=headers)


@pytest.fixture
def hosts(tmp_path: Path) -> Iterator[Hosts]:
    hosts = Hosts(tmp_path)
    yield hosts
    hosts.catalog.close()


@pytest.mark.parametrize(
    "host", ["evil.example", "127.0.0.1:8766", "localhost:8766", "a.replay.archive.localhost:8766"]
)
def test_other_names_are_refused(hosts: Hosts, host: str) -> None:
    assert hosts.get("/boot", host).status == 421


def test_each_host_has_only_its_own(hosts: Hosts) -> None:
    hosts.keep(answered("here"))
    assert hosts.get(f"/web/{AT}id_/{URL}", ARCHIVE).text == "here"
    assert hosts.get(f"/web/{AT}ir_/{URL}", ARCHIVE).status == 404
    assert hosts.get(f"/web/{AT}id_/{URL}").status == 404
    assert hosts.get(f"/web/{AT}ir_/{URL}").text == "here"
    assert hosts.get("/worker.js", ARCHIVE).status == 404


@pytest.mark.parametrize("status", ["204 No Content", "403 Forbidden", "404 Not Found", "410 Gone", "500 Oops"])
def test_the_worker_learns_of_every_status(hosts: Hosts, status: str) -> None:
    hosts.keep(answered("" if status.startswith("2") else "no", status=status))
    got = hosts.get(f"/web/{AT}ir_/{URL}")
    assert (got.status, got["x-redirect-status"]) == (200, status[:3])
    assert got["memento-datetime"] == "Fri, 23 Jan 2026 08:00:00 GMT"


def test_the_worker_learns_of_a_redirection_and_does_not_follow_it(hosts: Hosts) -> None:
    hosts.keep(redirected("/b?c=1"))
    got = hosts.get(f"/web/{AT}ir_/{URL}")
    assert (got.status, got["x-redirect-status"], got["x-orig-location"]) == (200, "301", "/b?c=1")
    assert got["location"] is None


def test_what_is_not_there_has_no_date(hosts: Hosts) -> None:
    got = hosts.get(f"/web/{AT}ir_/{URL}")
    assert (got.status, got["memento-datetime"]) == (404, None)


def test_bodies_come_out_of_their_coding(hosts: Hosts) -> None:
    head = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Encoding: %s\r\n\r\n"
    hosts.keep(exchange(head % b"gzip" + ZIPPED), exchange(head % b"br" + b"\x0b\x02\x80hello\x03", url=f"{URL}?br"))
    got = hosts.get(f"/web/{AT}ir_/{URL}")
    assert (got.body, got["content-encoding"]) == (PAGE, None)
    brotlied = hosts.get(f"/web/{AT}ir_/{URL}?br")
    assert brotlied.body == b"hello" or brotlied["content-encoding"] == "br"


def test_raw_captures_are_for_fetch_alone(hosts: Hosts) -> None:
    hosts.keep(answered("<script>0</script>"))
    for destination in ("document", "iframe", "script", "worker", "serviceworker", "style", "image"):
        assert hosts.get(f"/web/{AT}ir_/{URL}", sec_fetch_dest=destination).status == 403
    got = hosts.get(f"/web/{AT}ir_/{URL}", sec_fetch_dest="empty")
    assert got.status == 200
    assert got["content-security-policy"] == "default-src 'none'; sandbox"


@pytest.mark.parametrize(
    "path", [f"/web/{AT}ir_/{URL}", "/worker.js?allowProxyPaths=http://a.example/", "/boot.js", "/wabac/0/sw.js"]
)
def test_nothing_archived_becomes_a_service_worker(hosts: Hosts, path: str) -> None:
    hosts.keep(answered("self.onfetch = null", head="Content-Type: text/javascript\r\n"))
    assert hosts.get(path, service_worker="script").status == 403
    assert hosts.get("/worker.js", service_worker="script").status == 200


def test_whoever_comes_without_the_worker_is_led_to_where_a_replay_begins(hosts: Hosts) -> None:
    got = hosts.get(f"/w/{'0' * 32}/{AT}mp_/{URL}?a=1")
    assert (got.status, got["location"]) == (307, f"http://{ARCHIVE}/replay/{AT}/{URL}?a=1")


def test_a_replay_names_its_capture_and_only_its_capture(hosts: Hosts) -> None:
    hosts.keep(answered("here"))
    near = hosts.get(f"/replay/2026/{URL}", ARCHIVE)
    assert (near.status, near["location"]) == (302, f"/replay/{AT}/{URL}")
    assert hosts.get(f"/replay/{AT}/http://news.example/none", ARCHIVE).status == 404


def test_a_replay_page_holds_nothing_that_a_url_could_break_out_with(hosts: Hosts) -> None:
    url = "http://news.example/a?x='%3E%3Cscript%3Ealert(1)%3C/script%3E&%E2%80%AE"
    hosts.keep(answered("here", url=url))
    got = hosts.get(f"/replay/{AT}/{url}", ARCHIVE)
    assert got.status in (200, 503)
    assert "<script>alert" not in got.text
    assert "\u202e" not in got.text


def test_without_wabac_the_page_says_how_to_get_it(hosts: Hosts, monkeypatch: pytest.MonkeyPatch) -> None:
    hosts.keep(answered("here"))
    monkeypatch.setattr("web.archive_host.full_replay.wabac", lambda: None)
    got = hosts.get(f"/replay/{AT}/{URL}", ARCHIVE)
    assert got.status == 503
    assert "make replay" in got.text
    assert f"/view/{AT}/{URL}" in got.text
