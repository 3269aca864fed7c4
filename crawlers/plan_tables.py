"""The rows of `plan.sqlite`."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from storage.due import Due
from storage.exchange import Purpose, Role
from storage.instants import from_microseconds
from storage.plan_rows import RequisiteRow

# `originals` is created and described by crawlers.revisits, which is the only one to ask it.
SCHEMA: Final = """
CREATE TABLE due (
    url TEXT NOT NULL UNIQUE,
    role TEXT NOT NULL,
    purpose TEXT NOT NULL,
    conditional INTEGER NOT NULL,
    etag TEXT,
    last_modified TEXT,
    content_id TEXT,
    parts TEXT NOT NULL  -- JSON list of URLs
);
CREATE TABLE seen (url TEXT PRIMARY KEY) WITHOUT ROWID;
CREATE TABLE requisites (
    url TEXT PRIMARY KEY,
    fetched_at INTEGER NOT NULL,  -- microseconds since 1970, UTC
    etag TEXT,
    last_modified TEXT
) WITHOUT ROWID;
"""


@dataclass(frozen=True)
class KnownRequisite:
    """A page requisite that the archive holds: it is fetched again when it is older than the outlet's `refresh`."""

    url: str
    fetched_at: datetime
    etag: str | None = None
    last_modified: str | None = None


def due_row(due: Due) -> tuple[Any, ...]:
    """Return the columns of a row of `due`."""
    return (
        due.url,
        due.role.value,
        due.purpose.value,
        int(due.conditional),
        due.etag,
        due.last_modified,
        due.content_id,
        json.dumps(due.parts),
    )


def due_from(row: tuple[Any, ...]) -> Due:
    """Return what `due_row` wrote.

    >>> due = Due("http://a.example/1", Role.ARTICLE, Purpose.LADDER, True, '"e"', parts=("http://a.example/1_2",))
    >>> due_from(due_row(due)) == due
    True
    """
    url, role, purpose, conditional, etag, last_modified, content_id, parts = row
    return Due(
        url,
        Role(role),
        Purpose(purpose),
        bool(conditional),
        etag,
        last_modified,
        content_id,
        tuple(json.loads(parts)),
    )


def requisite_from(row: RequisiteRow) -> KnownRequisite:
    """Return what a row of `requisites` tells."""
    return KnownRequisite(row.url, from_microseconds(row.fetched_at), row.etag, row.last_modified)
