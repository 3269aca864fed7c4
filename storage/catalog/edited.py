"""Changes in short, found by the edits that they hold."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, Connection, and_, func, select, tuple_

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
            return list(_in_short(connection, outlet, within))
        numbered = (and_(findings.c.id.in_(some), within) for some in chunks(sorted(holders)))
        return [one for some in numbered for one in _in_short(connection, outlet, some)]


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


def _in_short(connection: Connection, outlet: str, wanted: ColumnElement[bool]) -> Iterator[Edited]:
    article = func.coalesce(url_state.c.article_key, url_state.c.url)
    joined = findings.join(
        changes, and_(changes.c.change_id == findings.c.change_id, changes.c.times == findings.c.times)
    ).join(url_state, url_state.c.id == changes.c.url_id)
    columns = (changes.c.change_id, article, changes.c.last_seen_before, changes.c.first_seen_after)
    query = select(*columns, findings.c.edits_digest, findings.c.hunks).select_from(joined)
    query = query.where(
        wanted,
        findings.c.engine == engine_that_counts(),
        url_state.c.outlet == outlet,
        findings.c.edits_digest.is_not(None),
    )
    for change_id, key, before, after, digest, hunks in connection.execute(query):
        yield Edited(change_id, key, before, after, digest, frozenset(hunks or ()))
