"""Runs that are left over from a time when nobody could start or finish them.

Prefect starts every missed run at once: after three days off, a daily outlet gets three crawls in the same second
(measured), and there is no setting that skips them. A crawl looks at what is due, not at the hour it was planned for,
so one makes up for all that were missed: it is asked for first, then the others are cancelled.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from uuid import UUID

from prefect.client.orchestration import PrefectClient
from prefect.client.schemas.filters import (
    FlowRunFilter,
    FlowRunFilterDeploymentId,
    FlowRunFilterNextScheduledStartTime,
    FlowRunFilterState,
    FlowRunFilterStateType,
)
from prefect.client.schemas.objects import FlowRun, StateType
from prefect.states import Cancelled, Crashed, Scheduled

LATE = timedelta(seconds=60)  # later than that a run was missed; until then the runner is only about to start it
MADE_UP = "made-up"  # tag of the run that makes up for missed ones


async def make_up_for_missed(client: PrefectClient, deployment_id: UUID, now: datetime | None = None) -> int:
    """Ask for one run instead of all that were missed, and return how many were. Again changes nothing."""
    now = now or datetime.now(UTC)
    missed = await _runs(client, deployment_id, [StateType.SCHEDULED], before=now - LATE)
    if not missed:
        return 0
    newest = max(run.next_scheduled_start_time or run.created or now for run in missed)
    # A crash between this line and the last one below must not make a second one: the key says which one it is.
    instead = await ask_again(client, deployment_id, newest.isoformat())
    others = [run for run in missed if run.id != instead.id]
    for run in others:
        words = f"Missed while no scheduler ran; {instead.name} makes up for all that were missed."
        await client.set_flow_run_state(run.id, Cancelled(name="Missed", message=words), force=True)
    return len(others)


async def crash_orphans(client: PrefectClient, deployment_ids: Sequence[UUID]) -> int:
    """End the runs that a scheduler which is gone left as running, ask for each again, and return how many there were.

    Only for a server of our own, when the lock of its state says that no other scheduler lives. Without this a run that
    was killed together with the server would hold its outlet's slot, and every later run would be cancelled.
    """
    ended = 0
    for deployment_id in deployment_ids:
        for run in await runs_in_hand(client, deployment_id):
            words = "The scheduler that ran it is gone. What it captured is recovered by the next crawl."
            await client.set_flow_run_state(run.id, Crashed(message=words), force=True)
            await ask_again(client, deployment_id, str(run.id))
            ended += 1
    return ended


async def runs_in_hand(client: PrefectClient, deployment_id: UUID) -> list[FlowRun]:
    """Return the runs that were handed out and have not ended."""
    return await _runs(client, deployment_id, [StateType.PENDING, StateType.RUNNING, StateType.CANCELLING])


async def has_run_in_view(client: PrefectClient, deployment_id: UUID) -> bool:
    """Return whether a run is planned, handed out or running."""
    types = [StateType.SCHEDULED, StateType.PENDING, StateType.RUNNING, StateType.CANCELLING]
    return bool(await _runs(client, deployment_id, types))


async def ask_again(client: PrefectClient, deployment_id: UUID, instead_of: str) -> FlowRun:
    """Ask for one run as soon as may be, once for each `instead_of`."""
    return await client.create_flow_run_from_deployment(
        deployment_id,
        state=Scheduled(scheduled_time=datetime.now(UTC)),
        tags=[MADE_UP],
        idempotency_key=f"{MADE_UP} {deployment_id} {instead_of}",
    )


async def _runs(
    client: PrefectClient, deployment_id: UUID, types: list[StateType], before: datetime | None = None
) -> list[FlowRun]:
    return await client.read_flow_runs(
        flow_run_filter=FlowRunFilter(
            deployment_id=FlowRunFilterDeploymentId(any_=[deployment_id]),
            state=FlowRunFilterState(type=FlowRunFilterStateType(any_=types)),
            next_scheduled_start_time=FlowRunFilterNextScheduledStartTime(before_=before) if before else None,
        ),
        limit=200,
    )
