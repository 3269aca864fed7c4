"""Checking that an archive is whole and says what it said: every log, every commit, every object, every byte."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from typing import BinaryIO

from cryptography.x509 import Certificate

from storage.announced import read_announced
from storage.archive import Archive
from storage.commits import ObjectRef, ObjectRole
from storage.errors import AnnouncedInvalid, ObjectDamaged, ObjectMissing, StoreRefused
from storage.keys import ANCHORS, PROBES, is_outlet
from storage.objects import sha256_of_file
from storage.verify_anchors import KeptAnchor, KeptCheck, Logs, check_anchors, read_anchors
from storage.verify_log import Finding, LogCheck, check_log

WarcCheck = Callable[[str, BinaryIO], Iterable[str]]  # (key, the open WARC) → what is wrong with it, in words


@dataclass(frozen=True)
class VerifyProgress:
    """How far a check is: `done` of `total` objects of the outlet, and the bytes read so far in all."""

    outlet: str
    done: int
    total: int
    bytes_read: int


@dataclass(frozen=True)
class VerifyReport:
    """What was checked and found. A problem is damage or a later change; a warning is untidy and loses nothing.

    `anchors` counts those in the archive; `kept` is what holding one against it came to that was given. What no check
    of an archive by itself can find is written in docs/formats.md, "What needs an anchor elsewhere".
    """

    problems: tuple[Finding, ...] = ()
    warnings: tuple[Finding, ...] = ()
    outlets: int = 0
    commits: int = 0
    objects: int = 0
    bytes_read: int = 0
    anchors: int = 0
    kept: KeptCheck | None = None

    @property
    def clean(self) -> bool:
        """Tell that there is no problem; there may be warnings."""
        return not self.problems


@dataclass
class _Tally:
    problems: list[Finding] = field(default_factory=list)
    warnings: list[Finding] = field(default_factory=list)
    outlets: int = 0
    commits: int = 0
    objects: int = 0
    bytes_read: int = 0


def verify(
    archive: Archive,
    *,
    outlets: Sequence[str] | None = None,
    kept: KeptAnchor | None = None,
    roots: Sequence[Certificate] = (),
    warc_check: WarcCheck | None = None,
    progress: Callable[[VerifyProgress], None] | None = None,
) -> VerifyReport:
    """Check the logs of all outlets, or of those named, and read every object that they list.

    The archive's anchors are held against the logs, and so is `kept`, one that comes from elsewhere; `roots` are those
    that the tokens of both have to lead to, where any are given. `warc_check` looks into each WARC whose bytes are the
    committed ones. Damage is reported, not raised; raised is only what keeps the check from being made
    (StoreUnavailable).
    """
    tally = _Tally()
    anchors = read_anchors(archive)  # before the logs: what is committed meanwhile is in none of them
    hashes: dict[str, dict[int, str]] = {}
    names = archive.store.folders()
    for name in names:
        if outlets is None and not is_outlet(name) and name not in (ANCHORS, PROBES):
            tally.warnings.append(Finding(name, "no outlet and no part of an archive has this name"))
    for outlet in outlets if outlets is not None else [name for name in names if is_outlet(name)]:
        log = check_log(archive, outlet)
        hashes[outlet] = log.hashes
        tally.outlets += 1
        tally.commits += log.commits
        tally.problems += log.problems
        tally.warnings += log.warnings
        if outlets is not None and not log.commits:
            tally.problems.append(Finding(f"{outlet}/log/", "the archive has no log of this outlet"))
        _check_objects(archive, outlet, log, tally, warc_check, progress)
    held = check_anchors(archive, anchors, Logs(hashes, outlets), kept=kept, roots=roots)
    tally.problems += anchors.problems
    tally.warnings += anchors.warnings
    return VerifyReport(
        problems=tuple(tally.problems),
        warnings=tuple(tally.warnings),
        outlets=tally.outlets,
        commits=tally.commits,
        objects=tally.objects,
        bytes_read=tally.bytes_read,
        anchors=anchors.count,
        kept=held,
    )


def _check_objects(
    archive: Archive,
    outlet: str,
    log: LogCheck,
    tally: _Tally,
    warc_check: WarcCheck | None,
    progress: Callable[[VerifyProgress], None] | None,
) -> None:
    for done, (ref, number) in enumerate(log.objects.values(), start=1):
        tally.objects += 1
        wrong = list(_wrong_with(archive, ref, number, tally, warc_check))
        tally.problems += [Finding(ref.key, what) for what in wrong]
        if progress:
            progress(VerifyProgress(outlet, done, len(log.objects), tally.bytes_read))


def _wrong_with(
    archive: Archive, ref: ObjectRef, number: int, tally: _Tally, warc_check: WarcCheck | None
) -> Iterable[str]:
    """Yield what is wrong with an object that commit `number` lists."""
    try:
        with archive.store.open(ref.key) as file:
            sha256, size = sha256_of_file(file)
            tally.bytes_read += size
            if (sha256, size) != (ref.sha256, ref.size):
                yield (
                    f"it is not what commit {number} lists: it has {size} bytes with SHA-256 {sha256}, and should have"
                    f" {ref.size} with {ref.sha256}"
                )
            elif ref.role == ObjectRole.ANNOUNCED:
                file.seek(0)
                yield from _wrong_with_announced(file)
            elif warc_check and ref.role == ObjectRole.WARC:
                file.seek(0)
                yield from warc_check(ref.key, file)
    except ObjectMissing:
        yield f"it is missing, and commit {number} lists it"
    except (ObjectDamaged, StoreRefused) as error:
        yield f"it cannot be read as commit {number} lists it: {error.what}"


def _wrong_with_announced(file: BinaryIO) -> Iterable[str]:
    try:
        read_announced(file.read())
    except AnnouncedInvalid as error:
        yield str(error)
