"""The flow on the demo outlet, with a real Prefect server: what a crawl leaves there, and how it ends."""

from __future__ import annotations

import json
import os
import re
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from config.outlet_file import load_outlet
from config.settings import Settings
from demo.server import DemoServer
from flows.steps.outlet_lock import only_crawl
from flows.steps.place import Place, open_place
from storage.catalog.catalog import Catalog
from storage.catalog.status import status
from storage.commits import Kind
from storage.verify import verify
from storage.warc_check import check_warc
from tests.flows.machines import ROOT, demo_outlet, in_environment, settings_for
from tests.flows.processes import children
from tests.servers.fixtures import swift_server as swift_server
from tests.servers.s3 import S3Server

pytestmark = [
    pytest.mark.xdist_group("prefect"),
    pytest.mark.usefixtures("prefect"),
    pytest.mark.slow,
    pytest.mark.timeout(300),
]
DAY = timedelta(days=1).total_seconds()


@pytest.fixture
def site() -> Iterator[DemoServer]:
    with DemoServer() as running:
        yield running


@pytest.fixture
def machine(tmp_path: Path, site: DemoServer) -> dict[str, str]:
    """The settings of a machine that archives the demo outlet, slowly enough for a crawl to be cut off."""
    outlet = demo_outlet(site.url)
    slowly = outlet.politeness.model_copy(update={"concurrency": 2, "delay": timedelta(seconds=0.05)})
    return settings_for(tmp_path, outlet.model_copy(update={"politeness": slowly}))


CRAWL = """
import asyncio, json, sys
from flows.crawl_outlet import crawl_outlet

state = asyncio.run(crawl_outlet("demo", return_state=True, **json.loads(sys.argv[1])))
report = asyncio.run(state.aresult(raise_on_failure=False))
said = {
    "type": state.type.value,
    "name": state.name,
    "message": state.message,
    "run": str(state.state_details.flow_run_id),
    "report": report.to_json() if hasattr(report, "to_json") else None,
}
print(json.dumps(said))
"""


def crawled(machine: dict[str, str], **parameters: Any) -> dict[str, Any]:
    """Run the flow in a process of its own, and return its last state and the report that is its result."""
    given = json.dumps({"settings": machine, **parameters})
    done = subprocess.run(
        [sys.executable, "-c", CRAWL, given], cwd=ROOT, capture_output=True, text=True, timeout=200, check=False
    )
    assert done.returncode == 0, done.stderr
    said: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return said


def place_of(machine: dict[str, str]) -> Place:
    return open_place(Settings(**machine))


def test_a_crawl_leaves_its_report_what_changed_and_events(
    room: Any, machine: dict[str, str], site: DemoServer, eventually: Any
) -> None:
    first = crawled(machine)
    assert first["type"] == "COMPLETED", first
    assert first["report"]["new"]

    site.set_day(1)
    second = crawled(machine, clock_offset_seconds=DAY)
    assert second["type"] == "COMPLETED", second
    changes, absences = second["report"]["changes"], second["report"]["absences"]
    assert changes

    run = room.ask(lambda client: client.read_flow_run(second["run"]))
    assert run.name == "crawl-demo"
    assert set(run.parameters) == {"outlet", "settings", "limit", "clock_offset_seconds"}
    tasks = eventually(lambda: finished_tasks(room, run.id, 6), 30, lambda: str(finished_tasks(room, run.id, 0)))
    assert sorted(tasks) == ["announce", "capture", "finish", "plan", "read", "recover"]
    artifacts = artifacts_of(room, second["run"])
    assert set(artifacts) == {"demo-crawl", "demo-changes"}
    assert changes[0]["url"] in artifacts["demo-changes"]
    assert second["report"]["crawl_id"] in artifacts["demo-crawl"]

    assert absences == []
    expected = ["palimpsest.change.found"] * len(changes)
    kinds = {"Completed": "palimpsest.crawl.finished", "Degraded": "palimpsest.crawl.degraded"}
    expected.append(kinds[second["name"]])
    eventually(lambda: events_of(room, run.id) == sorted(expected), 30, lambda: str(events_of(room, run.id)))


