"""The demo: the real flow over simulated days, its reports held against the script of the demo outlet."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from config.clock import Clock
from config.outlet import Outlet
from config.outlet_file import load_outlets, pick_outlet
from config.settings import load_settings
from demo.script import DAYS, EVENTS
from demo.server import DemoServer, PortTaken
from flows.server import prefect_server
from flows.steps.place import open_place
from flows.steps.progress import Progress
from flows.steps.report import CrawlReport
from palimpsest.demo_events import Judged, judge

OUTLET = "demo"
PORT = 8790  # of the outlet's own file, so that a second demo into the same archive goes on with the same URLs


@dataclass(frozen=True)
class DemoDay:
    """One simulated day: the report of its crawl, and what became of each event of the script."""

    day: int
    date: date
    report: CrawlReport
    judged: tuple[Judged, ...]
    unexpected: tuple[str, ...]

    @property
    def ok(self) -> bool:
        """Whether all of the script was found, and nothing else."""
        return not self.unexpected and all(event.found for event in self.judged)

    def to_json(self) -> dict[str, Any]:
        """Return the day as JSON-able values."""
        return {
            "day": self.day,
            "date": self.date.isoformat(),
            "ok": self.ok,
            "events": [event.to_json() for event in self.judged],
            "unexpected": list(self.unexpected),
            "report": self.report.to_json(),
        }


@dataclass(frozen=True)
class DemoOutcome:
    """What the demo came to, and where its archive is."""

    archive: str
    state: Path
    days: tuple[DemoDay, ...] = field(default=())

    @property
    def ok(self) -> bool:
        """Whether every day was as its script says."""
        return all(day.ok for day in self.days)

    def to_json(self) -> dict[str, Any]:
        """Return the outcome as JSON-able values; docs/json.md describes the shape."""
        return {"archive": self.archive, "ok": self.ok, "days": [day.to_json() for day in self.days]}


def run_demo(
    days: int | None, archive: str | None, progress: Progress, *, show_day: Callable[[DemoDay], None] | None = None
) -> DemoOutcome:
    """Run the demo over `days` simulated days, the last of which is today, and return what it came to."""
    days = DAYS if days is None else days
    settings = load_settings(archive=archive or f"demo-archive/{datetime.now(UTC):%Y%m%dT%H%M%SZ}")
    clocks = [Clock(timedelta(days=day - (days - 1))) for day in range(days)]
    outlet = pick_outlet(load_outlets(settings.outlets), OUTLET)
    first_date = clocks[0].now().astimezone(ZoneInfo(outlet.timezone)).date()
    state = open_place(settings, clock=clocks[0], create=True).state
    with ExitStack() as stack:
        site = stack.enter_context(_site(first_date))
        overrides = {
            "archive": settings.archive,
            "state": str(settings.state),
            "outlets": str(_outlets_folder(state, outlet, site.url)),
        }
        stack.enter_context(prefect_server(state, progress))
        results = asyncio.run(_run_days(clocks, first_date, site, overrides, progress, show_day))
    return DemoOutcome(settings.archive, state, tuple(results))


async def _run_days(
    clocks: list[Clock],
    first_date: date,
    site: DemoServer,
    overrides: dict[str, Any],
    progress: Progress,
    show_day: Callable[[DemoDay], None] | None,
) -> list[DemoDay]:
    # Not before the server answers: Prefect reads its settings when it is imported.
    from flows.crawl_outlet import crawl_outlet, told_to

    results = []
    for day, clock in enumerate(clocks):
        site.set_day(day)
        with told_to(progress):
            state = await crawl_outlet(
                OUTLET, settings=overrides, clock_offset_seconds=clock.offset.total_seconds(), return_state=True
            )
        report = await state.aresult(raise_on_failure=False)
        if not isinstance(report, CrawlReport):
            raise report if isinstance(report, Exception) else RuntimeError(f"the flow ended {state.name}: {report}")
        judged, unexpected = judge([event for event in EVENTS if event.day == day], report, site.url)
        results.append(DemoDay(day, first_date + timedelta(days=day), report, judged, unexpected))
        if show_day is not None:
            show_day(results[-1])
    return results


def _site(first_date: date) -> DemoServer:
    try:
        site = DemoServer(port=PORT, base=first_date)
        site.__enter__()
    except PortTaken:
        return DemoServer(port=0, base=first_date)
    site.__exit__(None, None, None)
    return DemoServer(port=PORT, base=first_date)


def _outlets_folder(state: Path, outlet: Outlet, url: str) -> Path:
    """Write the outlet's file again for the port that the site really has, and return its folder."""
    folder = state / "demo-outlets"
    folder.mkdir(parents=True, exist_ok=True)
    # JSON is YAML: the dump of the model is an outlet file.
    (folder / f"{OUTLET}.yml").write_text(json.dumps(outlet.rebased(url).model_dump(mode="json"), indent=1))
    return folder
