"""What may hold what is sought, by time: chosen by an index of phrases, and judged by whoever asks."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Final

from sqlalchemy import ColumnElement, Connection, Select, or_, tuple_

from storage.catalog.phrase_hits import Budget, Place
from storage.catalog.phrase_index import Matching

AHEAD: Final = 50
"""So many candidates are given at once, so that their articles are read from the database together."""

_SCANNED: Final = 128
MOST_SCANNED: Final = 2560
"""So many states or changes are gone through one after the other."""


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
        if self.looked.is_common(connection):
            scan = _Scan(self, connection, after)
            yield from (self._left(connection, some) for some in scan.batches())
            if scan.ended:
                return
            if budget is not None:
                budget.left, budget.last = 0, scan.at
                return
            after = scan.at
        chosen = self.in_order(self.query.where(self.named.in_(self.looked.ids())), after)
        for some in connection.execute(chosen).partitions(AHEAD):
            yield self._left(connection, [self.placed(row) for row in some])

    def _left(self, connection: Connection, some: Sequence[tuple[Place, Any]]) -> Sequence[tuple[Place, Any]]:
        if self.without is None or not some:
            return some
        name, looked = self.without
        held = looked.among(connection, {getattr(row, name) for _, row in some})
        return [(place, row) for place, row in some if getattr(row, name) not in held]

    def placed(self, row: Any) -> tuple[Place, Any]:
        """Return a row with its place in the list."""
        at, url_id, ordinal = (getattr(row, column.key or "") for column in self.key)
        return Place(at, url_id, ordinal), row

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

    def batches(self) -> Iterator[Sequence[tuple[Place, Any]]]:
        of, name = self._of, self._of.named.key or ""
        for _ in range(MOST_SCANNED // _SCANNED):
            rows = self._connection.execute(of.in_order(of.query, self.at).limit(_SCANNED)).all()
            held = of.looked.among(self._connection, {getattr(row, name) for row in rows})
            found = [of.placed(row) for row in rows if getattr(row, name) in held]
            yield from (found[at : at + AHEAD] for at in range(0, len(found), AHEAD))
            if len(rows) < _SCANNED:
                self.ended = True
                return
            self.at, _ = of.placed(rows[-1])
