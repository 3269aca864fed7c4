"""One crawl of an outlet at a time on one machine, whoever starts it."""

from __future__ import annotations

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager

from config.outlet import Outlet
from flows.errors import CrawlAlreadyRunning
from flows.steps.place import Place


@contextmanager
def only_crawl(place: Place, outlet: Outlet) -> Iterator[None]:
    """Hold the outlet for the length of the block. Raises `CrawlAlreadyRunning` where another process holds it.

    The kernel lets the lock go when this process ends, however it ends. Prefect's own concurrency limit is of no help
    against `palimpsest crawl` in another terminal; this is. Machines do not see each other's locks: two crawls of one
    outlet on two machines are legal, and what both saw folds.
    """
    folder = place.state / "locks"
    folder.mkdir(parents=True, exist_ok=True)
    handle = os.open(folder / f"{outlet.id}.lock", os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o644)
    try:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            holder = os.pread(handle, 100, 0).decode(errors="replace").strip()
            raise CrawlAlreadyRunning(outlet.id, holder) from None
        os.ftruncate(handle, 0)
        os.pwrite(handle, f"process {os.getpid()}\n".encode(), 0)
        yield
    finally:
        os.close(handle)
