"""The articles of the archive, as they were last seen; searched."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Text, exists, func, or_, select, tuple_, type_coerce
from sqlalchemy.sql.selectable import Select

from storage.catalog.catalog import Catalog
from storage.catalog.looks import Shown
from storage.catalog.many_rows import chunks
from storage.catalog.schema import articles as table
from storage.catalog.schema import states, url_state


@dataclass(frozen=True)
class ArticleFound:
    """An article at one URL, as it was last seen. `missing` is the kind of the absence that lasts, if one does."""

    outlet: str
    url: str
    article_key: str | None
    content_id: str
    headline: str | None
    byline: tuple[str, ...]
    editors: tuple[str, ...]
    agency: str | None
    published_at: str | None
    language: str | None
    first_seen: datetime
    last_seen: datetime
    last_look: datetime
    last_shown: Shown
    missing: Shown | None
    states: int
    changes: int


@dataclass(frozen=True)
class ArticleFilter:
    """Which articles are meant; None asks nothing of them.

    `search` is looked for in all that any state of the article said; letters A to Z match in either case. `person` is
    a name, or a part of one, among the authors and editors as last seen. `since` and `until` bound the first sighting.
    """

    outlet: str | None = None
    search: str | None = None
    person: str | None = None
    since: datetime | None = None
    until: datetime | None = None
    changed: bool | None = None
    missing: bool | None = None


def articles(
    catalog: Catalog, wanted: ArticleFilter | None = None, *, limit: int | None = None, offset: int = 0
) -> list[ArticleFound]:
    """Return the articles that are meant, those that were first seen last at the beginning."""
    query = (
        _wanted(select(url_state, table), wanted or ArticleFilter())
        .order_by(url_state.c.first_seen.desc(), url_state.c.url)
        .limit(limit)
        .offset(offset)
    )
    with catalog.reading() as connection:
        return [_found(row._mapping) for row in connection.execute(query)]


def count_articles(catalog: Catalog, wanted: ArticleFilter | None = None) -> int:
    """Return how many URLs show the articles that are meant."""
    with catalog.reading() as connection:
        return int(connection.execute(_wanted(select(func.count()), wanted or ArticleFilter())).scalar_one())


def first_seen_between(catalog: Catalog, outlet: str, since: datetime, until: datetime) -> int:
    """Return how many articles were first seen from `since` on and before `until`.

    Article keys are counted: a copy of a story in another section is no other article.
    """
    seen = url_state.c.first_seen
    first = select(func.count()).where(url_state.c.outlet == outlet, seen >= since, seen < until, first_of_its_key())
    with catalog.reading() as connection:
        return int(connection.execute(first).scalar_one())


def was_seen_before(catalog: Catalog, outlet: str, moment: datetime) -> bool:
    """Tell whether an article of the outlet was seen before a moment."""
    seen = exists().where(url_state.c.outlet == outlet, url_state.c.first_seen < moment)
    with catalog.reading() as connection:
        return bool(connection.execute(select(seen)).scalar_one())


def first_of_its_key() -> ColumnElement[bool]:
    """Return the condition that no other URL with a row's article key was seen before, or as early and known before."""
    earlier = url_state.alias("earlier")
    before = exists().where(
        earlier.c.article_key == url_state.c.article_key,
        earlier.c.outlet == url_state.c.outlet,
        tuple_(earlier.c.first_seen, earlier.c.id) < tuple_(url_state.c.first_seen, url_state.c.id),
    )
    return ~before


def unknown_keys(catalog: Catalog, outlet: str, keys: Iterable[str]) -> frozenset[str]:
    """Return those of the article keys under which the archive has not yet seen an article of the outlet."""
    unknown = set(keys)
    with catalog.reading() as connection:
        for some in chunks(sorted(unknown)):
            known = select(url_state.c.article_key).where(
                url_state.c.outlet == outlet, url_state.c.first_seen.is_not(None), url_state.c.article_key.in_(some)
            )
            unknown.difference_update(key for key in connection.execute(known).scalars() if key is not None)
    return frozenset(unknown)


def article_json(catalog: Catalog, content_id: str) -> bytes | None:
    """Return the bytes whose SHA-256 the content id is, or None where the archive does not hold them."""
    with catalog.reading() as connection:
        query = select(table.c.article_json).where(table.c.content_id == content_id)
        found: str | None = connection.execute(query).scalar()
    return None if found is None else found.encode("utf-8")


def _wanted(query: Select[Any], wanted: ArticleFilter) -> Select[Any]:
    query = query.select_from(url_state.outerjoin(table, table.c.content_id == url_state.c.content_id)).where(
        url_state.c.content_id.is_not(None)
    )
    if wanted.outlet is not None:
        query = query.where(url_state.c.outlet == wanted.outlet)
    if wanted.since is not None:
        query = query.where(url_state.c.first_seen >= wanted.since)
    if wanted.until is not None:
        query = query.where(url_state.c.first_seen < wanted.until)
    if wanted.changed is not None:
        query = query.where(url_state.c.changes > 0 if wanted.changed else url_state.c.changes == 0)
    if wanted.missing is not None:
        query = query.where(url_state.c.missing.is_not(None) if wanted.missing else url_state.c.missing.is_(None))
    if wanted.person is not None:
        name = _in_json(wanted.person)
        people = (type_coerce(column, Text) for column in (table.c.byline, table.c.editors))
        query = query.where(or_(*(column.icontains(name, autoescape=True) for column in people)))
    if wanted.search is not None:
        said = table.alias("said")
        saying = (
            select(states.c.url_id)
            .join(said, said.c.content_id == states.c.content_id)
            .where(said.c.article_json.icontains(_in_json(wanted.search), autoescape=True))
        )
        query = query.where(url_state.c.id.in_(saying))
    return query


def _in_json(text: str) -> str:
    """Return text as it stands inside a JSON string: with its quotes and line ends escaped."""
    return json.dumps(text, ensure_ascii=False)[1:-1]


def _found(row: Any) -> ArticleFound:
    missing = row[url_state.c.missing]
    return ArticleFound(
        outlet=row[url_state.c.outlet],
        url=row[url_state.c.url],
        article_key=row[url_state.c.article_key],
        content_id=row[url_state.c.content_id],
        headline=row[table.c.headline],
        byline=tuple(row[table.c.byline] or ()),
        editors=tuple(row[table.c.editors] or ()),
        agency=row[table.c.agency],
        published_at=row[table.c.published_at],
        language=row[table.c.language],
        first_seen=row[url_state.c.first_seen],
        last_seen=row[url_state.c.last_seen],
        last_look=row[url_state.c.last_look],
        last_shown=Shown(row[url_state.c.last_shown]),
        missing=None if missing is None else Shown(missing),
        states=row[url_state.c.states],
        changes=row[url_state.c.changes],
    )