def test_a_failing_crawl_ends_failed_and_its_report_is_kept(machine: dict[str, str], room: Any) -> None:
    text = (path := Path(machine["outlets"]) / "demo.yml").read_text()
    path.write_text(re.sub(r"http://127\.0\.0\.1:\d+", "http://127.0.0.1:1", text))
    state = crawled(machine)
    assert state["type"] == "FAILED"
    assert "no source of the outlet could be read" in state["message"]
    last = list(place_of(machine).archive.log("demo").walk())[-1]
    assert (last.kind, last.report["status"]) == (Kind.READING, "failed")
    assert set(artifacts_of(room, state["run"])) == {"demo-crawl", "demo-changes"}


def test_a_crawl_that_raises_tells_of_it_too(machine: dict[str, str], room: Any, eventually: Any) -> None:
    spool = open_place(Settings(**machine), create=True).spool / "20260123T120000Z-demo-0a1b2c"
    spool.mkdir(parents=True)
    (spool / "crawl.json").write_text("no JSON")
    state = crawled(machine)
    assert (state["type"], state["report"]) == ("FAILED", None)
    assert "crawl.json can't be read" in state["message"]
    eventually(lambda: events_of(room, state["run"]) == ["palimpsest.crawl.failed"], 30)


def test_a_crawl_is_held_back_while_another_process_crawls_the_outlet(machine: dict[str, str]) -> None:
    place = open_place(Settings(**machine), create=True)
    with only_crawl(place, load_outlet(Path(machine["outlets"]) / "demo.yml")):
        state = crawled(machine)
    assert (state["name"], state["type"]) == ("HeldBack", "CANCELLED")
    assert "demo is being crawled already" in state["message"]


def test_a_killed_run_is_recovered_by_the_next(
    room: Any, machine: dict[str, str], tmp_path: Path, eventually: Any, site: DemoServer
) -> None:
    with scheduling(machine, tmp_path) as (process, out):
        eventually(lambda: "Ctrl-C stops" in out.read_text(), 60, out.read_text)
        planned = r"demo\s+\d{4}-\d\d-\d\d 06:00\s+Asia/Shanghai\s+\d{4}-\d\d-\d\d 22:00Z\s+0 6 \* \* \*"
        assert re.search(planned, out.read_text()), out.read_text()
        place = place_of(machine)
        deployment = f"crawl-outlet/demo-{place.archive.id[:8]}"
        start(room, deployment)
        eventually(lambda: list(place.spool.glob("*/*.warc.gz.open")), 60, out.read_text)
        eventually(lambda: len(site.requests) > 10, 60, out.read_text)
        (engine,) = children(process.pid, "prefect.engine")
        os.kill(engine, signal.SIGKILL)
        eventually(lambda: states(room, deployment) == ["Crashed"], 60, out.read_text)
        start(room, deployment)
        ended = eventually(lambda: ends(room, deployment), 90, out.read_text)
        assert ended != ["Failed"], out.read_text()
        process.terminate()
        assert process.wait(60) == 0, out.read_text()
    commits = list(place.archive.log("demo").walk())
    assert [commit.recovers for commit in commits if commit.recovers]
    assert not list(place.spool.iterdir())
    password = os.environ["PREFECT_API_AUTH_STRING"].partition(":")[2]
    assert password not in out.read_text()


