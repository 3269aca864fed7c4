"""What listings named: taken up crawl by crawl, by capture time, and what articles they ceased to name."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import fields, replace
from datetime import datetime
from itertools import groupby
from typing import Any, Final

from sqlalchemy import Connection, and_, case, func, select

from storage.catalog.column_types import Json, Moment
from storage.catalog.listed import Box, Listings, Page, Shelf, Unlisted, Watch
from storage.catalog.many_rows import chunks, insert, insert_columns, insert_new
from storage.catalog.schema import (
    ages,
    captures,
    commits,
    listings,
    touched,
    touched_listings,
    unlisted,
    url_state,
    warcs,
    watches,
)
from storage.commits import Commit
from storage.exchange import Outcome, Role
from storage.table_columns import Columns

READ: Final = (Role.LISTING.value, Role.FEED.value)
"""The roles of captures that name articles in an order. Sitemaps have none, and name whatever their maker left in."""

_READABLE: Final = "listing"
_FIELDS: Final = tuple(field.name for field in fields(Unlisted))


def apply_listings(connection: Connection, commit: Commit, rows: Columns, url_ids: Mapping[str, int]) -> None:
    """Put a commit's rows of listings into the tables; `url_ids` know every URL that they name."""
    insert_columns(
        connection,
        listings,
        {
            "record_id": rows["record_id"],
            "reader_id": rows["reader_id"],
            "outlet": [commit.outlet] * len(rows),
            "commit_number": [commit.number] * len(rows),
            "named": [
                Json.stored(_boxes(named, url_ids)) if outcome == _READABLE else None
                for named, outcome in zip(rows["named"], rows["outcome"], strict=True)
            ],
        },
    )


def touch_listings(connection: Connection, commit: Commit, came: Columns, read: Columns, *, ends: bool) -> None:
    """Note that an outlet's listings are to be taken up: where a commit ends a crawl, or brings readings of listings.

    What comes late, with captures or readings of a time that was taken up already, has all of them taken up anew.
    """
    moments = [at for role, at in zip(came["role"], came["captured_at"], strict=True) if role in READ]
    moments += read["captured_at"]
    until = connection.execute(select(watches.c.until).where(watches.c.outlet == commit.outlet)).scalar()
    if moments and until is not None and min(moments) <= (Moment.stored(until) or 0):
        _forget(connection, commit.outlet)
    if ends or len(read):
        insert_new(connection, touched_listings, [{"outlet": commit.outlet}])


def take_up_listings(connection: Connection) -> None:
    """Take up what is new of the outlets in `touched_listings`, and put the articles it tells of into `touched`."""
    for outlet in connection.execute(select(touched_listings.c.outlet)).scalars().all():
        _take_up(connection, outlet)
    connection.execute(touched_listings.delete())


def unlisted_of(connection: Connection, url_ids: Iterable[int]) -> dict[int, list[Unlisted]]:
    """Return when listings ceased to name these articles, of those where they did."""
    found: dict[int, list[Unlisted]] = {}
    for row in connection.execute(select(unlisted).where(unlisted.c.article.in_(list(url_ids)))):
        found.setdefault(row.article, []).append(_unlisted(row))
    return found


def _boxes(named: Iterable[tuple[str, str]], url_ids: Mapping[str, int]) -> dict[str, list[int]]:
    boxes: dict[str, list[int]] = {}
    for box, url in named:
        boxes.setdefault(box, []).append(url_ids[url])
    return boxes


def _forget(connection: Connection, outlet: str) -> None:
    """Forget what was taken up, so that it is taken up from the beginning; the articles it told of are derived anew."""
    of_outlet = unlisted.c.outlet == outlet
    told = connection.execute(select(unlisted.c.article).where(of_outlet).distinct()).scalars().all()
    insert_columns(connection, touched, {"url_id": told})
    connection.execute(unlisted.delete().where(of_outlet))
    connection.execute(
        ages.delete().where(ages.c.url_id.in_(select(url_state.c.id).where(url_state.c.outlet == outlet)))
    )
    connection.execute(watches.delete().where(watches.c.outlet == outlet))


