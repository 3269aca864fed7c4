"""What both hosts serve from, handed in by the door."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from config.clock import Clock
from config.outlet import Outlet
from storage.archive import Archive
from storage.catalog.catalog import Catalog
from storage.folder_store import FolderStore


@dataclass(frozen=True)
class Holdings:
    """An archive, its catalog on this machine, and the outlet files by id. Nothing is ever written to `archive`."""

    archive: Archive
    catalog: Catalog
    outlets: Mapping[str, Outlet]
    clock: Clock

    @property
    def is_near(self) -> bool:
        """Whether the archive is a folder of this machine, which answers in less time than a thread takes to begin."""
        return isinstance(self.archive.store, FolderStore)
