"""Finding what several URLs or captures tell together: re-posts, and images that became others."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from itertools import groupby
from typing import Any, Final

from sqlalchemy import Connection, Select, func, or_, select

from storage.catalog.database import chunks, insert
from storage.catalog.found_tables import replaced_images, reposts
from storage.catalog.schema import IS_IMAGE, articles, captures, states, url_state
from storage.exchange import Outcome, Role

_OF_ARTICLES: Final = (captures.c.role == Role.REQUISITE.value, captures.c.article_url.is_not(None))
_WHOLE: Final = (
    or_(captures.c.status == 200, captures.c.status == 304),
    captures.c.outcome.in_((Outcome.RESPONSE.value, Outcome.REVISIT.value)),
    captures.c.truncated.is_(None),
)
_Seen = tuple[Any, str]  # a capture, and the digest of the body that it showed


def texts_shown_by(connection: Connection, url_ids: Collection[int]) -> set[str]:
    """Return the ids of the texts that the states of these URLs show."""
    query = select(articles.c.text_id).join(states, states.c.content_id == articles.c.content_id)
    wanted = query.where(states.c.url_id.in_(url_ids), articles.c.has_text, articles.c.text_id.is_not(None))
    return set(connection.execute(wanted.distinct()).scalars())


def find_reposts(connection: Connection, text_ids: Collection[str] | None = None) -> None:
    """Find anew who re-posted these texts, or all that several keys of an outlet showed."""
    if text_ids is None:
        connection.execute(reposts.delete())
        text_ids = connection.execute(_shown_twice()).scalars().all()
    for ids in chunks(sorted(text_ids)):
        connection.execute(reposts.delete().where(reposts.c.text_id.in_(ids)))
        insert(connection, reposts, _repost_rows(connection.execute(_shown().where(articles.c.text_id.in_(ids))).all()))


def _repost_rows(rows: Iterable[Any]) -> list[dict[str, Any]]:
    """Return the rows of the table for all states that show some texts."""
    found: list[dict[str, Any]] = []
    first: Any = None
    keys: set[str] = set()
    for row in sorted(rows, key=lambda row: (row.outlet, row.text_id, row.first_seen, row.article_key, row.url)):
        if first is None or (row.outlet, row.text_id) != (first.outlet, first.text_id):
            first, keys = row, {row.article_key}
        if row.article_key in keys:
            continue
        keys.add(row.article_key)
        earlier = {"earlier_url_id": first.url_id, "earlier_seen": first.first_seen}
        names = ("url_id", "ordinal", "text_id", "content_id", "first_seen")
        found.append({name: getattr(row, name) for name in names} | earlier)
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


def find_replaced_images(connection: Connection, url_ids: Iterable[int] | None = None) -> None:
    """Find anew the replacements of the images at these URLs, or of all that showed several bodies."""
    if url_ids is None:
        connection.execute(replaced_images.delete())
        url_ids = _with_several_bodies(connection)
    for ids in chunks(sorted(url_ids)):
        connection.execute(replaced_images.delete().where(replaced_images.c.url_id.in_(ids)))
        insert(connection, replaced_images, list(_replaced(connection, ids)))


def _with_several_bodies(connection: Connection) -> list[int]:
    digest = captures.c.body_digest
    query = (
        select(captures.c.url_id)
        .where(IS_IMAGE)
        .group_by(captures.c.url_id)
        .having(func.min(digest) != func.max(digest))
    )
    return list(connection.execute(query).scalars())


def _replaced(connection: Connection, url_ids: Sequence[int]) -> Iterator[dict[str, Any]]:
    """Yield the row of each replacement: the last capture of the old bytes and the first one of the new."""
    query = (
        select(
            captures.c.url_id,
            captures.c.record_id,
            captures.c.refers_to_id,
            captures.c.captured_at,
            captures.c.body_digest,
            captures.c.mime,
            captures.c.article_url,
        )
        .where(captures.c.url_id.in_(url_ids), *_OF_ARTICLES, *_WHOLE)
        .order_by(captures.c.url_id, captures.c.captured_at, captures.c.record_id)
    )
    for url_id, rows in groupby(connection.execute(query).all(), key=lambda row: row.url_id):
        for ordinal, ((old, old_digest), (new, new_digest)) in enumerate(_in_a_row(list(rows))):
            yield {
                "url_id": url_id,
                "ordinal": ordinal,
                "article_url": new.article_url,
                "old_digest": old_digest,
                "new_digest": new_digest,
                "old_record_id": old.record_id,
                "new_record_id": new.record_id,
                "last_seen_before": old.captured_at,
                "first_seen_after": new.captured_at,
            }


def _in_a_row(rows: list[Any]) -> Iterator[tuple[_Seen, _Seen]]:
    known = {row.record_id: row.body_digest for row in rows}
    last: _Seen | None = None
    for row in rows:
        digest = row.body_digest or known.get(row.refers_to_id)
        # An error page in the image's place is no other image; a 304 tells no type.
        if digest is None or not (row.mime or "image/").startswith("image/"):
            continue
        if last is not None and last[1] != digest:
            yield last, (row, digest)
        last = row, digest
