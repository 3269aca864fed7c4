"""What a crawl is told to look at, from what the archive holds of the crawls before."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from datetime import timedelta
from pathlib import Path

import pytest

from config.outlet_file import load_outlet
from crawlers.plan import Plan
from crawlers.result import CrawlResult, SourceResult
from flows.steps.commit_readings import commit_readings
from flows.steps.derived_objects import CrawlFacts, create_derived
from flows.steps.place import Place
from flows.steps.plan import plan
from flows.steps.recover import facts_of
from storage.commits import Draft, Kind, ObjectRole
from storage.exchange import Outcome, Purpose, Role
from storage.keys import new_crawl_id
from storage.rows import CaptureRow
from storage.tables import write_captures
from tests.flows.machines import ROOT, Machine

OUTLET = load_outlet(ROOT / "config" / "outlets" / "demo.yml")
READ, MISREAD = OUTLET.sources[0].url, OUTLET.sources[1].url


@pytest.fixture
def place(tmp_path: Path) -> Iterator[Place]:
    opened = Machine(str(tmp_path / "archive"), tmp_path / "state").on(0)
    with closing(opened.catalog):
        yield opened


def crawled(place: Place, *sources: SourceResult, hours: float = 3, thorough: bool = True, said: bool = True) -> None:
    """A crawl, so many hours ago, that captured the first page of each source, with an ETag, and said this of them."""
    started = place.clock.now() - timedelta(hours=hours)
    facts = CrawlFacts("demo", new_crawl_id("demo", started), started)
    rows = [
        CaptureRow(
            url=source.url,
            surt=source.url,
            captured_at=started,
            crawl_id=facts.crawl_id,
            role=Role.LISTING,
            purpose=Purpose.DISCOVER,
            outcome=Outcome.RESPONSE,
            record_id=f"urn:uuid:{number}",
            warc_key="w",
            offset=0,
            length=1,
            status=200,
            payload_digest=f"sha256:{number:064x}",
            etag='"v1"',
        )
        for number, source in enumerate(sources)
    ]
    table = create_derived(place, facts, "t.captures.parquet", write_captures(rows), ObjectRole.CAPTURES)
    place.archive.log("demo").append(
        Draft(Kind.CAPTURE, facts.crawl_id, started, started, "test/1", (table,), counts={"captures": len(rows)})
    )
    result = CrawlResult(
        facts.crawl_id, "demo", started, started, "finished", False, thorough=thorough, sources=sources
    )
    told = {name: value for name, value in result.to_json().items() if said or name != "thorough"}
    report = {"status": "degraded", "complete": False, "result": told}
    commit_readings(place, OUTLET, facts, (), report=report)


def test_a_source_that_was_not_read_is_not_asked_whether_it_changed(place: Place) -> None:
    crawled(
        place,
        SourceResult(READ, "listing", True, pages=1),
        SourceResult(MISREAD, "listing", False, error="it is no HTML page"),
    )
    written = Plan.open(plan(place, OUTLET).folder)
    with closing(written):
        assert not written.crawl.thorough
        known = written.last_look(READ)
        assert known is not None
        assert (known.conditional, known.etag) == (True, '"v1"')
        assert written.last_look(MISREAD) is None


@pytest.mark.parametrize(
    ("crawls", "thorough"),
    [
        ([], True),
        ([(3, True)], False),
        ([(22, True), (3, False)], False),
        ([(24, True), (3, False)], True),
        ([(6, False), (3, False)], True),
    ],
)
def test_once_a_day_a_crawl_walks_listings_to_their_end(
    place: Place, crawls: list[tuple[float, bool]], thorough: bool
) -> None:
    for hours, was_thorough in crawls:
        crawled(place, SourceResult(READ, "listing", True, pages=1), hours=hours, thorough=was_thorough)
    with closing(Plan.open(plan(place, OUTLET).folder)) as written:
        assert written.crawl.thorough is thorough
        assert (written.last_look(READ) is None) is thorough


def test_a_report_of_the_time_before_it_told_is_of_no_thorough_crawl(place: Place) -> None:
    crawled(place, SourceResult(READ, "listing", True, pages=1), said=False)
    with closing(Plan.open(plan(place, OUTLET).folder)) as written:
        assert written.crawl.thorough


def test_who_recovers_a_crawl_knows_as_much_of_it_as_who_planned_it(place: Place) -> None:
    crawled(place, SourceResult(READ, "listing", True, pages=1))
    planned = plan(place, OUTLET)
    assert planned.facts.after == 2  # a log of years is not read from its beginning
    assert facts_of(planned.folder) == planned.facts