def test_a_scheduled_run_archives_into_a_real_s3_server(
    room: Any,
    machine: dict[str, str],
    tmp_path: Path,
    eventually: Any,
    swift_server: S3Server,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """The way into the bucket is known to the runner alone; the run is a process that the runner starts."""
    swift_server.use(monkeypatch)
    machine |= {"archive": f"s3://{swift_server.new_bucket()}/news", "single_writer": "true"}
    with scheduling(machine, tmp_path) as (process, out):
        eventually(lambda: "Ctrl-C stops" in out.read_text(), 90, out.read_text)
        archive = place_of(machine).archive
        deployment = f"crawl-outlet/demo-{archive.id[:8]}"
        start(room, deployment)
        ended = eventually(lambda: ends(room, deployment), 120, out.read_text)
        assert ended == ["Completed"], out.read_text()
        process.terminate()
        assert process.wait(60) == 0, out.read_text()
    report = verify(archive, warc_check=check_warc)
    assert (report.problems, report.warnings) == ((), ())
    capture, reading = archive.log("demo").walk()
    assert (capture.kind, reading.kind, reading.report["status"]) == (Kind.CAPTURE, Kind.READING, "ok")
    assert swift_server.secret_key not in out.read_text()
    # A machine needs only the bucket: a catalog made from nothing says the same.
    anew = Catalog.open(f"sqlite:///{tmp_path / 'anew.sqlite'}")
    anew.sync(archive)
    assert status(anew) == status(place_of(machine).catalog)
    anew.close()


@contextmanager
def scheduling(machine: dict[str, str], folder: Path) -> Iterator[tuple[subprocess.Popen[bytes], Path]]:
    """Run `palimpsest schedule demo` in a folder with another `config` in it, and tell what it says into a file."""
    (folder / "config").mkdir()
    (folder / "config" / "__init__.py").write_text("raise ImportError('a stranger')")
    out = folder / "schedule.out"
    with out.open("wb") as file:
        process = subprocess.Popen(
            [str(ROOT / ".venv" / "bin" / "palimpsest"), "schedule", "demo"],
            cwd=folder,
            env=os.environ | in_environment(machine),
            stdin=subprocess.DEVNULL,
            stdout=file,
            stderr=subprocess.STDOUT,
        )
    try:
        yield process, out
    finally:
        process.kill()
        process.wait()


def start(room: Any, deployment: str) -> None:
    found = room.ask(lambda client: client.read_deployment_by_name(deployment))
    room.ask(lambda client: client.create_flow_run_from_deployment(found.id))


def states(room: Any, deployment: str) -> list[str]:
    """The states of all runs but those that the schedule has planned, the oldest first."""
    found = room.ask(lambda client: client.read_deployment_by_name(deployment))
    from prefect.client.schemas.filters import FlowRunFilter, FlowRunFilterDeploymentId

    mine = FlowRunFilter(deployment_id=FlowRunFilterDeploymentId(any_=[found.id]))
    runs = room.ask(lambda client: client.read_flow_runs(flow_run_filter=mine))
    return [run.state_name for run in sorted(runs, key=lambda run: run.created) if not run.auto_scheduled]


def ends(room: Any, deployment: str) -> list[str]:
    """The states of the runs that came to their own end."""
    return [name for name in states(room, deployment) if name in ("Completed", "Degraded", "Failed")]


def finished_tasks(room: Any, run: Any, least: int) -> list[str]:
    from prefect.client.schemas.filters import FlowRunFilter, FlowRunFilterId

    mine = FlowRunFilter(id=FlowRunFilterId(any_=[run]))
    found = room.ask(lambda client: client.read_task_runs(flow_run_filter=mine))
    names = [task.name.rpartition("-")[0] for task in found if task.state_name == "Completed"]
    return names if len(names) >= least else []


def artifacts_of(room: Any, run: str) -> dict[str, str]:
    """What a run published: key and content."""
    found = room.ask(lambda client: client.read_artifacts())
    return {one.key: str(one.data) for one in found if str(one.flow_run_id) == run}


def events_of(room: Any, run: Any) -> list[str]:
    """The names of the events of ours that a run sent, sorted."""
    question = {"filter": {"event": {"prefix": ["palimpsest."]}}, "limit": 50}
    answer = room.ask(lambda client: client._client.post("/events/filter", json=question)).json()
    mine = f"prefect.flow-run.{run}"
    return sorted(
        event["event"]
        for event in answer["events"]
        if any(related["prefect.resource.id"] == mine for related in event["related"])
    )
