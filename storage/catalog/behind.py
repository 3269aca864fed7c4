"""What stands behind a sighting: the reading, the captures that were read, and the commits that hold both."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, select

from articles.written_times import UNKNOWN, WrittenTimes
from storage.catalog.captured import SavedCapture, captures_by_record, with_originals
from storage.catalog.many_rows import chunks
from storage.catalog.schema import captures, readings, url_state


@dataclass(frozen=True)
class Behind:
    """One sighting of one content id. `pages` are the captures that were read, the first page first, with their roles.

    `reading_commit` is the number of the commit that holds the reading's row; `capture_commits` those of all captures,
    of the originals of revisits too.
    """

    record_id: str
    reader_id: str
    reading_commit: int
    pages: tuple[tuple[str, SavedCapture], ...]
    capture_commits: tuple[int, ...]
    times: WrittenTimes = UNKNOWN


def behind(connection: Connection, outlet: str, record_id: str, content_id: str) -> Behind | None:
    """Return what stands behind the sighting of a content id in a capture; None where the archive lacks a part of it.

    Of several readings of the same capture the one of the latest commit counts.
    """
    row = _reading(connection, outlet, record_id, content_id)
    if row is None:
        return None
    known = captures_by_record(connection, (id_ for _, id_ in row.captures))
    saved = with_originals(connection, known.values())
    if any(id_ not in saved for _, id_ in row.captures):
        return None
    pages = tuple((role, saved[id_]) for role, id_ in row.captures)
    records = {capture.record_id for _, page in pages for capture in (page.row, page.original) if capture is not None}
    numbers = connection.execute(select(captures.c.commit_number).where(captures.c.record_id.in_(records))).scalars()
    commits = tuple(sorted(set(numbers)))
    return Behind(row.record_id, row.reader_id, row.commit_number, pages, commits, _times(row))


def times_seen(connection: Connection, outlet: str, record_id: str, content_id: str) -> WrittenTimes:
    """Return how the page wrote its own times at the sighting of a content id in a capture."""
    return _times(_reading(connection, outlet, record_id, content_id))


def _reading(connection: Connection, outlet: str, record_id: str, content_id: str) -> Any:
    query = (
        select(readings)
        .join(url_state, url_state.c.id == readings.c.url_id)
        .where(
            url_state.c.outlet == outlet,
            readings.c.record_id == record_id,
            readings.c.content_id == content_id,
        )
        .order_by(readings.c.commit_number.desc())
    )
    return connection.execute(query).first()


def _times(row: Any) -> WrittenTimes:
    return UNKNOWN if row is None else WrittenTimes(row.published_raw, row.modified_raw)


@dataclass(frozen=True)
class Held:
    """A capture, and the number of the commit that holds its row."""

    capture: SavedCapture
    commit: int


def held(connection: Connection, record_ids: Iterable[str]) -> dict[str, Held]:
    """Return the captures with these record ids and their commits; left out is what the archive lacks."""
    known = with_originals(connection, captures_by_record(connection, record_ids).values())
    found: dict[str, Held] = {}
    for ids in chunks(sorted(known)):
        query = select(captures.c.record_id, captures.c.commit_number).where(captures.c.record_id.in_(ids))
        found.update((id_, Held(known[id_], number)) for id_, number in connection.execute(query))
    return found
