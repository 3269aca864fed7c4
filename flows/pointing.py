"""Pointing this process, and those that it starts, to a Prefect server."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager

SECONDS_TO_TELL = 15.0


@contextmanager
def pointed_to(environment: Mapping[str, str]) -> Iterator[None]:
    """Hold the given variables in the environment, and in a Prefect that was imported before, for the block.

    At its end, what flows of this process have still to tell is sent while the server listens.
    """
    before = {name: os.environ.get(name) for name in environment}
    os.environ.update(environment)
    try:
        with _settings(environment):
            yield
    finally:
        for name, value in before.items():
            if value is None:
                os.environ.pop(name, None)
            else:
                os.environ[name] = value


@contextmanager
def _settings(environment: Mapping[str, str]) -> Iterator[None]:
    """Say the same to Prefect's settings: it reads the environment once, when it is imported."""
    from prefect import settings
    from prefect.events.worker import EventsWorker
    from prefect.logging.handlers import APILogWorker

    known = ("PREFECT_API_URL", "PREFECT_API_AUTH_STRING", "PREFECT_HOME")
    with settings.temporary_settings(
        {getattr(settings, name): environment[name] for name in known if name in environment}
    ):
        try:
            yield
        finally:
            for worker in (EventsWorker, APILogWorker):
                worker.drain_all(timeout=SECONDS_TO_TELL)
