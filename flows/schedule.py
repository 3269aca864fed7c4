"""Keeping the schedules of an archive's outlets, from one process on one machine.

Each crawl runs in a process of its own (`python -m prefect.engine`), which ends with this one. On the way out schedules
are not paused (Prefect's own default, which leaves them paused where a supervisor starts the next process before this
one has ended), and a crawl that is cut off is asked for again at the next start.
"""

from __future__ import annotations

import asyncio
import signal
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any, cast
from uuid import UUID
from zoneinfo import ZoneInfo

from prefect import Flow
from prefect.client.orchestration import PrefectClient, get_client
from prefect.deployments.runner import RunnerDeployment
from prefect.exceptions import ObjectNotFound
from prefect.runner import Runner
from prefect.server.schemas.schedules import CronSchedule

from config.outlet import Outlet
from config.words import counted
from flows.automations import write_automations
from flows.deployments import (
    Deployment,
    Written,
    deployment_of,
    find_deployment,
    is_paused,
    pause_forsaken,
    write_deployment,
)
from flows.errors import ServerPlansNothing, WorkPoolMissing
from flows.missed import ask_again, crash_orphans, has_run_in_view, make_up_for_missed, runs_in_hand
from flows.server import PrefectServer

Tell = Callable[[str], None]


@dataclass(frozen=True)
class NextRun:
    """When an outlet is crawled next. `at` is in the outlet's own time zone, whose name is `timezone`."""

    outlet: str
    at: datetime
    timezone: str
    cron: str
    paused: bool


async def next_runs(written: Sequence[Written], *, now: datetime | None = None) -> list[NextRun]:
    """Return the next run of each deployment, by the code with which Prefect's scheduler computes it, soonest first."""
    now = now or datetime.now(UTC)
    runs = []
    for one in written:
        wanted = one.deployment
        schedule = CronSchedule(cron=wanted.cron, timezone=wanted.timezone)
        (at,) = await schedule.get_dates(n=1, start=now)
        local = at.astimezone(ZoneInfo(wanted.timezone))
        runs.append(NextRun(wanted.outlet, local, wanted.timezone, wanted.cron, one.paused))
    return sorted(runs, key=lambda run: run.at)


async def write_schedules(
    client: PrefectClient,
    wanted: Sequence[Deployment],
    *,
    tell: Tell,
    all_outlets: Sequence[str],
    owned: bool,
) -> list[Written]:
    """Make what is on the server what the outlet files say, and put in order what was missed or cut off."""
    archive_id = wanted[0].archive_id
    for deployment in wanted:
        # Before it is written again, which deletes the runs that its schedule has made.
        if (found := await find_deployment(client, deployment)) is None:
            continue
        if owned and (orphans := await crash_orphans(client, [found])):
            cut_off = f"{counted(orphans, 'crawl')} cut off with the last scheduler"
            tell(f"{deployment.outlet}: {cut_off}; one is asked for again")
        if missed := await make_up_for_missed(client, found):
            late = f"{counted(missed, 'run')} missed while no scheduler ran"
            tell(f"{deployment.outlet}: {late}; one crawl makes up for them now")
    written = []
    for deployment in wanted:
        one = await write_deployment(client, deployment)
        written.append(one)
        paused = " (paused in Prefect: it stays so)" if one.paused else ""
        tell(f"{deployment.outlet}: schedule {one.what}{paused}")
    await _write_the_rest(client, archive_id, all_outlets, tell)
    return written


async def _write_the_rest(client: PrefectClient, archive_id: str, all_outlets: Sequence[str], tell: Tell) -> None:
    """Put in order what belongs to no outlet, or to none any more."""
    for name in await pause_forsaken(client, archive_id, all_outlets):
        tell(f"{name}: paused, because it has no outlet file any more")
    await write_automations(client)


