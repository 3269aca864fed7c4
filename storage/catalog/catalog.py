"""The catalog itself: opened, brought up to date, made anew."""

from __future__ import annotations

import gc
import uuid
from collections.abc import Callable, Iterable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from typing import Final, Self

from sqlalchemy import Connection, func, inspect, select

import storage.catalog.found_tables
import storage.catalog.kept  # noqa: F401  (their tables are made and dropped with the others)
from storage.archive import Archive
from storage.catalog.apply import apply_commit, finish_applying
from storage.catalog.database import Database, insert
from storage.catalog.derivation import derive_touched, find_all_together
from storage.catalog.fetch import Rows, with_rows
from storage.catalog.schema import SCHEMA, commits, create_indexes, drop_indexes, meta, metadata
from storage.catalog.url_ids import UrlIds
from storage.commits import Commit
from storage.errors import CatalogForeign, CatalogOutdated

BULK: Final = 20
"""From so many commits on, what follows from them is derived once at the end and not after each."""

AT_ONCE: Final = 20_000
"""So many rows are applied in one transaction, where there are many commits: a page is then written once, not often."""


@dataclass(frozen=True)
class SyncProgress:
    """`done` of `total` commits of an outlet; or, where `outlet` is None, of the URLs that are derived at the end."""

    outlet: str | None
    done: int
    total: int


@dataclass(frozen=True)
class SyncReport:
    """What a sync brought: numbers of commits, captures and readings applied, and of URLs derived."""

    commits: int = 0
    captures: int = 0
    readings: int = 0
    urls: int = 0


Progress = Callable[[SyncProgress], None]


class Catalog:
    """An SQL read model of one archive. Questions to it are the functions in this package's other modules."""

    def __init__(self, database: Database) -> None:
        """Use `Catalog.open`."""
        self._database = database

    @classmethod
    def open(cls, url: str) -> Self:
        """Open the catalog at an SQLAlchemy URL, made empty where there is none.

        One with the tables of an earlier Palimpsest is emptied too: `sync` fills it again from the archive. Raises
        CatalogOutdated where a later Palimpsest made it, CatalogUnavailable where its database does not work.
        """
        database = Database(url)
        with database.reading() as connection:
            found = _schema_of(connection)
        if found is not None and found > SCHEMA:
            raise CatalogOutdated(
                f"the catalog {database.url} was made by a later Palimpsest (its tables have number {found}, known here"
                f" is {SCHEMA}). Upgrade Palimpsest, or name another catalog (PALIMPSEST_CATALOG)"
            )
        if found != SCHEMA:
            with database.writing() as connection:
                if _schema_of(connection) != SCHEMA:
                    _make_empty(connection)
        return cls(database)

    @property
    def url(self) -> str:
        """The address, without a password."""
        return self._database.url

    def reading(self) -> AbstractContextManager[Connection]:
        """Give a connection that sees the catalog as it is at one moment."""
        return self._database.reading()

    def writing(self) -> AbstractContextManager[Connection]:
        """Give a connection for one transaction, to write what the commits do not tell (storage.catalog.kept)."""
        return self._database.writing()

    def close(self) -> None:
        """Close the database."""
        self._database.close()

    def sync(
        self, archive: Archive, outlets: Iterable[str] | None = None, progress: Progress | None = None
    ) -> SyncReport:
        """Apply the commits that the archive has and the catalog has not; of all outlets, or of those named.

        Each commit is one transaction, so a sync that is cut off goes on where it was. Several processes may sync at
        once. Raises CatalogForeign where the catalog is of another archive, ObjectMissing, ObjectDamaged, TableInvalid
        or LogBroken where the archive is damaged.
        """
        self._claim(archive)
        tally = _Tally()
        for outlet in archive.outlets() if outlets is None else outlets:
            while not self._sync_outlet(archive, outlet, tally, progress):
                pass
        with self._database.writing() as connection:
            filling = _is_filling(connection)
            if filling:
                finish_applying(connection)
            tally.urls += derive_touched(
                connection,
                None if progress is None else lambda done, total: progress(SyncProgress(None, done, total)),
                by_scan=filling,
            )
            if filling:
                create_indexes(connection)
                tally.urls += derive_touched(connection)
                find_all_together(connection)
                connection.execute(meta.delete().where(meta.c.name == "filling"))
        if tally.commits >= BULK or filling:
            self._database.learn_sizes()
        return SyncReport(tally.commits, tally.captures, tally.readings, tally.urls)

    def rebuild(self, archive: Archive, progress: Progress | None = None) -> SyncReport:
        """Empty the catalog and fill it again from the archive. Raises what `sync` raises.

        One that is cut off is brought to its end by the next `sync`. Meanwhile questions find less, and slowly.
        """
        self._claim(archive)
        with self._database.writing() as connection:
            _make_empty(connection)
            drop_indexes(connection)
            insert(connection, meta, [{"name": "filling", "value": "since a rebuild"}])
        with _garbage_kept():
            return self.sync(archive, progress=progress)

    def _claim(self, archive: Archive) -> None:
        """Write down whose catalog this is, or make sure that it is this archive's."""
        with self._database.reading() as connection:
            known = _meta(connection, "archive")
        if known is None:
            with self._database.writing() as connection:
                known = _meta(connection, "archive")
                if known is None:
                    insert(connection, meta, [{"name": "archive", "value": archive.id}])
                    return
        if known != archive.id:
            raise CatalogForeign(
                f"the catalog {self.url} is that of the archive {known}, and {archive.url} is {archive.id}. Name"
                " another catalog (PALIMPSEST_CATALOG), or delete this one"
            )

    def _sync_outlet(self, archive: Archive, outlet: str, tally: _Tally, progress: Progress | None) -> bool:
        """Apply what is new of one outlet; False where the catalog was emptied by another process meanwhile."""
        with self._database.reading() as connection:
            after = _last_applied(connection, outlet)
            in_bulk = _is_filling(connection)
        log = archive.log(outlet)
        total = log.tip() - after
        in_bulk = in_bulk or total >= BULK
        urls = UrlIds(outlet, in_memory=in_bulk)
        done = 0
        for batch in _batches(with_rows(archive.store, log.walk(after)), AT_ONCE if in_bulk else 1):
            with self._database.writing() as connection:
                last, filling = _last_applied(connection, outlet), _is_filling(connection)
                for commit, rows in batch:
                    if last < commit.number - 1:
                        return False
                    if last >= commit.number:
                        urls.forget()  # another process applied it, and gave numbers to its URLs
                    else:
                        apply_commit(connection, commit, rows, urls, filling=filling)
                        tally.add(rows)
                        last = commit.number
                    if not in_bulk:
                        tally.urls += derive_touched(connection)
            for _ in batch:
                done += 1
                if progress:
                    progress(SyncProgress(outlet, done, max(done, total)))
        return True


