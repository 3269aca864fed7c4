"""Finding images that became others under the same URL."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby
from typing import Any, Final

from sqlalchemy import Connection, func, or_, select

from storage.catalog.found_tables import replaced_images
from storage.catalog.many_rows import chunks, insert
from storage.catalog.schema import IS_IMAGE, captures
from storage.exchange import Outcome, Role

_OF_ARTICLES: Final = (captures.c.role == Role.REQUISITE.value, captures.c.article_url.is_not(None))
_WHOLE: Final = (
    or_(captures.c.status == 200, captures.c.status == 304),
    captures.c.outcome.in_((Outcome.RESPONSE.value, Outcome.REVISIT.value)),
    captures.c.truncated.is_(None),
)
_Seen = tuple[Any, str]  # a capture, and the digest of the body that it showed


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
