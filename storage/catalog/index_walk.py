"""Captures in the order of an index: by SURT, then by time. For TimeMaps and the CDX server.

They come in pages, each a transaction of its own that begins where the last one ended, so that whoever reads slowly
holds nothing open, and a million captures need the memory of a page.
"""

from __future__ import annotations

import heapq
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from typing import Any, Final, NamedTuple

from sqlalchemy import (
    ColumnElement,
    Connection,
    FromClause,
    Select,
    and_,
    bindparam,
    or_,
    select,
)

from storage.catalog.catalog import Catalog
from storage.catalog.column_types import as_stored
from storage.catalog.mementos import ANSWERED
from storage.catalog.prepared import Prepared
from storage.catalog.schema import captures, url_state, warcs

PAGE: Final = 1000
EARLIEST: Final = -(1 << 62)
LATEST: Final = 1 << 62
"""Bounds of time that leave nothing out, in microseconds since 1970."""


class Indexed(NamedTuple):
    """A capture with a response, as an index tells of it. `at` is in microseconds since 1970, UTC."""

    surt: str
    at: int
    id: int
    url: str
    outcome: str
    status: int | None
    mime: str | None
    digest: str | None
    length: int
    offset: int
    warc_key: str


@dataclass(frozen=True)
class Place:
    """Between two captures of an index: right after the one that has these."""

    surt: str
    at: int
    id: int


@dataclass(frozen=True)
class Range:
    """SURTs from `begin` on and before `end`, captured from `since` on and before `until`.

    `end` is None where only the SURT `begin` itself is meant.
    """

    begin: str
    end: str | None = None
    since: int = EARLIEST
    until: int = LATEST


_TIME: Final = as_stored(captures.c.captured_at)
_SINCE: Final[Any] = bindparam("since")
_UNTIL: Final[Any] = bindparam("until")
_IN_TIME: Final = and_(_TIME >= _SINCE, _TIME < _UNTIL)
_SURT: Final[Any] = bindparam("surt")
_AT: Final[Any] = bindparam("at")
_ID: Final[Any] = bindparam("id")


def _of_url(*, backwards: bool) -> Prepared:
    """Return the query for the captures of one URL on from a place, for which the index has them in order.

    It begins in the index where the place is: of two bounds on one side SQLite may take either.
    """
    if backwards:
        on = and_(_TIME <= _AT, or_(_TIME < _AT, captures.c.id < _ID), _TIME >= _SINCE)
    else:
        on = and_(_TIME >= _AT, or_(_TIME > _AT, captures.c.id > _ID), _TIME < _UNTIL)
    query = _query(captures, captures.c.url_id == url_state.c.id).where(
        captures.c.url_id == bindparam("url_id"), on, ANSWERED
    )
    return Prepared(_ordered(query, _TIME, captures.c.id, backwards=backwards))


def _of_range(*, backwards: bool) -> Prepared:
    """Return the query for the captures of the SURTs beyond one.

    Of each URL only as many are read as a page may have: they have to be sorted with those of other URLs of its SURT,
    and a URL may have more captures than all others together.
    """
    if backwards:
        beyond = and_(url_state.c.surt < _SURT, url_state.c.surt >= bindparam("bound"))
    else:
        beyond = and_(url_state.c.surt > _SURT, url_state.c.surt < bindparam("bound"))
    first = select(captures.c.id).where(captures.c.url_id == url_state.c.id, ANSWERED, _IN_TIME).correlate(url_state)
    first = _ordered(first, _TIME, captures.c.id, backwards=backwards)
    told = captures.alias("told")
    # Not joined by the URL's number, which leads SQLite to read all captures of the URL for those in the list.
    query = _query(told, told.c.id.in_(first)).where(beyond)
    return Prepared(_ordered(query, url_state.c.surt, told.c.captured_at, told.c.id, backwards=backwards))


