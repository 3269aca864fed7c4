"""One real Prefect server for the session, and a scheduler process that tests can kill."""

from __future__ import annotations

import asyncio
import json
import os
import signal
import sqlite3
import subprocess
import sys
import time
import uuid
from collections.abc import Awaitable, Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, TypeVar

import pytest

ROOT = Path(__file__).resolve().parents[2]
T = TypeVar("T")

# Quicker than in operation, and nothing drawn: the tests wait for what the server does.
FAST = {
    "DO_NOT_TRACK": "1",
    "PREFECT_RUNNER_POLL_FREQUENCY": "1",
    "PREFECT_SERVER_SERVICES_SCHEDULER_LOOP_SECONDS": "2",
    "PREFECT_SERVER_SERVICES_SCHEDULER_RECENT_DEPLOYMENTS_LOOP_SECONDS": "1",
    "PREFECT_SERVER_SERVICES_SCHEDULER_MIN_RUNS": "2",
    "PREFECT_SERVER_SERVICES_SCHEDULER_MAX_RUNS": "3",
    "PREFECT_SERVER_UI_ENABLED": "false",
}

PROBE = '''
"""A flow in the place of a crawl: it writes what it does into a file, and takes its time."""

import asyncio
import os
import time
from pathlib import Path

from prefect import flow

from flows.parent import end_with_runner


def note(words):
    with Path(os.environ["PROBE_LOG"]).open("a") as log:
        log.write(f"{words} {os.getpid()}\\n")


@flow(name=os.environ.get("PROBE_FLOW", "probe"), persist_result=False)
async def probe(outlet: str, settings: dict | None = None, limit: int | None = None):
    end_with_runner()
    note("begin")
    deadline = time.monotonic() + float(os.environ["PROBE_SECONDS"])
    while time.monotonic() < deadline:
        await asyncio.sleep(0.05)
    note("end")
'''

DRIVER = '''
"""The process of `palimpsest schedule`, with another flow than the crawl."""

import asyncio
import json
import sys
from datetime import timedelta
from pathlib import Path

given = json.loads(sys.argv[1])
from flows.server import prefect_server
from flows.state import only_scheduler

state = Path(given["state"])
with only_scheduler(state), prefect_server(state) as server:
    from config.outlet_file import load_outlet
    from flows.schedule import keep_schedules
    from probe_flows import probe

    demo = load_outlet(Path(given["outlet_file"]))
    outlets = {name: demo.model_copy(update={"id": name, **changes}) for name, changes in given["outlets"].items()}

    def show(runs):
        for run in runs:
            print("next", run.outlet, run.at.isoformat(), flush=True)
        print("serving", flush=True)

    def tell(words):
        print(words, flush=True)

    patience = timedelta(seconds=given["patience"])
    asyncio.run(
        keep_schedules(server, outlets, probe, given["archive_id"], tell=tell, show=show, patience=patience)
    )
print("ended", flush=True)
'''


@pytest.fixture(scope="session")
def prefect(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Any]:
    """A server of our own, to which this process and its children are pointed for the session."""
    from flows.server import prefect_server

    folder = tmp_path_factory.mktemp("prefect")
    before = dict(os.environ)
    os.environ.update(FAST)
    os.environ.pop("PREFECT_API_URL", None)
    try:
        with prefect_server(folder) as server:
            yield server
    finally:
        os.environ.clear()
        os.environ.update(before)


@dataclass
class Scheduler:
    """A scheduler process, what it said, and what its runs noted."""

    process: subprocess.Popen[bytes]
    out: Path

    def said(self) -> str:
        return self.out.read_text()

    def wait_for(self, words: str, seconds: float = 60) -> None:
        def there() -> bool:
            assert words in self.said() or self.process.poll() is None, self.said()
            return words in self.said()

        eventually(there, seconds, lambda: f"{words!r} was not said:\n{self.said()}")

    def stop(self, number: signal.Signals = signal.SIGTERM) -> int:
        self.process.send_signal(number)
        return self.process.wait(60)


