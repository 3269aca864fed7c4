"""The two automations without which an open-source Prefect server leaves dead runs as they are.

    palimpsest: a crawl that is gone      no heartbeat for three periods → Crashed
    palimpsest: a crawl that never began  pending for ten minutes → Crashed (it holds its outlet's slot while pending)

Alarms to people are theirs to add, on the events of flows.events: docs/operate.md shows one.
"""

from __future__ import annotations

from datetime import timedelta

from prefect.client.orchestration import PrefectClient
from prefect.client.schemas.objects import StateType
from prefect.events.actions import ChangeFlowRunState
from prefect.events.schemas.automations import AutomationCore, EventTrigger, Posture
from prefect.events.schemas.events import ResourceSpecification
from prefect.settings import get_current_settings

from flows.deployments import TAG

PENDING_AT_MOST = timedelta(minutes=10)
DEFAULT_HEARTBEAT = 180
_ENDS = {f"prefect.flow-run.{name}" for name in ("Completed", "Failed", "Cancelled", "Crashed", "Degraded", "HeldBack")}


def wanted_automations() -> list[AutomationCore]:
    """Return both as they should be: one late heartbeat is no death (PrefectHQ/prefect#21932), three are."""
    heartbeat = get_current_settings().flows.heartbeat_frequency or DEFAULT_HEARTBEAT
    return [
        _crash_where_nothing_follows(
            "palimpsest: a crawl that is gone",
            after={"prefect.flow-run.heartbeat"},
            followed_by={"prefect.flow-run.heartbeat", *_ENDS},
            within=timedelta(seconds=3 * heartbeat),
            message="Its process gave no heartbeat. What it captured is recovered by the next crawl.",
        ),
        _crash_where_nothing_follows(
            "palimpsest: a crawl that never began",
            after={"prefect.flow-run.Pending"},
            followed_by={
                "prefect.flow-run.Running",
                "prefect.flow-run.AwaitingRetry",
                "prefect.flow-run.Cancelling",
                *_ENDS,
            },
            within=PENDING_AT_MOST,
            message="It was handed out and never began.",
        ),
    ]


async def write_automations(client: PrefectClient) -> list[str]:
    """Make both automations on the server what they should be, and return the names of those that were written."""
    written = []
    for wanted in wanted_automations():
        found = await client.read_automations_by_name(wanted.name)
        if not found:
            await client.create_automation(wanted)
        elif _same(found[0], wanted):
            continue
        else:
            # One that a person switched off stays off.
            await client.update_automation(found[0].id, wanted.model_copy(update={"enabled": found[0].enabled}))
        written.append(wanted.name)
    return written


def _crash_where_nothing_follows(
    name: str, *, after: set[str], followed_by: set[str], within: timedelta, message: str
) -> AutomationCore:
    return AutomationCore(
        name=name,
        description="Written by `palimpsest schedule`.",
        tags=[TAG],
        trigger=EventTrigger(
            posture=Posture.Proactive,
            match=ResourceSpecification({"prefect.resource.id": "prefect.flow-run.*"}),
            match_related=ResourceSpecification(
                {"prefect.resource.id": f"prefect.tag.{TAG}", "prefect.resource.role": "tag"}
            ),
            for_each={"prefect.resource.id"},
            after=after,
            expect=followed_by,
            threshold=1,
            within=within,
        ),
        actions=[ChangeFlowRunState(state=StateType.CRASHED, message=message)],
    )


def _same(found: AutomationCore, wanted: AutomationCore) -> bool:
    """Compare what we write. The server gives triggers ids, and sets have no order: so no JSON is compared."""
    return _written(found) == _written(wanted)


def _written(automation: AutomationCore) -> tuple[object, ...]:
    trigger = automation.trigger.model_dump(exclude={"id"})
    return automation.description, automation.tags, trigger, [action.model_dump() for action in automation.actions]
