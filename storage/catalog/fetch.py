"""Commits with the rows of their tables, out of the archive."""

from __future__ import annotations

import hashlib
from collections import deque
from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from typing import Final

from storage.announced import AnnouncedRow, read_announced
from storage.commits import Commit, ObjectRef, ObjectRole
from storage.errors import ObjectDamaged
from storage.objects import ObjectStore
from storage.rows import CaptureRow, ListingRow, ReadingRow
from storage.table_columns import Columns, read_columns
from storage.tables import CAPTURES, LISTINGS, READINGS

AHEAD: Final = 8
"""How many commits' tables are fetched before they are asked for: a bucket answers slowly, but several at a time."""

_TABLES: Final = {ObjectRole.CAPTURES: CAPTURES, ObjectRole.READINGS: READINGS, ObjectRole.LISTINGS: LISTINGS}
_FETCHED: Final = frozenset({*_TABLES, ObjectRole.ANNOUNCED})


@dataclass(frozen=True)
class Rows:
    """What a commit's tables hold, and what it says was announced."""

    captures: Columns
    readings: Columns
    listings: Columns
    announced: tuple[AnnouncedRow, ...] = ()


@dataclass(frozen=True)
class Fetched:
    """A commit, the SHA-256 of its stored bytes in hex, and its rows."""

    commit: Commit
    sha256: str
    rows: Rows


def with_rows(store: ObjectStore, log: Iterator[tuple[Commit, bytes]]) -> Iterator[Fetched]:
    """Yield the commits, which come with their stored bytes, with their rows, in order.

    Raises ObjectMissing, ObjectDamaged where a table is not the one that was committed, TableInvalid and
    AnnouncedInvalid where it is none.
    """
    with ThreadPoolExecutor(AHEAD, thread_name_prefix="catalog") as pool:
        waiting: deque[tuple[Commit, str, list[tuple[str, Future[bytes]]]]] = deque()
        try:
            for commit, stored in log:
                tables = [ref for ref in commit.objects if ref.role in _FETCHED]
                sha256 = hashlib.sha256(stored).hexdigest()
                waiting.append((commit, sha256, [(ref.role, pool.submit(_fetched, store, ref)) for ref in tables]))
                if len(waiting) > AHEAD:
                    yield _parsed(*waiting.popleft())
            while waiting:
                yield _parsed(*waiting.popleft())
        finally:
            pool.shutdown(cancel_futures=True)


def _parsed(commit: Commit, sha256: str, tables: list[tuple[str, Future[bytes]]]) -> Fetched:
    # Here and not in the threads: parsing in several at once is slower than in one.
    found = {
        role: [read_columns(body.result(), form) for of, body in tables if of == role] for role, form in _TABLES.items()
    }
    rows = Rows(
        Columns.joined(CaptureRow, found[ObjectRole.CAPTURES]),
        Columns.joined(ReadingRow, found[ObjectRole.READINGS]),
        Columns.joined(ListingRow, found[ObjectRole.LISTINGS]),
        tuple(row for of, body in tables if of == ObjectRole.ANNOUNCED for row in read_announced(body.result())),
    )
    return Fetched(commit, sha256, rows)


def _fetched(store: ObjectStore, ref: ObjectRef) -> bytes:
    """Return an object's bytes if they are those that were committed: what was changed since is not believed."""
    body = store.get(ref.key)
    if hashlib.sha256(body).hexdigest() != ref.sha256:
        raise ObjectDamaged("its bytes are not those that were committed", store=store.url, key=ref.key)
    return body
