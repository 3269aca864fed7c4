"""The host where archived pages run their scripts, asked without a browser."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from config.clock import Clock
from tests.replay.kept import URL, answered, catalog_of, keep, new_archive, redirected
from tests.storage.exchanges import PAGE, ZIPPED, exchange
from tests.web.asked import Got, ask, scope_of
from web import archived
from web.archive_host.rates import RATES, kind_of
from web.archived import archived_app
from web.holdings import Holdings
from web.origins import Origins
from web.security.limits import Limits

AT = "20260123080000"
ARCHIVE, REPLAY = "archive.localhost:8766", "replay.archive.localhost:8766"


class Hosts:
    """Both hosts of archived content over an archive."""

    def __init__(self, folder: Path) -> None:
        self.archive = new_archive(folder / "archive")
        self.catalog = catalog_of(self.archive, folder)
        self.holdings = Holdings(self.archive, self.catalog, {}, Clock())
        self.app = archived_app(self.holdings, Origins())

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
    "host", ["evil.example", "127.0.0.1:8765", "localhost", "[::1]:8766", "a.replay.archive.localhost:8766"]
)
def test_other_names_are_refused(hosts: Hosts, host: str) -> None:
    refused = hosts.get("/boot", host)
    assert refused.status == 421


@pytest.mark.parametrize("other", ["127.0.0.1:8766", ARCHIVE, "evil.example"])
def test_two_names_are_none(hosts: Hosts, other: str) -> None:
    for path in (f"/web/{AT}id_/{URL}", "/cdx?url=a"):
        assert ask(hosts.app, path, host="127.0.0.1:8766", headers=[("Host", other)]).status == 421


@pytest.mark.parametrize("host", ["127.0.0.1:8766", "localhost:8766"])
def test_browsers_are_led_from_the_address_to_the_name(hosts: Hosts, host: str) -> None:
    """Where the window's cookies are, nothing archived is."""
    hosts.keep(answered("here"))
    for path in ("/", f"/view/{AT}/{URL}?a=1"):
        led = hosts.get(path, host)
        assert (led.status, led["location"]) == (307, f"http://{ARCHIVE}{path}")
    for site in ("none", "same-origin", "same-site"):
        assert hosts.get(f"/web/{AT}id_/{URL}", host, sec_fetch_site=site).status in (307, 403)


@pytest.mark.parametrize("host", ["127.0.0.1:8766", "localhost:8766"])
def test_programs_are_answered_by_the_address_with_links_by_it(hosts: Hosts, host: str) -> None:
    hosts.keep(answered("<p>here"))
    here = "http://127.0.0.1:8766"
    raw = hosts.get(f"/web/{AT}id_/{URL}", host)
    assert (raw.status, raw.text) == (200, "<p>here")
    assert f"<{here}/timegate/{URL}>" in (raw["link"] or "")
    assert hosts.get(f"/timegate/{URL}", host)["location"] == f"{here}/web/{AT}mp_/{URL}"
    assert f"<{here}/web/{AT}mp_/{URL}>" in hosts.get(f"/timemap/link/{URL}", host).text
    assert hosts.get(f"/cdx?url={URL}", host).status == 200
    for path in (f"/web/{AT}id_/{URL}", f"/web/{AT}mp_/{URL}", "/cdx?url=x", "/web/2026id_/http://news.example/none"):
        for accept in ("text/html", "*/*"):
            assert_bare(hosts.get(path, host, accept=accept))


def test_programs_are_led_to_an_image_by_the_address(hosts: Hosts) -> None:
    """What they were led to before was the name, which few of them can look up."""
    image = "http://news.example/i.png"
    hosts.keep(answered(b"\x89PNG", url=image, head="Content-Type: image/png\r\n"))
    here, address = "http://127.0.0.1:8766", f"/timegate/{image}"
    while (got := hosts.get(address, "127.0.0.1:8766")).status == 302:
        assert (got["location"] or "").startswith(f"{here}/")
        address = (got["location"] or "").removeprefix(here)
    assert (got.status, got.body) == (200, b"\x89PNG")
    assert_bare(got)


