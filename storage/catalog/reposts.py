"""The same text again: under another article key of the same outlet. (Under the same key it is a variant.)"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, func, select

from storage.catalog.catalog import Catalog
from storage.catalog.schema import articles, states, url_state


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
        found = select_reposts(connection, outlet=outlet, since=since)
    return found[:limit]


def select_reposts(
    connection: Connection,
    *,
    outlet: str | None = None,
    since: datetime | None = None,
    text_ids: Collection[str] | None = None,
) -> list[RepostFound]:
    """Return the re-posts, of these texts only where `text_ids` is given."""
    shown = (
        select(
            url_state.c.outlet,
            articles.c.text_id,
            articles.c.headline,
            url_state.c.article_key,
            url_state.c.url,
            states.c.first_seen,
        )
        .join(articles, articles.c.content_id == states.c.content_id)
        .join(url_state, url_state.c.id == states.c.url_id)
        .where(articles.c.has_text, articles.c.text_id.is_not(None), url_state.c.article_key.is_not(None))
    )
    if outlet is not None:
        shown = shown.where(url_state.c.outlet == outlet)
    if text_ids is not None:
        shown = shown.where(articles.c.text_id.in_(sorted(text_ids)))
    if since is not None:
        fresh = (
            select(articles.c.text_id)
            .join(states, states.c.content_id == articles.c.content_id)
            .where(states.c.first_seen >= since)
        )
        shown = shown.where(articles.c.text_id.in_(fresh))
    every = shown.subquery()
    several = (
        select(every.c.outlet, every.c.text_id)
        .group_by(every.c.outlet, every.c.text_id)
        .having(func.count(every.c.article_key.distinct()) > 1)
        .subquery()
    )
    query = (
        select(every)
        .join(several, (several.c.outlet == every.c.outlet) & (several.c.text_id == every.c.text_id))
        .order_by(every.c.outlet, every.c.text_id, every.c.first_seen, every.c.article_key, every.c.url)
    )
    found = []
    first: Any = None
    keys: set[str] = set()
    for row in connection.execute(query):
        if first is None or (row.outlet, row.text_id) != (first.outlet, first.text_id):
            first, keys = row, {row.article_key}
        if row.article_key in keys:
            continue
        keys.add(row.article_key)
        found.append(
            RepostFound(
                outlet=row.outlet,
                text_id=row.text_id,
                headline=row.headline,
                earlier_url=first.url,
                earlier_key=first.article_key,
                earlier_seen=first.first_seen,
                later_url=row.url,
                later_key=row.article_key,
                later_seen=row.first_seen,
            )
        )
    if since is not None:
        found = [repost for repost in found if repost.later_seen >= since]
    return sorted(found, key=lambda repost: (repost.later_seen, repost.later_url), reverse=True)
