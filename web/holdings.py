"""What both hosts serve from, handed in by the door."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from config.clock import Clock
from config.outlet import Outlet
from storage.archive import Archive
from storage.catalog.catalog import Catalog
from storage.folder_store import FolderStore
from web.archive_reads import ArchiveReads


@dataclass(frozen=True)
class Holdings:
    """An archive, its catalog on this machine, and the outlet files by id. Nothing is ever written to `archive`.

    What reads `archive` for a request does it by `reads`; the catalog is asked in the threads that all else has.
    """

    archive: Archive
    catalog: Catalog
    outlets: Mapping[str, Outlet]
    clock: Clock
    reads: ArchiveReads = field(default_factory=ArchiveReads)

    @property
    def is_near(self) -> bool:
        """Whether the archive is a folder of this machine, which answers in less time than a thread takes to begin."""
        return isinstance(self.archive.store, FolderStore)