def _take_up(connection: Connection, outlet: str) -> None:
    newest = select(listings.c.reader_id).where(listings.c.outlet == outlet).order_by(listings.c.commit_number.desc())
    reader = connection.execute(newest.limit(1)).scalar()
    if reader is None:
        return
    known = connection.execute(select(watches).where(watches.c.outlet == outlet)).first()
    if known is not None and known.reader_id != reader:
        _forget(connection, outlet)
        known = None
    seen = list(_listings(connection, outlet, reader, known))
    if not seen:
        return
    watch = Watch() if known is None else _watch(connection, known, seen)
    before = {article: replace(one) for article, one in watch.open.items()}
    known_ages = set(watch.ages)
    returned = [one for listing in seen for one in watch.see(listing)]
    connection.execute(unlisted.delete().where(unlisted.c.outlet == outlet, unlisted.c.returned_at.is_(None)))
    rows = [*returned, *watch.open.values()]
    insert(connection, unlisted, [_row(outlet, one) for one in rows])
    new = [article for article in watch.ages if article not in known_ages]
    insert_columns(connection, ages, {"url_id": new, "first_named": [Moment.stored(watch.ages[one]) for one in new]})
    changed = sorted({one.article for one in rows if before.get(one.article) != one})
    insert_columns(connection, touched, {"url_id": changed})
    connection.execute(watches.delete().where(watches.c.outlet == outlet))
    until = max(page.at for listing in seen for page in listing.pages)
    number = connection.execute(select(func.max(commits.c.number)).where(commits.c.outlet == outlet)).scalar_one()
    stored = {"reader_id": reader, "until": until, "commit_number": number, "shelves": _stored(watch.shelves)}
    insert(connection, watches, [{"outlet": outlet, **stored}])


def _watch(connection: Connection, known: Any, seen: Iterable[Listings]) -> Watch:
    """Return what was known when the last crawl had been taken up, as far as the new ones ask for it."""
    watch = Watch()
    for source, box, at, disorder, places in known.shelves:
        watch.shelves[source, box] = Shelf(
            datetime.fromisoformat(at),
            {article: datetime.fromisoformat(last) for article, last, _ in places},
            {article for article, _, is_fresh in places if is_fresh},
            disorder and datetime.fromisoformat(disorder),
        )
    wanted = {article for shelf in watch.shelves.values() for article in shelf.last}
    wanted |= {
        one for listing in seen for page in listing.pages for articles in page.boxes.values() for one in articles
    }
    for ids in chunks(sorted(wanted)):
        watch.ages.update(connection.execute(select(ages).where(ages.c.url_id.in_(ids))).tuples().all())
    is_open = and_(unlisted.c.outlet == known.outlet, unlisted.c.returned_at.is_(None))
    watch.open = {row.article: _unlisted(row) for row in connection.execute(select(unlisted).where(is_open))}
    return watch


def _stored(shelves: Mapping[Box, Shelf]) -> list[Any]:
    return [
        [
            *box,
            shelf.at.isoformat(),
            shelf.disorder and shelf.disorder.isoformat(),
            [[article, last.isoformat(), article in shelf.fresh] for article, last in shelf.last.items()],
        ]
        for box, shelf in shelves.items()
    ]


def _unlisted(row: Any) -> Unlisted:
    values = {name: getattr(row, name) for name in _FIELDS}
    return Unlisted(**values | {"older": frozenset(row.older)})


def _row(outlet: str, one: Unlisted) -> dict[str, Any]:
    return {name: getattr(one, name) for name in _FIELDS} | {"outlet": outlet, "older": sorted(one.older)}


