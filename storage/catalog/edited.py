"""Changes in short, found by the edits that they hold."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from sqlalchemy import Column, ColumnElement, Connection, Text, and_, func, or_, select, true, type_coerce

from storage.catalog.catalog import Catalog
from storage.catalog.changes import ChangeFound
from storage.catalog.findings import engine_that_counts, of_compared
from storage.catalog.kept import edit_hunks, findings
from storage.catalog.many_rows import chunks
from storage.catalog.schema import changes, url_state

_MOST_SPANS: Final = 50  # of one question; SQLite nests the alternatives of a condition at most 1,000 deep

_Span = tuple[datetime, datetime]
_Hunks = frozenset[str]


@dataclass(frozen=True, slots=True)
class Edited:
    """A change in short: which article (its key, or its URL), in which interval, and the digests of its edits."""

    change_id: str
    article: str
    last_seen_before: datetime
    first_seen_after: datetime
    digest: str
    hunks: frozenset[str]

    @property
    def occurrence(self) -> tuple[str, datetime]:
        """As of the ChangeFound that it is."""
        return self.change_id, self.first_seen_after


def edited_like(
    catalog: Catalog, outlet: str, asked: Iterable[ChangeFound], slack: timedelta, least: int
) -> list[Edited]:
    """Return the changes of the outlet that may be one event with one of those asked for, perhaps others, too.

    An event is of changes that have just the same edits, at once with the one asked for as far as their intervals tell
    (apart by `slack` at most); and of those that have these beside others, at once with the former. At least `least`
    changes of all times hold each of its edits.
    """
    with catalog.reading() as connection:
        of_asked = _spans_and_hunks(connection, asked, slack)
        held = _held_by(connection, {hunk for _, hunks in of_asked for hunk in hunks}, least)
        found = {
            one: None
            for hunk, spans in _looked_for(connection, outlet, of_asked, held, slack).items()
            for one in _in_short(connection, outlet, _holds(hunk), _within(spans))
        }
    return list(found)


def edited_so(
    catalog: Catalog, outlet: str, digests: Iterable[str], article_keys: Collection[str] | None = None
) -> list[Edited]:
    """Return all changes of the outlet with just the edits of one of these digests, if wanted of these articles."""
    with catalog.reading() as connection:
        return [
            one
            for some in chunks(sorted(set(digests)))
            for one in _in_short(connection, outlet, findings.c.edits_digest.in_(some))
            if article_keys is None or one.article in article_keys
        ]


def digests_of(catalog: Catalog, compared: Iterable[tuple[str, str]]) -> set[str]:
    """Return the digests of the edits of these changes, which are named by id and `times`."""
    with catalog.reading() as connection:
        return {
            digest
            for some in chunks(sorted(set(compared)))
            for digest in connection.execute(select(findings.c.edits_digest).where(of_compared(some))).scalars()
            if digest is not None
        }


def _spans_and_hunks(
    connection: Connection, asked: Iterable[ChangeFound], slack: timedelta
) -> list[tuple[_Span, _Hunks]]:
    """Return of each change that has edits when what is at once with it begins and ends, and its edits."""
    spans: dict[tuple[str, str], list[_Span]] = defaultdict(list)
    for change in asked:
        spans[change.compared].append((change.last_seen_before - slack, change.first_seen_after + slack))
    found = []
    for some in chunks(sorted(spans)):
        query = select(findings.c.change_id, findings.c.times, findings.c.hunks).where(of_compared(some))
        for change_id, times, hunks in connection.execute(query):
            found += [(span, frozenset(hunks or ())) for span in spans[change_id, times]]
    return found


def _held_by(connection: Connection, hunks: Collection[str], least: int) -> dict[str, int]:
    """Return those of the edits that at least so many changes hold, and how many do."""
    found: dict[str, int] = {}
    for some in chunks(sorted(hunks)):
        many = func.count()
        query = select(edit_hunks.c.hunk, many).where(edit_hunks.c.hunk.in_(some)).group_by(edit_hunks.c.hunk)
        found.update(connection.execute(query.having(many >= least)).tuples().all())
    return found


def _looked_for(
    connection: Connection,
    outlet: str,
    of_asked: Sequence[tuple[_Span, _Hunks]],
    held: Mapping[str, int],
    slack: timedelta,
) -> dict[str, list[_Span]]:
    """Return the edits whose holders must be looked at, and when.

    A comma, which comes everywhere, has holders by the thousand. They are looked at only where a change that has that
    edit and no other may have been at once with one asked for; and by the rarest edit of those that make an event.
    """
    asked_with: dict[str, list[tuple[_Span, _Hunks]]] = defaultdict(list)
    most = 0
    for span, hunks in of_asked:
        shared = hunks & held.keys()
        most = max(most, len(shared))
        for hunk in shared:
            asked_with[hunk].append((span, shared))
    asked_at: dict[str, list[_Span]] = {}
    rarest: dict[str, str] = {}
    for digest, event in _events(connection, asked_with.keys(), most).items():
        rarest[digest] = min(event, key=lambda hunk: (held[hunk], hunk))
        if spans := [span for span, hunks in asked_with[rarest[digest]] if hunks >= event]:
            asked_at[digest] = spans
    found: dict[str, list[_Span]] = defaultdict(list)
    for some in chunks(sorted(asked_at)):
        for one in _in_short(connection, outlet, findings.c.edits_digest.in_(some)):
            before, after = one.last_seen_before, one.first_seen_after
            if any(after >= since and before <= until for since, until in asked_at[one.digest]):
                found[rarest[one.digest]].append((before - slack, after + slack))
    return found


def _events(connection: Connection, hunks: Collection[str], most: int) -> dict[str, _Hunks]:
    """Return the edits of the changes that have at most so many, and none but these, by their digest."""
    having: dict[int, int] = defaultdict(int)
    sizes: dict[int, int] = {}
    for some in chunks(sorted(hunks)):
        query = select(edit_hunks.c.finding, func.max(edit_hunks.c.edits), func.count()).group_by(edit_hunks.c.finding)
        few = edit_hunks.c.hunk.in_(some), edit_hunks.c.edits <= most
        for finding, size, count in connection.execute(query.where(*few)):
            sizes[finding] = size
            having[finding] += count
    found: dict[str, _Hunks] = {}
    for numbers in chunks(sorted(finding for finding, count in having.items() if count == sizes[finding])):
        one_of_each = select(findings.c.edits_digest, func.min(type_coerce(findings.c.hunks, Text)))
        query = one_of_each.where(findings.c.id.in_(numbers), findings.c.hunks.is_not(None))
        rows = connection.execute(query.group_by(findings.c.edits_digest))
        found.update((digest, frozenset(json.loads(edits))) for digest, edits in rows if digest is not None)
    return found


def _holds(hunk: str) -> ColumnElement[bool]:
    return findings.c.id.in_(select(edit_hunks.c.finding).where(edit_hunks.c.hunk == hunk))


def _within(spans: Iterable[_Span]) -> ColumnElement[bool]:
    """Return the condition that a change may have happened in any of these times."""
    merged: list[_Span] = []
    for since, until in sorted(spans):
        if merged and since <= merged[-1][1]:
            merged[-1] = merged[-1][0], max(until, merged[-1][1])
        else:
            merged.append((since, until))
    if len(merged) > _MOST_SPANS:
        merged = [(merged[0][0], merged[-1][1])]
    before, after = _unindexed(changes.c.last_seen_before), _unindexed(changes.c.first_seen_after)
    return or_(*(and_(after >= since, before <= until) for since, until in merged))


def _in_short(
    connection: Connection, outlet: str, wanted: ColumnElement[bool], within: ColumnElement[bool] | None = None
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
    query = query.where(wanted, true() if within is None else within)
    for its_outlet, by, change_id, key, before, after, digest, hunks in connection.execute(query):
        if its_outlet == outlet and by == engine and digest is not None:
            yield Edited(change_id, key, before, after, digest, frozenset(json.loads(hunks) if hunks else ()))


def _unindexed(column: Column[datetime]) -> ColumnElement[datetime]:
    return func.coalesce(column, column)
