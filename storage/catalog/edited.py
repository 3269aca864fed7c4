"""Changes in short, found by the edits that they hold."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Column, ColumnElement, Connection, Text, and_, func, select, tuple_, type_coerce

from storage.catalog.catalog import Catalog
from storage.catalog.database import chunks
from storage.catalog.findings import engine_that_counts
from storage.catalog.kept import edit_hunks, findings
from storage.catalog.schema import changes, url_state


@dataclass(frozen=True, slots=True)
class Edited:
    """A change in short: which article (its key, or its URL), in which interval, and the digests of its edits."""

    change_id: str
    article: str
    last_seen_before: datetime
    first_seen_after: datetime
    digest: str
    hunks: frozenset[str]


def edited_like(
    catalog: Catalog,
    outlet: str,
    compared: Iterable[tuple[str, str]],
    since: datetime,
    until: datetime,
    least: int,
) -> list[Edited]:
    """Return the changes of the outlet that may have happened in this time and hold an edit that one of those holds
    which are named, by id and `times`, and `least` of all changes hold; perhaps others of this time, too.
    """
    with catalog.reading() as connection:
        shared = _held_by(connection, _hunks_of(connection, compared), least)
        holders: set[int] = set()
        for some in chunks(sorted(shared)):
            query = select(edit_hunks.c.finding).where(edit_hunks.c.hunk.in_(some)).distinct()
            holders.update(connection.execute(query).scalars())
        within = and_(changes.c.first_seen_after >= since, changes.c.last_seen_before <= until)
        if connection.execute(select(func.count()).select_from(changes).where(within)).scalar_one() <= len(holders):
            return list(_in_short(connection, outlet, since, until, within))
        some_of_them = (findings.c.id.in_(some) for some in chunks(sorted(holders)))
        return [one for some in some_of_them for one in _in_short(connection, outlet, since, until, some)]


def _hunks_of(connection: Connection, compared: Iterable[tuple[str, str]]) -> set[str]:
    found: set[str] = set()
    for some in chunks(sorted(set(compared))):
        query = select(findings.c.hunks).where(
            tuple_(findings.c.change_id, findings.c.times).in_(some), findings.c.engine == engine_that_counts()
        )
        found.update(hunk for hunks in connection.execute(query).scalars() for hunk in hunks or ())
    return found


def _held_by(connection: Connection, hunks: Collection[str], least: int) -> set[str]:
    """Return those of the edits that at least so many changes hold."""
    found: set[str] = set()
    for some in chunks(sorted(hunks)):
        query = select(edit_hunks.c.hunk).where(edit_hunks.c.hunk.in_(some)).group_by(edit_hunks.c.hunk)
        found.update(connection.execute(query.having(func.count() >= least)).scalars())
    return found


def _in_short(
    connection: Connection, outlet: str, since: datetime, until: datetime, wanted: ColumnElement[bool]
) -> Iterator[Edited]:
    """Yield the changes that are wanted, of the outlet and of this time.

    `wanted` is the one condition by which the database may find them: it knows nothing of how many rows meet which, and
    has begun with the outlet or the time, which all meet.
    """
    joined = findings.join(
        changes, and_(changes.c.change_id == findings.c.change_id, changes.c.times == findings.c.times)
    ).join(url_state, url_state.c.id == changes.c.url_id)
    article = func.coalesce(url_state.c.article_key, url_state.c.url)
    columns = (changes.c.change_id, article, changes.c.last_seen_before, changes.c.first_seen_after)
    judged = (findings.c.edits_digest, type_coerce(findings.c.hunks, Text))  # which are read of few
    engine = connection.execute(select(engine_that_counts())).scalar_one()
    query = select(url_state.c.outlet, findings.c.engine, *columns, *judged).select_from(joined)
    query = query.where(wanted, _unindexed(changes.c.first_seen_after) >= since)
    query = query.where(_unindexed(changes.c.last_seen_before) <= until)
    for its_outlet, by, change_id, key, before, after, digest, hunks in connection.execute(query):
        if its_outlet == outlet and by == engine and digest is not None:
            yield Edited(change_id, key, before, after, digest, frozenset(json.loads(hunks) if hunks else ()))


def _unindexed(column: Column[datetime]) -> ColumnElement[datetime]:
    return func.coalesce(column, column)
