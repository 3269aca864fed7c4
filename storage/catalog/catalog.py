"""The catalog itself: opened, brought up to date, made anew."""

from __future__ import annotations

import gc
from collections.abc import Callable, Iterable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from typing import Final, Self

from sqlalchemy import Connection

from storage.archive import Archive
from storage.catalog.apply import apply_commit, finish_applying
from storage.catalog.database import Database
from storage.catalog.derivation import derive_touched, find_all_together
from storage.catalog.fetch import Fetched, Rows, with_rows
from storage.catalog.heads import ahead, heads, last_applied
from storage.catalog.noted import have_tables, is_filling, make_empty, note, noted
from storage.catalog.schema import create_indexes, drop_indexes, meta
from storage.catalog.url_ids import UrlIds
from storage.commits import Commit
from storage.errors import CatalogForeign, CommitGone
from storage.log import Head, Log

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
        have_tables(database)
        return cls(database)

    def renew(self) -> bool:
        """Open the catalog anew if its file was deleted, or another one is in its place; tell whether it was.

        One that was deleted is made empty, as `open` makes it. Raises what `open` raises, also where a later Palimpsest
        has changed the tables meanwhile.
        """
        displaced = self._database.is_displaced()
        if displaced:
            self._database.reopen()
        have_tables(self._database)
        return displaced

    @property
    def generation(self) -> str:
        """What changes each time that the catalog is emptied: what follows from it has to be made again then."""
        with self._database.reading() as connection:
            return noted(connection, "generation") or ""

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
        once. Raises CatalogForeign where the catalog is of another archive, CatalogAhead where it has applied what the
        archive does not hold, ObjectMissing, ObjectDamaged, TableInvalid or LogBroken where the archive is damaged.
        """
        self._claim(archive)
        tally = _Tally()
        for outlet in self._known_outlets(archive) if outlets is None else outlets:
            while not self._sync_outlet(archive, outlet, tally, progress):
                pass
        with self._database.writing() as connection:
            filling = is_filling(connection)
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
            make_empty(connection)
            drop_indexes(connection)
            note(connection, "filling", "since a rebuild")
        with _garbage_kept():
            return self.sync(archive, progress=progress)

    def _claim(self, archive: Archive) -> None:
        """Write down whose catalog this is, or make sure that it is this archive's."""
        with self._database.reading() as connection:
            known = noted(connection, "archive")
        if known is None:
            with self._database.writing() as connection:
                known = noted(connection, "archive")
                if known is None:
                    note(connection, "archive", archive.id)
                    return
        if known != archive.id:
            raise CatalogForeign(
                f"the catalog {self.url} is that of the archive {known}, and {archive.url} is {archive.id}. Name"
                " another catalog (PALIMPSEST_CATALOG), or delete this one"
            )

    def _known_outlets(self, archive: Archive) -> list[str]:
        """Return the outlets of the archive, and those that the catalog knows though the archive has lost them."""
        with self._database.reading() as connection:
            applied = heads(connection)
        return sorted({*applied, *archive.outlets(but=applied)})

    def _sync_outlet(self, archive: Archive, outlet: str, tally: _Tally, progress: Progress | None) -> bool:
        """Apply what is new of one outlet; False where the catalog was emptied by another process meanwhile."""
        with self._database.reading() as connection:
            head = heads(connection).get(outlet)
            in_bulk = is_filling(connection)
        log = archive.log(outlet)
        total = log.tip() - (head.number if head else 0)
        in_bulk = in_bulk or total >= BULK
        urls = UrlIds(outlet, in_memory=in_bulk)
        done = 0
        fetched = with_rows(archive.store, self._new_commits(archive, log, head))
        for batch in _batches(fetched, AT_ONCE if in_bulk else 1):
            with self._database.writing() as connection:
                last, filling = last_applied(connection, outlet), is_filling(connection)
                for one in batch:
                    commit = one.commit
                    if last < commit.number - 1:
                        return False
                    if last >= commit.number:
                        urls.forget()  # another process applied it, and gave numbers to its URLs
                    else:
                        apply_commit(connection, one, urls, filling=filling)
                        tally.add(one.rows)
                        last = commit.number
                    if not in_bulk:
                        tally.urls += derive_touched(connection)
            for _ in batch:
                done += 1
                if progress:
                    progress(SyncProgress(outlet, done, max(done, total)))
        return True

    def _new_commits(self, archive: Archive, log: Log, head: Head | None) -> Iterator[tuple[Commit, bytes]]:
        """Yield the commits after what was taken up, if that is still there."""
        if head is None:
            yield from log.walk_stored()
            return
        try:
            yield from log.walk_stored(head)
        except CommitGone as gone:
            raise ahead(self.url, archive, log.outlet, head, gone) from gone


def _batches(commits: Iterable[Fetched], most: int) -> Iterator[list[Fetched]]:
    """Yield the commits by as many as have `most` rows together, or by one where it has more."""
    batch: list[Fetched] = []
    held = 0
    for one in commits:
        batch.append(one)
        held += 1 + len(one.rows.captures) + len(one.rows.readings)
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
