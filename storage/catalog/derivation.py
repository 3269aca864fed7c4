"""Deriving the URLs that were touched: observations out of the tables, and what follows from them back in."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import partial
from itertools import chain
from typing import Any, Final

from sqlalchemy import Connection, Table, select

from articles.leads import leads
from storage.catalog.absent import Absence
from storage.catalog.derive import Change, Derived, State, derive
from storage.catalog.found_images import find_replaced_images
from storage.catalog.found_reposts import find_reposts, texts_shown_by
from storage.catalog.found_tables import touched_images
from storage.catalog.lines import holder, lines_of, named_by_listings
from storage.catalog.listed import Unlisted
from storage.catalog.listings import take_up_listings, unlisted_of
from storage.catalog.looks import Attempt, Read
from storage.catalog.many_rows import chunks, insert, insert_columns, update
from storage.catalog.schema import (
    DERIVED,
    absences,
    articles,
    captures,
    changes,
    readers,
    readings,
    states,
    touched,
    url_state,
    warcs,
)
from storage.exchange import Outcome, Purpose, Role

_PURPOSES: Final = {purpose.value: purpose for purpose in Purpose}
_OUTCOMES: Final = {outcome.value: outcome for outcome in Outcome}


@dataclass
class _Observed:
    """What the tables hold of one URL."""

    outlet: str
    url: str
    attempts: list[Attempt] = field(default_factory=list)
    reads: list[Read] = field(default_factory=list)
    # Article keys with how much they count; the greatest is taken.
    keys: list[tuple[bool, datetime, bool, int, str]] = field(default_factory=list)


def derive_touched(
    connection: Connection, progress: Callable[[int, int], None] | None = None, *, by_scan: bool = False
) -> int:
    """Derive every URL in `touched` anew, take it off the list, and return how many there were.

    With `by_scan` the tables are read once from end to end, and need no indexes: right where most URLs were touched.
    What several URLs tell together is then left to `find_all_together`, and URLs that are spellings of one stay in
    `touched`, for a call without it.
    """
    take_up_listings(connection)
    touched_ids = connection.execute(select(touched.c.url_id).order_by(touched.c.url_id)).scalars().all()
    lines = lines_of(connection, None if by_scan else touched_ids)
    in_lines = {url_id for line in lines for url_id in line}
    singles = [(url_id,) for url_id in touched_ids if url_id not in in_lines]
    current = _current_readers(connection)
    rows_of = _scanned(connection) if by_scan else partial(_looked_up, connection)
    done = 0
    texts: set[str] = set()
    for some in chain(chunks(singles), () if by_scan else chunks(lines)):
        url_ids = sorted(url_id for line in some for url_id in line)
        texts |= set() if by_scan else texts_shown_by(connection, url_ids)  # and no more, perhaps
        observed = _observed(connection, url_ids, current, rows_of)
        _replace(connection, list(_derived(connection, some, observed, current)))
        texts |= set() if by_scan else texts_shown_by(connection, url_ids)
        done += len(url_ids)
        if progress:
            progress(done, len(touched_ids))
    if by_scan:
        connection.execute(touched.delete())
        insert_columns(connection, touched, {"url_id": sorted(in_lines)})
        return done
    connection.execute(touched.delete())
    find_reposts(connection, texts)
    find_replaced_images(connection, connection.execute(select(touched_images.c.url_id)).scalars().all())
    connection.execute(touched_images.delete())
    return done


def _derived(
    connection: Connection,
    lines: Sequence[tuple[int, ...]],
    observed: Mapping[int, _Observed],
    current: Mapping[str, Collection[str]],
) -> Iterator[tuple[int, Derived, str | None, int | None]]:
    """Yield what follows for each URL: its number, what is derived, its article key, and whose line holds it if not its
    own."""
    hashes = _field_hashes(connection, ([observed[url_id] for url_id in line] for line in lines))
    url_ids = [url_id for line in lines for url_id in line]
    passed_over = unlisted_of(connection, url_ids)
    listed = named_by_listings(connection, [url_id for line in lines if len(line) > 1 for url_id in line])
    for line in lines:
        of = observed[line[0]]
        own, unlisted = line[0], passed_over.get(line[0], [])
        if len(line) > 1:
            own, of = _as_one({url_id: observed[url_id] for url_id in line})
            unlisted = _passed_over_as_one(line, passed_over, listed)
        key = max(of.keys)[-1] if of.keys else None
        found = derive(
            of.url,
            of.attempts,
            of.reads,
            current=current.get(of.outlet, frozenset()),
            field_hashes=hashes,
            unlisted=unlisted,
        )
        yield own, found, key, None
        yield from ((url_id, Derived(), key, own) for url_id in line if url_id != own)


def _as_one(line: Mapping[int, _Observed]) -> tuple[int, _Observed]:
    """Return the URL that holds the history of several, and what was observed at all of them."""
    own = holder((url_id, of.url, of.attempts, of.reads) for url_id, of in line.items())
    together = _Observed(line[own].outlet, line[own].url)
    # Of another spelling the outlet's patterns may know nothing: its key is then its SURT.
    together.keys += line[own].keys or [key for of in line.values() for key in of.keys]
    for of in line.values():
        together.attempts += of.attempts
        together.reads += of.reads
    return own, together


def _passed_over_as_one(
    line: Sequence[int], passed_over: Mapping[int, list[Unlisted]], listed: Collection[int]
) -> list[Unlisted]:
    """Return when listings ceased to name a URL by any spelling: by the one that they named last."""
    found = [one for url_id in line for one in passed_over.get(url_id, ())]
    if not found or any(url_id in listed and url_id not in passed_over for url_id in line):
        return []
    last = max(found, key=lambda one: one.last_listed).article
    return [one for one in found if one.article == last]


def find_all_together(connection: Connection) -> None:
    """Find anew everything that several URLs or captures tell together: re-posts, and images that became others."""
    find_reposts(connection)
    find_replaced_images(connection)


_Rows = Iterable[Any]
_ATTEMPTS: Final = (
    select(
        captures.c.url_id,
        captures.c.record_id,
        captures.c.captured_at,
        warcs.c.crawl_id,
        captures.c.purpose,
        captures.c.outcome,
        captures.c.status,
        captures.c.location,
        captures.c.key,
    )
    .join(warcs, warcs.c.id == captures.c.warc_id)
    .where(captures.c.role == Role.ARTICLE.value)
)
_READS: Final = select(
    readings.c.url_id,
    readings.c.record_id,
    readings.c.captured_at,
    readings.c.crawl_id,
    readings.c.commit_number,
    readings.c.reader_id,
    readings.c.outcome,
    readings.c.weak,
    readings.c.content_id,
    readings.c.challenged,
    readings.c.emptied,
    readings.c.published_raw,
    readings.c.modified_raw,
    readings.c.article_key,
)


def _looked_up(connection: Connection, url_ids: Sequence[int]) -> tuple[_Rows, _Rows]:
    """Return the attempts at these URLs and the readings of them."""
    return (
        connection.execute(_ATTEMPTS.where(captures.c.url_id.in_(url_ids))).all(),
        connection.execute(_READS.where(readings.c.url_id.in_(url_ids))).all(),
    )


def _scanned(connection: Connection) -> Callable[[Sequence[int]], tuple[_Rows, _Rows]]:
    """Return what does as `_looked_up`, for URLs whose numbers rise from call to call."""
    streamed = connection.execution_options(yield_per=5000)
    attempts = _Ahead(streamed.execute(_ATTEMPTS.order_by(captures.c.url_id)))
    reads = _Ahead(streamed.execute(_READS.order_by(readings.c.url_id)))
    return lambda url_ids: (attempts.up_to(url_ids[-1]), reads.up_to(url_ids[-1]))


class _Ahead:
    """Rows that are sorted by their first value, given out as far as that is asked for."""

    def __init__(self, rows: Iterable[Any]) -> None:
        self._rows = iter(rows)
        self._next = next(self._rows, None)

    def up_to(self, last: int) -> Iterator[Any]:
        while self._next is not None and self._next[0] <= last:
            yield self._next
            self._next = next(self._rows, None)


def _current_readers(connection: Connection) -> dict[str, frozenset[str]]:
    found: dict[str, set[str]] = {}
    for outlet, reader_id in connection.execute(select(readers.c.outlet, readers.c.reader_id)):
        found.setdefault(outlet, set()).add(reader_id)
    return {outlet: frozenset(ids) for outlet, ids in found.items()}


def _observed(
    connection: Connection,
    url_ids: Sequence[int],
    current: Mapping[str, Collection[str]],
    rows_of: Callable[[Sequence[int]], tuple[_Rows, _Rows]],
) -> dict[int, _Observed]:
    named = select(url_state.c.id, url_state.c.outlet, url_state.c.url).where(url_state.c.id.in_(url_ids))
    observed = {url_id: _Observed(outlet, url) for url_id, outlet, url in connection.execute(named).all()}
    attempts, reads = rows_of(url_ids)
    for url_id, record_id, at, crawl_id, purpose, outcome, status, location, key in attempts:
        if (seen := observed.get(url_id)) is None:
            continue
        way = leads(seen.url, location) if location is not None else None
        seen.attempts.append(
            Attempt(record_id, at, crawl_id, _PURPOSES[purpose], _OUTCOMES[outcome], status, location, way, url_id)
        )
        if key is not None:
            seen.keys.append((False, at, False, 0, key))
    for url_id, *values, article_key in reads:
        if (seen := observed.get(url_id)) is None:
            continue
        read = Read._make((*values, url_id))
        seen.reads.append(read)
        # A reader knows better than the URL's pattern, a later reading better than an earlier one.
        is_current = read.reader_id in current.get(seen.outlet, ())
        seen.keys.append((True, read.captured_at, is_current, read.commit_number, article_key))
    return observed


def _field_hashes(connection: Connection, lines: Iterable[Iterable[_Observed]]) -> dict[str, dict[str, str]]:
    wanted: set[str] = set()
    for line in lines:
        content_ids = {read.content_id for seen in line for read in seen.reads if read.content_id is not None}
        if len(content_ids) > 1:  # else nothing changed, and no field can differ
            wanted |= content_ids
    found: dict[str, dict[str, str]] = {}
    for ids in chunks(sorted(wanted)):
        hashes = select(articles.c.content_id, articles.c.field_hashes).where(articles.c.content_id.in_(ids))
        found.update((row.content_id, row.field_hashes) for row in connection.execute(hashes))
    return found


def _replace(connection: Connection, derived: Sequence[tuple[int, Derived, str | None, int | None]]) -> None:
    for table in DERIVED:
        connection.execute(table.delete().where(table.c.url_id.in_([url_id for url_id, *_ in derived])))
    insert(
        connection,
        states,
        [_row(states, url_id, *item) for url_id, found, *_ in derived for item in enumerate(found.states)],
    )
    insert(
        connection,
        changes,
        [_row(changes, url_id, item.ordinal, item) for url_id, found, *_ in derived for item in found.changes],
    )
    insert(
        connection,
        absences,
        [_row(absences, url_id, *item) for url_id, found, *_ in derived for item in enumerate(found.absences)],
    )
    update(connection, url_state, "id", [_url_values(*one) for one in derived])


def _row(table: Table, url_id: int, ordinal: int, item: State | Change | Absence) -> dict[str, Any]:
    """Return the row of what was derived: its columns have the names of the attributes."""
    place = {"url_id": url_id, "ordinal": ordinal}
    return place | {named.name: getattr(item, named.name) for named in table.columns if named.name not in place}


def _url_values(url_id: int, found: Derived, article_key: str | None, line_id: int | None) -> dict[str, Any]:
    last = found.states[-1] if found.states else None
    return {
        "id": url_id,
        "article_key": article_key,
        "first_look": found.first_look,
        "last_look": found.last_look,
        "last_shown": found.last_shown.value if found.last_shown else None,
        "not_shown_since": found.not_shown_since,
        "missing": found.missing.kind.value if found.missing else None,
        "missing_since": found.missing.first_missing if found.missing else None,
        "missing_confirmed": found.missing.confirmed if found.missing else None,
        "unlisted_since": found.unlisted_since,
        "first_seen": found.first_seen,
        "last_seen": found.last_seen,
        "content_id": last.content_id if last else None,
        "reader_id": last.reader_id if last else None,
        "state_since": last.first_seen if last else None,
        "needs_confirming": found.needs_confirming,
        "states": len(found.states),
        "changes": len(found.changes),
        "tallies": dict(found.tallies),
        "needs_rereading": found.needs_rereading,
        "stands_at": found.stands_at if found.stands_at not in (0, url_id) else None,
        "line_id": line_id,
    }
