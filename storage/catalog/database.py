"""The database that the catalog lives in: connections, transactions, and what goes wrong with them."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any, Final

from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.engine import make_url
from sqlalchemy.exc import ArgumentError, DBAPIError, NoSuchModuleError

from storage.catalog.database_errors import meaning_of
from storage.errors import CatalogUnavailable

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
        self._path = Path(address.database) if is_sqlite and address.database not in (None, "", ":memory:") else None
        self._file: tuple[int, int] | None = None  # device and inode of the file, as it was when it was opened
        if self._path is not None:
            _make_folder(self._path.parent)
        if is_sqlite:
            _as_sqlite_should_be(self._engine, self._opened)

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

    def is_displaced(self) -> bool:
        """Tell whether the database is a file that is no longer where it was opened: deleted, or another is there."""
        if self._path is None:
            return False
        try:
            return self._file is None or _file_at(self._path) != self._file
        except OSError:  # it may not be looked at: connections that are open go on
            return False

    def reopen(self) -> None:
        """Open what is now at the address. Who reads meanwhile goes on with what was there before.

        Raises CatalogUnavailable.
        """
        self._file = None
        if self._path is not None:
            _make_folder(self._path.parent)
        self._engine.dispose()

    def learn_sizes(self) -> None:
        """Let the database count roughly what its tables hold, so that its queries begin at the right one."""
        with self.writing() as connection:
            if connection.dialect.name == "sqlite":
                connection.exec_driver_sql("PRAGMA analysis_limit = 400")  # rows of each index: a guess will do
            connection.exec_driver_sql("ANALYZE")

    def close(self) -> None:
        """Close all connections."""
        self._engine.dispose()

    def _opened(self) -> None:
        """Note which file it is. Only the first time: others of the pool may be of the file that was there before."""
        if self._path is not None and self._file is None:
            with suppress(OSError):
                self._file = _file_at(self._path)

    @contextmanager
    def _told(self) -> Iterator[None]:
        try:
            yield
        except DBAPIError as wrong:
            raise meaning_of(wrong, self.url) from wrong


def _file_at(path: Path) -> tuple[int, int] | None:
    try:
        found = path.stat()
    except (FileNotFoundError, NotADirectoryError):
        return None
    return found.st_dev, found.st_ino


def _make_folder(folder: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as wrong:
        raise CatalogUnavailable(
            f"the folder of the catalog, {folder}, cannot be made: {wrong.strerror}. Set PALIMPSEST_CATALOG to a place"
            " that can be written to, or leave it out"
        ) from wrong


def _as_sqlite_should_be(engine: Engine, opened: Callable[[], None]) -> None:
    """Make SQLite's transactions real ones, and its writes fast enough. `opened` is told of every connection."""

    @event.listens_for(engine, "connect")
    def connected(connection: Any, record: Any) -> None:  # noqa: ARG001
        # Python's driver begins transactions at moments of its own choosing; None leaves them to `begun`.
        connection.isolation_level = None
        cursor = connection.cursor()
        cursor.execute("PRAGMA page_size = 16384")  # of a new database; rows of captures are wide (a fifth faster)
        cursor.execute("PRAGMA journal_mode = WAL")
        # A power cut may lose the last transactions, never the database: sync then applies those commits again.
        cursor.execute("PRAGMA synchronous = NORMAL")
        cursor.execute(
            "PRAGMA wal_autocheckpoint = 8192"
        )  # pages: 32 MB, so that a page is not written again and again
        cursor.execute("PRAGMA cache_size = -65536")  # KiB
        cursor.execute("PRAGMA temp_store = MEMORY")
        cursor.close()
        opened()

    @event.listens_for(engine, "begin")
    def begun(connection: Connection) -> None:
        writes = connection.get_execution_options().get(_WRITES, False)
        connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")
