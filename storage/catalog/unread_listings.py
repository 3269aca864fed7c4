"""Captures of listings and feeds that the reader of today has not read: new ones, those of a late spool, all others."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from sqlalchemy import exists, select

from storage.catalog.captured import capture_rows, select_captures
from storage.catalog.catalog import Catalog
from storage.catalog.listings import READ
from storage.catalog.many_rows import chunks
from storage.catalog.schema import captures, listings, url_state
from storage.exchange import Outcome
from storage.rows import CaptureRow

AT_ONCE: Final = 200
"""How many captures are taken out of the database at a time while a caller works through them."""


def unread_listings(catalog: Catalog, outlet_id: str, reader_id: str) -> Iterator[CaptureRow]:
    """Yield the captures with a body of their own that have no row by this reader, oldest first.

    Revisits need none: they name what their originals name.
    """
    was_read = exists().where(listings.c.record_id == captures.c.record_id, listings.c.reader_id == reader_id)
    query = (
        select(captures.c.id)
        .join(url_state, url_state.c.id == captures.c.url_id)
        .where(
            url_state.c.outlet == outlet_id,
            captures.c.role.in_(READ),
            captures.c.outcome == Outcome.RESPONSE.value,
            captures.c.status == 200,
            ~was_read,
        )
        .order_by(captures.c.captured_at, captures.c.record_id)
    )
    with catalog.reading() as connection:
        ids = connection.execute(query).scalars().all()
    for some in chunks(ids, AT_ONCE):
        with catalog.reading() as connection:
            in_order = (captures.c.captured_at, captures.c.record_id)
            found = capture_rows(connection, select_captures(captures.c.id.in_(some)).order_by(*in_order))
        yield from found
