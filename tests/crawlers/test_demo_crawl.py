from __future__ import annotations

from datetime import timedelta
from pathlib import Path

from config.outlet import Outlet
from config.outlet_file import load_outlet
from demo.script import EVENTS
from demo.server import DemoServer
from tests.crawlers.child import ROOT, crawled, outlet_of
from tests.crawlers.site import Site, listing


def demo_at(url: str) -> Outlet:
    return load_outlet(ROOT / "config" / "outlets" / "demo.yml").rebased(f"{url}/")


def test_a_crawl_of_the_demo_outlet_sees_all_that_it_has(tmp_path: Path) -> None:
    with DemoServer() as server:
        child = crawled(tmp_path / "crawl", demo_at(server.url))
        result = child.result
        assert result.complete, result.incomplete
        assert all(source.ok and source.links for source in result.sources)
        later = {event.path for event in EVENTS if event.kind in ("new", "re-posted") and event.day > 0}
        known = {event.path for event in EVENTS} - later
        captured = {record.url for record in child.records if record.type == "response"}
        assert {server.url + path for path in known} <= captured
        assert not {server.url + path for path in later} & captured
        assert result.roles["part"] >= 1
        assert result.roles["requisite"] >= 10
        assert not result.errors


def test_the_simulated_clock_is_written_into_every_warcinfo(tmp_path: Path, site: Site) -> None:
    site.pages |= {"/news/index.html": listing()}
    child = crawled(tmp_path / "crawl", outlet_of(site.url), clock_offset=timedelta(days=3))
    (info,) = [record for record in child.records if record.type == "warcinfo"]
    assert info.facts["simulated-clock"] == "true"
    assert float(info.facts["clock-offset-seconds"]) == 3 * 86_400
