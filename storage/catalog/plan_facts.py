"""What a crawl must know beforehand, besides what is due: seen URLs, originals of revisits, requisites, sources.

All of these are streamed: an outlet has as many as it has ever had pages and images.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from sqlalchemy import and_, select

from storage.catalog.catalog import Catalog
from storage.catalog.schema import answers, bodies, captures, url_state
from storage.exchange import Original, Outcome, Role

_SOURCES: Final = (Role.LISTING.value, Role.FEED.value, Role.SITEMAP.value)


@dataclass(frozen=True)
class KnownUrl:
    """A URL that the archive holds a capture of: when it last answered, and the validators of its last body."""

    url: str
    role: Role
    fetched_at: datetime
    etag: str | None = None
    last_modified: str | None = None


def seen_urls(catalog: Catalog, outlet_id: str) -> Iterator[str]:
    """Yield the URLs that were ever looked at as articles of the outlet."""
    query = select(url_state.c.url).where(url_state.c.outlet == outlet_id, url_state.c.first_look.is_not(None))
    with catalog.reading() as connection:
        yield from connection.execution_options(yield_per=1000).execute(query).scalars()


def originals(catalog: Catalog, outlet_id: str) -> Iterator[tuple[Original, Role]]:
    """Yield, for every URL, the whole response that holds the newest body it gave: what a revisit may refer to.

    For "not modified" that is the body whose validators the crawl will send, though a later one may have come between.
    Those with the role requisite may stand in for any URL with the same payload.
    """
    of_outlet = url_state.alias("of_outlet")
    query = (
        select(
            captures.c.record_id,
            url_state.c.url,
            captures.c.captured_at,
            captures.c.payload_digest,
            captures.c.chunked,
            bodies.c.role,
        )
        .select_from(of_outlet)
        .join(bodies, bodies.c.url_id == of_outlet.c.id)
        .join(captures, captures.c.record_id == bodies.c.whole_record_id)
        .join(url_state, url_state.c.id == captures.c.url_id)
        .where(
            of_outlet.c.outlet == outlet_id,
            captures.c.outcome == Outcome.RESPONSE.value,
            captures.c.payload_digest.is_not(None),
        )
    )
    with catalog.reading() as connection:
        found = connection.execution_options(yield_per=1000).execute(query)
        for *values, role in found:
            yield Original(*values), Role(role)


def known_requisites(catalog: Catalog, outlet_id: str) -> Iterator[KnownUrl]:
    """Yield the page requisites that were ever answered for."""
    yield from _known(catalog, outlet_id, (Role.REQUISITE.value,))


def known_sources(catalog: Catalog, outlet_id: str) -> Iterator[KnownUrl]:
    """Yield the pages of listings, feeds and sitemaps that were ever answered for."""
    yield from _known(catalog, outlet_id, _SOURCES)


def _known(catalog: Catalog, outlet_id: str, roles: Collection[str]) -> Iterator[KnownUrl]:
    # A body that was found to be another URL's can't be what "not modified" refers to: `originals` has it there.
    query = (
        select(url_state.c.url, answers.c.role, answers.c.captured_at, bodies.c.etag, bodies.c.last_modified)
        .join(answers, answers.c.url_id == url_state.c.id)
        .outerjoin(bodies, and_(bodies.c.url_id == answers.c.url_id, bodies.c.own))
        .where(url_state.c.outlet == outlet_id, answers.c.role.in_(roles))
    )
    with catalog.reading() as connection:
        for url, role, fetched_at, etag, last_modified in connection.execution_options(yield_per=1000).execute(query):
            yield KnownUrl(url, Role(role), fetched_at, etag, last_modified)