def _query(told: FromClause, of_url: ColumnElement[bool]) -> Select[Any]:
    """Return the query for what `Indexed` has of captures (that table, or another name of it), joined to their URLs."""
    columns = (
        url_state.c.surt,
        as_stored(told.c.captured_at).label("at"),
        told.c.id,
        url_state.c.url,
        *(told.c[name] for name in ("outcome", "status", "mime", "payload_digest", "length", "offset")),
        warcs.c.key,
    )
    joined = url_state.join(told, of_url).join(warcs, warcs.c.id == told.c.warc_id)
    return select(*columns).select_from(joined)


def _ordered(query: Select[Any], *columns: Any, backwards: bool) -> Select[Any]:
    return query.order_by(*(column.desc() if backwards else column for column in columns)).limit(bindparam("most"))


_OF_URL: Final = {backwards: _of_url(backwards=backwards) for backwards in (False, True)}
_OF_RANGE: Final = {backwards: _of_range(backwards=backwards) for backwards in (False, True)}
_IDS: Final = Prepared(select(url_state.c.id).where(url_state.c.surt == _SURT))


def walk(
    catalog: Catalog, within: Range, *, after: Place | None = None, backwards: bool = False, page: int = PAGE
) -> Iterator[list[Indexed]]:
    """Yield the captures of a range in pages, each not empty, by SURT, time and number; `backwards` from the end.

    `after` is where an earlier walk in the same direction stopped. The first page has `page` captures at most and each
    further one twice as many, up to `PAGE`: whoever wants few reads few, and who passes over most is soon through.
    """
    if after is None:
        after = _beginning(within, backwards=backwards)
    while True:
        with catalog.reading() as connection:
            found = _page(connection, within, after, backwards=backwards, most=page)
        if found:
            yield found
        if len(found) < page:
            return
        last = found[-1]
        after = Place(last.surt, last.at, last.id)
        page = min(2 * page, PAGE)


def by_distance(catalog: Catalog, surt: str, at: int, within: Range, *, page: int = PAGE) -> Iterator[Indexed]:
    """Yield the captures of one SURT by their distance from a moment, of two at the same distance the earlier one."""
    since, until = max(within.since, at), min(within.until, at)
    later = _one_by_one(walk(catalog, Range(surt, since=since, until=within.until), page=page))
    earlier = _one_by_one(walk(catalog, Range(surt, since=within.since, until=until), backwards=True, page=page))
    yield from heapq.merge(earlier, later, key=lambda found: abs(found.at - at))


def _one_by_one(pages: Iterator[list[Indexed]]) -> Iterator[Indexed]:
    return (found for some in pages for found in some)


def _beginning(within: Range, *, backwards: bool) -> Place:
    if within.end is None:
        return Place(within.begin, LATEST if backwards else EARLIEST, 0)
    return Place(within.end, EARLIEST, 0) if backwards else Place(within.begin, EARLIEST, 0)


def _page(connection: Connection, within: Range, after: Place, *, backwards: bool, most: int) -> list[Indexed]:
    """Return the rest of the SURT that the last page ended in, as far as it fits, and then those beyond it."""
    bounds = {"since": within.since, "until": within.until, "most": most}
    of_url = _OF_URL[backwards]
    since, until = (within.since, 0), (within.until, 0)
    at, id_ = min((after.at, after.id), until) if backwards else max((after.at, after.id), since)
    of_each = [
        of_url.rows(connection, url_id=url_id, at=at, id=id_, **bounds)
        for (url_id,) in _IDS.rows(connection, surt=after.surt)
    ]
    found = list(islice(heapq.merge(*of_each, key=lambda row: (row[1], row[2]), reverse=backwards), most))
    if within.end is not None and len(found) < most:
        bounds["most"] = most - len(found)
        bound = within.begin if backwards else within.end
        found += _OF_RANGE[backwards].rows(connection, surt=after.surt, bound=bound, **bounds)
    return [Indexed(*row) for row in found]
