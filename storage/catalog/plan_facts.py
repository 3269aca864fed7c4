"""What a crawl must know beforehand, besides what is due: seen URLs, originals of revisits, requisites, sources.

All but the sources are streamed: an outlet has as many as it has ever had pages and images.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from typing import Any, Final

from sqlalchemy import ColumnElement, Select, and_, case, or_, select

from storage.catalog.catalog import Catalog
from storage.catalog.column_types import as_stored
from storage.catalog.schema import answers, bodies, url_state
from storage.exchange import Role
from storage.plan_rows import OriginalRow, RequisiteRow

_SOURCES: Final = (Role.LISTING.value, Role.FEED.value, Role.SITEMAP.value)


@dataclass(frozen=True)
class KnownSource:
    """A page of a listing, feed or sitemap that the archive holds, with the validators of its last body."""

    url: str
    role: Role
    etag: str | None = None
    last_modified: str | None = None


def seen_urls(catalog: Catalog, outlet_id: str) -> Iterator[str]:
    """Yield the URLs that were ever looked at as articles of the outlet, in all their spellings."""
    was_asked = or_(url_state.c.first_look.is_not(None), url_state.c.line_id.is_not(None))
    query = select(url_state.c.url).where(url_state.c.outlet == outlet_id, was_asked)
    with catalog.reading() as connection:
        yield from connection.execution_options(yield_per=1000).execute(query).scalars()


def originals(catalog: Catalog, outlet_id: str) -> Iterator[OriginalRow]:
    """Yield, for every URL, the whole response that holds the newest body it gave: what a revisit may refer to.

    For "not modified" that is the body whose validators the crawl will send, though a later one may have come between.
    Those with the role requisite may stand in for any URL with the same payload.
    """
    whole = url_state.alias("whole")
    elsewhere = select(whole.c.url).where(whole.c.id == bodies.c.whole_url_id).scalar_subquery()
    query = (
        select(
            bodies.c.payload_digest,
            case((bodies.c.whole_url_id == bodies.c.url_id, url_state.c.url), else_=elsewhere),
            bodies.c.whole_record_id,
            as_stored(bodies.c.whole_at),
            bodies.c.chunked,
            bodies.c.role,
        )
        .join(url_state, url_state.c.id == bodies.c.url_id)
        .where(url_state.c.outlet == outlet_id, bodies.c.whole_at.is_not(None))
        .order_by(url_state.c.id)
    )
    with catalog.reading() as connection:
        for rows in connection.execution_options(yield_per=1000).execute(query).partitions():
            yield from map(OriginalRow._make, rows)


def known_requisites(catalog: Catalog, outlet_id: str) -> Iterator[RequisiteRow]:
    """Yield the page requisites that were ever answered for."""
    query = _known(outlet_id, (Role.REQUISITE.value,), url_state.c.url, as_stored(answers.c.captured_at))
    query = query.order_by(url_state.c.id)
    with catalog.reading() as connection:
        for rows in connection.execution_options(yield_per=1000).execute(query).partitions():
            yield from map(RequisiteRow._make, rows)


def known_sources(catalog: Catalog, outlet_id: str) -> list[KnownSource]:
    """Return the pages of listings, feeds and sitemaps that were ever answered for."""
    query = _known(outlet_id, _SOURCES, url_state.c.url, answers.c.role).order_by(url_state.c.url)
    with catalog.reading() as connection:
        found = connection.execute(query)
        return [KnownSource(url, Role(role), etag, last_modified) for url, role, etag, last_modified in found]


def _known(outlet_id: str, roles: Collection[str], *asked: ColumnElement[Any]) -> Select[Any]:
    """Return the query for URLs that were answered for, with the validators of their last body."""
    # A body that was found to be another URL's can't be what "not modified" refers to: `originals` has it there.
    return (
        select(*asked, bodies.c.etag, bodies.c.last_modified)
        .select_from(url_state)
        .join(answers, answers.c.url_id == url_state.c.id)
        .outerjoin(bodies, and_(bodies.c.url_id == answers.c.url_id, bodies.c.own))
        .where(url_state.c.outlet == outlet_id, answers.c.role.in_(roles))
    )