async def keep_schedules(
    server: PrefectServer,
    outlets: Mapping[str, Outlet],
    flow: Flow[..., Any],
    archive_id: str,
    *,
    chosen: Sequence[str] = (),
    tell: Tell,
    show: Callable[[list[NextRun]], None],
    patience: timedelta = timedelta(minutes=2),
) -> None:
    """Crawl the outlets (all, or the `chosen`) by their schedules until SIGTERM or SIGINT, then stop what runs.

    The caller holds `flows.state.only_scheduler`, and has put `flows.state.environment_of_runs` into the environment.
    Raises ServerPlansNothing where the server goes without planning a run for twice the `patience`.
    """
    wanted = [deployment_of(outlets[name], flow, archive_id) for name in chosen or outlets]
    runner = _Runner(name="palimpsest", pause_on_shutdown=False)
    loop = asyncio.get_running_loop()
    for number in (signal.SIGINT, signal.SIGTERM):  # the runner puts its own in the place of SIGTERM's when it starts
        loop.add_signal_handler(number, runner.asked_to_stop.set)
    async with get_client() as client:
        written = await write_schedules(client, wanted, tell=tell, all_outlets=list(outlets), owned=server.owned)
        show(await next_runs(written))
        for one in written:
            await runner.aadd_deployment(cast(RunnerDeployment, _AsItIs(one)))
        running = asyncio.create_task(runner.start())
        stopping = asyncio.create_task(runner.asked_to_stop.wait())
        watching = asyncio.create_task(_watch(client, written, patience))
        try:
            await asyncio.wait({running, stopping, watching}, return_when=asyncio.FIRST_COMPLETED)
            if not running.done():
                tell("stopping")
                await _stop(client, runner, [one.id for one in written], tell)
            await running
        finally:
            stopping.cancel()
            watching.cancel()
            for number in (signal.SIGINT, signal.SIGTERM):
                loop.remove_signal_handler(number)
        if watching.done() and not watching.cancelled() and (silence := watching.exception()):
            raise silence


async def _watch(client: PrefectClient, written: Sequence[Written], patience: timedelta) -> None:
    """Raise ServerPlansNothing where the server has no run in view for a deployment, twice in a row.

    A server can answer and plan nothing, and says so only in its log (seen: Prefect 3.8.8 with SQLAlchemy 2.1).
    """
    missing: set[str] = set()
    while True:
        await asyncio.sleep(patience.total_seconds())
        before, missing = missing, set()
        for one in written:
            found = await client.read_deployment(one.id)
            if not is_paused(found) and not await has_run_in_view(client, one.id):
                missing.add(one.deployment.outlet)
        if still := sorted(missing & before):
            raise ServerPlansNothing(still)


async def schedule_on_workers(
    outlets: Mapping[str, Outlet],
    flow: Flow[..., Any],
    archive_id: str,
    work_pool: str,
    *,
    chosen: Sequence[str] = (),
    tell: Tell,
) -> list[NextRun]:
    """Write the deployments of the outlets (all, or the `chosen`) for the workers of a work pool.

    The workers start the runs, on machines of their own. Raises WorkPoolMissing.
    """
    wanted = [deployment_of(outlets[name], flow, archive_id, work_pool=work_pool) for name in chosen or outlets]
    async with get_client() as client:
        try:
            await client.read_work_pool(work_pool)
        except ObjectNotFound:
            raise WorkPoolMissing(work_pool) from None
        written = [await write_deployment(client, deployment) for deployment in wanted]
        for one in written:
            tell(f"{one.deployment.outlet}: schedule {one.what}, for the workers of {work_pool}")
        await _write_the_rest(client, archive_id, list(outlets), tell)
    return await next_runs(written)


async def _stop(client: PrefectClient, runner: Runner, deployment_ids: Sequence[UUID], tell: Tell) -> None:
    """Stop the crawls that run here, and ask for each again."""
    cut_off = [
        (deployment_id, run) for deployment_id in deployment_ids for run in await runs_in_hand(client, deployment_id)
    ]
    await runner.astop()
    for deployment_id, run in cut_off:
        await ask_again(client, deployment_id, str(run.id))
        tell(f"{run.name}: cut off; what it captured is kept, and it is asked for again at the next start")


class _Runner(Runner):
    """Prefect's runner, stopped by us: its own handler calls a coroutine from a signal handler and exits at once."""

    def __init__(self, **options: Any) -> None:
        super().__init__(**options)
        self.asked_to_stop = asyncio.Event()
        self._our_loop = asyncio.get_running_loop()

    def handle_sigterm(self, *_: Any, **__: Any) -> None:
        """Note that we are asked to stop. Runs as a signal handler: it may only wake the loop."""
        self._our_loop.call_soon_threadsafe(self.asked_to_stop.set)


class _AsItIs:
    """A deployment that is written already, for `Runner.aadd_deployment`, which applies what it is given."""

    storage = None

    def __init__(self, written: Written) -> None:
        self._written = written
        self.name = written.deployment.name

    async def aapply(self) -> UUID:
        """Write nothing."""
        return self._written.id
