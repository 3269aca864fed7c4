"""Captures of a URL by time: the one to show for a moment, and what is before and after it (RFC 7089).

One URL here is all that share its SURT: http and https, with and without `www`, and such. A redirect between these is
never shown for a moment where there is anything else: whoever followed it would be shown it again.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Final

from sqlalchemy import ColumnElement, Connection, and_, bindparam, or_, select, union_all

from storage.catalog.captured import SavedCapture, row_of, select_captures, with_originals
from storage.catalog.prepared import Prepared
from storage.catalog.schema import captures, url_state
from storage.exchange import Outcome
from storage.instants import same_second
from storage.rows import CaptureRow
from storage.surt import same_host, surt
from storage.warc_fields import target_uri

_IS = captures.c.outcome.__eq__
_STATUS: Final = captures.c.status
ANSWERED: Final = or_(_IS(Outcome.RESPONSE.value), _IS(Outcome.REVISIT.value), _IS(Outcome.TRUNCATED.value))
"""What a TimeMap lists: every capture with a response."""

_WHOLE: Final = and_(or_(_IS(Outcome.RESPONSE.value), _IS(Outcome.REVISIT.value)), captures.c.truncated.is_(None))
_STAYS: Final = or_(_STATUS < 300, _STATUS == 304, _STATUS >= 400, _STATUS.is_(None))
_TELLING: Final = and_(
    _WHOLE,
    or_(
        and_(_STATUS < 400, _STATUS != 304),
        _STATUS == 404,
        _STATUS == 410,
        # Of a revisit the original tells: "not modified", or no head at all, as other tools write them.
        and_(_IS(Outcome.REVISIT.value), or_(_STATUS == 304, _STATUS.is_(None))),
    ),
)
"""Whole answers that tell of the page. "Forbidden" or "try later" tell of the day that we asked on."""

_CAPTURED: Final = captures.c.captured_at
_AT: Final = bindparam("at", type_=_CAPTURED.type)
_END: Final = bindparam("end", type_=_CAPTURED.type)
_OF: Final = captures.c.url_id == bindparam("url_id")
_SECOND: Final = timedelta(seconds=1)
_LAST: Final = datetime.max.replace(tzinfo=UTC)


def _nearest(condition: ColumnElement[bool], few: int) -> tuple[Prepared, Prepared]:
    """Return the queries for the last captures up to a moment and the first after it.

    Of one URL each: with its number fixed an index gives all that is asked for, by time.
    """
    query = select(captures.c.id, _CAPTURED).where(_OF, condition)
    before = query.where(_CAPTURED <= _AT).order_by(_CAPTURED.desc()).limit(few)
    after = query.where(_CAPTURED > _AT).order_by(_CAPTURED).limit(few)
    return Prepared(before), Prepared(after)


_PREFERENCES: Final = (
    _nearest(_TELLING, 16),
    _nearest(and_(_TELLING, _STAYS), 4),
    _nearest(and_(ANSWERED, _STAYS), 4),
)
_LAST_RESORT: Final = _nearest(ANSWERED, 1)
_IDS: Final = Prepared(select(url_state.c.id, url_state.c.url).where(url_state.c.surt == bindparam("surt")))
_BY_ID: Final = Prepared(select_captures(captures.c.id == bindparam("id")))
_BY_RECORD: Final = Prepared(select_captures(captures.c.record_id == bindparam("record_id")))
_WITHIN: Final = Prepared(select_captures(_OF, ANSWERED, _CAPTURED >= _AT, _CAPTURED < _END).add_columns(_TELLING))
_MOMENTS: Final = select(_CAPTURED, captures.c.id).where(_OF, ANSWERED)
_EARLIEST: Final = _MOMENTS.order_by(_CAPTURED).limit(2)
_LATEST: Final = _MOMENTS.order_by(_CAPTURED.desc()).limit(2)
_AROUND: Final = Prepared(
    union_all(
        *(
            two.subquery().select()
            for two in (
                _EARLIEST,
                _LATEST.where(_CAPTURED < _AT),
                _EARLIEST.where(_CAPTURED == _AT),
                _EARLIEST.where(_CAPTURED > _AT),
                _LATEST,
            )
        )
    )
)
"""Two of each kind: whatever is asked for stands among them beside its neighbours in time."""

Url = tuple[int, str]
"""A URL's number in the catalog, and the URL."""
Captured = tuple[datetime, str]
"""When a capture was made, and its URL."""


@dataclass(frozen=True)
class Around:
    """Captures with a response around a moment, and the first and last of all. None where there is none.

    `not_alone` are those of the four, and of the captures at the moment itself, that are not the only capture of their
    second.
    """

    first: Captured | None
    before: Captured | None
    after: Captured | None
    last: Captured | None
    not_alone: frozenset[Captured]


def urls_of(connection: Connection, url: str) -> list[Url]:
    """Return all URLs with the SURT and host of `url` that the archive knows. The functions below ask about these."""
    found: list[Url] = _IDS.rows(connection, surt=surt(url))
    return [one for one in found if same_host(one[1], url)]


