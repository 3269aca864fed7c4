"""When a URL was captured, and what came: counted by quarters of an hour, and capture by capture of a while.

One URL here is all that share its SURT and host, as for replay (storage.catalog.mementos).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Final

from sqlalchemy import Connection, and_, bindparam, case, func, or_, select

from storage.catalog.capture_counts import QUARTER, quarter_of
from storage.catalog.captured import row_of, select_captures
from storage.catalog.catalog import Catalog
from storage.catalog.mementos import urls_of
from storage.catalog.prepared import Prepared
from storage.catalog.schema import captures
from storage.exchange import Outcome
from storage.instants import EPOCH
from storage.rows import CaptureRow


class Came(StrEnum):
    """What came of asking for a URL."""

    PAGE = "page"
    REDIRECT = "redirect"
    MISSING = "missing"  # 404, 410
    REFUSED = "refused"  # other 4xx
    FAILED = "failed"  # 5xx, an answer that was cut off
    NOTHING = "nothing"  # no answer, or forbidden by robots.txt


@dataclass(frozen=True, slots=True)
class Quarter:
    """How many captures of a kind began within 15 minutes from `at`."""

    at: datetime
    came: Came
    captures: int


def captured_between(catalog: Catalog, url: str) -> tuple[datetime, datetime] | None:
    """Return when a URL was first and last asked for; None where it never was."""
    with catalog.reading() as connection:
        found = [_ENDS.rows(connection, url_id=url_id)[0] for url_id in _ids(connection, url)]
    moments = [(first, last) for first, last in found if first is not None]
    return (min(first for first, _ in moments), max(last for _, last in moments)) if moments else None


def captured_beside(
    catalog: Catalog, url: str, since: datetime, until: datetime
) -> tuple[datetime | None, datetime | None]:
    """Return when a URL was last asked for before `since`, and first from `until` on; None where it never was."""
    with catalog.reading() as connection:
        found = [
            _BESIDE.rows(connection, url_id=url_id, since=since, until=until)[0] for url_id in _ids(connection, url)
        ]
    before = max((one for one, _ in found if one is not None), default=None)
    after = min((one for _, one in found if one is not None), default=None)
    return before, after


def count_captures(catalog: Catalog, url: str, since: datetime, until: datetime) -> int:
    """Return how often a URL was asked for from `since` on and before `until`."""
    with catalog.reading() as connection:
        return sum(
            _COUNT.rows(connection, url_id=url_id, since=since, until=until)[0][0] for url_id in _ids(connection, url)
        )


def quarters(catalog: Catalog, url: str, since: datetime, until: datetime) -> list[Quarter]:
    """Return what came from `since` on and before `until`, by quarters of an hour."""
    found: list[Quarter] = []
    with catalog.reading() as connection:
        for url_id in _ids(connection, url):
            for number, came, count in _QUARTERS.rows(connection, url_id=url_id, since=since, until=until):
                found.append(Quarter(EPOCH + number * QUARTER, Came(came), count))
    return found


def captures_between(
    catalog: Catalog, url: str, since: datetime, until: datetime, limit: int, *, after: str | None = None
) -> list[CaptureRow] | None:
    """Return the first `limit` captures from `since` on and before `until`, by time.

    `after` is the record of a capture of the URL in that time: those after it then; None where there is no such record.
    """
    with catalog.reading() as connection:
        ids = _ids(connection, url)
        if after is not None:
            moments = [at for url_id in ids for (at,) in _MOMENT.rows(connection, url_id=url_id, record_id=after)]
            if not moments or not since <= moments[0] < until:
                return None
            since = moments[0]
        bounds = {"since": since, "until": until, "few": limit, "record_id": after or ""}
        rows = [row_of(values) for url_id in ids for values in _ROWS.rows(connection, url_id=url_id, **bounds)]
    return sorted(rows, key=lambda row: (row.captured_at, row.record_id))[:limit]


def came_of(row: CaptureRow) -> Came:
    """Return what came of a capture."""
    if row.outcome not in _ANSWERS:
        return Came.NOTHING
    if row.outcome is Outcome.TRUNCATED or row.truncated is not None:
        return Came.FAILED
    status = row.status
    if status is None or status < 300 or status == 304:
        return Came.PAGE
    if status < 400:
        return Came.REDIRECT
    if status in (404, 410):
        return Came.MISSING
    return Came.REFUSED if status < 500 else Came.FAILED


_ANSWERS: Final = (Outcome.RESPONSE, Outcome.REVISIT, Outcome.TRUNCATED)
_AT: Final = captures.c.captured_at
_OF: Final = captures.c.url_id == bindparam("url_id")
_WITHIN: Final = (
    _OF,
    bindparam("since", type_=_AT.type) <= _AT,
    bindparam("until", type_=_AT.type) > _AT,
)
_STATUS: Final = captures.c.status
_CAME: Final = case(
    (and_(*(captures.c.outcome != one.value for one in _ANSWERS)), Came.NOTHING.value),
    (or_(captures.c.outcome == Outcome.TRUNCATED.value, captures.c.truncated.is_not(None)), Came.FAILED.value),
    (or_(_STATUS.is_(None), _STATUS < 300, _STATUS == 304), Came.PAGE.value),
    (_STATUS < 400, Came.REDIRECT.value),
    (or_(_STATUS == 404, _STATUS == 410), Came.MISSING.value),
    (_STATUS < 500, Came.REFUSED.value),
    else_=Came.FAILED.value,
)
_QUARTER: Final = quarter_of(_AT)
_ENDS: Final = Prepared(
    select(
        select(func.min(_AT)).where(_OF).scalar_subquery().label("first"),
        select(func.max(_AT)).where(_OF).scalar_subquery().label("last"),
    )
)
_BESIDE: Final = Prepared(
    select(
        select(func.max(_AT)).where(_OF, bindparam("since", type_=_AT.type) > _AT).scalar_subquery().label("before"),
        select(func.min(_AT)).where(_OF, bindparam("until", type_=_AT.type) <= _AT).scalar_subquery().label("after"),
    )
)
_COUNT: Final = Prepared(select(func.count()).select_from(captures).where(*_WITHIN))
_QUARTERS: Final = Prepared(select(_QUARTER, _CAME, func.count()).where(*_WITHIN).group_by(_QUARTER, _CAME))
_RECORD: Final = captures.c.record_id
_MOMENT: Final = Prepared(select(_AT).where(_OF, bindparam("record_id") == _RECORD))
_BEYOND: Final = or_(bindparam("since", type_=_AT.type) < _AT, bindparam("record_id") < _RECORD)
_ROWS: Final = Prepared(select_captures(*_WITHIN, _BEYOND).order_by(_AT, _RECORD).limit(bindparam("few")))


def _ids(connection: Connection, url: str) -> list[int]:
    return [url_id for url_id, _ in urls_of(connection, url)]
