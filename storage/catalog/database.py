"""The database that the catalog lives in: connections, transactions, and what goes wrong with them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final

from sqlalchemy import Connection, Engine, Executable, Table, create_engine, event
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.engine import make_url
from sqlalchemy.exc import ArgumentError, DBAPIError, NoSuchModuleError

from storage.errors import CatalogUnavailable

CHUNK: Final = 500
"""How many values an IN list is given: SQLite allows 32,766, and short lists are planned as fast."""

_WRITES: Final = "palimpsest_writes"
_BUSY_SECONDS: Final = 60.0


class Database:
    """One SQL database. Any number of processes may use it; one at a time writes."""

    def __init__(self, url: str) -> None:
        """Take the SQLAlchemy URL; nothing is opened yet. Raises CatalogUnavailable for what is none."""
        try:
            address = make_url(url)
            is_sqlite = address.get_backend_name() == "sqlite"
            self.url: Final = address.render_as_string(hide_password=True)
            self._engine = create_engine(address, connect_args={"timeout": _BUSY_SECONDS} if is_sqlite else {})
        except (ArgumentError, NoSuchModuleError, ImportError) as wrong:
            raise CatalogUnavailable(
                f"the address of the catalog can't be used: {wrong}. Set PALIMPSEST_CATALOG to an SQLAlchemy URL such"
                " as sqlite:////var/lib/palimpsest/catalog.sqlite, or leave it out"
            ) from wrong
        if is_sqlite:
            if address.database not in (None, "", ":memory:"):
                Path(address.database).parent.mkdir(parents=True, exist_ok=True)
            _as_sqlite_should_be(self._engine)

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """Give a connection that sees one moment of the catalog. Raises CatalogUnavailable."""
        with self._told(), self._engine.connect() as connection:
            yield connection

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        """Give a connection for one transaction, which ends with the block: wholly, or not at all if it raises.

        It waits for another writer before it begins, so that what it reads first is still true when it writes.
        """
        writer = self._engine.execution_options(**{_WRITES: True})
        with self._told(), writer.begin() as connection:
            yield connection

    def close(self) -> None:
        """Close all connections."""
        self._engine.dispose()

    @contextmanager
    def _told(self) -> Iterator[None]:
        try:
            yield
        except DBAPIError as wrong:
            raise CatalogUnavailable(
                f"{self.url}: the database says: {wrong.orig}. The catalog holds nothing that the archive does not: if"
                " it is damaged, delete it and run `palimpsest rebuild`"
            ) from wrong


def _as_sqlite_should_be(engine: Engine) -> None:
    """Make SQLite's transactions real ones, and its writes fast enough."""

    @event.listens_for(engine, "connect")
    def connected(connection: Any, record: Any) -> None:  # noqa: ARG001
        # Python's driver begins transactions at moments of its own choosing; None leaves them to `begun`.
        connection.isolation_level = None
        cursor = connection.cursor()
        cursor.execute("PRAGMA journal_mode = WAL")
        # A power cut may lose the last transactions, never the database: sync then applies those commits again.
        cursor.execute("PRAGMA synchronous = NORMAL")
        cursor.execute("PRAGMA cache_size = -65536")  # KiB
        cursor.execute("PRAGMA temp_store = MEMORY")
        cursor.close()

    @event.listens_for(engine, "begin")
    def begun(connection: Connection) -> None:
        writes = connection.get_execution_options().get(_WRITES, False)
        connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")


def insert_new(connection: Connection, table: Table, rows: Sequence[Mapping[str, Any]]) -> None:
    """Insert the rows whose key is not there yet. All rows name the same columns."""
    if rows:
        dialect = postgresql if connection.dialect.name == "postgresql" else sqlite
        connection.execute(dialect.insert(table).on_conflict_do_nothing(), rows)


def insert(connection: Connection, table: Table, rows: Sequence[Mapping[str, Any]]) -> None:
    """Insert the rows, if there are any. All rows name the same columns."""
    if rows:
        connection.execute(table.insert(), rows)


def run(connection: Connection, statement: Executable, rows: Sequence[Mapping[str, Any]]) -> None:
    """Execute a statement once for every row, if there are any."""
    if rows:
        connection.execute(statement, rows)


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
