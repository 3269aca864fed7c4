"""Crawl after crawl of the demo outlet, by the steps alone: what each finds, and what it costs."""

from __future__ import annotations

import asyncio
import os
import signal
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from sqlalchemy import select

from articles.readers.registry import readers_of
from demo.server import DemoServer
from flows.steps import read as reading
from flows.steps.child import running_child
from flows.steps.outlet_lock import only_crawl
from flows.steps.place import Place
from flows.steps.plan import plan
from flows.steps.report import CrawlReport, CrawlStatus
from storage.catalog import unread
from storage.catalog.schema import DERIVED, url_state
from storage.commits import Kind, ObjectRole
from storage.verify import verify
from storage.warc_check import check_warc
from tests.flows.in_capture_order import copy_in_capture_order
from tests.flows.machines import Machine, demo_outlet, first_day

pytestmark = [pytest.mark.slow, pytest.mark.timeout(300)]


@pytest.fixture
def site() -> Iterator[DemoServer]:
    with DemoServer(base=first_day()) as running:
        yield running


@pytest.fixture
def machine(tmp_path: Path) -> Machine:
    return Machine(str(tmp_path / "archive"), tmp_path / "one")


def warc_bytes(place: Place, crawl_id: str) -> int:
    commits = place.archive.log("demo").find(crawl_id)
    return sum(ref.size for commit in commits for ref in commit.objects if ref.role == ObjectRole.WARC)


def derived(place: Place) -> dict[str, list[tuple[object, ...]]]:
    """All states, changes and absences, by URL: what must not depend on when a commit came."""
    with place.catalog.reading() as connection:
        return {
            table.name: sorted(
                (tuple(row) for row in connection.execute(_by_url(table))), key=lambda row: tuple(map(str, row))
            )
            for table in DERIVED
        }


def _by_url(table: object) -> object:
    columns = [column for column in table.c if column.name != "url_id"]  # type: ignore[attr-defined]
    return select(url_state.c.url, *columns).join(url_state, url_state.c.id == table.c.url_id)  # type: ignore[attr-defined]


@dataclass(frozen=True)
class Recrawled:
    """A machine that has crawled the demo on two days between which nothing changed, and what each crawl came to."""

    machine: Machine
    site: str
    first: CrawlReport
    second: CrawlReport


@pytest.fixture(scope="module")
def recrawled(tmp_path_factory: pytest.TempPathFactory) -> Recrawled:
    folder = tmp_path_factory.mktemp("recrawled")
    machine = Machine(str(folder / "archive"), folder / "one")
    with DemoServer(base=first_day(), frozen=True) as site:
        outlet = demo_outlet(site.url)
        return Recrawled(machine, site.url, machine.crawl(outlet, 0), machine.crawl(outlet, 1))


@pytest.mark.xdist_group("recrawled")
def test_an_unchanged_recrawl_costs_at_most_five_percent(recrawled: Recrawled) -> None:
    first, second = recrawled.first, recrawled.second
    place = recrawled.machine.on(1)
    assert second.changes == second.absences == second.new == ()
    assert second.counts["articles due"] == first.counts["articles new"]
    assert warc_bytes(place, second.crawl_id) <= 0.05 * warc_bytes(place, first.crawl_id)


def test_a_spool_that_comes_home_late_gives_the_same_history(site: DemoServer, tmp_path: Path) -> None:
    """The crawl of day 1 is cut off after its last WARC was sealed, and comes home after another machine's of day 2."""
    outlet = demo_outlet(site.url)
    late = Machine(str(tmp_path / "late"), tmp_path / "late-state")
    other = Machine(str(tmp_path / "late"), tmp_path / "other-state")
    site.set_day(0)
    late.crawl(outlet, 0)
    site.set_day(1)
    place = late.on(1)
    with only_crawl(place, outlet):
        planned = plan(place, outlet)
        asyncio.run(_run_child(planned.folder))
    site.set_day(2)
    other.crawl(outlet, 2)
    before = derived(other.on(3))
    recovered = late.crawl(outlet, 3)
    assert recovered.recovered == (planned.crawl_id,)
    after = late.on(3)
    commits = list(after.archive.log("demo").walk())
    assert [commit.recovers for commit in commits if commit.recovers] == [planned.crawl_id]
    history = derived(after)
    assert history != before
    in_time = Machine(str(tmp_path / "in-time"), tmp_path / "in-time-state").on(3)
    crawls = copy_in_capture_order(after, in_time, "demo")
    assert crawls != list(dict.fromkeys(commit.crawl for commit in commits))
    in_time.catalog.sync(in_time.archive)
    assert derived(in_time) == history
    moments = [row for row in history["changes"] if row[0].endswith("/26000102.html")]  # type: ignore[attr-defined]
    assert len(moments) == 1


@pytest.mark.xdist_group("recrawled")
def test_after_a_readers_upgrade_a_body_is_read_once_however_often_it_was_seen(
    recrawled: Recrawled, monkeypatch: pytest.MonkeyPatch
) -> None:
    outlet = demo_outlet(recrawled.site)
    bodies = sum(count for name, count in recrawled.first.counts.items() if name.startswith("read: "))
    for reader in readers_of(outlet):
        monkeypatch.setattr(type(reader), "version", reader.version + 1)
    few = 5
    monkeypatch.setattr(reading, "ROWS_A_TABLE", few)
    monkeypatch.setattr(unread, "AT_ONCE", few)
    calls: list[str] = []
    read_pages = reading.read_pages
    monkeypatch.setattr(
        reading, "read_pages", lambda pages, outlet: calls.append(pages[0].url) or read_pages(pages, outlet)
    )
    place = recrawled.machine.on(2)
    report = reading.read(place, outlet, plan(place, outlet))
    assert sum(report.outcomes.values()) == 2 * bodies
    assert bodies <= len(calls) < bodies + 2 * few, "what waits for its commit may be read again"


async def _run_child(folder: Path) -> None:
    async with running_child(folder) as process:
        await process.communicate()


def test_a_crawl_whose_site_is_down_fails_and_leaves_its_report(site: DemoServer, machine: Machine) -> None:
    outlet = demo_outlet(site.url)
    site.__exit__(None, None, None)
    report = machine.crawl(outlet, 0)
    assert report.status is CrawlStatus.FAILED
    assert any("no source" in words for words in report.missed)
    place = machine.on(0)
    commits = list(place.archive.log("demo").walk())
    assert commits[-1].kind is Kind.READING
    assert commits[-1].report["status"] == "failed"
    assert commits[0].counts["refused"] >= 1


def test_a_child_that_dies_leaves_what_it_had_and_a_failed_report(site: DemoServer, machine: Machine) -> None:
    outlet = demo_outlet(site.url)

    def kill_it_soon() -> None:
        deadline = time.monotonic() + 60
        while time.monotonic() < deadline:
            for opened in machine.state.glob("*/spool/*/*.warc.gz.open"):
                if opened.stat().st_size > 100_000:
                    os.kill(int((opened.parent / "lock").read_text()), signal.SIGKILL)
                    return
            time.sleep(0.01)

    async def both() -> object:
        from flows.steps.crawl import crawl

        report, _ = await asyncio.gather(crawl(machine.on(0), outlet), asyncio.to_thread(kill_it_soon))
        return report

    report = asyncio.run(both())
    assert report.status is CrawlStatus.FAILED  # type: ignore[attr-defined]
    place = machine.on(0)
    kinds = [commit.kind for commit in place.archive.log("demo").walk()]
    assert kinds == [Kind.CAPTURE, Kind.READING]
    assert verify(place.archive, warc_check=check_warc).problems == ()
