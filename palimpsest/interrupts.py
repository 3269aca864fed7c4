"""Ctrl-C while something is under way: the first ends it in order, the second at once."""

from __future__ import annotations

import asyncio
import os
import signal
import sys
from collections.abc import Callable, Coroutine
from typing import Any, TypeVar

CODE = 130  # what a shell says of a command that Ctrl-C ended
_SECONDS_TO_KILL = 1.0
_SHOW_CURSOR = "\x1b[?25h"

_Result = TypeVar("_Result")


def run_until_interrupted(work: Coroutine[Any, Any, _Result], first: Callable[[], None]) -> _Result:
    """Run a coroutine to its end and return its result.

    The first Ctrl-C calls `first`, which tells people what happens now, and cancels the work, which has to end what it
    started; then KeyboardInterrupt is raised. The second cancels what that still waits for and, a second later, ends
    this process with exit code 130, whatever its threads do.
    """
    interrupts = 0

    async def watched() -> _Result:
        task = asyncio.current_task()
        assert task is not None
        loop = asyncio.get_running_loop()

        def interrupted() -> None:
            nonlocal interrupts
            interrupts += 1
            task.cancel()
            if interrupts == 1:
                first()
            else:
                loop.call_later(_SECONDS_TO_KILL, _end)

        # The loop's, which stays when the task has ended: the loop's threads are waited for after that.
        loop.add_signal_handler(signal.SIGINT, interrupted)
        return await work

    try:
        return asyncio.run(watched())
    except asyncio.CancelledError:
        if not interrupts:
            raise
        raise KeyboardInterrupt from None


def _end() -> None:
    if sys.stderr.isatty():
        sys.stderr.write(_SHOW_CURSOR)  # a progress bar may have hidden it
        sys.stderr.flush()
    os._exit(CODE)
