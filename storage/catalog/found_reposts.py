"""Finding re-posts: the same text, or one that is like it, again under another article key of the outlet."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from typing import Any

from sqlalchemy import Connection, Select, func, select

from storage.catalog.found_tables import reposts
from storage.catalog.kept import near_texts
from storage.catalog.many_rows import chunks, insert
from storage.catalog.schema import articles, states, url_state

_Alike = Mapping[str, Mapping[str, float]]
"""Texts with those that are like them, and how much."""


def texts_shown_by(connection: Connection, url_ids: Collection[int]) -> set[str]:
    """Return the ids of the texts that the states of these URLs show."""
    query = select(articles.c.text_id).join(states, states.c.content_id == articles.c.content_id)
    wanted = query.where(states.c.url_id.in_(url_ids), articles.c.has_text, articles.c.text_id.is_not(None))
    return set(connection.execute(wanted.distinct()).scalars())


def find_reposts(connection: Connection, text_ids: Collection[str] | None = None) -> None:
    """Find anew who re-posted these texts or those like them, or all that several keys of an outlet showed."""
    if text_ids is None:
        connection.execute(reposts.delete())
        near = connection.execute(select(near_texts.c.text_id).distinct()).scalars()
        text_ids = {*connection.execute(_shown_twice()).scalars(), *near}
    else:
        text_ids = {*text_ids, *_alike(connection, text_ids)}
    for ids in chunks(sorted(text_ids)):
        connection.execute(reposts.delete().where(reposts.c.text_id.in_(ids)))
        same = _same(_shown_of(connection, ids))
        insert(connection, reposts, [*same, *_similar(connection, ids, same)])


def _same(shown: Mapping[str, list[Any]]) -> list[dict[str, Any]]:
    """Return a row for each key but the first that shows a text of an outlet, of its first state that does."""
    found: list[dict[str, Any]] = []
    for rows in shown.values():
        first: Any = None
        keys: set[str] = set()
        for row in rows:
            if first is None or row.outlet != first.outlet:
                first, keys = row, {row.article_key}
            if row.article_key not in keys:
                keys.add(row.article_key)
                found.append(_row(row, first, 1.0))
    return found


def _similar(
    connection: Connection, text_ids: Iterable[str], same: Iterable[Mapping[str, Any]]
) -> list[dict[str, Any]]:
    """Return a row for each key that shows one of these texts where another key had shown one like it before.

    Of several before it the one that is most alike counts, and of those the first. A key that had shown something like
    that one before is told of there; and one that shows the very same text as another key is told as that.
    """
    others = _alike(connection, text_ids)
    if not others:
        return []
    alike = {**_alike(connection, {one for some in others.values() for one in some}), **others}
    shown = _shown_of(connection, {*text_ids, *others, *alike})
    told = {(row["url_id"], row["ordinal"]) for row in same}
    found = []
    for text_id in sorted(others):
        keys: set[tuple[str, str]] = set()
        for row in shown.get(text_id, ()):
            story = (row.outlet, row.article_key)
            if story in keys:
                continue
            keys.add(story)
            first = _most_alike(row, others[text_id], shown)
            if first is None or (row.url_id, row.ordinal) in told:
                continue
            similarity, earlier = first
            like_it = {earlier.text_id, *alike.get(earlier.text_id, ())}
            before = (one for text in like_it for one in shown.get(text, ()) if one.first_seen < row.first_seen)
            if story not in {(one.outlet, one.article_key) for one in before}:
                found.append(_row(row, earlier, similarity))
    return found


def _most_alike(row: Any, alike: Mapping[str, float], shown: Mapping[str, list[Any]]) -> tuple[float, Any] | None:
    before = [
        (similarity, one)
        for text_id, similarity in alike.items()
        for one in shown.get(text_id, ())
        if one.outlet == row.outlet and one.article_key != row.article_key and one.first_seen < row.first_seen
    ]
    return min(before, key=lambda pair: (-pair[0], pair[1].first_seen, pair[1].url), default=None)


def _alike(connection: Connection, text_ids: Iterable[str]) -> dict[str, dict[str, float]]:
    """Return these texts, those that have any, with the texts that are like them."""
    found: dict[str, dict[str, float]] = {}
    for ids in chunks(sorted(set(text_ids))):
        for text_id, other, similarity in connection.execute(select(near_texts).where(near_texts.c.text_id.in_(ids))):
            found.setdefault(text_id, {})[other] = similarity
    return found


def _row(later: Any, earlier: Any, similarity: float) -> dict[str, Any]:
    names = ("url_id", "ordinal", "text_id", "content_id", "first_seen")
    return {name: getattr(later, name) for name in names} | {
        "earlier_url_id": earlier.url_id,
        "earlier_seen": earlier.first_seen,
        "earlier_content_id": earlier.content_id,
        "similarity": similarity,
    }


def _shown_of(connection: Connection, text_ids: Iterable[str]) -> dict[str, list[Any]]:
    """Return the states that show these texts, by text; those of an outlet together, by time."""
    found: dict[str, list[Any]] = {}
    for ids in chunks(sorted(text_ids)):
        for row in connection.execute(_shown().where(articles.c.text_id.in_(ids))):
            found.setdefault(row.text_id, []).append(row)
    for rows in found.values():
        rows.sort(key=lambda row: (row.outlet, row.first_seen, row.article_key, row.url))
    return found


def _shown() -> Select[Any]:
    """Return the query for who showed which text since when."""
    return (
        select(
            url_state.c.outlet,
            url_state.c.article_key,
            url_state.c.url,
            articles.c.text_id,
            *(states.c.url_id, states.c.ordinal, states.c.content_id, states.c.first_seen),
        )
        .select_from(articles)
        .join(states, states.c.content_id == articles.c.content_id)
        .join(url_state, url_state.c.id == states.c.url_id)
        .where(articles.c.has_text, articles.c.text_id.is_not(None), url_state.c.article_key.is_not(None))
    )


def _shown_twice() -> Select[Any]:
    every = _shown().subquery()
    several = func.count(every.c.article_key.distinct()) > 1
    return select(every.c.text_id).group_by(every.c.outlet, every.c.text_id).having(several).distinct()
