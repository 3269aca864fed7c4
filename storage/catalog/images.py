"""Images of articles that became others under the same URL: the page says the same, and shows something else."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby
from typing import Any, Final

from sqlalchemy import Connection, func, or_, select

from storage.catalog.catalog import Catalog
from storage.catalog.database import chunks
from storage.catalog.schema import IS_IMAGE, articles, captures, changes, url_state
from storage.exchange import Outcome, Role

_OF_ARTICLES: Final = (captures.c.role == Role.REQUISITE.value, captures.c.article_url.is_not(None))
_WHOLE: Final = (
    or_(captures.c.status == 200, captures.c.status == 304),
    captures.c.outcome.in_((Outcome.RESPONSE.value, Outcome.REVISIT.value)),
    captures.c.truncated.is_(None),
)
_Seen = tuple[Any, str]  # a capture, and the digest of the body that it showed


@dataclass(frozen=True)
class ImageReplaced:
    """An image of an article whose bytes became others: between `last_seen_before` and `first_seen_after`.

    It is told apart from the changes of the article, because what is found between two states follows from their texts
    alone. `with_change` is true where a change of the article was first seen in the same interval or at its end.
    Whether the picture looks different is not known: the same picture saved again has other bytes too.
    """

    outlet: str
    url: str  # of the article with which the new bytes were fetched
    article_key: str | None
    headline: str | None
    image_url: str
    old_digest: str
    new_digest: str
    old_record_id: str
    new_record_id: str
    last_seen_before: datetime
    first_seen_after: datetime
    with_change: bool


def replaced_images(
    catalog: Catalog, *, outlet: str | None = None, since: datetime | None = None, limit: int | None = None
) -> list[ImageReplaced]:
    """Return the replacements whose new bytes were first seen from `since` on, the newest first."""
    with catalog.reading() as connection:
        wanted = [
            (before, after)
            for before, after in _replaced(connection, _with_several_bodies(connection))
            if outlet in (None, after[0].outlet) and (since is None or after[0].captured_at >= since)
        ]
        wanted.sort(key=lambda pair: (pair[1][0].captured_at, pair[1][0].url, pair[1][0].record_id), reverse=True)
        return [_told(connection, before, after) for before, after in wanted[:limit]]


def _with_several_bodies(connection: Connection) -> list[int]:
    digest = captures.c.body_digest
    query = (
        select(captures.c.url_id)
        .where(IS_IMAGE)
        .group_by(captures.c.url_id)
        .having(func.min(digest) != func.max(digest))
    )
    return list(connection.execute(query).scalars())


def _replaced(connection: Connection, url_ids: Iterable[int]) -> Iterator[tuple[_Seen, _Seen]]:
    """Yield, for each replacement, the last capture of the old bytes and the first one of the new."""
    for ids in chunks(sorted(url_ids)):
        query = (
            select(
                captures.c.url_id,
                captures.c.record_id,
                captures.c.refers_to_id,
                captures.c.captured_at,
                captures.c.body_digest,
                captures.c.mime,
                captures.c.article_url,
                url_state.c.url,
                url_state.c.outlet,
            )
            .join(url_state, url_state.c.id == captures.c.url_id)
            .where(captures.c.url_id.in_(ids), *_OF_ARTICLES, *_WHOLE)
            .order_by(captures.c.url_id, captures.c.captured_at, captures.c.record_id)
        )
        for _, rows in groupby(connection.execute(query).all(), key=lambda row: row.url_id):
            yield from _in_a_row(list(rows))


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


def _told(connection: Connection, old: _Seen, new: _Seen) -> ImageReplaced:
    (before, old_digest), (after, new_digest) = old, new
    of_article = (
        select(url_state.c.id, url_state.c.article_key, articles.c.headline)
        .outerjoin(articles, articles.c.content_id == url_state.c.content_id)
        .where(url_state.c.outlet == after.outlet, url_state.c.url == after.article_url)
    )
    article = connection.execute(of_article).first()
    # The page is fetched just before its images: a change that came with them was first seen a moment earlier.
    changed = select(func.count()).where(
        changes.c.url_id == (article.id if article else None),
        changes.c.first_seen_after > before.captured_at,
        changes.c.first_seen_after <= after.captured_at,
    )
    return ImageReplaced(
        outlet=after.outlet,
        url=after.article_url,
        article_key=article.article_key if article else None,
        headline=article.headline if article else None,
        image_url=after.url,
        old_digest=old_digest,
        new_digest=new_digest,
        old_record_id=before.record_id,
        new_record_id=after.record_id,
        last_seen_before=before.captured_at,
        first_seen_after=after.captured_at,
        with_change=connection.execute(changed).scalar_one() > 0,
    )
