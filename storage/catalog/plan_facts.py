"""What a crawl must know beforehand, besides what is due: seen URLs, originals of revisits, requisites, sources.

All of these are streamed: an outlet has as many as it has ever had pages and images.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from sqlalchemy import ColumnElement, Select, and_, func, or_, select

from storage.catalog.catalog import Catalog
from storage.catalog.schema import captures, url_state
from storage.exchange import Original, Outcome, Role

_WITH_BODY: Final = and_(
    captures.c.outcome.in_((Outcome.RESPONSE.value, Outcome.REVISIT.value)),
    captures.c.status.between(200, 299),
    captures.c.truncated.is_(None),
)
_ANSWERED: Final = and_(
    captures.c.outcome.in_((Outcome.RESPONSE.value, Outcome.REVISIT.value)),
    # "Not found" is an answer too, and need not be asked for again with every page; a bad day's answers must.
    captures.c.status < 500,
    captures.c.status.not_in((408, 425, 429)),
)
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
    newest = _newest(outlet_id, _WITH_BODY)
    whole, its_url = captures.alias("whole"), url_state.alias("its_url")
    query = (
        select(whole.c.record_id, its_url.c.url, whole.c.captured_at, whole.c.payload_digest, newest.c.role)
        .select_from(newest)
        .join(whole, whole.c.record_id == func.coalesce(newest.c.refers_to_id, newest.c.record_id))
        .join(its_url, its_url.c.id == whole.c.url_id)
        .where(whole.c.outcome == Outcome.RESPONSE.value, whole.c.payload_digest.is_not(None))
    )
    with catalog.reading() as connection:
        found = connection.execution_options(yield_per=1000).execute(query)
        for record_id, url, captured_at, payload_digest, role in found:
            yield Original(record_id, url, captured_at, payload_digest), Role(role)


def known_requisites(catalog: Catalog, outlet_id: str) -> Iterator[KnownUrl]:
    """Yield the page requisites that were ever answered for."""
    yield from _known(catalog, outlet_id, captures.c.role == Role.REQUISITE.value)


def known_sources(catalog: Catalog, outlet_id: str) -> Iterator[KnownUrl]:
    """Yield the pages of listings, feeds and sitemaps that were ever answered for."""
    yield from _known(catalog, outlet_id, captures.c.role.in_(_SOURCES))


def _known(catalog: Catalog, outlet_id: str, roles: ColumnElement[bool]) -> Iterator[KnownUrl]:
    answered = _newest(outlet_id, and_(roles, _ANSWERED))
    body = _newest(outlet_id, and_(roles, _WITH_BODY))
    # A body that was found to be another URL's can't be what "not modified" refers to: `originals` has it there.
    own = or_(body.c.refers_to_url.is_(None), body.c.refers_to_url == body.c.url)
    query = select(
        answered.c.url, answered.c.role, answered.c.captured_at, body.c.etag, body.c.last_modified
    ).select_from(answered.outerjoin(body, and_(body.c.url_id == answered.c.url_id, own)))
    with catalog.reading() as connection:
        for url, role, fetched_at, etag, last_modified in connection.execution_options(yield_per=1000).execute(query):
            yield KnownUrl(url, Role(role), fetched_at, etag, last_modified)


def _newest(outlet_id: str, condition: ColumnElement[bool]) -> Any:
    """Return, as a subquery, the newest capture of every URL of the outlet among those of the condition."""
    place = (
        func.row_number()
        .over(partition_by=captures.c.url_id, order_by=(captures.c.captured_at.desc(), captures.c.record_id.desc()))
        .label("place")
    )
    ranked: Select[Any] = (
        select(captures, url_state.c.url, place)
        .join(url_state, url_state.c.id == captures.c.url_id)
        .where(url_state.c.outlet == outlet_id, condition)
    )
    all_ranked = ranked.subquery()
    return select(all_ranked).where(all_ranked.c.place == 1).subquery()