def assert_bare(got: Got) -> None:
    """Nothing of it runs, is of any origin, is framed by others or read by them, or sets a cookie."""
    policy = [part.strip() for part in (got["content-security-policy"] or "").split(";")]
    assert "default-src 'none'" in policy
    assert "sandbox" in policy
    assert any(part.startswith("frame-ancestors 'self' ") for part in policy)
    assert got["x-content-type-options"] == "nosniff"
    assert got["cross-origin-resource-policy"] == "same-origin"
    assert got["set-cookie"] is None


def test_all_that_the_hosts_say_has_the_headers(hosts: Hosts) -> None:
    hosts.keep(answered("here"))
    for path, host, method in (
        (f"/web/{AT}id_/{URL}", ARCHIVE, "POST"),
        ("/static/window.css", ARCHIVE, "GET"),
        ("/static/window.css", ARCHIVE, "POST"),
        ("/static/nothing", ARCHIVE, "GET"),
        ("/cdx", ARCHIVE, "DELETE"),
        ("/nothing", REPLAY, "GET"),
        ("/boot", REPLAY, "POST"),
        ("/boot", "evil.example", "GET"),
    ):
        got = ask(hosts.app, path, host=host, method=method)
        assert got["x-content-type-options"] == "nosniff", (path, host, method)
        assert got["cross-origin-resource-policy"] == "same-origin", (path, host, method)
        assert "frame-ancestors 'self' http" in (got["content-security-policy"] or ""), (path, host, method)


@pytest.mark.parametrize("path", ["/", f"/view/{AT}/{URL}", "/view/2026/http://news.example/no"])
def test_our_pages_let_go_of_whoever_opened_them(hosts: Hosts, path: str) -> None:
    hosts.keep(answered("here"))
    got = hosts.get(path, ARCHIVE, accept="text/html")
    assert got["cross-origin-opener-policy"] == got["cross-origin-resource-policy"] == "same-origin"


SHOWN = (f"/web/{AT}id_/", f"/web/{AT}mp_/", f"/web/{AT}im_/", f"/view/{AT}/", f"/replay/{AT}/", "/timemap/link/", "/")


@pytest.mark.parametrize("path", SHOWN)
def test_what_another_site_asks_for_is_the_same_whether_there_is_a_capture(hosts: Hosts, path: str) -> None:
    hosts.keep(answered("here"))
    for site in ("cross-site", "same-site"):
        for mode, dest in (("no-cors", "image"), ("cors", "empty"), ("navigate", "iframe"), ("navigate", "document")):
            said = {"sec_fetch_site": site, "sec_fetch_mode": mode, "sec_fetch_dest": dest}
            there, not_there = (hosts.get(f"{path}{url}", ARCHIVE, **said) for url in (URL, f"{URL[:-1]}M"))
            assert there.status == (200 if dest == "document" else 403)
            assert [*there.headers, there.status] == [*not_there.headers, not_there.status]
            assert there.text.replace(URL, "") == not_there.text.replace(f"{URL[:-1]}M", "")
            assert hosts.get(f"/web/{AT}ir_/{URL}", REPLAY, **said).status == 403


def test_a_redirection_in_a_circle_is_shown_as_what_it_says(hosts: Hosts) -> None:
    """To the worker a step of it would be a replay of its own, which browsers do not count."""
    secure = URL.replace("http:", "https:")
    hosts.keep(redirected(secure), redirected(URL, url=secure, hours=1))
    for url in (URL, secure):
        for at in (AT, "20260123090000", "2026"):
            got = hosts.get(f"/web/{at}ir_/{url}")
            assert (got.status, got["x-redirect-status"], got["x-orig-location"]) == (200, "200", None)
            assert got.text == "moved"
    hosts.keep(answered("here", url=secure, hours=2))
    assert hosts.get(f"/web/{AT}ir_/{URL}")["x-orig-location"] == secure
    assert hosts.get(f"/web/{AT}ir_/{secure}").text == "here"


