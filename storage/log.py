"""An outlet's log: commits numbered from 1, each with the hash of the one before, added and never changed."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from storage.commits import Commit, Draft, ObjectRef, chained
from storage.errors import (
    CommitGone,
    CommitInvalid,
    LogBroken,
    LogContested,
    ObjectDamaged,
    ObjectMissing,
    ObjectTaken,
)
from storage.keys import commit_copy_key, commit_key
from storage.objects import ObjectStore, exists
from storage.race import WriterCheck

ATTEMPTS = 1000  # numbers that other writers may take before us; each loss means that another's commit went through


@dataclass(frozen=True)
class Head:
    """The newest commit of a log: its number, and the SHA-256 of its stored bytes in 64 lower-case hex digits.

    It fixes every commit before it, and every byte of the objects that they list.
    """

    number: int
    sha256: str


@dataclass
class _Known:
    """What this process has read of the log: enough to find a crawl's commits again without reading it all anew."""

    first: int = 0  # the commits after this one, up to `last`, have been read
    last: int = 0
    root: str = ""  # what a commit after `last` says in `previous`
    of_crawl: dict[str, list[int]] = field(default_factory=dict)
    of_object: dict[str, int] = field(default_factory=dict)


class Log:
    """One outlet's log in an archive; `storage.archive.Archive.log` opens it.

    Its end is found by asking for the next number until there is none, never by a listing, which some stores give late.
    Not for use by several threads at once; any number of processes may append.
    """

    def __init__(self, archive_id: str, root: str, outlet: str, store: ObjectStore, writers: WriterCheck) -> None:
        self.archive_id = archive_id
        self.outlet = outlet
        self._store = store
        self._writers = writers
        self._root = root
        self._known = _Known(root=root)

    def tip(self) -> int:
        """Return the number of the last commit, 0 where there is none.

        Asks for numbers at doubling distances and halves the last one: 30 questions for 10,000 commits.
        """
        low, step = self._known.last, 1
        while self._exists(low + step):
            low, step = low + step, step * 2
        high = low + step
        while high - low > 1:
            middle = (low + high) // 2
            low, high = (middle, high) if self._exists(middle) else (low, middle)
        return low

    def head(self, since: Head | None = None) -> Head | None:
        """Return the newest commit's number and hash, None where there is no commit.

        Every commit after `since`, a head that the log had before, is read and checked against the one before it.
        Raises CommitGone where that head is no longer in the log, LogBroken where the chain does not hold, and whatever
        `read` raises.
        """
        if since:
            self.require(since)
        self._advance(since.number if since else 0)
        known = self._known
        return Head(known.last, known.root.removeprefix("sha256:")) if known.last else None

    def require(self, head: Head) -> None:
        """Raise CommitGone where the log does not hold a head that it had before."""
        self._chained_by(head)

    def read(self, number: int) -> Commit:
        """Return a commit. Raises ObjectMissing, CommitInvalid, FormatTooNew, and LogBroken where it is another's."""
        return self._parse(number, self._store.get(commit_key(self.outlet, number)))

    def walk(self, after: int = 0) -> Iterator[Commit]:
        """Yield the commits after that number, in order, each checked against the one before.

        Raises LogBroken where the chain does not hold, and whatever `read` raises.
        """
        return (commit for commit, _ in self.walk_stored(after))

    def walk_stored(self, after: int | Head = 0) -> Iterator[tuple[Commit, bytes]]:
        """Yield what `walk` does, each with its stored bytes. Raises what `walk` raises.

        After a head that the log had before. Raises CommitGone where it does not hold it.
        """
        if isinstance(after, Head):
            previous, last = self._chained_by(after), after.number
        else:
            previous, last = self._chained(after), after
        for number, stored in self._stored(last):
            commit = self._checked(number, stored, previous)
            previous = chained(stored)
            yield commit, stored

    def find(self, crawl_id: str, *, after: int = 0) -> list[Commit]:
        """Return the commits of a crawl, in order.

        `after` is a number that the log had reached before the crawl began, which saves reading the commits up to it.
        """
        self._advance(after)
        return [self.read(number) for number in self._known.of_crawl.get(crawl_id, [])]

    def committed_keys(self, crawl_id: str, *, after: int = 0) -> frozenset[str]:
        """Return the names of the objects that a crawl's commits list."""
        return frozenset(ref.key for commit in self.find(crawl_id, after=after) for ref in commit.objects)

    def append(self, draft: Draft) -> Commit:
        """Add a commit for objects that are stored already, and lay a copy of it beside them.

        A draft whose objects are committed already (an earlier try whose reply was lost, or another process that
        recovered the same spool) gives the commit that lists them; nothing is added. When this returns, the commit and
        its copy are stored and read back. When it raises StoreUnavailable the commit may have gone through: call again.

        Raises ObjectMissing or ObjectDamaged where the store does not hold what the draft lists, CommitInvalid for a
        draft that no commit can say or that lists objects of which some are committed, StoreUnsafe, LogBroken.
        """
        self._writers.require()
        Commit.of(draft, archive=self.archive_id, outlet=self.outlet, number=1, previous=self._root)
        for ref in draft.objects:
            self._require(ref)
        for _ in range(ATTEMPTS):
            self._advance(draft.after)
            commit = self._already(draft)
            if commit is None:
                commit = self._try(draft)
            if commit is not None:
                self._lay_copy(commit.number)
                return commit
        raise LogContested(f"{ATTEMPTS} numbers of {self.outlet}'s log were taken by others in a row. Run again.")

    def repair_copies(self) -> list[str]:
        """Lay the copies of commits that a writer died before laying, and return their names.

        Raises ObjectTaken where something else is under a copy's name: `palimpsest verify` says which commit it is.
        """
        laid = []
        for number, stored in self._stored(0):
            key = commit_copy_key(self._parse(number, stored).crawl, number)
            if not exists(self._store, key):
                self._store.create(key, stored)
                laid.append(key)
        return laid

    def _try(self, draft: Draft) -> Commit | None:
        """Add the draft as the next commit; None where another writer was faster."""
        number = self._known.last + 1
        if self._exists(number + 1):
            if self._exists(number):
                return None  # two other writers were faster
            raise LogBroken(
                f"{commit_key(self.outlet, number)} is missing, and the commit after it is there. Nothing is added to a"
                " log with a gap: restore the missing commit from a copy of the archive (one lies beside its objects)."
            )
        commit = Commit.of(draft, archive=self.archive_id, outlet=self.outlet, number=number, previous=self._known.root)
        try:
            self._store.create(commit_key(self.outlet, number), commit.to_bytes())
        except ObjectTaken:
            return None
        return commit

    def _already(self, draft: Draft) -> Commit | None:
        """Return the commit that lists the draft's objects, or for a draft without objects the one like it."""
        if not draft.objects:
            same_crawl = [self.read(number) for number in self._known.of_crawl.get(draft.crawl, [])]
            return next((found for found in same_crawl if found.kind == draft.kind and not found.objects), None)
        numbers = {self._known.of_object.get(ref.key) for ref in draft.objects}
        if numbers == {None}:
            return None
        found = [self.read(number) for number in numbers if number is not None]
        if len(found) == 1 and _same(found[0].objects, draft.objects):
            return found[0]
        listed = sorted(ref.key for ref in draft.objects if ref.key in self._known.of_object)
        raise CommitInvalid(
            f"{listed[0]} and {len(listed) - 1} more of the draft's {len(draft.objects)} objects are listed by commit"
            f" {found[0].number} of {self.outlet} already, the others are not. Commit only what is not committed."
        )

    def _advance(self, after: int) -> None:
        """Read what the log has got since this process last looked; from `after` on at the first look."""
        known = self._known
        if known.last == 0 or after < known.first:
            known = self._known = _Known(after, after, self._chained(after))
        for number, stored in self._stored(known.last):
            commit = self._checked(number, stored, known.root)
            known.last, known.root = number, chained(stored)
            known.of_crawl.setdefault(commit.crawl, []).append(number)
            known.of_object.update((ref.key, number) for ref in commit.objects)

    def _stored(self, after: int) -> Iterator[tuple[int, bytes]]:
        number = after + 1
        while True:
            try:
                stored = self._store.get(commit_key(self.outlet, number))
            except ObjectMissing:
                return
            yield number, stored
            number += 1

    def _chained(self, number: int) -> str:
        """Return what the commit after that number says in `previous`."""
        if number == 0:
            return self._root
        try:
            return chained(self._store.get(commit_key(self.outlet, number)))
        except ObjectMissing as error:
            raise CommitGone(
                f"{commit_key(self.outlet, number)} is missing, and was there before. Is this the archive it was, and"
                " whole? `palimpsest verify` tells."
            ) from error

    def _chained_by(self, head: Head) -> str:
        """Return what the commit after a head says in `previous`. Raises CommitGone where the head is not here."""
        found = self._chained(head.number)
        if found != f"sha256:{head.sha256}":
            raise CommitGone(
                f"{commit_key(self.outlet, head.number)} is not the commit that was there before (SHA-256"
                f" {head.sha256}): the log was rewritten. `palimpsest verify` tells from where on; restore it from a"
                " copy."
            )
        return found

    def _checked(self, number: int, stored: bytes, previous: str) -> Commit:
        commit = self._parse(number, stored)
        if commit.previous != previous:
            before = commit_key(self.outlet, number - 1) if number > 1 else "palimpsest.json"
            raise LogBroken(
                f"{commit_key(self.outlet, number)} does not continue {before} as it is stored: one of them was"
                " changed. `palimpsest verify` tells which; restore it from a copy of the archive."
            )
        return commit

    def _parse(self, number: int, stored: bytes) -> Commit:
        key = commit_key(self.outlet, number)
        commit = Commit.from_bytes(stored, name=key)
        if (commit.archive, commit.outlet, commit.number) != (self.archive_id, self.outlet, number):
            raise LogBroken(
                f"{key} says that it is commit {commit.number} of {commit.outlet} in the archive {commit.archive}:"
                " it was put where it does not belong."
            )
        return commit

    def _require(self, ref: ObjectRef) -> None:
        """Raise where the store does not hold an object that is to be committed."""
        held = self._store.head(ref.key)
        if held.size != ref.size or held.sha256 not in (None, ref.sha256):
            what = "it is not the object that is to be committed"
            raise ObjectDamaged(what, store=self._store.url, key=ref.key)

    def _lay_copy(self, number: int) -> None:
        stored = self._store.get(commit_key(self.outlet, number))
        self._store.create(commit_copy_key(self._parse(number, stored).crawl, number), stored)

    def _exists(self, number: int) -> bool:
        return exists(self._store, commit_key(self.outlet, number))


def _same(one: tuple[ObjectRef, ...], other: tuple[ObjectRef, ...]) -> bool:
    return {(ref.key, ref.size, ref.sha256) for ref in one} == {(ref.key, ref.size, ref.sha256) for ref in other}
