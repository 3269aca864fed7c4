"""What is written on a real Prefect server: deployments, schedules in their zones, automations, work pools."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from flows.errors import WorkPoolMissing

pytestmark = [pytest.mark.xdist_group("prefect"), pytest.mark.usefixtures("prefect")]


def test_a_schedule_runs_in_the_outlets_own_time_zone(room: Any, eventually: Any) -> None:
    room.outlets = {
        "shanghai": {"schedule": "0 6 * * *", "timezone": "Asia/Shanghai"},
        "new-york": {"schedule": "30 6 * * *", "timezone": "America/New_York"},
    }
    room.write_schedules()
    runs = eventually(lambda: found if len(found := room.runs()) >= 4 else [], 30)
    planned = {"Asia/Shanghai": (6, 0), "America/New_York": (6, 30)}
    for zone, at in planned.items():
        assert any(
            (local.hour, local.minute) == at
            for run in runs
            for local in [run.expected_start_time.astimezone(ZoneInfo(zone))]
        )
    assert {
        (run.expected_start_time.astimezone(ZoneInfo("Asia/Shanghai")).hour, run.parameters["outlet"]) for run in runs
    } >= {(6, "shanghai")}


def test_a_deployment_is_written_when_it_changed_and_keeps_its_schedule(room: Any, eventually: Any) -> None:
    room.outlets = {"demo": {"schedule": "0 6 * * *"}}
    assert room.write_schedules() == ["demo: schedule new"]
    eventually(lambda: len(room.runs()) >= 2, 30)
    planned = [run.id for run in room.runs()]
    assert room.write_schedules() == ["demo: schedule as it was"]
    assert [run.id for run in room.runs()][: len(planned)] == planned, "nothing was made anew"
    first = room.deployment()
    assert (first.concurrency_options.collision_strategy, first.entrypoint) == ("CANCEL_NEW", "probe_flows.probe")

    # A person pauses the schedule; then its line in the outlet's file changes.
    paused = first.schedules[0].id
    room.ask(lambda client: client.update_deployment_schedule(first.id, paused, active=False))
    room.outlets = {"demo": {"schedule": "0 7 * * *"}}
    assert room.write_schedules() == ["demo: schedule changed (paused in Prefect: it stays so)"]
    (schedule,) = room.deployment().schedules
    assert (schedule.id, schedule.active, schedule.schedule.cron) == (first.schedules[0].id, False, "0 7 * * *")


def test_one_run_makes_up_for_all_that_were_missed_also_where_the_outlet_changed(room: Any) -> None:
    room.write_schedules()
    now = datetime.now(UTC)
    missed = {room.ask_for_run(now - timedelta(days=days)).id for days in (3, 2, 1)}
    room.outlets = {"demo": {"schedule": "0 1 1 1 *"}}  # written again, which deletes what the schedule had planned
    told = room.write_schedules()
    assert told[0].startswith("demo: 3 runs missed")
    states = {run.id: run.state_name for run in room.runs() if not run.auto_scheduled}
    assert {states[run] for run in missed} == {"Missed"}
    assert [name for run, name in states.items() if run not in missed] == ["Scheduled"]
    assert len(room.write_schedules()) == 1, "nothing is missed any more"


def test_a_run_that_was_cut_off_with_its_server_is_asked_for_again(room: Any) -> None:
    from prefect.states import Pending, Running

    room.write_schedules()
    run = room.ask_for_run()
    for state in (Pending(), Running()):
        room.ask(lambda client, state=state: client.set_flow_run_state(run.id, state))
    room.write_schedules()
    assert states(room)[run.id] == "Running", "a server that others use too may run it elsewhere"
    room.own_server = True
    room.write_schedules()
    room.write_schedules()
    found = states(room)
    assert found.pop(run.id) == "Crashed"
    assert list(found.values()) == ["Scheduled"]


def test_outlets_without_a_file_are_paused(room: Any) -> None:
    room.outlets = {"demo": {}, "gone": {}}
    room.write_schedules()
    del room.outlets["gone"]
    assert room.write_schedules()[-1] == f"gone-{room.archive_id[:8]}: paused, because it has no outlet file any more"
    assert room.deployment("gone").paused
    assert not room.deployment("demo").paused


def test_the_automations_are_made_once_and_one_that_was_switched_off_stays_off(room: Any) -> None:
    from flows.automations import wanted_automations, write_automations

    room.ask(write_automations)
    assert room.ask(write_automations) == []
    wanted = wanted_automations()[0]
    name = wanted.name
    (automation,) = room.ask(lambda client: client.read_automations_by_name(name))
    changed = wanted.model_copy(update={"description": "of an older version", "enabled": False})
    room.ask(lambda client: client.update_automation(automation.id, changed))
    assert room.ask(write_automations) == [name]
    (automation,) = room.ask(lambda client: client.read_automations_by_name(name))
    assert (automation.enabled, automation.description) == (False, "Written by `palimpsest schedule`.")


def test_a_run_that_never_begins_is_crashed_by_the_automation(room: Any, eventually: Any) -> None:
    """With seconds for minutes: what is tested is that the server's triggers see runs like ours and end them."""
    from prefect.states import Pending

    from flows.automations import wanted_automations

    room.write_schedules()
    wanted = wanted_automations()[1]
    quick = wanted.model_copy(
        update={
            "name": f"{wanted.name} {room.archive_id}",
            "trigger": wanted.trigger.model_copy(update={"within": timedelta(seconds=10)}),
        }
    )
    automation = room.ask(lambda client: client.create_automation(quick))
    try:
        run = room.ask_for_run()
        room.ask(lambda client: client.set_flow_run_state(run.id, Pending()))
        eventually(lambda: states(room)[run.id] == "Crashed", 60, lambda: str(states(room)))
    finally:
        room.ask(lambda client: client.delete_automation(automation))


def test_deployments_for_a_work_pool_say_where_the_checkout_is(room: Any) -> None:
    from prefect.client.schemas.actions import WorkPoolCreate

    from flows.deployments import ROOT

    with pytest.raises(WorkPoolMissing, match="prefect work-pool create crawlers --type process"):
        room.write_for_workers("crawlers")
    pool = f"crawlers-{room.archive_id[:8]}"
    room.ask(lambda client: client.create_work_pool(WorkPoolCreate(name=pool, type="process")))
    room.outlets = {"demo": {}, "gone": {}}
    room.write_for_workers(pool)
    del room.outlets["gone"]
    (run,), told = room.write_for_workers(pool)
    assert run.outlet == "demo"
    assert told[-1] == f"gone-{room.archive_id[:8]}: paused, because it has no outlet file any more"
    assert room.deployment("gone").paused
    room.outlets["other"] = {}
    (run,), told = room.write_for_workers(pool, "other")
    assert (run.outlet, len(told)) == ("other", 1), "an outlet that is not chosen has its file, and is not paused"
    found = room.deployment()
    assert found.work_pool_name == pool
    assert found.pull_steps == [{"prefect.deployments.steps.set_working_directory": {"directory": str(ROOT)}}]


def states(room: Any) -> dict[Any, str]:
    """The states of the runs that no schedule planned."""
    return {run.id: run.state_name for run in room.runs() if not run.auto_scheduled}
