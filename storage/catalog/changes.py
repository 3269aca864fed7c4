"""What was changed: states in a row of one URL, with the fields that differ and their values before and after."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, select

from storage.catalog.catalog import Catalog
from storage.catalog.database import chunks
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
    fro between two contents, which tell of the outlet's servers more often than of its editors.
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


def changes(
    catalog: Catalog,
    *,
    outlet: str | None = None,
    since: datetime | None = None,
    until: datetime | None = None,
    limit: int | None = None,
) -> list[ChangeFound]:
    """Return the changes whose newer state was first seen from `since` on and before `until`, the newest first."""
    conditions = []
    if outlet is not None:
        conditions.append(url_state.c.outlet == outlet)
    if since is not None:
        conditions.append(table.c.first_seen_after >= since)
    if until is not None:
        conditions.append(table.c.first_seen_after < until)
    with catalog.reading() as connection:
        return select_changes(connection, conditions, limit)


def change_by_id(catalog: Catalog, change_id: str) -> list[ChangeFound]:
    """Return the changes with this id, the newest first: a page that went to and fro has several."""
    with catalog.reading() as connection:
        return select_changes(connection, [table.c.change_id == change_id], None)


def select_changes(
    connection: Connection, conditions: Sequence[ColumnElement[bool]], limit: int | None
) -> list[ChangeFound]:
    """Return the changes that meet the conditions, the newest first, with their values."""
    query = (
        select(table, url_state.c.outlet, url_state.c.url, url_state.c.article_key)
        .join(url_state, url_state.c.id == table.c.url_id)
        .where(*conditions)
        .order_by(table.c.first_seen_after.desc(), url_state.c.url, table.c.ordinal.desc())
        .limit(limit)
    )
    rows = connection.execute(query).all()
    known = articles_by_id(connection, {id_ for row in rows for id_ in (row.old_content_id, row.new_content_id)})
    return [_found(row, known) for row in rows]


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
        headline=new.get("headline") if new else None,
        fields=tuple(row.fields),
        values=tuple(FieldChange(name, old.get(name), new.get(name)) for name in row.fields if old and new),
        old_content_id=row.old_content_id,
        new_content_id=row.new_content_id,
        last_seen_before=row.last_seen_before,
        first_seen_after=row.first_seen_after,
        confirmed=row.confirmed,
        oscillating=row.oscillating,
    )
