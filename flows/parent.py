"""A run's process ends with the runner that started it, so that no crawl is left on its own."""

from __future__ import annotations

import os

from crawlers.parent import end_with_parent

STARTED_FOR_A_RUN = "PREFECT__FLOW_RUN_ID"  # set by Prefect's runners and workers in the processes that they start


def end_with_runner() -> None:
    """Have the kernel ask this process to end (SIGTERM) when the one that started it dies, however that happens.

    Does nothing in a process that was not started for a run, and nothing but on Linux: elsewhere the spool's lock keeps
    the next crawl out until this one has ended.
    """
    if STARTED_FOR_A_RUN in os.environ:
        end_with_parent(None)  # who it is nobody tells
