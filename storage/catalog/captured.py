"""Captures out of the tables, as the rows that they were committed as, and the originals of revisits."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, fields
from datetime import datetime
from typing import Any, Final

from sqlalchemy import ColumnElement, Connection, FromClause, Select, select, tuple_

from storage.catalog.many_rows import chunks
from storage.catalog.schema import captures, url_state, warcs
from storage.exchange import Outcome, Purpose, Role
from storage.rows import CaptureRow

MOST_HOPS: Final = 4
"""Our revisits refer to whole responses. Those of other tools may refer to revisits, and to each other in a circle."""

_ELSEWHERE: Final[dict[str, ColumnElement[Any]]] = {
    "url": url_state.c.url,
    "surt": url_state.c.surt,
    "crawl_id": warcs.c.crawl_id,
    "warc_key": warcs.c.key.label("warc_key"),
}
_NAMES: Final = tuple(field.name for field in fields(CaptureRow))
_COLUMNS: Final = tuple(_ELSEWHERE[name] if name in _ELSEWHERE else captures.c[name] for name in _NAMES)
_ROLES: Final = {role.value: role for role in Role}
_PURPOSES: Final = {purpose.value: purpose for purpose in Purpose}
_OUTCOMES: Final = {outcome.value: outcome for outcome in Outcome}
_JOINED: Final[FromClause] = captures.join(url_state, url_state.c.id == captures.c.url_id).join(
    warcs, warcs.c.id == captures.c.warc_id
)


@dataclass(frozen=True)
class SavedCapture:
    """A capture whose body is in the archive: in its own record, or for a revisit in that of `original`."""

    row: CaptureRow
    original: CaptureRow | None = None

    @property
    def whole(self) -> CaptureRow:
        """The capture whose record holds the body."""
        return self.original or self.row

    @property
    def stored_bytes(self) -> int:
        """How many bytes the records have that it is read from."""
        return self.row.length + (self.original.length if self.original else 0)

    @property
    def truncated(self) -> str | None:
        """Why what is shown of it is not all that was sent, as WARC-Truncated says it; None where it is."""
        return self.row.truncated or (self.original.truncated if self.original else None)

    @property
    def mime(self) -> str | None:
        """The media type of what is shown of it. "Not modified", or no head at all, leaves that to the original."""
        told = self.row.mime
        if told is None and self.original is not None and self.row.status in (None, 304):
            return self.original.mime
        return told


def select_captures(*conditions: ColumnElement[bool]) -> Select[Any]:
    """Return the query for captures; conditions may name columns of `captures`, `url_state` and `warcs`."""
    return select(*_COLUMNS).select_from(_JOINED).where(*conditions)


def capture_rows(connection: Connection, query: Select[Any], **parameters: Any) -> list[CaptureRow]:
    """Return what a query made by `select_captures` finds."""
    return [row_of(values) for values in connection.execute(query, parameters)]


def captures_by_record(connection: Connection, record_ids: Iterable[str]) -> dict[str, CaptureRow]:
    """Return the captures with these record ids, those that are there."""
    found: dict[str, CaptureRow] = {}
    for ids in chunks(sorted(set(record_ids))):
        for row in capture_rows(connection, select_captures(captures.c.record_id.in_(ids))):
            found[row.record_id] = row
    return found


def with_originals(connection: Connection, rows: Iterable[CaptureRow]) -> dict[str, SavedCapture]:
    """Return, by record id, the captures whose bodies the archive holds; revisits of what it lacks are left out."""
    found = {row.record_id: SavedCapture(row) for row in rows}
    waiting = {record_id: saved.row for record_id, saved in found.items() if saved.row.outcome is Outcome.REVISIT}
    for _ in range(MOST_HOPS):
        referred = _referred(connection, waiting.values())
        still = {}
        for record_id, row in waiting.items():
            original = referred.get(row.record_id)
            if original is None:
                continue
            if original.outcome is Outcome.REVISIT:
                still[record_id] = original
            else:
                found[record_id] = SavedCapture(found[record_id].row, original)
        waiting = still
        if not waiting:
            break
    return {
        record_id: saved
        for record_id, saved in found.items()
        if saved.row.outcome is not Outcome.REVISIT or saved.original is not None
    }


def _referred(connection: Connection, revisits: Iterable[CaptureRow]) -> dict[str, CaptureRow]:
    """Return what each revisit refers to: by record id, or for other tools' revisits by URL and moment."""
    revisits = list(revisits)
    by_id = captures_by_record(connection, (row.refers_to_id for row in revisits if row.refers_to_id))
    found = {row.record_id: by_id[row.refers_to_id] for row in revisits if row.refers_to_id in by_id}
    places: dict[tuple[str, datetime], list[str]] = {}
    for row in revisits:
        if row.record_id not in found and row.refers_to_url and row.refers_to_at:
            places.setdefault((row.refers_to_url, row.refers_to_at), []).append(row.record_id)
    for some in chunks(sorted(places)):
        place = tuple_(url_state.c.url, captures.c.captured_at)
        for original in capture_rows(connection, select_captures(place.in_(some)).order_by(captures.c.id.desc())):
            for record_id in places[original.url, original.captured_at]:
                found[record_id] = original
    return found


def row_of(values: Sequence[Any]) -> CaptureRow:
    """Return the row that one line of a query by `select_captures` stands for."""
    named = dict(zip(_NAMES, values, strict=True))
    named["surt"] = named["surt"] or ""
    named["role"] = _ROLES[named["role"]]
    named["purpose"] = _PURPOSES[named["purpose"]]
    named["outcome"] = _OUTCOMES[named["outcome"]]
    return CaptureRow(**named)
