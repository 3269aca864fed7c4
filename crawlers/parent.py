"""Ending with the process that started this one, however that ends."""

from __future__ import annotations

import ctypes
import os
import signal
import sys
from typing import Any, Final

_PR_SET_PDEATHSIG: Final = 1


def end_with_parent(parent_pid: int | None, number: signal.Signals = signal.SIGTERM) -> bool:
    """Have the kernel send a signal when the parent dies (Linux); return whether the expected parent still lives.

    The signal comes when the *thread* that started this process ends, so it is to be started from one that stays.
    """
    if sys.platform.startswith("linux"):
        libc: Any = ctypes.CDLL(None, use_errno=True)
        libc.prctl(_PR_SET_PDEATHSIG, number, 0, 0, 0)
    return parent_pid is None or os.getppid() == parent_pid
