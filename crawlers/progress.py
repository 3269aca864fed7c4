"""Telling the parent how far the crawl is: JSON lines on standard output, at most four a second."""

from __future__ import annotations

import json
import os
import stat
from collections.abc import Callable
from time import monotonic
from typing import Final

from crawlers.tally import Tally

SECONDS_BETWEEN: Final = 0.25


class Teller:
    """Writes what a tally says to a file descriptor.

    Nobody has to read it: where the pipe is full a line is left out (lines are shorter than PIPE_BUF, so a write is
    whole or nothing), where it is closed no more are written. The crawl never waits for its audience.
    """

    def __init__(self, descriptor: int, tally: Tally, queued: Callable[[], int]) -> None:
        self._descriptor = descriptor
        self._tally = tally
        self._queued = queued
        self._last = -SECONDS_BETWEEN
        if stat.S_ISFIFO(os.fstat(descriptor).st_mode):  # never a terminal, which others share
            os.set_blocking(descriptor, False)

    def tell(self, *, now: bool = False) -> None:
        """Say how far it is, unless that was said a moment ago (`now` says it anyway)."""
        if self._descriptor < 0 or (not now and monotonic() - self._last < SECONDS_BETWEEN):
            return
        self._last = monotonic()
        said = {"queued": self._queued(), **self._tally.told()}
        try:
            os.write(self._descriptor, json.dumps(said).encode() + b"\n")
        except BlockingIOError:
            return
        except OSError:
            self._descriptor = -1
