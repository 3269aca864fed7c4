"""What the archive knows of a URL that it has no capture of: for whoever asked for one."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import Any, Final

from sqlalchemy import Connection, Select, bindparam, case, func, or_, select, true

from storage.catalog.absences import AbsenceFound, select_absences
from storage.catalog.catalog import Catalog
from storage.catalog.mementos import ANSWERED, urls_of
from storage.catalog.prepared import Prepared
from storage.catalog.schema import articles, captures, url_state
from storage.surt import surt

NEAR: Final = 5
"""So many neighbours are told on each side."""
_LOOKED_AT: Final = 40
"""Among so many on each side articles are looked for: between two there may be all that their pages embed."""
MOST: Final = 50
"""So many URLs of one article are told."""
MOST_COUNTED: Final = 1000
"""Captures of a URL, and attempts at it, are counted up to so many: a page beside what is missing may have millions."""
_NEWEST: Final = 20
"""So many of a URL's last captures tell whether it is a page."""


@dataclass(frozen=True)
class Attempts:
    """Attempts at the URL that brought no response. The last one is told. `count` is MOST_COUNTED + 1 of more."""

    count: int
    last: datetime
    outcome: str
    error: str | None


@dataclass(frozen=True)
class Elsewhere:
    """Another URL that the archive has captures of. `captures` is MOST_COUNTED + 1 of more.

    `is_page`: it was an article or of late other HTML, not an image or a style sheet. `shown`: the last capture that
    showed its article; of what never was one the last of all.
    """

    outlet: str
    url: str
    surt: str
    captures: int
    first: datetime
    last: datetime
    shown: datetime
    headline: str | None
    is_page: bool


@dataclass(frozen=True)
class Known:
    """`variants` are URLs of the same article, `near` those whose SURT is near that of the URL, on its host.

    Of `near` the same path without a query stands first, then with other queries; then all else. Of each pages stand
    before what pages embed, and among these whatever has more of its beginning in common with the URL. Articles that
    are a little further off are taken before what is nearer.

    `absences` are those of the URL and of its variants, the last begun first.
    """

    attempts: Attempts | None
    absences: tuple[AbsenceFound, ...]
    variants: tuple[Elsewhere, ...]
    near: tuple[Elsewhere, ...]


_HTML: Final = ("text/html", "application/xhtml+xml")
_OF_SURT: Final = url_state.c.surt == bindparam("surt")
_OF: Final = captures.c.url_id == bindparam("url_id")
_FAILED: Final = select(captures.c.captured_at).where(_OF, ~ANSWERED)
_LAST_FAILED: Final = Prepared(
    _FAILED.add_columns(captures.c.outcome, captures.c.error).order_by(captures.c.captured_at.desc()).limit(1)
)
_COUNT_FAILED: Final = Prepared(select(func.count()).select_from(_FAILED.limit(MOST_COUNTED + 1).subquery()))
_KEYS: Final = Prepared(select(url_state.c.article_key).where(_OF_SURT, url_state.c.article_key.is_not(None)))
_VARIANTS: Final = Prepared(
    select(url_state.c.id).where(url_state.c.article_key == bindparam("key"), url_state.c.surt != bindparam("surt"))
)
_NEIGHBOUR: Final = select(url_state.c.id, url_state.c.surt, url_state.c.content_id)
_NEXT: Final = _NEIGHBOUR.where(
    url_state.c.surt > bindparam("surt"), url_state.c.surt < bindparam("end")
).order_by(url_state.c.surt).limit(_LOOKED_AT)  # fmt: skip
_PREVIOUS: Final = _NEIGHBOUR.where(
    url_state.c.surt < bindparam("surt"), url_state.c.surt >= bindparam("begin")
).order_by(url_state.c.surt.desc()).limit(_LOOKED_AT)  # fmt: skip
_BESIDE: Final = (Prepared(_PREVIOUS), Prepared(_NEXT))
_WITHOUT_QUERY: Final = Prepared(_NEIGHBOUR.where(_OF_SURT))


