"""Ranges of WARCs that are still in the spool, without asking the bucket for what lies on our own disk."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from storage.objects import ObjectStore


@dataclass(frozen=True)
class SpoolFirst:
    """Gives ranges from the spool's folder where the file is there, and from the store where it is not.

    A sealed WARC never changes, and its name holds its crawl's id, so the two can't differ.
    """

    store: ObjectStore
    folder: Path

    def get_range(self, key: str, offset: int, length: int) -> bytes:
        """Return exactly `length` bytes of an object from `offset` on. Raises what the store raises."""
        path = self.folder / key.rpartition("/")[2]
        try:
            with path.open("rb") as file:
                file.seek(offset)
                found = file.read(length)
        except FileNotFoundError:
            return self.store.get_range(key, offset, length)
        return found if len(found) == length else self.store.get_range(key, offset, length)
