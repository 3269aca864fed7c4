"""Opening what a command works on."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from config.settings import Settings
    from flows.steps.place import Place


def settings_with(archive: str | None) -> Settings:
    """Load the settings; `--archive` wins over all other places."""
    from config.settings import load_settings

    return load_settings(**({} if archive is None else {"archive": archive}))


def place_of(settings: Settings, *, create: bool = False) -> Place:
    """Open the archive and bring the catalog up to its newest commit."""
    from flows.steps.place import open_place

    place = open_place(settings, create=create)
    place.catalog.sync(place.archive)
    return place
