"""The same text again: under another article key of the same outlet. (Under the same key it is a variant.)"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from sqlalchemy import Connection, Select, func, select

from storage.catalog.catalog import Catalog
from storage.catalog.database import chunks
from storage.catalog.schema import articles, states, url_state

_BY_TEXT: Final = (
    url_state.c.outlet,
    articles.c.text_id,
    states.c.first_seen,
    url_state.c.article_key,
    url_state.c.url,
)


@dataclass(frozen=True)
class RepostFound:
    """Two stories with the same text: the one that was seen first, and a later one."""

    outlet: str
    text_id: str
    headline: str | None
    earlier_url: str
    earlier_key: str
    earlier_seen: datetime
    later_url: str
    later_key: str
    later_seen: datetime


def reposts(
    catalog: Catalog, *, outlet: str | None = None, since: datetime | None = None, limit: int | None = None
) -> list[RepostFound]:
    """Return the re-posts that were first seen from `since` on, the newest first.

    Each later key is paired with the key that showed the text first. Pages without a body have no text to be re-posted.
    """
    with catalog.reading() as connection:
        texts = connection.execute(_shown_twice(outlet, since)).scalars().all()
        found = select_reposts(connection, texts, outlet=outlet)
    return [repost for repost in found if since is None or repost.later_seen >= since][:limit]


def select_reposts(connection: Connection, text_ids: Iterable[str], *, outlet: str | None = None) -> list[RepostFound]:
    """Return the re-posts of these texts, the newest first."""
    found: list[RepostFound] = []
    for ids in chunks(sorted(text_ids)):
        first: Any = None
        keys: set[str] = set()
        # The outlet is compared here: a condition on it leads SQLite to read all of the outlet's URLs for a few texts.
        for row in connection.execute(_shown(None).where(articles.c.text_id.in_(ids)).order_by(*_BY_TEXT)).all():
            if outlet not in (None, row.outlet):
                continue
            if first is None or (row.outlet, row.text_id) != (first.outlet, first.text_id):
                first, keys = row, {row.article_key}
            if row.article_key in keys:
                continue
            keys.add(row.article_key)
            found.append(_repost(first, row))
    return sorted(found, key=lambda repost: (repost.later_seen, repost.later_url), reverse=True)


def _shown(outlet: str | None) -> Select[Any]:
    """Return the query for who showed which text since when."""
    query = (
        select(
            url_state.c.outlet,
            articles.c.text_id,
            articles.c.headline,
            url_state.c.article_key,
            url_state.c.url,
            states.c.first_seen,
        )
        .select_from(articles)
        .join(states, states.c.content_id == articles.c.content_id)
        .join(url_state, url_state.c.id == states.c.url_id)
        .where(articles.c.has_text, articles.c.text_id.is_not(None), url_state.c.article_key.is_not(None))
    )
    return query if outlet is None else query.where(url_state.c.outlet == outlet)


def _shown_twice(outlet: str | None, since: datetime | None) -> Select[Any]:
    """Return the query for texts that several keys of an outlet showed; or, since a moment, all new ones."""
    every = _shown(outlet).subquery()
    if since is not None:
        return select(every.c.text_id).where(every.c.first_seen >= since).distinct()
    return (
        select(every.c.text_id)
        .group_by(every.c.outlet, every.c.text_id)
        .having(func.count(every.c.article_key.distinct()) > 1)
        .distinct()
    )


def _repost(first: Any, later: Any) -> RepostFound:
    return RepostFound(
        outlet=later.outlet,
        text_id=later.text_id,
        headline=later.headline,
        earlier_url=first.url,
        earlier_key=first.article_key,
        earlier_seen=first.first_seen,
        later_url=later.url,
        later_key=later.article_key,
        later_seen=later.first_seen,
    )
