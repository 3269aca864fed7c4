"""Captures of a URL by time: the closest to a moment, and all of them (RFC 7089)."""

from __future__ import annotations

from datetime import datetime
from typing import Final

from sqlalchemy import ColumnElement, and_, or_, select

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


def closest(catalog: Catalog, url: str, at: datetime) -> CaptureRow | None:
    """Return the capture of `url` (by SURT) that is nearest to `at`; None where there is no answer of it at all.

    Whole answers that tell of the page are preferred, however far away. Of two at the same distance the earlier one.
    """
    with catalog.reading() as connection:
        ids = connection.execute(select(url_state.c.id).where(url_state.c.surt == surt(url))).scalars().all()
        for condition in (_TELLING, _ANSWER):
            found = [
                row
                for side in (_before(at), _after(at))
                # One URL at a time: with its number fixed the index gives them by time, and one row is read.
                for url_id in ids
                for row in capture_rows(
                    connection,
                    select_captures(captures.c.url_id == url_id, condition, side[0]).order_by(side[1]).limit(1),
                )
            ]
            if found:
                return min(found, key=lambda row: (abs(row.captured_at - at), row.captured_at, row.record_id))
    return None


def timemap(catalog: Catalog, url: str) -> list[CaptureRow]:
    """Return every answer of `url` (by SURT) that the archive holds, the oldest first."""
    with catalog.reading() as connection:
        query = select_captures(url_state.c.surt == surt(url), _ANSWER)
        return capture_rows(connection, query.order_by(captures.c.captured_at, captures.c.record_id))


def _before(at: datetime) -> tuple[ColumnElement[bool], ColumnElement[datetime | None]]:
    return captures.c.captured_at <= at, captures.c.captured_at.desc()


def _after(at: datetime) -> tuple[ColumnElement[bool], ColumnElement[datetime | None]]:
    return captures.c.captured_at > at, captures.c.captured_at.asc()