def closest(connection: Connection, urls: list[Url], at: datetime) -> SavedCapture | None:
    """Return the capture of a URL that is to be shown for a moment; None where there is no answer of it.

    Whole answers that tell of the page are preferred, however far away: not "forbidden" or "try later", no redirect to
    the same SURT, no revisit whose original the archive lacks. Of those the nearest, of two at the same distance the
    earlier one.
    """
    for queries in _PREFERENCES:
        for capture_id in _by_distance(connection, queries, urls, at):
            saved = _saved(connection, row_of(_BY_ID.rows(connection, id=capture_id)[0]))
            if not leads_to_itself(saved.row) and (saved.row.outcome is not Outcome.REVISIT or saved.original):
                return saved
    for capture_id in _by_distance(connection, _LAST_RESORT, urls, at):
        return _saved(connection, row_of(_BY_ID.rows(connection, id=capture_id)[0]))
    return None


def captured_in(
    connection: Connection, urls: list[Url], url: str, at: datetime, *, exact: bool = False
) -> SavedCapture | None:
    """Return the capture of a URL within the second of a moment, whatever it says; None where there is none.

    Of several the one of exactly `url`, then whatever does not lead to itself, then a whole answer that tells of the
    page, then the first; with `exact`, of those of the same URL the one nearest to the moment. A redirect of another
    URL to this one is none of this URL.
    """
    begin = at.replace(microsecond=0)
    end = begin + min(_SECOND, _LAST - begin)
    found = [
        (row_of(values), bool(telling))
        for url_id, _ in urls
        for *values, telling in _WITHIN.rows(connection, url_id=url_id, at=begin, end=end)
    ]
    ranked = []
    for row, telling in found:
        of_another, leads = target_uri(row.url) != url, leads_to_itself(row)
        if not (of_another and leads):
            order = (abs(row.captured_at - at),) if exact else (leads, not telling)
            ranked.append((of_another, *order, row.captured_at, row.record_id, row))
    if not ranked:
        return None
    return _saved(connection, min(ranked, key=lambda found: found[:-1])[-1])


def around(connection: Connection, urls: list[Url], at: datetime) -> Around:
    """Return the captures before and after a moment, and the first and last."""
    found = sorted(
        {
            (captured_at, its_url, capture_id)
            for url_id, its_url in urls
            for captured_at, capture_id in _AROUND.rows(connection, url_id=url_id, at=at)
        }
    )
    if not found:
        return Around(None, None, None, None, frozenset())
    moments = [captured_at for captured_at, *_ in found]
    begin, end, last = bisect_left(moments, at), bisect_right(moments, at), len(found) - 1
    captured: list[Captured] = [(captured_at, its_url) for captured_at, its_url, _ in found]
    told = {0, *range(max(begin - 1, 0), min(end, last) + 1), last}
    return Around(
        first=captured[0],
        before=captured[begin - 1] if begin > 0 else None,
        after=captured[end] if end <= last else None,
        last=captured[last],
        not_alone=frozenset(captured[place] for place in told if _shares_second(moments, place)),
    )


def _shares_second(moments: list[datetime], place: int) -> bool:
    """Tell whether one of several moments in their order has another of its second beside it."""
    beside = (*moments[max(place - 1, 0) : place], *moments[place + 1 : place + 2])
    return any(same_second(moments[place], other) for other in beside)


def leads_to_itself(row: CaptureRow) -> bool:
    """Tell whether a capture is a redirect to its own SURT, as from http to https."""
    if row.location is None or row.status is None or not 300 <= row.status < 400:
        return False
    return surt(row.location) == row.surt and same_host(row.location, row.url)


def onward_from(connection: Connection, urls: list[Url], row: CaptureRow) -> Captured | None:
    """Return where the redirect that a capture is leads to, and when to look at it; None where it is none.

    One that leads to its own SURT has what is to be shown for that, and nothing where all that there is does so:
    nobody is sent in a circle.
    """
    if row.location is None or row.status is None or not 300 <= row.status < 400:
        return None
    if not leads_to_itself(row):
        return row.captured_at, row.location
    shown = closest(connection, urls, row.captured_at)
    circular = shown is None or leads_to_itself(shown.row)
    return None if shown is None or circular else (shown.row.captured_at, shown.row.url)


def _by_distance(
    connection: Connection, queries: tuple[Prepared, Prepared], urls: list[Url], at: datetime
) -> Iterator[int]:
    found = [
        (abs(captured_at - at), captured_at, capture_id)
        for query in queries
        for url_id, _ in urls
        for capture_id, captured_at in query.rows(connection, url_id=url_id, at=at)
    ]
    return (capture_id for *_, capture_id in sorted(found))


def _saved(connection: Connection, row: CaptureRow) -> SavedCapture:
    if row.outcome is not Outcome.REVISIT:
        return SavedCapture(row)
    if row.refers_to_id is not None:
        # Nearly always it is that one; `with_originals` knows the other ways, and takes ten times as long.
        for values in _BY_RECORD.rows(connection, record_id=row.refers_to_id):
            original = row_of(values)
            if original.outcome is not Outcome.REVISIT:
                return SavedCapture(row, original)
    return with_originals(connection, [row]).get(row.record_id, SavedCapture(row))
