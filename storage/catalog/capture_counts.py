"""How many captures came in each quarter of an hour: kept up while commits are applied, as counting takes too long."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Final

from sqlalchemy import ColumnElement, Connection, func, select

from storage.catalog.column_types import as_stored
from storage.catalog.many_rows import insert_into
from storage.catalog.schema import capture_counts, captures, url_state

QUARTER: Final = timedelta(minutes=15)
_MICROSECONDS: Final = QUARTER // timedelta(microseconds=1)


def quarter_of(moment: ColumnElement[datetime]) -> ColumnElement[int]:
    """Return which quarter of an hour since 1970 a moment lies in."""
    return as_stored(moment) // _MICROSECONDS


def count_captures(connection: Connection, after: int) -> None:
    """Count the captures with a number greater than `after`, which were not counted before."""
    quarter = quarter_of(captures.c.captured_at)
    statement = insert_into(connection.dialect, capture_counts).from_select(
        ["outlet", "quarter_hour", "captures"],
        select(url_state.c.outlet, quarter, func.count())
        .join(captures, captures.c.url_id == url_state.c.id)
        .where(captures.c.id > after)
        .group_by(url_state.c.outlet, quarter),
    )
    more = capture_counts.c.captures + statement.excluded.captures
    connection.execute(
        statement.on_conflict_do_update(index_elements=["outlet", "quarter_hour"], set_={"captures": more})
    )
