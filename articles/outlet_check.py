"""What an outlet file says of reading, held against the readers and the fields that there are."""

from __future__ import annotations

from collections.abc import Iterator

from articles.canonical import FIELDS
from articles.readers.registry import READERS
from config.errors import hint_of
from config.outlet import Loc, Outlet


def against_readers(outlet: Outlet) -> Iterator[tuple[Loc, str]]:
    """Yield where the file names a reader or a field that does not exist: a `config.outlet_file.OutletCheck`.

    A field that no article has would be missed by every crawl, and an unknown reader reads nothing.
    """
    readers = sorted(reader.name for reader in READERS)
    for place, name in enumerate(outlet.readers):
        if name not in readers:
            yield ("readers", place), f"there is no reader {name!r}: {hint_of(name, readers)}"
    for name in outlet.expectations.filled:
        if name not in FIELDS:
            yield ("expectations", "filled", name), f"articles have no such field: {hint_of(name, FIELDS)}"
