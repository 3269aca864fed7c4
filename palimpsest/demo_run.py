"""The demo: the real flow over simulated days, its reports held against the script of the demo outlet."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Callable
from contextlib import AbstractContextManager, ExitStack
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from articles.outlet_check import against_readers
from config.clock import Clock
from config.errors import PalimpsestError
from config.outlet import Outlet
from config.outlet_file import load_outlets, pick_outlet
from config.settings import load_settings
from demo.script import DAYS, EVENTS
from demo.server import DemoServer, PortTaken
from flows.server import prefect_server
from flows.steps.place import open_place
from flows.steps.progress import Progress
from flows.steps.report import CrawlReport, CrawlStatus
from palimpsest.demo_events import Judged, evidence, judge
from storage.catalog.catalog import Catalog
from storage.commits import ObjectRole

OUTLET = "demo"
PORT = 8790  # of the outlet's own file, so that a second demo into the same archive goes on with the same URLs


@dataclass(frozen=True)
class DemoDay:
    """One simulated day: the report of its crawl, and what became of each event of the script."""

    day: int
    report: CrawlReport
    judged: tuple[Judged, ...]
    unexpected: tuple[str, ...]

    @property
    def ok(self) -> bool:
        """Whether the crawl went well and found all of the script, and nothing else."""
        found = all(event.found for event in self.judged)
        return found and not self.unexpected and self.report.status is CrawlStatus.OK

    def to_json(self) -> dict[str, Any]:
        """Return the day as JSON-able values."""
        return {
            "day": self.day,
            "ok": self.ok,
            "events": [event.to_json() for event in self.judged],
            "unexpected": list(self.unexpected),
            "report": self.report.to_json(),
        }


@dataclass(frozen=True)
class DemoOutcome:
    """What the demo came to, and what its archive holds."""

    archive: str
    state: Path
    days: tuple[DemoDay, ...]
    warcs: int
    warc_bytes: int
    commits: int

    @property
    def ok(self) -> bool:
        """Whether every day was as its script says."""
        return all(day.ok for day in self.days)

    def to_json(self) -> dict[str, Any]:
        """Return the outcome as JSON-able values; docs/json.md describes the shape."""
        return {
            "archive": self.archive,
            "ok": self.ok,
            "warcs": self.warcs,
            "warc_bytes": self.warc_bytes,
            "commits": self.commits,
            "days": [day.to_json() for day in self.days],
        }


class DemoArchiveUsed(PalimpsestError):
    """A demo has run into the archive already; its script would begin anew on the same URLs."""

    exit_code = 2

    def __init__(self, archive: str) -> None:
        super().__init__(
            f"{archive} holds a demo already, and the script of the demo begins anew each time. Name another place "
            "with --archive, or give none: then a new folder is made"
        )


def run_demo(
    days: int | None,
    archive: str | None,
    *,
    watch: Callable[[], AbstractContextManager[Progress]],
    show_day: Callable[[DemoDay], None] = lambda _: None,
    first: datetime | None = None,
) -> DemoOutcome:
    """Run the demo over `days` simulated days and return what it came to.

    `watch` gives a progress for each part of the work; `show_day` is called after each day, while nothing is watched.
    Day 0 is at the moment `first`, or else as long ago that the last day is today. Raises DemoArchiveUsed.
    """
    days = DAYS if days is None else days
    now = datetime.now(UTC)
    settings = load_settings(archive=archive or f"demo-archive/{now:%Y%m%dT%H%M%SZ}")
    offset = timedelta(days=1 - days) if first is None else first - now
    clocks = [Clock(offset + timedelta(days=day)) for day in range(days)]
    outlet = pick_outlet(load_outlets(settings.outlets, against_readers), OUTLET)
    place = open_place(settings, clock=clocks[0], create=True)
    log = place.archive.log(OUTLET)
    if log.tip():
        raise DemoArchiveUsed(settings.archive)
    # One day before the first crawl's: a page of today may print an hour that is still to come.
    base = clocks[0].now().astimezone(ZoneInfo(outlet.timezone)).date() - timedelta(days=1)
    with ExitStack() as stack:
        site = stack.enter_context(_site(base))
        overrides = {
            "archive": settings.archive,
            "state": str(settings.state),
            "outlets": str(_outlets_folder(place.state, outlet, site.url)),
        }
        with watch() as progress:
            stack.enter_context(prefect_server(place.state, progress))
        results = asyncio.run(_run_days(clocks, place.catalog, site, overrides, watch, show_day))
    sizes = [ref.size for commit in log.walk() for ref in commit.objects if ref.role == ObjectRole.WARC]
    return DemoOutcome(settings.archive, place.state, tuple(results), len(sizes), sum(sizes), log.tip())


async def _run_days(
    clocks: list[Clock],
    catalog: Catalog,
    site: DemoServer,
    overrides: dict[str, Any],
    watch: Callable[[], AbstractContextManager[Progress]],
    show_day: Callable[[DemoDay], None],
) -> list[DemoDay]:
    # Not before the server answers: Prefect reads its settings when it is imported.
    from flows.crawl_outlet import crawl_outlet, told_to

    results = []
    headlines: dict[str, str] = {}
    for day, clock in enumerate(clocks):
        site.set_day(day)
        with watch() as progress, told_to(progress):
            state = await crawl_outlet(
                OUTLET, settings=overrides, clock_offset_seconds=clock.offset.total_seconds(), return_state=True
            )
        report = await state.aresult(raise_on_failure=False)
        if not isinstance(report, CrawlReport):
            raise report if isinstance(report, Exception) else RuntimeError(f"the flow ended {state.name}: {report}")
        headlines |= dict(report.new)
        behind = evidence(catalog, report, headlines)
        judged, unexpected = judge([event for event in EVENTS if event.day == day], report, site.url, behind)
        results.append(DemoDay(day, report, judged, unexpected))
        show_day(results[-1])
    return results


def _site(base: date) -> DemoServer:
    try:
        site = DemoServer(port=PORT, base=base)
        site.__enter__()
    except PortTaken:
        return DemoServer(port=0, base=base)
    site.__exit__(None, None, None)
    return DemoServer(port=PORT, base=base)


def _outlets_folder(state: Path, outlet: Outlet, url: str) -> Path:
    """Write the outlet's file again for the port that the site really has, and return its folder."""
    folder = state / "demo-outlets"
    folder.mkdir(parents=True, exist_ok=True)
    # JSON is YAML: the dump of the model is an outlet file.
    (folder / f"{OUTLET}.yml").write_text(json.dumps(outlet.rebased(url).model_dump(mode="json"), indent=1))
    return folder
