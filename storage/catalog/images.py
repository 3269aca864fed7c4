"""Images of articles that became others under the same URL: the page says the same, and shows something else."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Select, and_, exists, func, select, tuple_

from storage.catalog.catalog import Catalog
from storage.catalog.found_tables import replaced_images as table
from storage.catalog.many_rows import chunks
from storage.catalog.schema import articles, changes, url_state


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
    query = _whole().order_by(table.c.first_seen_after.desc(), url_state.c.url.desc(), table.c.ordinal.desc())
    if outlet is not None:
        query = query.where(url_state.c.outlet == outlet)
    if since is not None:
        query = query.where(table.c.first_seen_after >= since)
    with catalog.reading() as connection:
        return [_image(row) for row in connection.execute(query.limit(limit))]


def images_by_place(connection: Connection, places: Iterable[tuple[int, int]]) -> dict[tuple[int, int], ImageReplaced]:
    """Return the replacements of images by the numbers of their URLs and their ordinals."""
    found: dict[tuple[int, int], ImageReplaced] = {}
    for some in chunks(sorted(set(places))):
        rows = connection.execute(_whole().where(tuple_(table.c.url_id, table.c.ordinal).in_(some)))
        found.update(((row.url_id, row.ordinal), _image(row)) for row in rows)
    return found


def _whole() -> Select[Any]:
    article, asked = url_state.alias("article"), url_state.alias("asked")
    # The page is fetched just before its images: a change that came with them was first seen a moment earlier.
    with_change = exists().where(
        changes.c.url_id == article.c.id,
        changes.c.first_seen_after > table.c.last_seen_before,
        changes.c.first_seen_after <= table.c.first_seen_after,
    )
    of_article = and_(asked.c.outlet == url_state.c.outlet, asked.c.url == table.c.article_url)
    return (
        select(
            table,
            *(url_state.c.outlet, url_state.c.url, article.c.article_key, articles.c.headline),
            with_change.label("with_change"),
        )
        .join(url_state, url_state.c.id == table.c.url_id)
        .outerjoin(asked, of_article)
        .outerjoin(article, article.c.id == func.coalesce(asked.c.line_id, asked.c.id))
        .outerjoin(articles, articles.c.content_id == article.c.content_id)
    )


def _image(row: Any) -> ImageReplaced:
    return ImageReplaced(
        outlet=row.outlet,
        url=row.article_url,
        article_key=row.article_key,
        headline=row.headline,
        image_url=row.url,
        old_digest=row.old_digest,
        new_digest=row.new_digest,
        old_record_id=row.old_record_id,
        new_record_id=row.new_record_id,
        last_seen_before=row.last_seen_before,
        first_seen_after=row.first_seen_after,
        with_change=row.with_change,
    )
