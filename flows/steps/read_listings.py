"""Part of the fourth step: what every listing and feed named, out of its capture."""

from __future__ import annotations

from collections.abc import Iterator

from config.outlet import Outlet
from crawlers.errors import SourceUnreadable
from crawlers.listed import listing_reader_id, named_by
from flows.steps.place import Place
from flows.steps.spool_first import SpoolFirst
from storage.catalog.unread_listings import unread_listings
from storage.errors import MessageInvalid, WarcInvalid
from storage.payload import page_of
from storage.rows import CaptureRow, ListingRow


def listing_rows(place: Place, outlet: Outlet, store: SpoolFirst) -> Iterator[ListingRow]:
    """Yield a row for every capture of a listing or a feed that today's reader has not read, the oldest first."""
    reader_id = listing_reader_id(outlet)
    for capture in unread_listings(place.catalog, outlet.id, reader_id):
        yield _row(capture, outlet, store, reader_id)


def _row(capture: CaptureRow, outlet: Outlet, store: SpoolFirst, reader_id: str) -> ListingRow:
    about = (capture.url, capture.record_id, capture.captured_at, capture.crawl_id, capture.role.value, reader_id)
    try:
        named = named_by(page_of(store, capture), capture.role, outlet)
    except (SourceUnreadable, WarcInvalid, MessageInvalid) as unreadable:
        return ListingRow(*about, outcome="unreadable", warnings=(str(unreadable),))
    return ListingRow(*about, outcome="listing", named=named)
