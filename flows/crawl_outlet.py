"""The flow: the steps of a crawl, each as one task.

Which steps there are, and in which order, says `flows.steps.crawl`, as for a crawl without Prefect.

A task a page would cost 20 KB of Prefect's database each and a server that records some 38 of them a second; six tasks
a crawl cost nothing. The flow is async (Prefect's sync engine adds 1.08 s to each run); what blocks runs in threads.

A run is told the outlet and nothing of time: what there is to do is computed from the archive. So a run that starts
late, twice or after a missed day looks at what is due then, and nothing is lost or doubled.

Nothing is persisted by Prefect: the report is in the archive. Parameters are stored and shown by Prefect, so no setting
that may hold a secret can be given by one.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import timedelta
from functools import partial
from typing import Any, TypeVar

from prefect import State, flow, get_run_logger, task
from prefect.cache_policies import NO_CACHE
from prefect.runtime import flow_run
from prefect.states import Cancelled, Completed, Failed
from prefect.tasks import exponential_backoff

from articles.outlet_check import against_readers
from config.clock import Clock
from config.outlet import Outlet
from config.outlet_file import load_outlets, pick_outlet
from crawlers.counts import counts_in_words
from flows.artifacts import publish_artifacts
from flows.errors import CrawlAlreadyRunning
from flows.events import emit_failure, emit_finished, emit_found
from flows.parent import end_with_runner
from flows.run_log import LoggedProgress
from flows.state import settings_of_run
from flows.steps.crawl import Step, crawl
from flows.steps.place import Place, open_place
from flows.steps.progress import Progress, silent
from flows.steps.report import CrawlReport, CrawlStatus
from storage.errors import StoreUnavailable

FLOW_NAME = "crawl-outlet"
RETRIES = 3  # of steps that only talk to the store: after 10 s, 20 s, 40 s and up to half as much again

_Result = TypeVar("_Result")
_told: ContextVar[Progress] = ContextVar("_told", default=silent)


@contextmanager
def told_to(progress: Progress) -> Iterator[None]:
    """Tell `progress` too what the crawls of this block do. For flows that run in our own process."""
    token = _told.set(progress)
    try:
        yield
    finally:
        _told.reset(token)


@flow(name=FLOW_NAME, flow_run_name="crawl-{outlet}", persist_result=False, validate_parameters=True)
async def crawl_outlet(
    outlet: str,
    settings: dict[str, Any] | None = None,
    limit: int | None = None,
    clock_offset_seconds: float = 0.0,
) -> State[CrawlReport]:
    """Crawl one outlet: recover what was cut off, capture what is due, read it, and announce what changed.

    outlet                the outlet's id
    settings              settings that win over those of the machine (only ones that hold no secret)
    limit                 the most articles to fetch
    clock_offset_seconds  shifts the clock, for simulated days; written into every warcinfo

    Ends Completed, with the report as its result, also under the name Degraded where an expectation was missed; Failed
    where the crawl did not do its work (its report is in the archive all the same); Cancelled under the name HeldBack
    where another process of this machine is crawling the outlet.
    """
    end_with_runner()
    logger = get_run_logger()
    progress = LoggedProgress(logger, _told.get())
    try:
        place, chosen = await asyncio.to_thread(_opened, outlet, settings or {}, clock_offset_seconds)
        tell = partial(emit_found, chosen.id)
        report = await crawl(place, chosen, limit=limit, progress=progress, tell=tell, run=_as_task)
        emit_finished(report)
        await publish_artifacts(report)
    except CrawlAlreadyRunning as held_back:
        return Cancelled(name="HeldBack", message=str(held_back))
    except Exception as error:  # whatever it was: it goes on to Prefect, and those who listen to our events hear of it
        emit_failure(outlet, str(flow_run.id), error)
        raise
    words = _in_words(report)
    if report.status is CrawlStatus.FAILED:
        return Failed(message=words, data=report)
    if report.status is CrawlStatus.DEGRADED:
        return Completed(name="Degraded", message=words, data=report)
    return Completed(message=words, data=report)


async def _as_task(step: Step, work: Callable[[], Awaitable[_Result]], /) -> _Result:
    """Run one step as a task of Prefect's. What it works on is not among the task's inputs, which Prefect takes apart.

    Only a store that does not answer is asked again: every other error is the same the next time.
    """

    @task(
        name=step.name,
        retries=RETRIES if step.again else 0,
        retry_delay_seconds=exponential_backoff(backoff_factor=10),
        retry_jitter_factor=0.5,
        retry_condition_fn=_store_was_away,
        persist_result=False,
        cache_policy=NO_CACHE,
    )
    async def run() -> _Result:
        return await work()

    return await run()


async def _store_was_away(_task: object, _run: object, state: State[Any]) -> bool:
    return isinstance(await state.aresult(raise_on_failure=False), StoreUnavailable)


def _opened(outlet_id: str, overrides: Mapping[str, Any], clock_offset_seconds: float) -> tuple[Place, Outlet]:
    settings = settings_of_run(overrides)
    outlet = pick_outlet(load_outlets(settings.outlets, against_readers), outlet_id)
    clock = Clock(timedelta(seconds=clock_offset_seconds))
    return open_place(settings, clock=clock, create=True), outlet


def _in_words(report: CrawlReport) -> str:
    return "; ".join([f"{report.crawl_id}: {counts_in_words(report.counts)}", *report.missed, *report.warnings])[:1000]
