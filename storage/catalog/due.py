"""What a crawl is to look at again now."""

from __future__ import annotations

import random
from collections.abc import Collection, Iterable
from datetime import datetime
from typing import Any, Final, NamedTuple

from sqlalchemy import Connection, and_, exists, select

from articles.reading import current_reader_ids
from config.outlet import Outlet
from storage.catalog.catalog import Catalog
from storage.catalog.column_types import Moment, as_stored
from storage.catalog.looks import Shown
from storage.catalog.many_rows import chunks
from storage.catalog.schema import bodies, captures, readings, url_state
from storage.catalog.urgency import ASKED, Ladder, Reason, Urgency
from storage.due import Due
from storage.exchange import Role

_OTHER: Final = url_state.alias("other")
_STATE: Final = [url_state.c[name] for name in ASKED]
_ASKED: Final = (
    url_state.c.id,
    url_state.c.url,
    *(as_stored(column).label(column.name) if isinstance(column.type, Moment) else column for column in _STATE),
    url_state.c.stands_at,
    _OTHER.c.url.label("stands_at_url"),
)


class _Known(NamedTuple):
    """What is known of a URL: what its last look said, and what the newest body came with that `originals` has."""

    content_id: str | None
    reader_id: str | None
    etag: str | None
    last_modified: str | None
    has_parts: bool


def articles_due(catalog: Catalog, outlet: Outlet, now: datetime, rng: random.Random) -> list[Due]:
    """Return the known articles of an outlet that are due, the most urgent first.

    First contents that wait for confirmation, then what failed, then the ladder with the youngest articles first,
    since most edits come in the first hours; last the random share of old articles. `rng` draws that share, and the
    share of looks that are unconditional though validators are known.
    """
    ladder = Ladder(outlet, now, rng)
    with catalog.reading() as connection:
        rows = connection.execute(
            select(*_ASKED)
            .outerjoin(_OTHER, _OTHER.c.id == url_state.c.stands_at)
            .where(url_state.c.outlet == outlet.id, url_state.c.first_look.is_not(None))
            .order_by(url_state.c.url)
        ).all()
        chosen = [
            (row, reason, asked) for row in rows if (reason := ladder.reason(row)) for asked in _spellings(row, outlet)
        ]
        chosen.sort(key=lambda one: (one[1].urgency, -one[1].anchor, one[0].url))
        known = _known(connection, {url_id for row, _, asked in chosen for url_id in (row.id, asked.id)})
        parts = _parts(connection, [url_id for url_id, of in known.items() if of.has_parts])
    readers, unconditional = current_reader_ids(outlet), outlet.unconditional_share
    return [
        _due(
            row,
            reason,
            asked.url,
            known[asked.id]._replace(content_id=known[row.id].content_id, reader_id=known[row.id].reader_id),
            readers,
            parts.get(asked.id, ()),
            asks=rng.random() >= unconditional,
        )
        for row, reason, asked in chosen
    ]


class _Asked(NamedTuple):
    id: int
    url: str


def _spellings(row: Any, outlet: Outlet) -> list[_Asked]:
    """Return by which spellings of its URL an article is asked for: the one at which it stands.

    Where the last look did not show it, by that and the first: the outlet may have gone back to it, or left it.
    """
    found = [_Asked(row.id, row.url)]
    if row.stands_at_url is not None:
        found.insert(0, _Asked(row.stands_at, row.stands_at_url))
    known = [asked for asked in found if _is_article(asked.url, outlet)]
    return known[:1] if row.last_shown == Shown.ARTICLE else known


def _is_article(url: str, outlet: Outlet) -> bool:
    """Return whether the outlet's file still calls it an article's first page: redirects led to other pages too."""
    match = outlet.match(url)
    return match is not None and match.first_url == url


def _due(
    row: Any, reason: Reason, url: str, known: _Known, readers: Collection[str], parts: tuple[str, ...], *, asks: bool
) -> Due:
    """Return what is due of a row, as a look that `asks` whether it was modified where that can be asked."""
    content_id = known.content_id if known.reader_id is not None and known.reader_id in readers else None
    conditional = (
        asks
        and (known.etag is not None or known.last_modified is not None)
        and row.last_shown == Shown.ARTICLE
        and reason.urgency is not Urgency.UNCONFIRMED
        and content_id is not None
        and not parts  # "not modified" is said of one page; an article of several is fetched whole
    )
    validators = (known.etag, known.last_modified) if conditional else (None, None)
    return Due(url, Role.ARTICLE, reason.purpose, conditional, *validators, content_id, parts)


def _known(connection: Connection, url_ids: Iterable[int]) -> dict[int, _Known]:
    found: dict[int, _Known] = {}
    has_parts = exists().where(captures.c.role == Role.PART.value, captures.c.article_url == url_state.c.url)
    query = select(
        url_state.c.id, url_state.c.content_id, url_state.c.reader_id, bodies.c.etag, bodies.c.last_modified, has_parts
    ).outerjoin(bodies, and_(bodies.c.url_id == url_state.c.id, bodies.c.own))
    for ids in chunks(url_ids):
        for url_id, *of in connection.execute(query.where(url_state.c.id.in_(ids))).all():
            found[url_id] = _Known(*of)
    return found


def _parts(connection: Connection, url_ids: Iterable[int]) -> dict[int, tuple[str, ...]]:
    """Return the further pages that each URL's last reading was made from, in its order."""
    last: dict[int, tuple[datetime, int, list[str]]] = {}
    for ids in chunks(url_ids):
        query = select(readings.c.url_id, readings.c.captured_at, readings.c.commit_number, readings.c.captures).where(
            readings.c.url_id.in_(ids), readings.c.outcome.in_(("article", "incomplete"))
        )
        for url_id, at, number, of in connection.execute(query):
            found = (at, number, [record_id for _, record_id in of[1:]])
            last[url_id] = max(last.get(url_id, found), found)
    urls: dict[str, str] = {}
    for ids in chunks(sorted({record_id for _, _, records in last.values() for record_id in records})):
        named = select(captures.c.record_id, url_state.c.url).join(url_state, url_state.c.id == captures.c.url_id)
        urls.update((row.record_id, row.url) for row in connection.execute(named.where(captures.c.record_id.in_(ids))))
    return {
        url_id: tuple(urls[record_id] for record_id in records if record_id in urls)
        for url_id, (_, _, records) in last.items()
    }
