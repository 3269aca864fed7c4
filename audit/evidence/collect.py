"""From the archive what stands behind a change: exchanges, tables, commits, anchors. (A door: it reads the archive.)"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import Final

from articles.article import Article
from articles.written_times import WrittenTimes
from audit.compare import compare
from audit.errors import EvidenceMissing, NoChange
from audit.findings import Findings
from audit.states import Compared
from config.outlet import Outlet
from storage.anchors import anchor_keys, read_anchor, read_token
from storage.archive import Archive
from storage.catalog.behind import Behind, behind
from storage.catalog.catalog import Catalog
from storage.commits import Commit, ObjectRole
from storage.groups import Member, group_of, warcinfo_of
from storage.keys import ANCHORS, MANIFEST, commit_key, token_key
from storage.rows import CaptureRow
from storage.tables import read_captures

Progress = Callable[[str, int, int], None]
OLD: Final = "old"
NEW: Final = "new"


@dataclass(frozen=True)
class Sighting:
    """One sighting that a state rests on: which side, whether its first or its last, and what stands behind it."""

    side: str
    which: str  # "first" | "last"
    behind: Behind


@dataclass(frozen=True)
class Collected:
    """Everything that a bundle is made of. `objects` are objects of the archive, whole, by their keys there."""

    compared: Compared
    outlet: Outlet
    archive_id: str
    sightings: tuple[Sighting, ...]
    members: tuple[Member, ...]
    objects: dict[str, bytes]
    first_commit: int
    last_commit: int

    @property
    def times(self) -> tuple[WrittenTimes, WrittenTimes]:
        """How the page wrote its own times when the older state was last seen, and when the newer one was first."""
        old = next(one.behind.times for one in reversed(self.sightings) if one.side == OLD)
        return old, next(one.behind.times for one in self.sightings if one.side == NEW)

    @cached_property
    def findings(self) -> Findings:
        """What is found between the two states, from nothing but what is collected here."""
        old_times, new_times = self.times
        return compare(*self.articles, old_times=old_times, new_times=new_times)

    @property
    def articles(self) -> tuple[Article, Article]:
        """The older and the newer article."""
        return self.compared.report.old.article, self.compared.report.new.article


def collect(
    archive: Archive, catalog: Catalog, outlet: Outlet, compared: Compared, progress: Progress = lambda *_: None
) -> Collected:
    """Fetch what stands behind two states: of the older one its first and last sighting, of the newer one its first.

    Raises:
        NoChange: both states say the same, or two articles were compared.
        EvidenceMissing: the archive lacks a capture, a table or a commit of them; `palimpsest verify` tells which.
    """
    _require_change(compared)
    sightings = _sightings(catalog, outlet.id, compared)
    numbers = sorted({n for s in sightings for n in (s.behind.reading_commit, *s.behind.capture_commits)})
    commits, objects = _commits(archive, outlet.id, numbers[0], progress)
    if numbers[0] == 1:  # the first commit names its hash, later ones do not
        objects[MANIFEST] = archive.manifest
    tables: list[CaptureRow] = []
    for number in numbers:
        for ref in commits[number].objects:
            if ref.role in (ObjectRole.CAPTURES, ObjectRole.READINGS):
                objects[ref.key] = archive.store.get(ref.key)
            if ref.role == ObjectRole.CAPTURES:
                tables += read_captures(objects[ref.key])
    sizes = {ref.key: ref.size for commit in commits.values() for ref in commit.objects}
    rows = {row.record_id: row for row in tables}
    members = _members(archive, sightings, rows, tables, sizes, progress)
    objects |= _anchors(archive, outlet.id, numbers[-1])
    return Collected(compared, outlet, archive.id, sightings, tuple(members), objects, numbers[0], max(commits))


def _require_change(compared: Compared) -> None:
    a, b = compared.numbers
    if compared.old_url != compared.url:
        raise NoChange(f"{compared.old_url} and {compared.url} are two pages: evidence is of a change of one.")
    if compared.old.content_id == compared.new.content_id:
        raise NoChange(
            f"{compared.url}: states {a} and {b} say the same, so there is no change between them to prove. In between"
            f" the page said something else: take the states {a} and {a + 1}, or {b - 1} and {b}."
        )


def _sightings(catalog: Catalog, outlet: str, compared: Compared) -> tuple[Sighting, ...]:
    wanted = (
        (OLD, "first", compared.old, compared.old.first_record_id),
        (OLD, "last", compared.old, compared.old.last_record_id),
        (NEW, "first", compared.new, compared.new.first_record_id),
    )
    found = []
    with catalog.reading() as connection:
        for side, which, state, record_id in wanted:
            known = behind(connection, outlet, record_id, state.content_id)
            if known is None:
                raise EvidenceMissing(
                    f"{compared.url}: the archive lacks what was read of record {record_id}. `palimpsest verify` tells"
                    " what is missing; a rebuilt catalog (`palimpsest rebuild`) may know it."
                )
            found.append(Sighting(side, which, known))
    return tuple(found)


def _commits(
    archive: Archive, outlet: str, first: int, progress: Progress
) -> tuple[dict[int, Commit], dict[str, bytes]]:
    """Return the commits from the first one needed to the newest, parsed, and as they are stored."""
    log = archive.log(outlet)
    tip = log.tip()
    commits, stored = {}, {}
    for done, (commit, data) in enumerate(log.walk_stored(first - 1), 1):
        commits[commit.number] = commit
        stored[commit_key(outlet, commit.number)] = data
        progress("commits", done, tip - first + 1)
    return commits, stored


def _members(
    archive: Archive,
    sightings: Iterable[Sighting],
    rows: dict[str, CaptureRow],
    tables: list[CaptureRow],
    sizes: dict[str, int],
    progress: Progress,
) -> list[Member]:
    """Return the records, each once: a warcinfo before the first of its file, originals before what refers to them."""
    wanted: dict[str, CaptureRow] = {}
    for sighting in sightings:
        for _, page in sighting.behind.pages:
            for row in (page.original, page.row):
                if row is not None:
                    wanted.setdefault(row.record_id, row)
    found: dict[tuple[str, int], Member] = {}
    heads: dict[str, Member | None] = {}
    for done, record_id in enumerate(wanted, 1):
        row = rows.get(record_id)
        if row is None:
            raise EvidenceMissing(f"record {record_id} stands in no table of its commit. Run `palimpsest verify`.")
        if row.warc_key not in sizes:
            raise EvidenceMissing(f"{row.warc_key} holds record {record_id}, and no commit lists it.")
        if row.warc_key not in heads:
            heads[row.warc_key] = warcinfo_of(archive.store, row.warc_key, tables)
        head = heads[row.warc_key]
        for member in (*((head,) if head else ()), *group_of(archive.store, row, tables, sizes[row.warc_key])):
            found.setdefault((member.key, member.offset), member)
        progress("exchanges", done, len(wanted))
    return list(found.values())


def _anchors(archive: Archive, outlet: str, last: int) -> dict[str, bytes]:
    """Return the first anchor whose head of the log covers all commits that matter, and its token."""
    for key in anchor_keys(stored.key for stored in archive.store.list(f"{ANCHORS}/")):
        anchor = read_anchor(archive, key)
        head = anchor.anchor.heads.get(outlet)
        if head is not None and head.number >= last:
            token = read_token(archive, key)
            return {key: anchor.stored, **({} if token is None else {token_key(key): token})}
    return {}
