"""What the archive knows of a URL that it has no capture of: for whoever asked for one."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from sqlalchemy import Connection, Select, bindparam, case, func, or_, select

from storage.catalog.absences import AbsenceFound, select_absences
from storage.catalog.catalog import Catalog
from storage.catalog.mementos import ANSWERED
from storage.catalog.prepared import Prepared
from storage.catalog.schema import articles, captures, url_state
from storage.surt import surt

NEAR: Final = 5
"""So many neighbours are told on each side."""
_LOOKED_AT: Final = 40
"""Among so many on each side articles are looked for: between two there may be all that their pages embed."""
MOST: Final = 50
"""So many URLs of one article are told."""


@dataclass(frozen=True)
class Attempts:
    """Attempts at the URL that brought no response. The last one is told."""

    count: int
    last: datetime
    outcome: str
    error: str | None


@dataclass(frozen=True)
class Elsewhere:
    """Another URL that the archive has captures of. `is_page`: it was an article or other HTML, not an
    image or a style sheet."""

    outlet: str
    url: str
    captures: int
    first: datetime
    last: datetime
    headline: str | None
    is_page: bool


@dataclass(frozen=True)
class Known:
    """`variants` are URLs of the same article, `near` those whose SURT is next to that of the URL, on its host.

    Pages stand before what pages embed; articles that are a little further off are taken before what is nearer.

    `absences` are those of the URL and of its variants, the last begun first.
    """

    attempts: Attempts | None
    absences: tuple[AbsenceFound, ...]
    variants: tuple[Elsewhere, ...]
    near: tuple[Elsewhere, ...]


_HTML: Final = ("text/html", "application/xhtml+xml")
_OF_SURT: Final = url_state.c.surt == bindparam("surt")
_FAILED: Final = (
    select(captures.c.captured_at, captures.c.outcome, captures.c.error)
    .join(url_state, url_state.c.id == captures.c.url_id)
    .where(_OF_SURT, ~ANSWERED)
)
_LAST_FAILED: Final = Prepared(_FAILED.order_by(captures.c.captured_at.desc()).limit(1))
_COUNT_FAILED: Final = Prepared(select(func.count()).select_from(_FAILED.subquery()))
_KEYS: Final = Prepared(select(url_state.c.article_key).where(_OF_SURT, url_state.c.article_key.is_not(None)))
_VARIANTS: Final = Prepared(
    select(url_state.c.id).where(url_state.c.article_key == bindparam("key"), url_state.c.surt != bindparam("surt"))
)
_NEIGHBOUR: Final = select(url_state.c.id, url_state.c.content_id)
_NEXT: Final = _NEIGHBOUR.where(
    url_state.c.surt > bindparam("surt"), url_state.c.surt < bindparam("end")
).order_by(url_state.c.surt).limit(_LOOKED_AT)  # fmt: skip
_PREVIOUS: Final = _NEIGHBOUR.where(
    url_state.c.surt < bindparam("surt"), url_state.c.surt >= bindparam("begin")
).order_by(url_state.c.surt.desc()).limit(_LOOKED_AT)  # fmt: skip
_BESIDE: Final = (Prepared(_PREVIOUS), Prepared(_NEXT))


def _elsewhere() -> Select[tuple[str, str, int, datetime, datetime, str | None, int]]:
    return (
        select(
            url_state.c.outlet,
            url_state.c.url,
            func.count(),
            func.min(captures.c.captured_at, type_=captures.c.captured_at.type),
            func.max(captures.c.captured_at, type_=captures.c.captured_at.type),
            articles.c.headline,
            func.max(case((or_(*(captures.c.mime == one for one in _HTML)), 1), else_=0)),
        )
        .select_from(captures.join(url_state, url_state.c.id == captures.c.url_id))
        .outerjoin(articles, articles.c.content_id == url_state.c.content_id)
        .where(captures.c.url_id == bindparam("url_id"), ANSWERED)
        .group_by(url_state.c.id, articles.c.headline)
    )


_ELSEWHERE: Final = Prepared(_elsewhere())


def known_of(catalog: Catalog, url: str, article_keys: Collection[str] = ()) -> Known:
    """Return what the archive knows of a URL, by SURT. `article_keys` are those that outlets' patterns give it."""
    key = surt(url)
    with catalog.reading() as connection:
        of_articles = {*article_keys, *(found for (found,) in _KEYS.rows(connection, surt=key))}
        variants = [row[0] for one in sorted(of_articles) for row in _VARIANTS.rows(connection, key=one, surt=key)]
        variants = variants[:MOST]
        return Known(
            attempts=_attempts(connection, key),
            absences=tuple(
                select_absences(connection, [or_(url_state.c.surt == key, url_state.c.id.in_(variants))], NEAR)
            ),
            variants=_told(connection, variants),
            near=_told(connection, _near(connection, key)),
        )


def _attempts(connection: Connection, key: str) -> Attempts | None:
    last = _LAST_FAILED.rows(connection, surt=key)
    if not last:
        return None
    return Attempts(_COUNT_FAILED.rows(connection, surt=key)[0][0], *last[0])


def _near(connection: Connection, key: str) -> list[int]:
    host, bracket, _ = key.partition(")/")
    if not bracket:
        return []
    bounds = ({"begin": f"{host})/"}, {"end": f"{host})0"})
    found = []
    for query, bound in zip(_BESIDE, bounds, strict=True):
        beside = query.rows(connection, surt=key, **bound)
        articles_first = sorted(beside, key=lambda row: row[1] is None)
        found += [url_id for url_id, _ in articles_first[:NEAR]]
    return found


def _told(connection: Connection, url_ids: list[int]) -> tuple[Elsewhere, ...]:
    rows = [row for url_id in url_ids for row in _ELSEWHERE.rows(connection, url_id=url_id)]
    found = [
        Elsewhere(outlet, url, count, first, last, headline, is_page=bool(of_html) or headline is not None)
        for outlet, url, count, first, last, headline, of_html in rows
    ]
    return tuple(sorted(found, key=lambda one: (not one.is_page, one.url)))
