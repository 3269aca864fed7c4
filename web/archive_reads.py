"""Threads for what reads the archive: a bucket that does not answer keeps only those waiting who need it.

What is read from the catalog has other threads (`web.serving`), so that it is answered whatever the archive does.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Final, TypeVar

from anyio import CapacityLimiter, Semaphore, fail_after
from anyio.to_thread import run_sync

from storage.errors import StoreUnavailable

AT_ONCE: Final = 8
"""So many read at once. Half of the connections that a client of S3 keeps (storage.s3_client); the rest are for whoever
follows the log."""

PATIENCE: Final = 10.0
"""Seconds that a request waits for its turn. With the time after which a hurried store gives up a server that says
nothing (16 s and a pause), whoever asks is answered within half a minute."""

Read = TypeVar("Read")


class ArchiveReads:
    """So many turns to read the archive; who gets none in time is told so. For both hosts together."""

    def __init__(self, at_once: int = AT_ONCE, patience: float = PATIENCE) -> None:
        self._at_once = at_once
        self._patience = patience
        self._turns = Semaphore(at_once)
        self._threads = CapacityLimiter(at_once)

    async def run(self, read: Callable[[], Read]) -> Read:
        """Return what `read` does, in a thread. Raises StoreUnavailable where no turn comes, and what `read` raises."""
        try:
            with fail_after(self._patience):
                await self._turns.acquire()
        except TimeoutError:
            raise StoreUnavailable(
                f"no turn to read it came within {self._patience:g} s; {self._at_once} requests at once have one",
                store="the archive",
            ) from None
        try:
            # The deadline is for the turn alone: were the turns the limiter here, it would be for the reading, too.
            return await run_sync(read, limiter=self._threads)
        finally:
            self._turns.release()