def test_so_are_redirections_that_lead_to_each_other(hosts: Hosts) -> None:
    other, apart = f"{URL}?x=1", f"{URL}?x=2"
    hosts.keep(redirected(other), redirected(URL, url=other, hours=24), redirected(other, url=apart))
    for at, url in ((AT, URL), ("20260124080000", other), (AT, apart)):
        got = hosts.get(f"/web/{at}ir_/{url}")
        assert (got["x-redirect-status"], got["x-orig-location"], got.text) == ("200", None, "moved")


def test_what_no_browser_shows_is_left_to_the_safe_view(hosts: Hosts) -> None:
    """Which says so, and leads to the bytes."""
    pdf = "http://news.example/a.pdf?x=1"
    hosts.keep(answered(b"%PDF-1.7", url=pdf, head="Content-Type: application/pdf\r\n"))
    got = hosts.get(f"/replay/{AT}/{pdf}", ARCHIVE)
    assert (got.status, got["location"]) == (302, f"/view/{AT}/{pdf}")
    assert "No browser shows" in hosts.get(f"/view/{AT}/{pdf}", ARCHIVE).text


@pytest.mark.parametrize(
    "mime", ["application/rss+xml", "Application/Atom+XML; charset=utf-8", "text/xml", "application/xml"]
)
def test_so_are_feeds_and_sitemaps(hosts: Hosts, mime: str) -> None:
    """Of which Chromium shows nothing in the frame, since their styles are refused."""
    hosts.keep(answered(b"<rss/>", head=f"Content-Type: {mime}\r\n"))
    got = hosts.get(f"/replay/{AT}/{URL}", ARCHIVE)
    assert (got.status, got["location"]) == (302, f"/view/{AT}/{URL}")
    assert hosts.get(f"/view/{AT}/{URL}", ARCHIVE).status == 200


@pytest.mark.parametrize("mime", ["text/html", "application/xhtml+xml", "image/svg+xml", "application/json"])
def test_what_a_browser_shows_is_replayed(hosts: Hosts, mime: str) -> None:
    hosts.keep(answered(b"<p>here", head=f"Content-Type: {mime}\r\n"))
    assert hosts.get(f"/replay/{AT}/{URL}", ARCHIVE).status in (200, 503)


def test_nor_is_an_answer_without_content(hosts: Hosts) -> None:
    """At which a browser stays where it was."""
    hosts.keep(answered("", status="204 No Content"))
    assert hosts.get(f"/replay/{AT}/{URL}", ARCHIVE)["location"] == f"/view/{AT}/{URL}"
    assert "HTTP 204 without a body" in hosts.get(f"/view/{AT}/{URL}", ARCHIVE).text


@pytest.mark.parametrize("said", ["text/html", "text/html; charset=utf-16", "Text/HTML;charset=gbk"])
@pytest.mark.parametrize("encoding", ["utf-16", "utf-8-sig"])
def test_a_page_with_a_mark_is_utf_8_after_the_worker(hosts: Hosts, said: str, encoding: str) -> None:
    body = "<p>Ü".encode(encoding)
    hosts.keep(answered(body, head=f"Content-Type: {said}\r\n"))
    got = hosts.get(f"/web/{AT}ir_/{URL}")
    assert (got.body, got["content-type"]) == (body, "text/html; charset=utf-8")


def test_what_has_no_mark_keeps_its_type(hosts: Hosts) -> None:
    for said, body in (("text/html; charset=gbk", b"<p>"), ("text/css", b"\xff\xfe"), ("text/htmlx", b"\xff\xfe")):
        url = f"{URL}?{said[:8]}{len(said)}"
        hosts.keep(answered(body, url=url, head=f"Content-Type: {said}\r\n"))
        assert hosts.get(f"/web/{AT}ir_/{url}")["content-type"] == said