def _elsewhere() -> Select[Any]:
    """Return the query for what is told of a URL. It looks at few of its captures, however many there are.

    Attempts without an answer are gone over in the index, until there is one with.
    """
    at = captures.c.captured_at
    answered = select(at).where(_OF, ANSWERED)
    newest = answered.order_by(at.desc())
    seen = newest.add_columns(captures.c.mime).limit(_NEWEST).subquery()
    is_html = case((or_(*(seen.c.mime == one for one in _HTML)), 1), else_=0)
    first = answered.order_by(at).limit(1).subquery()
    return (
        select(
            url_state.c.outlet,
            url_state.c.url,
            url_state.c.surt,
            select(func.count()).select_from(answered.limit(MOST_COUNTED + 1).subquery()).scalar_subquery(),
            first.c.captured_at,
            newest.limit(1).scalar_subquery(),
            url_state.c.last_seen,
            articles.c.headline,
            select(func.max(is_html)).select_from(seen).scalar_subquery(),
        )
        .select_from(url_state.join(first, true()))
        .outerjoin(articles, articles.c.content_id == url_state.c.content_id)
        .where(url_state.c.id == bindparam("url_id"))
    )


_ELSEWHERE: Final = Prepared(_elsewhere())


def known_of(catalog: Catalog, url: str, article_keys: Collection[str] = ()) -> Known:
    """Return what the archive knows of a URL, by SURT. `article_keys` are those that outlets' patterns give it."""
    key = surt(url)
    with catalog.reading() as connection:
        of_articles = {*article_keys, *(found for (found,) in _KEYS.rows(connection, surt=key))}
        variants = [row[0] for one in sorted(of_articles) for row in _VARIANTS.rows(connection, key=one, surt=key)]
        variants = variants[:MOST]
        ids = [url_id for url_id, _ in urls_of(connection, url)]
        return Known(
            attempts=_attempts(connection, ids),
            absences=tuple(select_absences(connection, [url_state.c.id.in_({*ids, *variants})], NEAR)),
            variants=tuple(_told(connection, variants)),
            near=tuple(sorted(_told(connection, _near(connection, key)), key=partial(_distance, key))),
        )


def _attempts(connection: Connection, ids: list[int]) -> Attempts | None:
    """Return the attempts at URLs. Of each an index has the last."""
    last = [row for url_id in ids for row in _LAST_FAILED.rows(connection, url_id=url_id)]
    if not last:
        return None
    count = sum(row[0] for url_id in ids for row in _COUNT_FAILED.rows(connection, url_id=url_id))
    return Attempts(min(count, MOST_COUNTED + 1), *max(last, key=lambda row: row[0]))


def _near(connection: Connection, key: str) -> list[int]:
    host, bracket, _ = key.partition(")/")
    if not bracket:
        return []
    bounds = ({"begin": f"{host})/"}, {"end": f"{host})0"})
    path = key.partition("?")[0]
    found = [] if path == key else _WITHOUT_QUERY.rows(connection, surt=path)
    for query, bound in zip(_BESIDE, bounds, strict=True):
        beside = query.rows(connection, surt=key, **bound)
        found += sorted(beside, key=lambda row: (not _is_of_path(row[1], key), row[2] is None))[:NEAR]
    return list(dict.fromkeys(url_id for url_id, *_ in found))


def _told(connection: Connection, url_ids: list[int]) -> list[Elsewhere]:
    rows = [row for url_id in url_ids for row in _ELSEWHERE.rows(connection, url_id=url_id)]
    found = [
        Elsewhere(
            outlet, url, its_surt, count, first, last, seen or last, headline, bool(of_html) or headline is not None
        )
        for outlet, url, its_surt, count, first, last, seen, headline, of_html in rows
    ]
    return sorted(found, key=lambda one: (not one.is_page, one.url))


def _distance(key: str, one: Elsewhere) -> tuple[bool, bool, bool, int, int]:
    is_of_path = _is_of_path(one.surt, key)
    shorter = min(len(key), len(one.surt))
    in_common = next((place for place in range(shorter) if key[place] != one.surt[place]), shorter)
    apart = 0 if in_common == shorter else abs(ord(key[in_common]) - ord(one.surt[in_common]))  # of two digits, say
    return not is_of_path, is_of_path and "?" in one.surt, not one.is_page, -in_common, apart


def _is_of_path(one: str, key: str) -> bool:
    return one.partition("?")[0] == key.partition("?")[0]
