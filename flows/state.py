"""The lock of a state's schedules, and the settings of runs: how they get them, and which can be given to one alone."""

from __future__ import annotations

import fcntl
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from config.errors import Problem, SettingsInvalid
from config.settings import PREFIX, Settings, load_settings
from flows.errors import ScheduleAlreadyRunning

ROOT = Path(__file__).resolve().parents[1]
PUBLIC_SETTINGS = frozenset({"archive", "state", "outlets", "contact", "single_writer"})


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


def settings_of_run(overrides: Mapping[str, Any]) -> Settings:
    """Return the settings of this machine, with those that one run was given as parameters.

    Prefect stores and shows parameters, so one that may hold a secret (the catalog's URL) raises SettingsInvalid.
    """
    if hidden := sorted(set(overrides) - PUBLIC_SETTINGS):
        known = ", ".join(sorted(PUBLIC_SETTINGS))
        words = f"can't be given to a run, because Prefect stores and shows it (only {known} can)"
        raise SettingsInvalid([Problem("parameters", name, words) for name in hidden])
    return load_settings(**overrides)
