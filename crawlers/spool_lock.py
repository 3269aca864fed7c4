"""The lock of a spool: who writes it, and whether that process still lives.

An advisory lock of the kernel (flock(2)) on the file `lock`. It falls when its process ends, however it ends, so a lock
that can be had means that nobody writes any more. The file's content is the writer's process id, which also says that
the spool has had its writer.
"""

from __future__ import annotations

import fcntl
import os
from pathlib import Path
from time import monotonic, sleep
from typing import Final

from crawlers.errors import SpoolInUse, SpoolUsed

LOCK: Final = "lock"
_SECONDS_BETWEEN_TRIES: Final = 0.02


class SpoolLock:
    """Holds the lock of one spool until `release` or the end of the process."""

    def __init__(self, folder: Path, *, patience: float = 0.0) -> None:
        """Take the lock, or raise `SpoolInUse` where it cannot be had within so many seconds."""
        self.path = folder / LOCK
        self._file = os.open(self.path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o644)
        until = monotonic() + patience
        while not _locked(self._file):
            if monotonic() >= until:
                os.close(self._file)
                raise SpoolInUse(
                    f"the spool {folder} is being written by another process: wait until its crawl has ended, or stop "
                    "it"
                )
            sleep(_SECONDS_BETWEEN_TRIES)

    def sign(self) -> None:
        """Write down that this process is the spool's one writer; raises `SpoolUsed` where there was one before."""
        if os.fstat(self._file).st_size:
            self.release()
            raise SpoolUsed(
                f"the spool {self.path.parent} has had its writer: recover it, and plan a new crawl in a new folder"
            )
        os.write(self._file, f"{os.getpid()}\n".encode())

    def release(self) -> None:
        """Let the lock go; again is nothing."""
        if self._file >= 0:
            os.close(self._file)
            self._file = -1


def _locked(file: int) -> bool:
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


def is_locked(folder: Path) -> bool:
    """Return whether a living process holds the lock of this spool. Never creates the file."""
    if not (folder / LOCK).exists():
        return False
    try:
        SpoolLock(folder).release()
    except SpoolInUse:
        return True
    return False
