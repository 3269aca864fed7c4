"""What a scheduler needs before Prefect is imported: the lock of its state, and the settings of the runs it starts."""

from __future__ import annotations

import fcntl
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from config.settings import PREFIX, Settings
from flows.errors import ScheduleAlreadyRunning

ROOT = Path(__file__).resolve().parents[1]


@contextmanager
def only_scheduler(state: Path) -> Iterator[None]:
    """Hold the lock of a state's schedules. Raises ScheduleAlreadyRunning where another process has it."""
    state.mkdir(parents=True, exist_ok=True)
    with (state / "schedule.lock").open("ab") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise ScheduleAlreadyRunning(state) from None
        yield


def environment_of_runs(settings: Settings) -> dict[str, str]:
    """Return the environment in which runs have the same settings as we, in whichever folder they start.

    They start in the checkout: Prefect imports a flow with the working folder first on the path, and a stranger's
    `config/` there would be taken for ours. So paths are absolute, and every setting is said outright.
    """
    said: dict[str, str | None] = {
        "ARCHIVE": settings.archive if "://" in settings.archive else str(Path(settings.archive).resolve()),
        "STATE": str(settings.state.resolve()),
        "OUTLETS": str(settings.outlets.resolve()),
        "SINGLE_WRITER": str(settings.single_writer).lower(),
        "CATALOG": settings.catalog,
        "CONTACT": settings.contact,
    }
    return {"PYTHONPATH": str(ROOT)} | {f"{PREFIX}{name}": value for name, value in said.items() if value is not None}
