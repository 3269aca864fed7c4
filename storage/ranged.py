"""A remote object as a file that can be read and sought, without loading it whole."""

from __future__ import annotations

import io
from typing import Any, BinaryIO, Protocol, cast

WINDOW = 4 << 20  # bytes asked for at once: a WARC of 256 MiB is 64 requests


class Ranges(Protocol):
    """Whatever gives pieces of objects; every ObjectStore does."""

    def get_range(self, key: str, offset: int, length: int) -> bytes:
        """Return exactly `length` bytes from `offset` on."""


class RangedFile(io.RawIOBase):
    """Reads one object by ranges. Each range is a request of its own, so that a cut connection costs one window.

    An object never changes, so ranges fetched at different times belong together.
    """

    def __init__(self, store: Ranges, key: str, size: int) -> None:
        super().__init__()
        self._store = store
        self._key = key
        self._size = size
        self._at = 0

    def readable(self) -> bool:
        """Tell that it can be read."""
        return True

    def seekable(self) -> bool:
        """Tell that it can be sought."""
        return True

    def seek(self, offset: int, whence: int = io.SEEK_SET) -> int:
        """Move to a place; see io.IOBase."""
        base = {io.SEEK_SET: 0, io.SEEK_CUR: self._at, io.SEEK_END: self._size}[whence]
        if base + offset < 0:
            raise ValueError(f"cannot seek to {base + offset}, before the beginning")
        self._at = base + offset
        return self._at

    def tell(self) -> int:
        """Return the place."""
        return self._at

    def readinto(self, buffer: Any) -> int:
        """Fill the buffer from the place on; see io.RawIOBase."""
        view = memoryview(buffer).cast("B")
        wanted = min(len(view), self._size - self._at)
        if wanted <= 0:
            return 0
        view[:wanted] = self._store.get_range(self._key, self._at, wanted)
        self._at += wanted
        return wanted

    def readall(self) -> bytes:
        """Return what is left. io.RawIOBase would ask for it in pieces of 8 KiB, each a request."""
        parts = []
        while self._at < self._size:
            parts.append(self._store.get_range(self._key, self._at, min(WINDOW, self._size - self._at)))
            self._at += len(parts[-1])
        return b"".join(parts)


def open_ranged(store: Ranges, key: str, size: int) -> BinaryIO:
    """Open an object of a known size for buffered reading.

    >>> class Alphabet:
    ...     def get_range(self, key, offset, length):
    ...         return b"abcdefghijklmnopqrstuvwxyz"[offset : offset + length]
    >>> file = open_ranged(Alphabet(), "a", 26)
    >>> file.seek(-3, 2), file.read()
    (23, b'xyz')
    """
    return cast(BinaryIO, io.BufferedReader(RangedFile(store, key, size), WINDOW))