@dataclass
class Room:
    """What the schedulers of one test share: an archive id, a state, the probe's log."""

    folder: Path
    archive_id: str = field(default_factory=lambda: str(uuid.uuid4()))
    seconds: float = 0.0
    outlets: dict[str, dict[str, Any]] = field(default_factory=lambda: {"demo": {"schedule": "0 0 1 1 *"}})
    own_server: bool = False
    patience: float = 120
    environment: dict[str, str] = field(default_factory=dict)

    @property
    def noted(self) -> list[str]:
        log = self.folder / "probe.log"
        return [line.split()[0] for line in log.read_text().splitlines()] if log.exists() else []

    @property
    def pids(self) -> list[int]:
        log = self.folder / "probe.log"
        return [int(line.split()[1]) for line in log.read_text().splitlines()] if log.exists() else []

    @contextmanager
    def scheduler(self) -> Iterator[Scheduler]:
        (self.folder / "probe_flows.py").write_text(PROBE)
        (self.folder / "driver.py").write_text(DRIVER)
        given = {
            "state": str(self.folder / "state"),
            "outlet_file": str(ROOT / "config" / "outlets" / "demo.yml"),
            "outlets": self.outlets,
            "archive_id": self.archive_id,
            "patience": self.patience,
        }
        environment = {
            **os.environ,
            "PYTHONPATH": f"{ROOT}{os.pathsep}{self.folder}",
            "PROBE_LOG": str(self.folder / "probe.log"),
            "PROBE_SECONDS": str(self.seconds),
            "PYTHONUNBUFFERED": "1",
            **self.environment,
        }
        if self.own_server:
            self._copy_database()
            for name in ("PREFECT_API_URL", "PREFECT_API_AUTH_STRING", "PREFECT_HOME"):
                environment.pop(name, None)
        out = self.folder / f"scheduler-{uuid.uuid4().hex[:6]}.out"
        with out.open("wb") as file:
            process = subprocess.Popen(
                [sys.executable, str(self.folder / "driver.py"), json.dumps(given)],
                cwd=self.folder,
                env=environment,
                stdin=subprocess.DEVNULL,
                stdout=file,
                stderr=subprocess.STDOUT,
            )
        try:
            yield Scheduler(process, out)
        finally:
            if process.poll() is None:
                process.kill()
            process.wait()

    def _copy_database(self) -> None:
        """Give a server of its own the tables of the session's: making them anew takes half of a first start."""
        home = self.folder / "state" / "prefect"
        if not home.exists():
            home.mkdir(parents=True)
            with (
                closing(sqlite3.connect(Path(os.environ["PREFECT_HOME"]) / "prefect.db")) as tables,
                closing(sqlite3.connect(home / "prefect.db")) as copy,
            ):
                tables.backup(copy)

    def ask(self, question: Callable[[Any], Awaitable[T]]) -> T:
        """Ask the session's server something, and return the answer."""
        from prefect.client.orchestration import get_client

        async def asked() -> T:
            async with get_client() as client:
                return await question(client)

        return asyncio.run(asked())

    def runs(self) -> list[Any]:
        """All runs of this archive's deployments, the earliest planned first."""
        from prefect.client.schemas.filters import FlowRunFilter, FlowRunFilterTags
        from prefect.client.schemas.sorting import FlowRunSort

        tagged = FlowRunFilter(tags=FlowRunFilterTags(all_=[f"archive:{self.archive_id}"]))
        return self.ask(
            lambda client: client.read_flow_runs(flow_run_filter=tagged, sort=FlowRunSort.EXPECTED_START_TIME_ASC)
        )

    def states(self) -> list[str]:
        return [run.state_name for run in self.runs()]

    def deployment(self, outlet: str = "demo") -> Any:
        return self.ask(lambda client: client.read_deployment_by_name(f"probe/{outlet}-{self.archive_id[:8]}"))

    def write_schedules(self) -> list[str]:
        """What a scheduler writes before it serves; return what it told."""
        from flows.deployments import deployment_of
        from flows.schedule import write_schedules

        wanted = [deployment_of(outlet, probe_flow(), self.archive_id) for outlet in self.outlets_by_id().values()]
        told: list[str] = []
        self.ask(
            lambda client: write_schedules(
                client, wanted, tell=told.append, all_outlets=list(self.outlets), owned=self.own_server
            )
        )
        return told

    def write_for_workers(self, work_pool: str, *chosen: str) -> tuple[list[Any], list[str]]:
        """What is written for a work pool; return the next runs, and what was told."""
        from flows.schedule import schedule_on_workers

        told: list[str] = []
        outlets, flow = self.outlets_by_id(), probe_flow()
        runs = schedule_on_workers(outlets, flow, self.archive_id, work_pool, chosen=chosen, tell=told.append)
        return asyncio.run(runs), told

    def outlets_by_id(self) -> dict[str, Any]:
        from config.outlet_file import load_outlet

        demo = load_outlet(ROOT / "config" / "outlets" / "demo.yml")
        return {name: demo.model_copy(update={"id": name, **changes}) for name, changes in self.outlets.items()}

    def ask_for_run(self, at: datetime | None = None) -> Any:
        """A run of the outlet's deployment, planned for a time."""
        from prefect.states import Scheduled

        state = Scheduled(scheduled_time=at or datetime.now(UTC))
        deployment = self.deployment()
        return self.ask(lambda client: client.create_flow_run_from_deployment(deployment.id, state=state))


def probe_flow() -> Any:
    """The probe as this process knows it: it only gives its name and its parameters."""
    from prefect import flow

    async def probe(outlet: str, settings: dict[str, Any] | None = None, limit: int | None = None) -> None:
        """Stand for the flow of the same name in the scheduler's processes."""

    probe.__module__ = "probe_flows"
    return flow(name="probe")(probe)


@pytest.fixture
def room(tmp_path: Path) -> Room:
    return Room(tmp_path)


def eventually(check: Callable[[], T], seconds: float, words: Callable[[], str] = lambda: "it never came true") -> T:
    """Return what `check` returns once that is true; fail with `words` after `seconds`."""
    deadline = time.monotonic() + seconds
    while True:
        if found := check():
            return found
        if time.monotonic() > deadline:
            pytest.fail(words())
        time.sleep(0.1)


@pytest.fixture(name="eventually")
def _eventually() -> Callable[..., Any]:
    return eventually
