"""Captures of one URL within a second: each has a name, and what tells of the page is preferred."""

from __future__ import annotations

import json
import re

import pytest

import replay.timemap
from tests.replay.kept import URL, answered, keep
from tests.web.archive_host.conftest import Host

ARCHIVE = "http://archive.localhost:8766"
SECOND = "20260123080000"
NEXT = {
    "link": r'<([^>]*)>; rel="timemap"; type="application/link-format"; from=',
    "json": r'"next": {"uri": "([^"]*)"',
    "cdxj": r'!meta {"next": "([^"]*)"',
}


@pytest.fixture
def filled(host: Host) -> Host:
    keep(
        host.archive,
        answered("busy", status="503 Service Unavailable"),
        answered("whole", hours=0.3 / 3600),
        answered("again", hours=0.6 / 3600),
        answered("next day", hours=24),
    )
    host.sync()
    return host


def body(host: Host, address: str) -> str:
    return host.get(address.removeprefix(ARCHIVE).replace("mp_", "id_")).text


def test_fourteen_digits_name_the_one_that_tells_of_the_page(filled: Host) -> None:
    assert body(filled, f"/web/{SECOND}id_/{URL}") == "whole"
    led = filled.get(f"/timegate/{URL}", headers=[("Accept-Datetime", "Fri, 23 Jan 2026 08:00:00 GMT")])["location"]
    assert led is not None
    assert body(filled, led) == "whole"


@pytest.mark.parametrize(
    ("fraction", "said"), [("000000", "busy"), ("1", "busy"), ("423456", "whole"), ("4", "whole"), ("999999", "again")]
)
def test_more_digits_name_each(filled: Host, fraction: str, said: str) -> None:
    assert body(filled, f"/web/{SECOND}{fraction}id_/{URL}") == said
    assert said in filled.get(f"/web/{SECOND}{fraction}mp_/{URL}").text
    framed = filled.get(f"/view/{SECOND}{fraction}/{URL}")
    assert framed.status == 200
    assert f'src="/web/{SECOND}{fraction}mp_/{URL}"' in framed.text


@pytest.mark.parametrize("page", [1, 2, 3, 10])
@pytest.mark.parametrize("output", ["link", "json", "cdxj"])
def test_a_timemap_names_each(filled: Host, output: str, page: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(replay.timemap, "PAGE", page)
    named: list[str] = []
    address = f"/timemap/{output}/{URL}"
    while address:
        text = filled.get(address).text
        named += re.findall(rf"{ARCHIVE}/web/[0-9]+mp_/[^>\"]+", text.partition('"list"')[2] or text)
        following = re.search(NEXT[output], text)
        address = following[1].removeprefix(ARCHIVE) if following else ""
    assert [body(filled, address) for address in named] == ["busy", "whole", "again", "next day"]


def test_a_memento_links_to_those_of_its_second(filled: Host) -> None:
    link = filled.get(f"/web/{SECOND}423456id_/{URL}")["link"] or ""
    near = dict(re.findall(r'<[^>]*/web/([0-9]+)id_/[^>]*>; rel="([a-z ]+)"', link))
    assert near == {
        f"{SECOND}123456": "first prev memento",
        f"{SECOND}423456": "memento",
        f"{SECOND}723456": "next memento",
        "20260124080000": "last memento",
    }


def test_the_ends_of_a_timemap_are_named_by_their_own_seconds(filled: Host) -> None:
    ends = json.loads(filled.get(f"/timemap/json/{URL}").text)["mementos"]
    assert [body(filled, ends[end]["uri"]) for end in ("first", "last")] == ["busy", "next day"]


def test_a_neighbour_is_named_by_its_own_second_and_not_by_that_of_the_memento(filled: Host) -> None:
    """The last of three in a second needs all its digits, also from afar; what is alone needs none, also from near."""
    next_day = "20260124080000"
    framed = filled.get(f"/view/{next_day}/{URL}").text
    assert f'href="/view/{SECOND}723456/{URL}"' in framed
    link = filled.get(f"/web/{next_day}id_/{URL}")["link"] or ""
    assert dict(re.findall(r'<[^>]*/web/([0-9]+)id_/[^>]*>; rel="([a-z ]+)"', link)) == {
        f"{SECOND}123456": "first memento",
        f"{SECOND}723456": "prev memento",
        next_day: "last memento",
    }
    framed = filled.get(f"/view/{SECOND}723456/{URL}").text
    assert f'href="/view/{SECOND}423456/{URL}"' in framed
    assert f'href="/view/{next_day}/{URL}"' in framed
