"""The catalog itself: opened, brought up to date, made anew."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import AbstractContextManager
from dataclasses import dataclass
from typing import Final, Self

from sqlalchemy import Connection, func, inspect, select

from storage.archive import Archive
from storage.catalog.apply import Rows, apply_commit
from storage.catalog.database import Database, insert
from storage.catalog.derivation import derive_touched
from storage.catalog.schema import SCHEMA, commits, meta, metadata
from storage.commits import Commit, ObjectRef, ObjectRole
from storage.errors import CatalogForeign, CatalogOutdated, ObjectDamaged
from storage.objects import ObjectStore
from storage.tables import read_captures, read_readings

BULK: Final = 20
"""From so many commits on, what follows from them is derived once at the end and not after each."""

AHEAD: Final = 8
"""How many commits' tables are fetched before they are applied: a bucket answers slowly, but several at a time."""


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
            self._sync_outlet(archive, outlet, tally, progress)
        with self._database.writing() as connection:
            tally.urls += derive_touched(
                connection, None if progress is None else lambda done, total: progress(SyncProgress(None, done, total))
            )
        return SyncReport(tally.commits, tally.captures, tally.readings, tally.urls)

    def rebuild(self, archive: Archive, progress: Progress | None = None) -> SyncReport:
        """Empty the catalog and fill it again from the archive. Raises what `sync` raises."""
        self._claim(archive)
        with self._database.writing() as connection:
            _make_empty(connection)
        return self.sync(archive, progress=progress)

    def _claim(self, archive: Archive) -> None:
        """Write down whose catalog this is, or make sure that it is this archive's."""
        with self._database.reading() as connection:
            known = connection.execute(select(meta.c.value).where(meta.c.name == "archive")).scalar()
        if known is None:
            with self._database.writing() as connection:
                known = connection.execute(select(meta.c.value).where(meta.c.name == "archive")).scalar()
                if known is None:
                    insert(connection, meta, [{"name": "archive", "value": archive.id}])
                    return
        if known != archive.id:
            raise CatalogForeign(
                f"the catalog {self.url} is that of the archive {known}, and {archive.url} is {archive.id}. Name"
                " another catalog (PALIMPSEST_CATALOG), or delete this one"
            )

    def _sync_outlet(self, archive: Archive, outlet: str, tally: _Tally, progress: Progress | None) -> None:
        with self._database.reading() as connection:
            applied = select(func.max(commits.c.number)).where(commits.c.outlet == outlet)
            after: int = connection.execute(applied).scalar() or 0
        log = archive.log(outlet)
        total = log.tip() - after
        for done, (commit, rows) in enumerate(_fetched(archive.store, log.walk(after)), start=1):
            with self._database.writing() as connection:
                if apply_commit(connection, commit, rows):
                    tally.add(rows)
                if total < BULK:
                    tally.urls += derive_touched(connection)
            if progress:
                progress(SyncProgress(outlet, done, max(done, total)))


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


def _fetched(store: ObjectStore, log: Iterator[Commit]) -> Iterator[tuple[Commit, Rows]]:
    """Yield the commits with their rows, in order, with some fetched ahead."""
    with ThreadPoolExecutor(AHEAD, thread_name_prefix="catalog") as pool:
        waiting: list[tuple[Commit, Future[Rows]]] = []
        try:
            for commit in log:
                waiting.append((commit, pool.submit(_rows_of, store, commit)))
                if len(waiting) > AHEAD:
                    first, rows = waiting.pop(0)
                    yield first, rows.result()
            for commit, rows in waiting:
                yield commit, rows.result()
        finally:
            pool.shutdown(cancel_futures=True)


def _rows_of(store: ObjectStore, commit: Commit) -> Rows:
    return Rows(
        captures=[row for ref in _of_role(commit, ObjectRole.CAPTURES) for row in read_captures(_whole(store, ref))],
        readings=[row for ref in _of_role(commit, ObjectRole.READINGS) for row in read_readings(_whole(store, ref))],
    )


def _of_role(commit: Commit, role: ObjectRole) -> Iterator[ObjectRef]:
    return (ref for ref in commit.objects if ref.role == role)


def _whole(store: ObjectStore, ref: ObjectRef) -> bytes:
    """Return an object's bytes if they are those that were committed: what was changed since is not believed."""
    body = store.get(ref.key)
    if hashlib.sha256(body).hexdigest() != ref.sha256:
        raise ObjectDamaged("its bytes are not those that were committed", store=store.url, key=ref.key)
    return body


def _schema_of(connection: Connection) -> int | None:
    """Return the number of the tables' schema: None in an empty database, 0 where it isn't told."""
    if not inspect(connection).has_table(meta.name):
        return None
    value = connection.execute(select(meta.c.value).where(meta.c.name == "schema")).scalar()
    return int(value) if value is not None else 0


def _make_empty(connection: Connection) -> None:
    archive = None
    if inspect(connection).has_table(meta.name):
        archive = connection.execute(select(meta.c.value).where(meta.c.name == "archive")).scalar()
    metadata.drop_all(connection)
    metadata.create_all(connection)
    insert(connection, meta, [{"name": "schema", "value": str(SCHEMA)}])
    if archive is not None:
        insert(connection, meta, [{"name": "archive", "value": archive}])
