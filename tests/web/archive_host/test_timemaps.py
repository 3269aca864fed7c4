"""TimeMaps: all captures with a response, in three forms, in pages (RFC 7089 §5)."""

from __future__ import annotations

import json
import re
from datetime import timedelta
from functools import partial
from itertools import pairwise
from typing import Any

import pytest

import replay.timemap
from storage.exchange import Outcome
from tests.replay.kept import URL, answered, keep, redirected
from tests.storage.exchanges import START, failure
from tests.web.archive_host.conftest import Host

ARCHIVE = "http://archive.localhost:8766"
SECURE = URL.replace("http:", "https:")


@pytest.fixture
def filled(host: Host) -> Host:
    keep(
        host.archive,
        answered("0"),
        redirected(SECURE, hours=1),
        answered("busy", hours=2, status="503 Service Unavailable", url=SECURE),
        failure(Outcome.TIMEOUT, url=URL, started_at=START + timedelta(hours=3)),
        answered("4", hours=4),
    )
    host.sync()
    return host


EXPECTED = [("20260123080000", URL), ("20260123090000", URL), ("20260123100000", SECURE), ("20260123120000", URL)]


def test_the_link_format_lists_all_of_them(filled: Host) -> None:
    got = filled.get(f"/timemap/link/{URL}")
    assert (got.status, got["content-type"]) == (200, "application/link-format")
    links = [link.split("; ") for link in got.text.rstrip("\n").split(",\n")]
    mementos = [link for link in links if "memento" in link[1]]
    assert [link[0] for link in mementos] == [f"<{ARCHIVE}/web/{at}mp_/{url}>" for at, url in EXPECTED]
    assert [link[1] for link in mementos] == [
        'rel="first memento"', 'rel="memento"', 'rel="memento"', 'rel="last memento"'
    ]  # fmt: skip
    assert mementos[2][2] == 'datetime="Fri, 23 Jan 2026 10:00:00 GMT"'
    assert [f"<{URL}>", 'rel="original"'] in links
    assert [f"<{ARCHIVE}/timegate/{URL}>", 'rel="timegate"'] in links
    assert [
        f"<{ARCHIVE}/timemap/link/{URL}>",
        'rel="self"',
        'type="application/link-format"',
        'from="Fri, 23 Jan 2026 08:00:00 GMT"',
        'until="Fri, 23 Jan 2026 12:00:00 GMT"',
    ] in links


def test_the_json_lists_all_of_them(filled: Host) -> None:
    got = filled.get(f"/timemap/json/{URL}")
    assert got["content-type"] == "application/json"
    told = json.loads(got.body)
    assert told["original_uri"] == URL
    assert told["timegate_uri"] == f"{ARCHIVE}/timegate/{URL}"
    assert told["timemap_uri"]["cdxj_format"] == f"{ARCHIVE}/timemap/cdxj/{URL}"
    assert [one["uri"] for one in told["mementos"]["list"]] == [f"{ARCHIVE}/web/{at}mp_/{url}" for at, url in EXPECTED]
    assert told["mementos"]["list"][2]["datetime"] == "2026-01-23T10:00:00Z"
    assert told["mementos"]["first"] == told["mementos"]["list"][0]
    assert told["mementos"]["last"] == told["mementos"]["list"][-1]


def test_the_cdxj_lists_all_of_them(filled: Host) -> None:
    lines = filled.get(f"/timemap/cdxj/{URL}").text.splitlines()
    told = [line.split(" ", 1) for line in lines if not line.startswith("!")]
    assert [(at, json.loads(said)["uri"]) for at, said in told] == [
        (at, f"{ARCHIVE}/web/{at}mp_/{url}") for at, url in EXPECTED
    ]
    assert json.loads(told[0][1])["rel"] == "first memento"
    assert all(json.loads(line.split(" ", 1)[1]) for line in lines if line.startswith("!"))


def test_every_memento_can_be_asked_for(filled: Host) -> None:
    for at, url in EXPECTED:
        got = filled.get(f"/web/{at}id_/{url}")
        assert got["memento-datetime"] is not None
        assert got["memento-datetime"].split()[4].replace(":", "") == at[8:]


@pytest.fixture
def many(host: Host, monkeypatch: pytest.MonkeyPatch) -> Host:
    monkeypatch.setattr(replay.timemap, "PAGE", 7)
    captures = [answered(f"{n}", hours=n / 100) for n in range(20)]
    # Three at one microsecond are not torn apart by the end of a page.
    captures += [answered(f"{n}", url=url, hours=6 / 100) for n, url in enumerate((SECURE, f"{URL}#a"))]
    keep(host.archive, *captures)
    host.sync()
    return host


def test_long_ones_come_in_pages_that_name_the_next(many: Host) -> None:
    found: list[Any] = []
    page: str | None = f"{ARCHIVE}/timemap/json/{URL}"
    pages = 0
    while page:
        told = json.loads(many.get(page.removeprefix(ARCHIVE)).body)
        assert told["self"] == page
        found += told["mementos"]["list"]
        page = told.get("pages", {}).get("next", {}).get("uri")
        pages += 1
    assert (len(found), pages) == (22, 3)
    assert all(a["datetime"] <= b["datetime"] for a, b in pairwise(found))
    link = many.get(f"/timemap/link/{URL}").text
    (more,) = re.findall(r'<([^>]*)>; rel="timemap"; type="application/link-format"; from="', link)
    assert link.count("memento") == 9
    assert many.get(more.removeprefix(ARCHIVE)).text.count('rel="memento"') == 7
    cdxj = many.get(f"/timemap/cdxj/{URL}").text
    assert '!meta {"next": "http://archive.localhost:8766/timemap/2026' in cdxj


def test_what_was_never_captured_has_none(filled: Host) -> None:
    for output in ("link", "json", "cdxj"):
        assert filled.get(f"/timemap/{output}/http://news.example/never").status == 404
    assert filled.get(f"/timemap/2027link/{URL}").status == 404
    assert filled.get(f"/timemap/xml/{URL}").status == 404


@pytest.mark.parametrize("output", ["link", "json", "cdxj"])
def test_a_page_may_end_where_the_catalog_was_read_to(
    filled: Host, output: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Two are read at a time, and two stand on a page: the third is read and belongs to the next."""
    monkeypatch.setattr(replay.timemap, "PAGE", 2)
    monkeypatch.setattr(replay.timemap, "walk", partial(replay.timemap.walk, page=2))
    text = filled.get(f"/timemap/{output}/{URL}").text
    assert len(re.findall(r"/web/[0-9]+mp_/", text.partition('"list"')[2] or text)) == 2
    if output == "json":
        assert [one["uri"][-len(URL) :] for one in json.loads(text)["mementos"]["list"]] == [URL, URL]
    assert ",\n," not in text


@pytest.mark.parametrize("output", ["link", "json", "cdxj"])
def test_another_host_of_the_same_surt_is_not_in_it(host: Host, output: str) -> None:
    one, other = "http://[2001:db8::1]:8080/", "http://[2001:db8::1:8080]/"
    keep(host.archive, answered("one", url=one), answered("other", url=other, hours=1))
    host.sync()
    text = host.get(f"/timemap/{output}/{one}").text
    assert "mp_/http://[2001:db8::1]:8080/" in text
    assert other not in text
    assert host.get(f"/web/20260123090000id_/{one}").text == "one"
