"""Checking one outlet's log: that it has no gap and its chain holds, and else which commit was changed."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field

from storage.archive import Archive
from storage.commits import Commit, ObjectRef, chained
from storage.errors import CommitInvalid, FormatTooNew, KeyInvalid, ObjectDamaged, ObjectMissing, StoreRefused
from storage.keys import (
    MANIFEST,
    commit_copy_key,
    commit_key,
    log_prefix,
    objects_prefix,
    parse_number,
    parse_object_key,
)
from storage.objects import exists


@dataclass(frozen=True)
class Finding:
    """Something found at an object: its name, and what it is in words."""

    key: str
    what: str

    def __str__(self) -> str:
        return f"{self.key}: {self.what}"


@dataclass
class LogCheck:
    """What the check of one log found, and the objects that the log lists, each with the first commit that does.

    `hashes` are `sha256:…` of the stored bytes of each commit that could be read, by its number.
    """

    outlet: str
    commits: int = 0
    problems: list[Finding] = field(default_factory=list)
    warnings: list[Finding] = field(default_factory=list)
    objects: dict[str, tuple[ObjectRef, int]] = field(default_factory=dict)
    hashes: dict[int, str] = field(default_factory=dict)


@dataclass
class _Seen:
    """What was read of a log. `hashes` are of stored bytes; `claims[n]` is what commit n says of the one before."""

    hashes: dict[int, str]
    claims: dict[int, str] = field(default_factory=dict)
    commits: dict[int, Commit] = field(default_factory=dict)
    copies: dict[int, dict[str, str]] = field(default_factory=lambda: defaultdict(dict))  # number → name → hash


def check_log(archive: Archive, outlet: str) -> LogCheck:
    """Check an outlet's log and the copies of its commits; its objects are named but not read."""
    check = LogCheck(outlet)
    seen = _Seen({0: archive.root})
    listed = [found.key for found in archive.store.list(objects_prefix(outlet))]
    for number in _numbers(archive, outlet, check):
        _read_commit(archive, outlet, number, seen, check)
    _read_copies(archive, listed, seen, check)
    _judge_gaps(outlet, seen, check)
    _judge_links(outlet, seen, check)
    _judge_copies(outlet, seen, check)
    _judge_orphans(listed, seen, check)
    return check


def _numbers(archive: Archive, outlet: str, check: LogCheck) -> list[int]:
    """Return the numbers of the commits: those that a listing shows, and those after them that it does not show yet."""
    numbers = set()
    for found in archive.store.list(log_prefix(outlet)):
        number = parse_number(found.key.removeprefix(log_prefix(outlet)))
        if number is None:
            check.warnings.append(Finding(found.key, "no commit has this name"))
        else:
            numbers.add(number)
    number = max(numbers, default=0) + 1
    while exists(archive.store, commit_key(outlet, number)):
        numbers.add(number)
        number += 1
    return sorted(numbers)


def _read_commit(archive: Archive, outlet: str, number: int, seen: _Seen, check: LogCheck) -> None:
    key = commit_key(outlet, number)
    try:
        stored = archive.store.get(key)
    except (ObjectMissing, ObjectDamaged, StoreRefused) as error:
        check.problems.append(Finding(key, f"the commit cannot be read: {error.what}"))
        return
    seen.hashes[number] = check.hashes[number] = chained(stored)
    check.commits += 1
    try:
        commit = Commit.from_bytes(stored, name=key)
    except (CommitInvalid, FormatTooNew) as error:
        check.problems.append(Finding(key, str(error)))
        return
    seen.claims[number] = commit.previous
    seen.commits[number] = commit
    if (commit.archive, commit.outlet, commit.number) != (archive.id, outlet, number):
        what = f"it says that it is commit {commit.number} of {commit.outlet} in the archive {commit.archive}"
        check.problems.append(Finding(key, what))
    for ref in commit.objects:
        before, first = check.objects.setdefault(ref.key, (ref, number))
        if (before.sha256, before.size) != (ref.sha256, ref.size):
            check.problems.append(Finding(key, f"it lists {ref.key} with another SHA-256 or size than commit {first}"))
        elif first != number:
            check.warnings.append(Finding(key, f"it lists {ref.key}, as commit {first} does"))