def test_frames_of_the_window_show_it(hosts: Hosts) -> None:
    hosts.keep(answered("here"))
    frame = {"sec_fetch_site": "cross-site", "sec_fetch_mode": "navigate", "sec_fetch_dest": "iframe"}
    path = f"/web/{AT}mp_/{URL}"
    assert hosts.get(path, ARCHIVE, **frame, referer="http://127.0.0.1:8765/").status == 200
    for other in ("http://127.0.0.1:8765/x", "http://127.0.0.1:87650/", "http://evil.example/"):
        assert hosts.get(path, ARCHIVE, **frame, referer=other).status == 403
    assert hosts.get(path, ARCHIVE, **frame | {"sec_fetch_site": "same-site"}).status == 403
    assert hosts.get("/boot", REPLAY, **frame).status == 200


def test_a_page_and_its_parts_are_not_too_much_and_a_flood_is(hosts: Hosts, monkeypatch: pytest.MonkeyPatch) -> None:
    """Five pages with 200 parts at once, each asked for twice: by the frame, and ahead by a worker."""
    asked = [f"/view/{AT}/{URL}", f"/web/{AT}mp_/{URL}", *(f"/web/{AT}im_/{URL}?{n}" for n in range(200))] * 2
    limits = Limits(RATES, lambda: 0.0)
    for path in asked * 4:
        with limits.one(kind_of(scope_of(path)) or "none", "192.0.2.1"):
            pass
    monkeypatch.setattr(
        archived, "RATES", {name: replace(rate, a_minute=0.01, burst=3) for name, rate in RATES.items()}
    )
    few = archived.archived_app(hosts.holdings, Origins())
    for path in (f"/view/{AT}/{URL}", f"/web/{AT}id_/{URL}", "/cdx?url=a.example"):
        answers = [ask(few, path) for _ in range(5)]
        assert [got.status == 429 for got in answers] == [False] * 3 + [True] * 2
        assert answers[-1]["retry-after"]
    assert [ask(few, f"/web/{AT}ir_/{URL}", host=REPLAY).status for _ in range(5)][-1] == 429
    assert {ask(few, "/static/window.css").status for _ in range(5)} == {200}
    assert {ask(few, "/cdx?url=a.example", host="127.0.0.1:8766").status for _ in range(5)} == {200}


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


@pytest.mark.parametrize(
    ("asked", "status", "place", "body"),
    [
        ("bytes=0-", "206", "bytes 0-5/6", "Ogg345"),
        ("bytes=2-3", "206", "bytes 2-3/6", "g3"),
        ("bytes=-2", "206", "bytes 4-5/6", "45"),
        ("bytes=6-", "416", "bytes */6", ""),
        ("pages=1-2", "200", None, "Ogg345"),
    ],
)
def test_of_a_film_comes_what_is_asked_for(hosts: Hosts, asked: str, status: str, place: str | None, body: str) -> None:
    hosts.keep(answered("Ogg345", head="Content-Type: Video/ogg\r\n"))
    got = hosts.get(f"/web/{AT}ir_/{URL}", range=asked)
    assert (got.status, got["x-redirect-status"], got["content-range"], got.text) == (200, status, place, body)
    assert got["content-length"] == str(len(body))


def test_what_is_rewritten_comes_whole(hosts: Hosts) -> None:
    for kind in ("text/html", "application/json", "audio/x-mpegURL", "video/vnd.mpeg.dash.mpd"):
        url = f"{URL}?{kind}"
        hosts.keep(answered("012345", url=url, head=f"Content-Type: {kind}\r\n"))
        got = hosts.get(f"/web/{AT}ir_/{url}", range="bytes=2-3")
        assert (got["x-redirect-status"], got["content-range"], got.text) == ("200", None, "012345")


def test_raw_captures_are_for_fetch_alone(hosts: Hosts) -> None:
    hosts.keep(answered("<script>0</script>"))
    for destination in ("document", "iframe", "script", "worker", "serviceworker", "style", "image"):
        assert hosts.get(f"/web/{AT}ir_/{URL}", sec_fetch_dest=destination).status == 403
    got = hosts.get(f"/web/{AT}ir_/{URL}", sec_fetch_dest="empty")
    assert got.status == 200
    assert (got["content-security-policy"] or "").startswith("default-src 'none'; sandbox; frame-ancestors ")


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
