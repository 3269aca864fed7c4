"""All the steps of a crawl, in their order, which stands here alone. How a step is run is for the caller to say."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Final, Protocol, TypeVar

from config.outlet import Outlet
from flows.steps.announce import Tell, announce, nobody
from flows.steps.capture import capture
from flows.steps.finish import finish
from flows.steps.outlet_lock import only_crawl
from flows.steps.place import Place
from flows.steps.plan import plan
from flows.steps.progress import Progress, silent
from flows.steps.read import read
from flows.steps.recover import recover
from flows.steps.report import CrawlReport

_Result = TypeVar("_Result")


@dataclass(frozen=True)
class Step:
    """A step of a crawl. `again`: where the store was away it may be run once more, and does nothing twice."""

    name: str
    again: bool = False


class RunStep(Protocol):
    """Runs one step and returns what it returns."""

    async def __call__(self, step: Step, work: Callable[[], Awaitable[_Result]], /) -> _Result:
        """`work` is what the step does, each time that it is called."""


RECOVER: Final = Step("recover", again=True)
PLAN: Final = Step("plan")
CAPTURE: Final = Step("capture")
READ: Final = Step("read", again=True)
FINISH: Final = Step("finish", again=True)
ANNOUNCE: Final = Step("announce", again=True)


async def plainly(_step: Step, work: Callable[[], Awaitable[_Result]], /) -> _Result:
    """Run a step once, as nothing but itself."""
    return await work()


async def crawl(
    place: Place,
    outlet: Outlet,
    *,
    limit: int | None = None,
    progress: Progress = silent,
    tell: Tell = nobody,
    run: RunStep = plainly,
) -> CrawlReport:
    """Crawl one outlet and return the report. `tell` is given what is announced, `run` runs each step.

    Raises `CrawlAlreadyRunning`, and whatever its steps raise; what was captured before one is kept.
    """
    in_thread = asyncio.to_thread
    with only_crawl(place, outlet):
        recovered = await run(RECOVER, lambda: in_thread(recover, place, outlet, progress))
        planned = await run(
            PLAN, lambda: in_thread(plan, place, outlet, limit=limit, recovered=recovered, progress=progress)
        )
        captured = await run(CAPTURE, lambda: capture(place, planned, progress))
        readings = await run(READ, lambda: in_thread(read, place, outlet, planned, progress))
        report = await run(FINISH, lambda: in_thread(finish, place, outlet, planned, captured, readings, progress))
        await run(ANNOUNCE, lambda: in_thread(announce, place, planned.facts, tell, progress))
        return report