def _read_copies(archive: Archive, listed: list[str], seen: _Seen, check: LogCheck) -> None:
    expected = {commit_copy_key(commit.crawl, number) for number, commit in seen.commits.items()}
    for key in sorted({key for key in listed if parse_number(key.rpartition("/")[2]) is not None} | expected):
        number = parse_number(key.rpartition("/")[2])
        assert number is not None
        try:
            seen.copies[number][key] = chained(archive.store.get(key))
        except ObjectMissing:
            what = f"the copy of commit {number} is missing; Log.repair_copies lays it anew"
            check.warnings.append(Finding(key, what))
        except (ObjectDamaged, StoreRefused, KeyInvalid) as error:
            check.problems.append(Finding(key, f"the copy of commit {number} cannot be read: {error}"))


def _judge_gaps(outlet: str, seen: _Seen, check: LogCheck) -> None:
    """Name the commits that must have been there: a later one is, or their copy is."""
    before = 0
    for number in sorted({*seen.hashes, *seen.copies}):
        if number > before + 1:
            span = f"commits {before + 1} to {number - 1} are" if number > before + 2 else f"commit {before + 1} is"
            check.problems.append(Finding(commit_key(outlet, before + 1), f"{span} missing"))
        if number not in seen.hashes:
            copies = ", ".join(sorted(seen.copies[number]))
            what = f"commit {number} is missing; its copy {copies} is there to restore it from"
            check.problems.append(Finding(commit_key(outlet, number), what))
        before = number


def _judge_links(outlet: str, seen: _Seen, check: LogCheck) -> None:
    """Name what was changed where a commit does not say the hash of what is stored before it."""
    for number, claim in seen.claims.items():
        before = number - 1
        if before not in seen.hashes or seen.hashes[before] == claim:
            continue
        key, key_before = commit_key(outlet, number), commit_key(outlet, before) if before else MANIFEST
        if claim in seen.copies[before].values():
            what = f"it was changed: its copy is what commit {number} continues"
            check.problems.append(Finding(key_before, what))
        elif seen.copies[number] and seen.hashes[number] not in seen.copies[number].values():
            check.problems.append(
                Finding(key, f"it was changed: it does not continue {key_before}, nor equal its copy")
            )
        else:
            what = f"it is not what {key} continues: it was changed, or that commit and its copy were"
            check.problems.append(Finding(key_before, what))


def _judge_copies(outlet: str, seen: _Seen, check: LogCheck) -> None:
    """Name the copy or the commit where they differ; the next commit knows which of them is right."""
    for number, stored in seen.hashes.items():
        for copy, copied in seen.copies[number].items():
            next_says = seen.claims.get(number + 1)
            if copied == stored:
                continue
            if next_says == stored:
                check.problems.append(Finding(copy, f"it is not the copy of commit {number} that it should be"))
            elif next_says != copied:
                what = f"it differs from its copy {copy}, and no later commit tells which of them was changed"
                check.problems.append(Finding(commit_key(outlet, number), what))


def _judge_orphans(listed: list[str], seen: _Seen, check: LogCheck) -> None:
    """Name the objects that no commit lists."""
    copies = {key for found in seen.copies.values() for key in found}
    for key in listed:
        if key in check.objects or key in copies:
            continue
        try:
            parse_object_key(key)
        except KeyInvalid:
            check.warnings.append(Finding(key, "no object of an archive has this name"))
        else:
            what = "no commit lists it: its crawl is running now, or died before it could commit"
            check.warnings.append(Finding(key, what))
