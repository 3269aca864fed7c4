"""Re-posts: the same text, or one like it, under another article key of the same outlet. (Under the same key it is a
variant.)"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from sqlalchemy import ColumnElement, Connection, Select, select, tuple_

from storage.catalog.catalog import Catalog
from storage.catalog.found_tables import reposts as table
from storage.catalog.many_rows import chunks
from storage.catalog.schema import articles, url_state

_LATER: Final = url_state.alias("later")
_EARLIER: Final = url_state.alias("earlier")


@dataclass(frozen=True)
class RepostFound:
    """Two stories with the same text: the one that was seen first, and a later one.

    `similarity` is 1 where it is the same text (but for typography), else the part of the words that both have in
    common, in order. The content ids are those of the states that first showed the texts.
    """

    outlet: str
    text_id: str
    headline: str | None
    earlier_url: str
    earlier_key: str
    earlier_seen: datetime
    later_url: str
    later_key: str
    later_seen: datetime
    similarity: float = 1.0
    content_id: str | None = None
    earlier_content_id: str | None = None


def reposts(
    catalog: Catalog, *, outlet: str | None = None, since: datetime | None = None, limit: int | None = None
) -> list[RepostFound]:
    """Return the re-posts that were first seen from `since` on, the newest first.

    Each later key is paired with the key that showed the text first. Pages without a body have no text to be re-posted.
    """
    conditions: list[ColumnElement[bool]] = [] if outlet is None else [_LATER.c.outlet == outlet]
    if since is not None:
        conditions.append(table.c.first_seen >= since)
    with catalog.reading() as connection:
        return [_repost(row) for row in connection.execute(_in_order(*conditions).limit(limit))]


def select_reposts(connection: Connection, text_ids: Iterable[str], *, outlet: str) -> list[RepostFound]:
    """Return the re-posts of these texts, the newest first."""
    found: list[RepostFound] = []
    for ids in chunks(sorted(text_ids)):
        rows = connection.execute(_in_order(table.c.text_id.in_(ids)))
        # The outlet is compared here: a condition on it leads SQLite to read all of the outlet's URLs for a few texts.
        found += [_repost(row) for row in rows if row.outlet == outlet]
    return sorted(found, key=lambda repost: (repost.later_seen, repost.later_url), reverse=True)


def reposts_between(catalog: Catalog, outlet: str, one: str, other: str) -> list[RepostFound]:
    """Return the re-posts of one URL at another, whichever was first, the newest first."""
    urls = (one, other)
    wanted = (_LATER.c.outlet == outlet, _LATER.c.url.in_(urls), _EARLIER.c.url.in_(urls))
    with catalog.reading() as connection:
        return [_repost(row) for row in connection.execute(_in_order(*wanted))]


def reposts_by_place(connection: Connection, places: Iterable[tuple[int, int]]) -> dict[tuple[int, int], RepostFound]:
    """Return the re-posts at URLs by these numbers, by states with these ordinals."""
    found: dict[tuple[int, int], RepostFound] = {}
    for some in chunks(sorted(set(places))):
        rows = connection.execute(_whole().where(tuple_(table.c.url_id, table.c.ordinal).in_(some)))
        found.update(((row.url_id, row.ordinal), _repost(row)) for row in rows)
    return found


def _in_order(*conditions: ColumnElement[bool]) -> Select[Any]:
    return _whole().where(*conditions).order_by(table.c.first_seen.desc(), _LATER.c.url.desc())


def _whole() -> Select[Any]:
    return (
        select(
            *(table.c.url_id, table.c.ordinal, table.c.text_id, table.c.first_seen, table.c.earlier_seen),
            *(table.c.similarity, table.c.content_id, table.c.earlier_content_id),
            *(_LATER.c.outlet, _LATER.c.url, _LATER.c.article_key, articles.c.headline),
            _EARLIER.c.url.label("earlier_url"),
            _EARLIER.c.article_key.label("earlier_key"),
        )
        .join(_LATER, _LATER.c.id == table.c.url_id)
        .join(_EARLIER, _EARLIER.c.id == table.c.earlier_url_id)
        .outerjoin(articles, articles.c.content_id == table.c.content_id)
    )


def _repost(row: Any) -> RepostFound:
    return RepostFound(
        outlet=row.outlet,
        text_id=row.text_id,
        headline=row.headline,
        earlier_url=row.earlier_url,
        earlier_key=row.earlier_key,
        earlier_seen=row.earlier_seen,
        later_url=row.url,
        later_key=row.article_key,
        later_seen=row.first_seen,
        similarity=row.similarity,
        content_id=row.content_id,
        earlier_content_id=row.earlier_content_id,
    )
