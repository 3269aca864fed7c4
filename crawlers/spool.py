"""A crawl's folder, from its plan to its commit.

    crawl.json                      what the crawl is (crawlers.plan)
    lock                            held by the writer for its life (crawlers.spool_lock)
    <crawl id>-00000.warc.gz        sealed WARCs, and at most one `.open` (crawlers.spool_writer)

A spool whose lock is free has no living writer, so whoever finds it may recover it. Only `discard` deletes captures,
and only those that the caller names as committed.
"""

from __future__ import annotations

import logging
import os
import shutil
from collections.abc import Collection
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import Final

from crawlers.errors import SpoolNotCommitted
from crawlers.spool_lock import SpoolLock, is_locked
from crawlers.spool_writer import OPEN, sync_folder
from storage.warc_reader import iterate, last_whole_group

# The writer is a process of the crawl's own (crawlers.recording); the kernel ends it with a crawl that was killed, but
# whoever saw the crawl end may be here first.
_LAST_BREATH: Final = 1.0

logger = logging.getLogger(__name__)


@dataclass(frozen=True)
class Spool:
    """The folder of one crawl, as those see it who do not write it."""

    folder: Path

    def in_use(self) -> bool:
        """Return whether a living process writes it."""
        return is_locked(self.folder)

    def sealed(self) -> list[Path]:
        """Return the sealed WARCs in the order they were written. They are whole and never change."""
        return sorted(self.folder.glob("*.warc.gz"))

    def recover(self) -> list[Path]:
        """Seal what a writer left open when it died, and return all sealed WARCs in order. Again changes nothing.

        An open WARC is cut after its last whole group, and removed where it holds none. Raises `SpoolInUse` while the
        writer lives.
        """
        lock = SpoolLock(self.folder, patience=_LAST_BREATH)
        try:
            for torn in sorted(self.folder.glob(f"*.warc.gz{OPEN}")):
                _seal_torn(torn)
        finally:
            lock.release()
        return self.sealed()

    def discard(self, committed: Collection[str]) -> None:
        """Delete the folder. `committed` are the file names of the WARCs whose commits have been read back.

        Raises `SpoolNotCommitted` where the folder holds another WARC (nothing is deleted then), and `SpoolInUse` while
        the writer lives.
        """
        lock = SpoolLock(self.folder)
        try:
            kept = sorted(
                path.name
                for path in (*self.folder.glob("*.warc.gz"), *self.folder.glob(f"*.warc.gz{OPEN}"))
                if path.name not in committed
            )
            if kept:
                raise SpoolNotCommitted(
                    f"the spool {self.folder} holds {', '.join(kept)}, which no commit has: recover and commit it first"
                )
            shutil.rmtree(self.folder)
        finally:
            lock.release()


def _seal_torn(path: Path) -> None:
    keep, size = last_whole_group(path), path.stat().st_size
    if keep < size:
        # Never acknowledged: a group is one write, and only then reported as recorded.
        logger.warning("%s: the last %d bytes are no whole group and are cut off", path, size - keep)
    with path.open("r+b") as torn:
        torn.truncate(keep)
        os.fsync(torn.fileno())
    if len(list(islice(iterate(path), 2))) < 2:  # the warcinfo at most
        path.unlink()
    else:
        path.rename(path.with_suffix(""))
    sync_folder(path.parent)
