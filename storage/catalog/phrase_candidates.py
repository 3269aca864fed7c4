"""What may hold what is sought, by time: chosen by an index of phrases, and judged by whoever asks."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from sqlalchemy import ColumnElement, Connection, Select, and_, or_, tuple_

from storage.catalog.catalog import Catalog
from storage.catalog.looks import CONCLUSIVE
from storage.catalog.phrase_hits import Asked, Budget, Place
from storage.catalog.phrase_index import Matching, Said, said_by
from storage.catalog.schema import absences, url_state

_AHEAD: Final = 8
_MOST_AHEAD: Final = 64
"""So many candidates are given at once, so that their articles are read from the database together. First a few, as
often the first is all that is wanted."""

_SCANNED: Final = 16
_MOST_SCANNED_AT_ONCE: Final = 128
MOST_SCANNED: Final = 2560
"""So many states or changes are gone through one after the other."""


OF_URL: Final = (url_state.c.outlet, url_state.c.url, url_state.c.article_key)

WENT: Final = absences.c.kind.in_(sorted(CONCLUSIVE))
"""Of an absence: the article itself was no longer there."""


@dataclass(frozen=True)
class Candidates:
    """A query for states or changes, of which those count whose `named` column the index finds.

    `key` is a moment, a URL's number and an ordinal, by which the list is sorted. `without` is a column and a question:
    what has a value there that it finds is left out.
    """

    query: Select[Any]
    key: tuple[ColumnElement[Any], ColumnElement[Any], ColumnElement[Any]]
    named: ColumnElement[Any]
    looked: Matching
    newest: bool
    without: tuple[str, Matching] | None = None

    def rows(
        self, connection: Connection, after: Place | None, budget: Budget | None
    ) -> Iterator[Sequence[tuple[Place, Any]]]:
        """Yield the rows beyond a place, a few at a time.

        Of what is common there are many on the way through all there is by time, and a list of them takes longer to
        make than a page is long. Where that way leads through too little, it ends with the budget; without a budget the
        list is made after all.
        """
        for places in self._places(connection, after, budget):
            yield self._left(connection, self._at(connection, places))

    def _places(self, connection: Connection, after: Place | None, budget: Budget | None) -> Iterator[Sequence[Place]]:
        if self.looked.is_common(connection):
            scan = _Scan(self, connection, after)
            yield from scan.batches()
            if scan.ended:
                return
            if budget is not None:
                budget.left, budget.last = 0, scan.at
                return
            after = scan.at
        listed = self.query.with_only_columns(*self.key).where(self.named.in_(self.looked.ids()))
        found = connection.execute(self.in_order(listed, after))
        sizes = _sizes(_AHEAD, _MOST_AHEAD)
        while some := found.fetchmany(next(sizes)):
            yield [Place(*row) for row in some]

    def _at(self, connection: Connection, places: Sequence[Place]) -> Sequence[tuple[Place, Any]]:
        """Return the rows at these places, with them. Only of these is asked what a row tells beside its place."""
        _, url_id, ordinal = self.key
        # Each by the primary key: asked with an IN of pairs, SQLite reads the whole table.
        wanted = self.query.where(or_(*(and_(url_id == place.url_id, ordinal == place.ordinal) for place in places)))
        rows = {
            (getattr(row, url_id.key or ""), getattr(row, ordinal.key or "")): row for row in connection.execute(wanted)
        }
        return [(place, rows[place[1:]]) for place in places]

    def _left(self, connection: Connection, some: Sequence[tuple[Place, Any]]) -> Sequence[tuple[Place, Any]]:
        if self.without is None or not some:
            return some
        name, looked = self.without
        held = looked.among(connection, {getattr(row, name) for _, row in some})
        return [(place, row) for place, row in some if getattr(row, name) not in held]

    def in_order(self, query: Select[Any], after: Place | None) -> Select[Any]:
        """Return a query for what stands beyond a place, sorted."""
        at, *rest = self.key
        if after is not None:
            # The time alone first, which an index knows.
            beyond = at <= after.at if self.newest else at >= after.at
            query = query.where(beyond, or_(at != after.at, tuple_(*rest) > (after.url_id, after.ordinal)))
        return query.order_by(at.desc() if self.newest else at, *rest)


class _Scan:
    """Going through states or changes by time, and asking the index of each. `at` is how far it came."""

    def __init__(self, of: Candidates, connection: Connection, after: Place | None) -> None:
        self._of = of
        self._connection = connection
        self.at = after
        self.ended = False

    def batches(self) -> Iterator[Sequence[Place]]:
        of = self._of
        query = of.query.with_only_columns(*of.key, of.named)
        left = MOST_SCANNED
        for many in _sizes(_SCANNED, _MOST_SCANNED_AT_ONCE):
            rows = [
                (Place(*place), named)
                for *place, named in self._connection.execute(of.in_order(query, self.at).limit(many))
            ]
            held = of.looked.among(self._connection, {named for _, named in rows})
            found = [place for place, named in rows if named in held]
            yield from (found[at : at + _MOST_AHEAD] for at in range(0, len(found), _MOST_AHEAD))
            self.ended = len(rows) < many
            if self.ended:
                return
            self.at, _ = rows[-1]
            left -= many
            if left <= 0:
                return


def judged(
    catalog: Catalog, candidates: Candidates, after: Place | None, budget: Budget | None, names: Sequence[str]
) -> Iterator[tuple[Place, Any, dict[str, Said]]]:
    """Yield each candidate with what the articles say that its named columns are the content ids of."""
    with catalog.reading() as connection:
        for some in candidates.rows(connection, after, budget):
            wanted = sorted({id_ for _, row in some for name in names if (id_ := getattr(row, name)) is not None})
            known = said_by(connection, wanted)
            for place, row in some:
                if budget is not None:
                    if budget.spent:
                        return
                    budget.left -= 1
                    budget.last = place
                yield place, row, known


def conditions(
    asked: Asked, *, since: ColumnElement[datetime], until: ColumnElement[datetime]
) -> Iterator[ColumnElement[bool]]:
    """Yield the conditions of a query for what is asked, given the moments that its bounds are of."""
    if asked.outlet is not None:
        yield url_state.c.outlet == asked.outlet
    if asked.since is not None:
        yield since >= asked.since
    if asked.until is not None:
        yield until < asked.until


def _sizes(first: int, most: int) -> Iterator[int]:
    size = first
    while True:
        yield size
        size = min(2 * size, most)
