"""Machines that crawl the demo outlet, each with a state of its own, into one archive, on simulated days."""

from __future__ import annotations

import asyncio
import json
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from config.clock import Clock
from config.outlet import Outlet
from config.outlet_file import load_outlet
from config.settings import load_settings
from flows.steps.crawl import crawl
from flows.steps.place import Place, open_place
from flows.steps.report import CrawlReport

ROOT = Path(__file__).resolve().parents[2]


def demo_outlet(url: str) -> Outlet:
    """The demo outlet on the port that it has this time."""
    return load_outlet(ROOT / "config" / "outlets" / "demo.yml").rebased(url)


def first_day() -> date:
    """A date that is surely not after the machines' day 0, so that no page is dated later than its capture."""
    return (datetime.now(UTC) - timedelta(days=11)).date()


def settings_for(folder: Path, outlet: Outlet) -> dict[str, str]:
    """The settings of a machine of its own below a folder: archive, state, and a folder of outlets that has one."""
    outlets = folder / "outlets"
    outlets.mkdir()
    (outlets / f"{outlet.id}.yml").write_text(json.dumps(outlet.model_dump(mode="json")))
    return {"archive": str(folder / "archive"), "state": str(folder / "state"), "outlets": str(outlets)}


def in_environment(settings: dict[str, str]) -> dict[str, str]:
    """Settings as a process is given them."""
    return {f"PALIMPSEST_{name.upper()}": value for name, value in settings.items()}


@dataclass(frozen=True)
class Machine:
    """One machine: where the archive is, and a folder for what it knows itself."""

    archive: str
    state: Path

    def on(self, day: float) -> Place:
        """The machine on a simulated day; day 0 is ten days ago."""
        settings = load_settings(archive=self.archive, state=self.state)
        return open_place(settings, clock=Clock(timedelta(days=day - 10)), create=True)

    def crawl(self, outlet: Outlet, day: float, *, limit: int | None = None) -> CrawlReport:
        """Crawl on a simulated day."""
        return asyncio.run(crawl(self.on(day), outlet, limit=limit))
