"""What an archive asks of the place that it is kept in: objects that are created once and never changed."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO, Protocol

from storage.errors import ObjectMissing

CHUNK = 1 << 20  # bytes read at a time wherever an object is hashed or copied


@dataclass(frozen=True)
class StoredObject:
    """What a store tells of an object without giving its bytes.

    `sha256` is 64 lower-case hex digits, or None where the store keeps no such checksum: then only reading tells.
    """

    key: str
    size: int
    sha256: str | None = None


class ObjectStore(Protocol):
    """A bucket or a folder.

    There is no way to change or delete an object here, on purpose. Every method raises storage.errors.KeyInvalid for a
    name that `storage.keys.check_key` refuses, and StoreUnavailable, StoreRefused or StoreFull where the store does not
    do its work.
    """

    @property
    def url(self) -> str:
        """The address that `storage.stores.open_store` opens this store from."""

    @property
    def identity(self) -> str:
        """What tells this store from any other: the URL, with the server where the URL leaves it open."""

    def create(self, key: str, body: bytes | Path) -> StoredObject:
        """Store the bytes (or the file's) under a name that nothing has yet, and verify them by reading back.

        Where the same bytes are there already, the object is ours (an earlier try's reply was lost) and is returned.
        Raises ObjectTaken where other bytes are, ObjectDamaged where the store kept something else than it was given.
        After StoreUnavailable it is not known whether the object exists: call again.
        """

    def get(self, key: str) -> bytes:
        """Return an object's bytes. Raises ObjectMissing, and ObjectDamaged where they end too soon."""

    def get_range(self, key: str, offset: int, length: int) -> bytes:
        """Return exactly `length` bytes from `offset` on. Raises ObjectMissing, ObjectDamaged where there are fewer."""

    def open(self, key: str) -> BinaryIO:
        """Open an object for reading and seeking, without loading it whole. Raises ObjectMissing."""

    def head(self, key: str) -> StoredObject:
        """Return an object's size (and checksum, where the store keeps one). Raises ObjectMissing."""

    def list(self, prefix: str = "") -> Iterator[StoredObject]:
        """Yield the objects whose names begin with `prefix`, in the order of their names.

        For checks and for people. Nothing that must be right relies on a listing: the log is walked by number.
        """

    def folders(self, prefix: str = "") -> tuple[str, ...]:
        """Return the names directly below `prefix` (empty, or ending in "/") that have objects below them, sorted."""


def exists(store: ObjectStore, key: str) -> bool:
    """Tell whether there is an object of that name."""
    try:
        store.head(key)
    except ObjectMissing:
        return False
    return True


def sha256_of(body: bytes | Path) -> tuple[str, int]:
    """Return the SHA-256 (hex) and the size of bytes or of a file's bytes.

    >>> sha256_of(b"")
    ('e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855', 0)
    """
    if isinstance(body, bytes):
        return hashlib.sha256(body).hexdigest(), len(body)
    with body.open("rb") as file:
        return sha256_of_file(file)


def sha256_of_file(file: BinaryIO) -> tuple[str, int]:
    """Return the SHA-256 (hex) and the count of the bytes that are left to read in an open file."""
    digest = hashlib.sha256()
    size = 0
    while chunk := file.read(CHUNK):
        digest.update(chunk)
        size += len(chunk)
    return digest.hexdigest(), size
