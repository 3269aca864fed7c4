"""Captures of a URL by time: the closest to a moment, and all of them (RFC 7089)."""

from __future__ import annotations

from datetime import datetime
from typing import Any, Final

from sqlalchemy import ColumnElement, Select, and_, bindparam, or_, select

from storage.catalog.captured import capture_rows, select_captures
from storage.catalog.catalog import Catalog
from storage.catalog.schema import captures, url_state
from storage.exchange import Outcome
from storage.rows import CaptureRow
from storage.surt import surt

_ANSWER: Final = captures.c.outcome.in_((Outcome.RESPONSE.value, Outcome.REVISIT.value, Outcome.TRUNCATED.value))
_TELLING: Final = and_(
    captures.c.outcome.in_((Outcome.RESPONSE.value, Outcome.REVISIT.value)),
    captures.c.truncated.is_(None),
    or_(captures.c.status < 400, captures.c.status.in_((404, 410))),
)
"""Whole answers that tell of the page. "Forbidden" or "try later" tell of the day that we asked on."""

_AT: Final = bindparam("at", type_=captures.c.captured_at.type)
_OF: Final = captures.c.url_id == bindparam("url_id")


def _nearest(condition: ColumnElement[bool]) -> tuple[Select[Any], Select[Any]]:
    """Return the queries for the last capture up to a moment and the first after it.

    Of one URL each: with its number fixed the index gives its captures by time, and one row is read. Made once: it
    takes longer to make a query of 30 columns than to run it.
    """
    before = select_captures(_OF, condition, captures.c.captured_at <= _AT).order_by(captures.c.captured_at.desc())
    after = select_captures(_OF, condition, captures.c.captured_at > _AT).order_by(captures.c.captured_at)
    return before.limit(1), after.limit(1)


_PREFERENCES: Final = (_nearest(_TELLING), _nearest(_ANSWER))


def closest(catalog: Catalog, url: str, at: datetime) -> CaptureRow | None:
    """Return the capture of `url` (by SURT) that is nearest to `at`; None where there is no answer of it at all.

    Whole answers that tell of the page are preferred, however far away. Of two at the same distance the earlier one.
    """
    with catalog.reading() as connection:
        ids = connection.execute(select(url_state.c.id).where(url_state.c.surt == surt(url))).scalars().all()
        for queries in _PREFERENCES:
            found = [
                row
                for query in queries
                for url_id in ids
                for row in capture_rows(connection, query, url_id=url_id, at=at)
            ]
            if found:
                return min(found, key=lambda row: (abs(row.captured_at - at), row.captured_at, row.record_id))
    return None


def timemap(catalog: Catalog, url: str) -> list[CaptureRow]:
    """Return every answer of `url` (by SURT) that the archive holds, the oldest first."""
    with catalog.reading() as connection:
        query = select_captures(url_state.c.surt == surt(url), _ANSWER)
        return capture_rows(connection, query.order_by(captures.c.captured_at, captures.c.record_id))
