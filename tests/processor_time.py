"""A bound on the processor's time, which ends what goes over it: a regular expression that would take hours, too."""

from __future__ import annotations

import signal
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType


@contextmanager
def at_most(seconds: float) -> Iterator[None]:
    """Fail after so much of the processor's time in this process, whatever else the machine does meanwhile.

    `re` looks for signals while it matches, so even one call that would not end ends here. What runs in C without
    looking is found too long when it ends.
    """

    def told(_number: int, _frame: FrameType | None) -> None:
        raise AssertionError(f"took more than {seconds:g} s of the processor")

    before = signal.signal(signal.SIGPROF, told)
    signal.setitimer(signal.ITIMER_PROF, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
        signal.signal(signal.SIGPROF, before)
