"""Schedules on a real Prefect server, kept by a real process that is killed, stopped and started again."""

from __future__ import annotations

import os
import signal
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

pytestmark = [pytest.mark.xdist_group("prefect"), pytest.mark.usefixtures("prefect")]

EVERY_THREE_SECONDS = "* * * * * */3"  # six fields: an outlet file may not have it, the scheduler understands it


@pytest.mark.slow
def test_a_schedule_fires_and_a_second_run_of_the_outlet_is_held_back(room: Any, eventually: Any) -> None:
    room.outlets = {"demo": {"schedule": EVERY_THREE_SECONDS}}
    room.seconds = 8
    with room.scheduler() as scheduler:
        eventually(lambda: "begin" in room.noted, 60, scheduler.said)
        second = room.ask_for_run()
        eventually(lambda: "end" in room.noted, 60, scheduler.said)
        by_id = {run.id: run for run in room.runs()}
        assert by_id[second.id].state_name == "Cancelled"
        assert "concurrency limit" in by_id[second.id].state.message
        assert room.noted[:2] == ["begin", "end"], "one at a time"
        eventually(lambda: "Completed" in room.states(), 20)
        assert scheduler.stop() == 0
    assert scheduler.process.pid not in room.pids


@pytest.mark.slow
def test_missed_days_are_made_up_for_by_one_run(room: Any, eventually: Any) -> None:
    room.write_schedules()
    now = datetime.now(UTC)
    missed = [room.ask_for_run(now - timedelta(days=days)).id for days in (3, 2, 1)]
    with room.scheduler() as scheduler:
        scheduler.wait_for("3 runs missed while no scheduler ran")
        eventually(lambda: "end" in room.noted, 60, scheduler.said)
        assert scheduler.stop() == 0
    states = {run.id: run.state_name for run in room.runs()}
    assert [states[run] for run in missed] == ["Missed"] * 3
    assert len(room.write_schedules()) == 1, "the next start finds nothing missed"
    assert room.noted == ["begin", "end"], "neither lost nor doubled"


@pytest.mark.slow
def test_a_killed_run_is_crashed_and_leaves_the_way_free(room: Any, eventually: Any) -> None:
    room.seconds = 120
    with room.scheduler() as scheduler:
        scheduler.wait_for("serving")
        killed = room.ask_for_run()
        eventually(lambda: "begin" in room.noted, 60, scheduler.said)
        os.kill(room.pids[0], signal.SIGKILL)
        eventually(lambda: {run.id: run.state_name for run in room.runs()}[killed.id] == "Crashed", 60, scheduler.said)
        room.ask_for_run()
        eventually(lambda: room.noted == ["begin", "begin"], 60, scheduler.said)

        # Stopped in the middle of that run: its process ends, and it is asked for again.
        assert scheduler.stop() == 0
        assert not alive(room.pids[1])
    assert "asked for again" in scheduler.said()
    assert room.states().count("Cancelled") == 1

    # The next scheduler finds the schedule as it was, not paused, not doubled, and starts the run that was cut off.
    room.seconds = 0
    before = room.deployment()
    with room.scheduler() as scheduler:
        scheduler.wait_for("demo: schedule as it was\n")
        eventually(lambda: room.noted == ["begin", "begin", "begin", "end"], 60, scheduler.said)
        scheduler.stop(signal.SIGINT)
    after = room.deployment()
    assert not after.paused
    assert [(schedule.id, schedule.active) for schedule in after.schedules] == [(before.schedules[0].id, True)]


@pytest.mark.slow
@pytest.mark.timeout(300)
def test_a_server_of_our_own_ends_with_us_and_nobody_waits_for_the_dead(room: Any, eventually: Any) -> None:
    room.own_server = True
    room.seconds = 120
    room.outlets = {"demo": {"schedule": EVERY_THREE_SECONDS}}
    with room.scheduler() as scheduler:
        scheduler.wait_for("serving", 120)
        eventually(lambda: "begin" in room.noted, 60, scheduler.said)
        scheduler.stop(signal.SIGKILL)
    eventually(lambda: not alive(room.pids[0]), 60, lambda: "the run outlived its scheduler")

    # The next one starts on a server that plans nothing: it ends what is left over, makes up for it, and says so.
    room.seconds = 0
    room.outlets = {"demo": {"schedule": "0 0 1 1 *"}}
    room.patience = 1  # seconds, twice; they count from when the crawl has ended, since one that runs is in view
    room.environment = {"PREFECT_SERVER_SERVICES_SCHEDULER_ENABLED": "false"}
    with room.scheduler() as again:
        again.wait_for("1 crawl cut off with the last scheduler", 120)
        eventually(lambda: room.noted[1:] == ["begin", "end"], 60, again.said)
        assert again.process.wait(60) != 0
    assert "the Prefect server plans no run for demo" in again.said()

    home = room.folder / "state" / "prefect"
    password = (home / "auth").read_text().partition(":")[2]
    said = [scheduler.said(), again.said(), (home / "server.log").read_text()]
    assert not any(password in text for text in said)
    assert (home / "auth").stat().st_mode & 0o077 == 0


def alive(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    with open(f"/proc/{pid}/stat") as stat:  # noqa: PTH123
        return stat.read().rpartition(")")[2].split()[0] != "Z"
