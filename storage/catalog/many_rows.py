"""Many rows at a time: put into a table as fast as the database takes them, and asked for by lists of their keys."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from operator import itemgetter
from typing import Any, Final

from sqlalchemy import Connection, Dialect, Table, bindparam
from sqlalchemy.dialects import postgresql, sqlite

from storage.catalog.column_types import Json, Moment

CHUNK: Final = 500
"""How many values an IN list is given: SQLite allows 32,766, and short lists are planned as fast."""


def insert_new(connection: Connection, table: Table, rows: Sequence[Mapping[str, Any]]) -> None:
    """Insert the rows whose key is not there yet. All rows name the same columns; other names are passed over."""
    if rows:
        _run(connection, _inserting(connection.dialect, table, _if_new, frozenset(rows[0])), rows)


def insert(connection: Connection, table: Table, rows: Sequence[Mapping[str, Any]]) -> None:
    """Insert the rows, if there are any. All rows name the same columns; other names are passed over."""
    if rows:
        _run(connection, _inserting(connection.dialect, table, _always, frozenset(rows[0])), rows)


def insert_columns(connection: Connection, table: Table, columns: Mapping[str, Sequence[Any]]) -> None:
    """Insert rows whose key is not there yet, given by columns of one length; other columns are passed over.

    Values are what is stored: moments are microseconds, JSON is text.
    """
    prepared = _inserting(connection.dialect, table, _if_new, frozenset(columns))
    rows: list[Any] = list(zip(*(columns[name] for name in prepared.names), strict=True))
    if rows:
        _execute(connection, prepared, rows)


def update(connection: Connection, table: Table, key: str, rows: Sequence[Mapping[str, Any]]) -> None:
    """Set the named columns of the rows of the table with that value in the column `key`."""
    if rows:
        _run(connection, _updating(connection.dialect, table, key, frozenset(rows[0])), rows)


def insert_into(dialect: Dialect, table: Table) -> sqlite.Insert | postgresql.Insert:
    """Return an INSERT that may say what is to be done where a key is there already."""
    return postgresql.insert(table) if dialect.name == "postgresql" else sqlite.insert(table)


@dataclass(frozen=True)
class _Prepared:
    """A statement that is executed for many rows. SQLAlchemy's own way to do that takes 40 µs a row of captures, and
    this takes 4 (measured): it would be most of the time that a rebuild takes."""

    sql: str
    names: tuple[str, ...]  # of the values in a row
    parameters: tuple[str, ...]  # the same in the statement
    positional: bool
    converted: tuple[tuple[int, Callable[[Any], Any]], ...]  # places of moments and JSON


def _always(statement: sqlite.Insert | postgresql.Insert) -> Any:
    return statement


def _if_new(statement: sqlite.Insert | postgresql.Insert) -> Any:
    return statement.on_conflict_do_nothing()


@lru_cache(maxsize=256)
def _inserting(dialect: Dialect, table: Table, condition: Callable[[Any], Any], names: frozenset[str]) -> _Prepared:
    columns = [column.name for column in table.columns if column.name in names]
    return _prepared(
        dialect, condition(insert_into(dialect, table).values({name: bindparam(name) for name in columns}))
    )


@lru_cache(maxsize=256)
def _updating(dialect: Dialect, table: Table, key: str, names: frozenset[str]) -> _Prepared:
    columns = [column.name for column in table.columns if column.name in names and column.name != key]
    # The name of a column that is set can't be that of a parameter in the condition.
    statement = table.update().where(table.c[key] == bindparam(f"its_{key}", type_=table.c[key].type))
    prepared = _prepared(dialect, statement.values({name: bindparam(name) for name in columns}))
    return replace(prepared, names=tuple(name.removeprefix("its_") for name in prepared.names))


def _prepared(dialect: Dialect, statement: Any) -> _Prepared:
    compiled = statement.compile(dialect=dialect)
    names = tuple(compiled.positiontup or compiled.binds)
    types = {name: compiled.binds[name].type for name in names}
    # Drivers take the values of all other types as they are.
    converted = tuple(
        (place, type_.stored)
        for place, type_ in enumerate(types[name] for name in names)
        if isinstance(type_, Moment | Json)
    )
    return _Prepared(str(compiled), names, names, compiled.positiontup is not None, converted)


def _run(connection: Connection, prepared: _Prepared, rows: Sequence[Mapping[str, Any]]) -> None:
    names, converted = prepared.names, prepared.converted
    # With one name itemgetter would give the bare value.
    values_of = itemgetter(*names) if len(names) > 1 else lambda row: (row[names[0]],)
    found: list[Any] = []
    for row in rows:
        values = list(values_of(row))
        for place, stored in converted:
            values[place] = stored(values[place])
        found.append(tuple(values))
    _execute(connection, prepared, found)


def _execute(connection: Connection, prepared: _Prepared, rows: list[Any]) -> None:
    if not prepared.positional:
        rows = [dict(zip(prepared.parameters, values, strict=True)) for values in rows]
    connection.exec_driver_sql(prepared.sql, rows)


def chunks(values: Iterable[Any], size: int = CHUNK) -> Iterator[list[Any]]:
    """Yield the values in lists of at most `size`.

    >>> list(chunks(range(5), 2))
    [[0, 1], [2, 3], [4]]
    """
    chunk: list[Any] = []
    for value in values:
        chunk.append(value)
        if len(chunk) == size:
            yield chunk
            chunk = []
    if chunk:
        yield chunk
