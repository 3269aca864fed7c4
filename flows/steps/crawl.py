"""All the steps of a crawl, in their order, without Prefect."""

from __future__ import annotations

import asyncio

from config.outlet import Outlet
from flows.steps.announce import announce
from flows.steps.capture import capture
from flows.steps.finish import finish
from flows.steps.outlet_lock import only_crawl
from flows.steps.place import Place
from flows.steps.plan import plan
from flows.steps.progress import Progress, silent
from flows.steps.read import read
from flows.steps.recover import recover
from flows.steps.report import CrawlReport


async def crawl(place: Place, outlet: Outlet, *, limit: int | None = None, progress: Progress = silent) -> CrawlReport:
    """Crawl one outlet and return the report.

    Raises `CrawlAlreadyRunning`, and whatever its steps raise; what was captured before one is kept."""
    with only_crawl(place, outlet):
        recovered = await asyncio.to_thread(recover, place, outlet, progress)
        planned = await asyncio.to_thread(plan, place, outlet, limit=limit, recovered=recovered, progress=progress)
        captured = await capture(place, planned, progress)
        readings = await asyncio.to_thread(read, place, outlet, planned, progress)
        report = await asyncio.to_thread(finish, place, outlet, planned, captured, readings, progress)
        await asyncio.to_thread(announce, place, planned.facts, progress=progress)
        return report
