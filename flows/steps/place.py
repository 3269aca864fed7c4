"""Where a machine's work happens: the archive, its catalog, and the folder of the machine's own state."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path

from config.clock import Clock
from config.settings import Settings
from flows.errors import StateUnusable
from storage.archive import Archive
from storage.catalog.catalog import Catalog
from storage.stores import open_store


@dataclass(frozen=True)
class Place:
    """What every step is given. Only `archive` is truth; the rest can be made anew from it.

    `state` is `<settings.state>/<archive id>`: the catalog, the spool and Prefect's home of one machine.
    """

    archive: Archive
    catalog: Catalog
    state: Path
    clock: Clock
    contact: str | None = None

    @property
    def spool(self) -> Path:
        """The folder that holds a folder for every crawl that is not yet wholly committed."""
        return self.state / "spool"


def open_place(settings: Settings, *, clock: Clock | None = None, create: bool = False) -> Place:
    """Open the archive that the settings name, and this machine's state for it.

    `create` makes the archive where there is none. Raises storage.errors.ArchiveError where it is missing, unreadable,
    of a newer format, or in a store that lets two writers win; flows.errors.StateUnusable.
    """
    clock = clock or Clock()
    store = open_store(settings.archive)
    archive = Archive.open(store, create=create, single_writer=settings.single_writer, clock=clock)
    # Absolute: the child works in another folder than we do.
    state = (settings.state / archive.id).absolute()
    _make_state(state)
    catalog = Catalog.open(settings.catalog or f"sqlite:///{state / 'catalog.sqlite'}")
    return Place(archive=archive, catalog=catalog, state=state, clock=clock, contact=settings.contact)


def _make_state(folder: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as wrong:
        raise StateUnusable(folder, f"it cannot be made, {wrong.strerror}") from wrong
    if not os.access(folder, os.W_OK | os.X_OK):
        raise StateUnusable(folder, "it cannot be written to")
