"""How a crawl writes its WARCs: whole groups, one file after the other, so that a kill loses nothing acknowledged.

    <crawl id>-00000.warc.gz.open   being written: a warcinfo, then groups, each appended by one write(2)
    <crawl id>-00000.warc.gz        sealed: fsync, rename, fsync of the folder; never touched again

A group that `SpoolWriter.write` has returned from is the kernel's: it survives the end of this process, by kill -9 too.
It survives a power cut once it is synced, at most `sync_every` later (5 s by default) and always before the seal.
"""

from __future__ import annotations

import logging
import os
import threading
from collections.abc import Callable, Sequence
from datetime import timedelta
from pathlib import Path
from time import monotonic
from typing import Final

from config.clock import Clock
from crawlers.errors import SpoolWriteFailed
from crawlers.spool_lock import SpoolLock
from storage.warc import warcinfo

OPEN: Final = ".open"
MAX_BYTES: Final = 256 * 1024 * 1024
MAX_AGE: Final = timedelta(minutes=15)
SYNC_EVERY: Final = timedelta(seconds=5)

logger = logging.getLogger(__name__)


class SpoolWriter:
    """The one writer of a spool. Holds the spool's lock until `close`.

    `fields` are the lines of every warcinfo record. A WARC is sealed when the next group would make it larger than
    `max_bytes` (one group larger than that gets a WARC of its own) or when it is older than `max_age`; who writes asks
    by `make_room`, because references to records of the WARC end with it. `on_seal` is told each sealed file.

    Raises `SpoolInUse` or `SpoolUsed` where the folder has or had a writer. Not for two threads at once.
    """

    def __init__(
        self,
        folder: Path,
        crawl_id: str,
        fields: Sequence[tuple[str, str]],
        *,
        clock: Clock,
        max_bytes: int = MAX_BYTES,
        max_age: timedelta = MAX_AGE,
        sync_every: timedelta = SYNC_EVERY,
        on_seal: Callable[[Path], None] | None = None,
    ) -> None:
        self.folder = folder
        self.crawl_id = crawl_id
        self.size = 0  # of the open WARC
        self._lock = SpoolLock(folder)
        self._lock.sign()
        self._fields = tuple(fields)
        self._clock = clock
        self._max_bytes = max_bytes
        self._max_age = max_age.total_seconds()
        self._on_seal = on_seal
        self._number = 0
        self._file = -1
        self._path = folder
        self._opened = 0.0
        self._warcinfo_id = ""
        self._groups = 0
        self._syncer = _Syncer(sync_every.total_seconds())

    @property
    def warcinfo_id(self) -> str:
        """Return the id of the warcinfo record that the next group belongs to; opens a WARC where none is open."""
        if self._file < 0:
            self._open()
        return self._warcinfo_id

    def make_room(self, length: int = 0) -> bool:
        """Seal the open WARC if it is too old, or too full for a group of that many bytes. Return whether it was."""
        if self._file < 0 or not self._groups:
            return False
        if self.size + length <= self._max_bytes and monotonic() - self._opened < self._max_age:
            return False
        self.seal()
        return True

    def write(self, group: bytes) -> int:
        """Append one whole group and return its offset in the open WARC. Then it survives the end of this process.

        Raises `SpoolWriteFailed` when the disk did not take all of it, or when an earlier sync failed. The WARC then
        ends with the last whole group, as before.
        """
        if self._file < 0:
            self._open()
        self._append(group)
        self._groups += 1
        return self.size - len(group)

    def seal(self) -> Path | None:
        """Sync and rename the open WARC; return its path, or None where no group was written since the last seal."""
        if self._file < 0:
            return None
        self._syncer.watch(-1)
        sealed = self._path.with_suffix("")
        try:
            os.fsync(self._file)
        except OSError as failure:
            raise self._failed("could not be synced", failure) from failure
        os.close(self._file)
        self._file = -1
        if not self._groups:
            self._path.unlink()
            return None
        self._path.rename(sealed)
        sync_folder(self.folder)
        self._number += 1
        if self._on_seal is not None:
            self._on_seal(sealed)
        return sealed

    def close(self) -> None:
        """Seal what is open and let the lock go. Again is nothing."""
        try:
            self.seal()
        finally:
            self._syncer.stop()
            self._lock.release()

    def _open(self) -> None:
        self._path = self.folder / f"{self.crawl_id}-{self._number:05}.warc.gz{OPEN}"
        self._warcinfo_id, record = warcinfo(self._path.with_suffix("").name, self._clock.now(), self._fields)
        try:
            self._file = os.open(self._path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_APPEND | os.O_CLOEXEC, 0o644)
        except OSError as failure:
            raise self._failed("could not be opened", failure) from failure
        self.size = 0
        self._groups = 0
        self._opened = monotonic()
        self._append(record)
        sync_folder(self.folder)
        self._syncer.watch(self._file)

    def _append(self, record: bytes) -> None:
        if self._syncer.failure is not None:
            raise self._failed("could not be synced", self._syncer.failure) from self._syncer.failure
        rest = memoryview(record)
        try:
            while rest:  # once, but for a full disk or a signal
                rest = rest[os.write(self._file, rest) :]
        except OSError as failure:
            os.ftruncate(self._file, self.size)  # a torn group would end every reading of this WARC here
            raise self._failed(f"did not take a group of {len(record)} bytes", failure) from failure
        self.size += len(record)
        self._syncer.dirty = True

    def _failed(self, what: str, failure: OSError) -> SpoolWriteFailed:
        return SpoolWriteFailed(
            f"{self._path} {what}: {failure.strerror or failure}. The groups before it are kept. "
            "Make room or mend the disk; the next crawl of the outlet recovers this one"
        )


class _Syncer:
    """Syncs the open WARC from a thread, as a sync may take as long as the disk likes and the crawl must not wait."""

    def __init__(self, every: float) -> None:
        self.dirty = False
        self.failure: OSError | None = None
        self._every = every
        self._file = -1
        self._guard = threading.Lock()
        self._end = threading.Event()
        self._thread = threading.Thread(target=self._run, name="spool sync", daemon=True)
        self._thread.start()

    def watch(self, file: int) -> None:
        """Sync this descriptor from now on (-1: none). Returns when no sync of the last one is running."""
        with self._guard:
            self._file = file
            self.dirty = False

    def stop(self) -> None:
        """End the thread."""
        self._end.set()
        self._thread.join()

    def _run(self) -> None:
        while not self._end.wait(self._every):
            with self._guard:
                if self._file < 0 or not self.dirty:
                    continue
                self.dirty = False
                try:
                    os.fsync(self._file)
                except OSError as failure:
                    logger.critical("a WARC could not be synced: %s", failure)
                    self.failure = failure
                    return


def sync_folder(folder: Path) -> None:
    """Make the names in a folder outlive a power cut."""
    descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
