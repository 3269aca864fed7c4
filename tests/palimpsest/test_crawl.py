"""`palimpsest crawl` for real, and how `status` tells of crawls that did not go well."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from demo.server import DemoServer
from tests.flows.machines import demo_outlet, first_day
from tests.palimpsest.conftest import Call, Crawled
from tests.palimpsest.documented import example, keys
from tests.palimpsest.doors import Door

pytestmark = [pytest.mark.slow, pytest.mark.xdist_group("door"), pytest.mark.timeout(180)]


def outlets_at(folder: Path, url: str, **changes: Any) -> str:
    """A folder with the demo outlet's file, for another address and with other expectations."""
    said = demo_outlet(url).model_dump(mode="json")
    said["expectations"] |= changes
    folder.mkdir()
    (folder / "demo.yml").write_text(json.dumps(said))
    return str(folder)


def test_a_crawl_that_misses_an_expectation_is_degraded(empty: Door, call: Call, tmp_path: Path) -> None:
    with DemoServer(base=first_day()) as site:
        door = empty.given(
            PALIMPSEST_OUTLETS=outlets_at(tmp_path / "outlets", site.url, filled={"correction": 1.0}),
            PALIMPSEST_STATE=empty.state.name,  # relative to where we are, which is not where the child is
        )
        ran = door.process("crawl", "demo", "--limit", "6", "--json")
    assert ran.code == 0, ran.err
    assert "fetching: " in ran.err
    report = ran.json
    assert report["status"] == "degraded"
    assert 1 <= len(report["new"]) <= 6, "some links of the demo are dead"
    assert report["counts"]["articles new"] == 6
    assert keys(report) <= keys(example("crawl"))
    assert set(report) == set(example("crawl"))
    status = call(door, "status")
    assert status.code == 1
    assert "\tdegraded\t" in status.out
    assert "demo: correction is filled in 0 of " in status.out
    assert call(door, "status", "--json").json[0]["degraded"] is True


def test_a_crawl_of_a_site_that_is_down_fails(crawled: Crawled, call: Call, tmp_path: Path) -> None:
    door = crawled.door.copy(tmp_path)
    with DemoServer() as site:
        url = site.url
    door = door.given(PALIMPSEST_OUTLETS=outlets_at(tmp_path / "outlets", url))
    ran = door.process("crawl", "demo")
    assert ran.code == 1
    assert ran.out.startswith("demo: failed · crawl ")
    count, first = len(demo_outlet(url).sources), demo_outlet(url).sources[0].url
    told = f"no source of the outlet could be read: {count} sources, first {first}: it was not asked for, as robots.txt"
    (line,) = [line for line in ran.out.splitlines() if "/index.html" in line]
    assert line.startswith(f"  ! {told} could not be had (")
    assert "refused" in line
    assert (line.count(url), len(line) < 400) == (1, True)
    assert "Traceback" not in ran.err
    status = call(door, "status")
    assert status.code == 1
    assert "\tfailed\t" in status.out
    assert status.out.count(first) == 1
    assert "unreachable" not in call(door, "articles", "--missing").out, "a failed crawl says nothing of articles"
