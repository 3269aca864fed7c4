"""A run's process ends with the runner that started it, so that no crawl is left on its own."""

from __future__ import annotations

import ctypes
import os
import signal
import sys

PR_SET_PDEATHSIG = 1  # prctl(2)
STARTED_FOR_A_RUN = "PREFECT__FLOW_RUN_ID"  # set by Prefect's runners and workers in the processes that they start


def end_with_runner() -> None:
    """Have the kernel ask this process to end (SIGTERM) when the one that started it dies, however that happens.

    Does nothing in a process that was not started for a run, and nothing but on Linux: elsewhere the spool's lock keeps
    the next crawl out until this one has ended.
    """
    if sys.platform == "linux" and STARTED_FOR_A_RUN in os.environ:
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGTERM, 0, 0, 0)
