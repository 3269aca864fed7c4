"""What people type who know other archives."""

from __future__ import annotations

import pytest

from tests.replay.kept import URL, answered, keep
from tests.web.archive_host.conftest import Host

HTML = [("Accept", "text/html")]


@pytest.fixture
def filled(host: Host) -> Host:
    keep(host.archive, answered("first"), answered("second", hours=1))
    host.sync()
    return host


def test_the_host_says_what_it_is(host: Host) -> None:
    got = host.get("/", headers=HTML)
    assert got.status == 200
    assert "<h1>Archived pages</h1>" in got.text
    assert '<a href="http://127.0.0.1:8765/">window</a>' in got.text


@pytest.mark.parametrize("path", ["/view/{}", "/view//{}", "/web/{}"])
def test_an_address_alone_leads_to_its_latest_capture(filled: Host, path: str) -> None:
    led = filled.get(path.format(URL), headers=HTML)
    assert (led.status, led["location"]) == (302, f"/view/20260123090000/{URL}")
    assert filled.get(path.format("http://news.example/no"), headers=HTML).status == 404


def test_and_so_does_a_replay(filled: Host) -> None:
    assert filled.get(f"/replay/{URL}", headers=HTML)["location"] == f"/replay/20260123090000/{URL}"


def test_a_host_that_begins_with_digits_is_no_timestamp(host: Host) -> None:
    keep(host.archive, answered("here", url="http://163.example/a"))
    host.sync()
    for path in ("/view/163.example/a", "/web/163.example/a"):
        assert host.get(path, headers=HTML)["location"] == "/view/20260123080000/http://163.example/a"


@pytest.mark.parametrize("star", ["*", "%2A", "%2a"])
def test_a_star_leads_to_the_calendar_in_the_window(host: Host, star: str) -> None:
    led = host.get(f"/web/{star}/http://news.example/a?b=c&d")
    assert led.status == 302
    assert led["location"] == "http://127.0.0.1:8765/calendar?url=http%3A%2F%2Fnews.example%2Fa%3Fb%3Dc%26d"
