"""What was changed: states in a row of one URL, with the fields that differ and their values before and after."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from typing import Any, Final

from sqlalchemy import (
    ColumnElement,
    Connection,
    Select,
    Text,
    false,
    func,
    not_,
    or_,
    select,
    tuple_,
    type_coerce,
)

from storage.announced import AnnouncedKind
from storage.catalog.catalog import Catalog
from storage.catalog.findings import of_changes
from storage.catalog.kept import findings
from storage.catalog.many_rows import chunks
from storage.catalog.schema import articles, url_state
from storage.catalog.schema import changes as table


@dataclass(frozen=True)
class FieldChange:
    """One field before and after, as JSON values of the canonical article."""

    field: str
    old: Any
    new: Any


@dataclass(frozen=True)
class ChangeFound:
    """A change: it happened at a moment between `last_seen_before` and `first_seen_after` that nobody saw.

    `fields` and `values` are empty where the archive does not hold both articles. `oscillating` marks changes to and
    fro between the same contents, which tell of the outlet's servers more often than of its editors.

    What comparing the two states came to is None where nobody has compared them yet, or (`audit_error` says so) where
    that failed. `weight` is a number as audit.edit.Weight counts, `disclosure` and `types` are words of `audit`.
    """

    change_id: str
    outlet: str
    url: str
    article_key: str | None
    headline: str | None  # of the newer state
    fields: tuple[str, ...]
    values: tuple[FieldChange, ...]
    old_content_id: str
    new_content_id: str
    last_seen_before: datetime
    first_seen_after: datetime
    confirmed: bool
    oscillating: bool
    weight: int | None = None
    score: int | None = None
    disclosure: str | None = None
    undisclosed: bool | None = None
    types: tuple[str, ...] | None = None
    audit_error: str | None = None
    times: str = ""  # what the pages' own times say by their words alone: articles.written_times.told_by_words

    @property
    def occurrence(self) -> tuple[str, datetime]:
        """Which of the changes with its id it is: the same two contents may follow each other again."""
        return self.change_id, self.first_seen_after

    @property
    def compared(self) -> tuple[str, str]:
        """By what its findings are known."""
        return self.change_id, self.times


@dataclass(frozen=True)
class ChangeFilter:
    """Which changes are meant; None asks nothing of them.

    `since` and `until` bound the first sighting of the newer state. `types` are words of which any must have been
    found. `cosmetic` asks for changes that are cosmetic and no more, or for all others, those with no findings too;
    `min_weight`, `types`, `undisclosed` and `disclosures` leave those out. `failed` asks for those whose comparison
    failed.
    """

    outlet: str | None = None
    since: datetime | None = None
    until: datetime | None = None
    types: Collection[str] | None = None
    min_weight: int | None = None
    undisclosed: bool | None = None
    cosmetic: bool | None = None
    failed: bool | None = None
    disclosures: Collection[str] | None = None

    @property
    def about_findings(self) -> bool:
        """Whether anything is asked that only comparing two states can answer."""
        return self != ChangeFilter(self.outlet, self.since, self.until, cosmetic=self.cosmetic)

    @property
    def images_too(self) -> bool:
        """Whether images with other bytes are meant: they are of one type, and are not judged otherwise."""
        judged = replace(self, types=None).about_findings
        return not judged and (self.types is None or AnnouncedKind.IMAGE.value in self.types)


class Order(StrEnum):
    """What comes first: the newest, or the heaviest (by weight, then score, then the newest)."""

    TIME = "time"
    WEIGHT = "weight"


def changes(
    catalog: Catalog,
    wanted: ChangeFilter | None = None,
    *,
    order: Order = Order.TIME,
    limit: int | None = None,
    offset: int = 0,
) -> list[ChangeFound]:
    """Return the changes that are meant, `limit` of them after the first `offset`."""
    with catalog.reading() as connection:
        return select_changes(connection, conditions_of(wanted or ChangeFilter()), limit, order=order, offset=offset)


def count_changes(catalog: Catalog, wanted: ChangeFilter | None = None) -> int:
    """Return how many changes are meant."""
    query = with_findings(select(func.count())).where(*conditions_of(wanted or ChangeFilter()))
    with catalog.reading() as connection:
        return int(connection.execute(query).scalar_one())


def changes_by_id(catalog: Catalog, outlet: str, change_ids: Collection[str]) -> list[ChangeFound]:
    """Return the changes of the outlet with these ids, without the values of their fields."""
    found: list[ChangeFound] = []
    with catalog.reading() as connection:
        for some in chunks(sorted(change_ids)):
            found += select_changes(connection, [table.c.change_id.in_(some)], None, values=False)
    # Asked for the outlet, too, the database may begin with all that it has: 17 ms of 60,000 changes, not 1.
    return [change for change in found if change.outlet == outlet]


def select_changes(
    connection: Connection,
    conditions: Sequence[ColumnElement[bool]],
    limit: int | None,
    *,
    order: Order = Order.TIME,
    offset: int = 0,
    values: bool = True,
) -> list[ChangeFound]:
    """Return the changes that meet the conditions, in their order, with their findings and, if wanted, their values."""
    newest = (table.c.first_seen_after.desc(), url_state.c.url, table.c.ordinal.desc())
    heaviest = (findings.c.weight.desc().nulls_last(), findings.c.score.desc())
    query = _whole().where(*conditions).order_by(*heaviest * (order is Order.WEIGHT), *newest)
    rows = connection.execute(query.limit(limit).offset(offset)).all()
    known = _articles_of(connection, rows) if values else {}
    return [_found(row, known) for row in rows]


def changes_by_place(
    connection: Connection, places: Iterable[tuple[int, int]], *, values: bool = False
) -> dict[tuple[int, int], ChangeFound]:
    """Return the changes of URLs by these numbers that lead to the states with these ordinals.

    Without `values` no article is read, and they have none.
    """
    found: dict[tuple[int, int], ChangeFound] = {}
    for some in chunks(sorted(set(places))):
        query = _whole().where(tuple_(table.c.url_id, table.c.ordinal).in_(some))
        rows = connection.execute(query).all()
        known = _articles_of(connection, rows) if values else {}
        found.update(((row.url_id, row.ordinal), _found(row, known)) for row in rows)
    return found


def _articles_of(connection: Connection, rows: Iterable[Any]) -> dict[str, dict[str, Any]]:
    return articles_by_id(connection, {id_ for row in rows for id_ in (row.old_content_id, row.new_content_id)})


def _whole() -> Select[Any]:
    of_url = url_state.c.outlet, url_state.c.url, url_state.c.article_key
    query = select(table, *of_url, *(findings.c[name] for name in _FOUND), articles.c.headline)
    return with_findings(query).outerjoin(articles, articles.c.content_id == table.c.new_content_id)


_FOUND: Final = ("weight", "score", "disclosure", "undisclosed", "types", "error")


def with_findings(query: Select[Any]) -> Select[Any]:
    """Let a query select from changes with their URLs and, where there are any, the findings that count."""
    with_urls = table.join(url_state, url_state.c.id == table.c.url_id)
    return query.select_from(with_urls.outerjoin(findings, of_changes()))


def conditions_of(wanted: ChangeFilter) -> list[ColumnElement[bool]]:
    """Return the conditions on what `with_findings` selects from."""
    asked: list[ColumnElement[bool]] = []
    if wanted.outlet is not None:
        asked.append(url_state.c.outlet == wanted.outlet)
    if wanted.since is not None:
        asked.append(table.c.first_seen_after >= wanted.since)
    if wanted.until is not None:
        asked.append(table.c.first_seen_after < wanted.until)
    if wanted.types is not None:
        written = type_coerce(findings.c.types, Text)  # a list of JSON
        asked.append(or_(false(), *(written.contains(f'"{word}"', autoescape=True) for word in sorted(wanted.types))))
    if wanted.min_weight is not None:
        asked.append(findings.c.weight >= wanted.min_weight)
    if wanted.undisclosed is not None:
        asked.append(findings.c.undisclosed.is_(wanted.undisclosed))
    if wanted.cosmetic is not None:
        only = findings.c.weight == 0
        asked.append(only if wanted.cosmetic else or_(findings.c.weight.is_(None), not_(only)))
    if wanted.disclosures is not None:
        asked.append(findings.c.disclosure.in_(sorted(wanted.disclosures)))
    if wanted.failed is not None:
        asked.append(findings.c.error.is_not(None) if wanted.failed else findings.c.error.is_(None))
    return asked


def articles_by_id(connection: Connection, content_ids: Iterable[str]) -> dict[str, dict[str, Any]]:
    """Return the canonical articles with these content ids, those that are there."""
    found: dict[str, dict[str, Any]] = {}
    for ids in chunks(sorted(set(content_ids))):
        query = select(articles.c.content_id, articles.c.article_json).where(articles.c.content_id.in_(ids))
        found.update((row.content_id, json.loads(row.article_json)) for row in connection.execute(query))
    return found


def _found(row: Any, known: dict[str, dict[str, Any]]) -> ChangeFound:
    old, new = known.get(row.old_content_id), known.get(row.new_content_id)
    return ChangeFound(
        change_id=row.change_id,
        outlet=row.outlet,
        url=row.url,
        article_key=row.article_key,
        headline=new.get("headline") if new else row.headline,
        fields=tuple(row.fields),
        values=tuple(FieldChange(name, old.get(name), new.get(name)) for name in row.fields if old and new),
        old_content_id=row.old_content_id,
        new_content_id=row.new_content_id,
        last_seen_before=row.last_seen_before,
        first_seen_after=row.first_seen_after,
        confirmed=row.confirmed,
        oscillating=row.oscillating,
        weight=row.weight,
        score=row.score,
        disclosure=row.disclosure,
        undisclosed=row.undisclosed,
        types=None if row.types is None else tuple(row.types),
        audit_error=row.error,
        times=row.times,
    )
