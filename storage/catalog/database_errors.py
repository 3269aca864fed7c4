"""What a database says, told as what it means for the catalog and what to do."""

from __future__ import annotations

import sqlite3
from typing import Final

from sqlalchemy.exc import DBAPIError

from storage.errors import CatalogUnavailable

_NO_ROOM: Final = "No room is left for it: make room, and it goes on where it was. The archive has lost nothing"
_NO_RIGHTS: Final = (
    "It has to be written to: check the rights of the file and of its folder, or set PALIMPSEST_CATALOG (or all of the"
    " machine's state, PALIMPSEST_STATE) to another place"
)
_BUSY: Final = "Another process has been writing for a minute: try again when it is through"
_DAMAGED: Final = (
    "The catalog holds nothing that the archive does not: if it is damaged, delete it and run `palimpsest rebuild`"
)
_OF_SQLITE: Final = {
    sqlite3.SQLITE_FULL: _NO_ROOM,
    sqlite3.SQLITE_READONLY: _NO_RIGHTS,
    sqlite3.SQLITE_CANTOPEN: _NO_RIGHTS,
    sqlite3.SQLITE_PERM: _NO_RIGHTS,
    sqlite3.SQLITE_BUSY: _BUSY,
    sqlite3.SQLITE_LOCKED: _BUSY,
}


def meaning_of(wrong: DBAPIError, url: str) -> CatalogUnavailable:
    """Return the error that says what happened to the catalog at an address; the caller raises it."""
    code = getattr(wrong.orig, "sqlite_errorcode", 0) & 0xFF  # without what SQLite adds to its primary codes
    return CatalogUnavailable(f"{url}: the database says: {wrong.orig}. {_OF_SQLITE.get(code, _DAMAGED)}")