def _batches(commits: Iterable[tuple[Commit, Rows]], most: int) -> Iterator[list[tuple[Commit, Rows]]]:
    """Yield the commits by as many as have `most` rows together, or by one where it has more."""
    batch: list[tuple[Commit, Rows]] = []
    held = 0
    for commit, rows in commits:
        batch.append((commit, rows))
        held += 1 + len(rows.captures) + len(rows.readings)
        if held >= most:
            yield batch
            batch, held = [], 0
    if batch:
        yield batch


@dataclass
class _Tally:
    commits: int = 0
    captures: int = 0
    readings: int = 0
    urls: int = 0

    def add(self, rows: Rows) -> None:
        self.commits += 1
        self.captures += len(rows.captures)
        self.readings += len(rows.readings)


def _schema_of(connection: Connection) -> int | None:
    """Return the number of the tables' schema: None in an empty database, 0 where it isn't told."""
    if not inspect(connection).has_table(meta.name):
        return None
    value = _meta(connection, "schema")
    return int(value) if value is not None else 0


def _meta(connection: Connection, name: str) -> str | None:
    value: str | None = connection.execute(select(meta.c.value).where(meta.c.name == name)).scalar()
    return value


def _is_filling(connection: Connection) -> bool:
    """Return whether a rebuild emptied the catalog, and nothing has applied all commits since."""
    return _meta(connection, "filling") is not None


def _last_applied(connection: Connection, outlet: str) -> int:
    return connection.execute(select(func.max(commits.c.number)).where(commits.c.outlet == outlet)).scalar() or 0


@contextmanager
def _garbage_kept() -> Iterator[None]:
    """Look for no reference cycles meanwhile: there are none, and looking takes a fifth of the time."""
    enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if enabled:
            gc.enable()


def _make_empty(connection: Connection) -> None:
    archive = None
    if inspect(connection).has_table(meta.name):
        archive = _meta(connection, "archive")
    metadata.drop_all(connection)
    metadata.create_all(connection)
    insert(connection, meta, [{"name": "schema", "value": str(SCHEMA)}])
    insert(connection, meta, [{"name": "generation", "value": uuid.uuid4().hex}])
    if archive is not None:
        insert(connection, meta, [{"name": "archive", "value": archive}])