def _listings(connection: Connection, outlet: str, reader: str, known: Any) -> Iterator[Listings]:
    """Yield what each crawl saw, in the order of time: crawls that ended, and those begun before the last that did.

    Of a crawl that is not complete, or that overlaps another one, each page is told by itself.
    """
    complete = _crawls(connection, outlet, known)
    until = None if known is None else known.until
    of_crawls = [
        (crawl_id, list(rows))
        for crawl_id, rows in groupby(
            _captured(connection, outlet, reader, until, complete), key=lambda row: row.crawl_id
        )
    ]
    for crawl_id, rows in sorted(of_crawls, key=lambda crawl: (crawl[1][0].captured_at, crawl[0])):
        pages = tuple(page for page in _pages(rows) if page is not None)
        overlaps = until is not None and rows[0].captured_at <= until
        until = max(until or rows[-1].captured_at, rows[-1].captured_at)
        if complete[crawl_id] and not overlaps and len(pages) == len(rows):
            yield Listings(complete=True, pages=pages)
        else:
            yield from (Listings(complete=False, pages=(page,)) for page in pages)


def _crawls(connection: Connection, outlet: str, known: Any) -> dict[str, bool]:
    """Return the crawls that can be taken up, and whether each was complete, as far as one can be now."""
    of_outlet = commits.c.outlet == outlet
    query = select(commits.c.crawl_id, commits.c.started, commits.c.complete).where(of_outlet)
    if known is not None:
        new = select(commits.c.crawl_id).where(of_outlet, commits.c.number > known.commit_number)
        query = query.where(commits.c.crawl_id.in_(new))
    begun: dict[str, datetime] = {}
    ended: dict[str, bool] = {}
    for crawl_id, started, complete in connection.execute(query):
        begun[crawl_id] = min(started, begun.get(crawl_id, started))
        if complete is not None:
            ended[crawl_id] = complete
    last = max((begun[crawl_id] for crawl_id in ended), default=None)
    if last is None:
        return {}
    # What was begun before the last capture that was taken up may have been taken up in part.
    whole = {one for one, complete in ended.items() if complete and (known is None or begun[one] > known.until)}
    return {one: one in whole for one, at in begun.items() if at <= last}


def _captured(
    connection: Connection, outlet: str, reader: str, after: datetime | None, crawls: Collection[str]
) -> Iterator[Any]:
    """Yield the captures of pages of listings with what they name (None where that is not known), crawl by crawl."""
    body = case((captures.c.outcome == Outcome.REVISIT.value, captures.c.refers_to_id), else_=captures.c.record_id)
    query = (
        select(
            captures.c.captured_at,
            captures.c.record_id,
            captures.c.via,
            url_state.c.url,
            warcs.c.crawl_id,
            listings.c.named,
        )
        .select_from(
            captures.join(url_state, url_state.c.id == captures.c.url_id)
            .join(warcs, warcs.c.id == captures.c.warc_id)
            .outerjoin(listings, and_(listings.c.record_id == body, listings.c.reader_id == reader))
        )
        .where(url_state.c.outlet == outlet, captures.c.role.in_(READ), captures.c.status.in_((200, 304)))
        .order_by(warcs.c.crawl_id, captures.c.captured_at, captures.c.record_id)
    )
    if after is None:  # all of them: the outlet's captures of listings are read once
        yield from (row for row in connection.execute(query) if row.crawl_id in crawls)
        return
    for some in chunks(sorted(crawls)):
        yield from connection.execute(query.where(captures.c.captured_at > after, warcs.c.crawl_id.in_(some)))


def _pages(rows: Iterable[Any]) -> Iterator[Page | None]:
    """Yield the pages of one crawl, each under the URL of the first page of its source; None for an unknown one."""
    before: dict[str, str] = {}  # the URL of the first page, by that of each that was seen
    for row in rows:
        first = before[row.url] = before.get(row.via or "", row.url)
        yield None if row.named is None else Page(first, row.captured_at, row.record_id, row.named)
