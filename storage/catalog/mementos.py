"""Captures of a URL by time: the one to show for a moment, and all of them (RFC 7089).

One URL here is all that share its SURT: http and https, with and without `www`, and such. A redirect between these is
never shown for a moment, where there is anything else: whoever followed it would be shown it again.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from typing import Any, Final

from sqlalchemy import ColumnElement, Connection, Select, and_, bindparam, or_, select

from storage.catalog.captured import SavedCapture, capture_rows, select_captures, with_originals
from storage.catalog.catalog import Catalog
from storage.catalog.schema import captures, url_state
from storage.exchange import Outcome
from storage.rows import CaptureRow
from storage.surt import surt
from storage.warc_fields import target_uri

_ANSWER: Final = captures.c.outcome.in_((Outcome.RESPONSE.value, Outcome.REVISIT.value, Outcome.TRUNCATED.value))
_WHOLE: Final = and_(
    captures.c.outcome.in_((Outcome.RESPONSE.value, Outcome.REVISIT.value)), captures.c.truncated.is_(None)
)
_STAYS: Final = or_(~captures.c.status.between(300, 399), captures.c.status == 304, captures.c.status.is_(None))
_TELLING: Final = and_(
    _WHOLE,
    or_(
        captures.c.status < 304,
        captures.c.status.between(305, 399),
        captures.c.status.in_((404, 410)),
        # Of a revisit the original tells: "not modified", or no head at all, as other tools write them.
        and_(captures.c.outcome == Outcome.REVISIT.value, or_(captures.c.status == 304, captures.c.status.is_(None))),
    ),
)
"""Whole answers that tell of the page. "Forbidden" or "try later" tell of the day that we asked on."""

_AT: Final = bindparam("at", type_=captures.c.captured_at.type)
_END: Final = bindparam("end", type_=captures.c.captured_at.type)
_OF: Final = captures.c.url_id == bindparam("url_id")
_SECOND: Final = timedelta(seconds=1)


def _nearest(condition: ColumnElement[bool], few: int) -> tuple[Select[Any], Select[Any]]:
    """Return the queries for the last captures up to a moment and the first after it.

    Of one URL each: with its number fixed an index gives all that is asked for, by time. Made once: it takes longer to
    make a query than to run it.
    """
    query = select(captures.c.id, captures.c.captured_at).where(_OF, condition)
    before = query.where(captures.c.captured_at <= _AT).order_by(captures.c.captured_at.desc())
    after = query.where(captures.c.captured_at > _AT).order_by(captures.c.captured_at)
    return before.limit(few), after.limit(few)


_PREFERENCES: Final = (
    _nearest(_TELLING, 16),
    _nearest(and_(_TELLING, _STAYS), 4),
    _nearest(and_(_ANSWER, _STAYS), 4),
)
_LAST_RESORT: Final = _nearest(_ANSWER, 1)
_IDS: Final = select(url_state.c.id).where(url_state.c.surt == bindparam("surt"))
_BY_ID: Final = select_captures(captures.c.id == bindparam("id"))
_WITHIN: Final = select_captures(_OF, _ANSWER, captures.c.captured_at >= _AT, captures.c.captured_at < _END)


def closest(catalog: Catalog, url: str, at: datetime) -> SavedCapture | None:
    """Return the capture of `url` (by SURT) that is to be shown for a moment; None where there is no answer of it.

    Whole answers that tell of the page are preferred, however far away: not "forbidden" or "try later", no redirect to
    the same SURT, no revisit whose original the archive lacks. Of those the nearest, of two at the same distance the
    earlier one.
    """
    key = surt(url)
    with catalog.reading() as connection:
        ids = connection.execute(_IDS, {"surt": key}).scalars().all()
        for queries in _PREFERENCES:
            for capture_id in _by_distance(connection, queries, ids, at):
                saved = _saved(connection, capture_rows(connection, _BY_ID, id=capture_id)[0])
                if not leads_to_itself(saved.row) and (saved.row.outcome is not Outcome.REVISIT or saved.original):
                    return saved
        for capture_id in _by_distance(connection, _LAST_RESORT, ids, at):
            return _saved(connection, capture_rows(connection, _BY_ID, id=capture_id)[0])
    return None


def captured_in(catalog: Catalog, url: str, second: datetime) -> SavedCapture | None:
    """Return the capture of `url` within one second, whatever it says; None where there is none.

    Of several the one of exactly this URL, then whatever does not lead to itself, then the first. A redirect of another
    URL to this one is none of this URL.
    """
    key = surt(url)
    begin = second.replace(microsecond=0)
    with catalog.reading() as connection:
        found = [
            row
            for url_id in connection.execute(_IDS, {"surt": key}).scalars()
            for row in capture_rows(connection, _WITHIN, url_id=url_id, at=begin, end=begin + _SECOND)
        ]
        ranked = sorted(
            ((target_uri(row.url) != url, leads_to_itself(row), row.captured_at, row.record_id), row) for row in found
        )
        for (of_another, leads, *_), row in ranked:
            if not (of_another and leads):
                return _saved(connection, row)
    return None


def leads_to_itself(row: CaptureRow) -> bool:
    """Tell whether a capture is a redirect to its own SURT, as from http to https."""
    if row.location is None or row.status is None or not 300 <= row.status < 400:
        return False
    return surt(row.location) == row.surt


def timemap(catalog: Catalog, url: str) -> list[CaptureRow]:
    """Return every answer of `url` (by SURT) that the archive holds, the oldest first."""
    with catalog.reading() as connection:
        query = select_captures(url_state.c.surt == surt(url), _ANSWER)
        return capture_rows(connection, query.order_by(captures.c.captured_at, captures.c.record_id))


def _by_distance(
    connection: Connection, queries: tuple[Select[Any], Select[Any]], url_ids: Sequence[int], at: datetime
) -> Iterator[int]:
    found = [
        (abs(row.captured_at - at), row.captured_at, row.id)
        for query in queries
        for url_id in url_ids
        for row in connection.execute(query, {"url_id": url_id, "at": at})
    ]
    return (capture_id for *_, capture_id in sorted(found))


def _saved(connection: Connection, row: CaptureRow) -> SavedCapture:
    if row.outcome is not Outcome.REVISIT:
        return SavedCapture(row)
    return with_originals(connection, [row]).get(row.record_id, SavedCapture(row))
