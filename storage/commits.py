"""One entry of an outlet's log: what a commit says, and the bytes that say it.

The bytes are what counts: the hash chain is over them, and a commit that was read keeps whatever later versions have
added to it (`unknown`), so that it is written again as it was.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Any

from storage import json_values
from storage.errors import CommitInvalid, FormatTooNew
from storage.instants import format_instant
from storage.keys import objects_prefix, parse_crawl_id
from storage.objects import StoredObject
from storage.strict_json import Unexpected, canonical_json, count, mapping, parse_object, sequence, take, text

FORMAT = 1


class Kind(StrEnum):
    """What a commit adds to the archive."""

    CAPTURE = "capture"  # one sealed WARC with its tables
    READING = "reading"  # readings of captures, by named readers
    ANNOUNCEMENT = "announcement"  # what was told of changes, absences and re-posts
    IMPORT = "import"  # reserved: another archive's WARC
    REDACTION = "redaction"  # reserved
    CHECKPOINT = "checkpoint"  # reserved


class ObjectRole(StrEnum):
    """What an object is to the commit that lists it. Readers of an archive pass over roles that they do not know."""

    WARC = "warc"
    CDXJ = "cdxj"
    CAPTURES = "captures"
    READINGS = "readings"
    LISTINGS = "listings"
    ANNOUNCED = "announced"
    LOG = "log"


@dataclass(frozen=True)
class ObjectRef:
    """An object that a commit lists. `sha256` is 64 lower-case hex digits; `role` mostly an ObjectRole."""

    key: str
    size: int
    sha256: str
    role: str
    unknown: Mapping[str, Any] = field(default_factory=dict)

    @classmethod
    def of(cls, stored: StoredObject, role: ObjectRole) -> ObjectRef:
        """Return the reference to what `ObjectStore.create` returned."""
        if stored.sha256 is None:
            raise ValueError(f"{stored.key} was not created by us: its SHA-256 is not known")
        return cls(stored.key, stored.size, stored.sha256, role)


@dataclass(frozen=True)
class Draft:
    """What a writer wants to commit; the log gives it a number and a place in the chain.

    `started` and `finished` are of the work that the commit stands for. `software` names who did it, such as
    "palimpsest/0.1.0". `counts` and `report` are for people and statistics; nothing is derived from them. `recovers` is
    the id of the crawl whose spool was left by a process that died. `after` is a number that the log had reached before
    this crawl began (0 if unknown): commits up to it are not searched for the same objects. `readers` are the ids
    of the outlet's current readers, in a `reading` commit.
    """

    kind: Kind
    crawl: str
    started: datetime
    finished: datetime
    software: str
    objects: tuple[ObjectRef, ...]
    counts: Mapping[str, int] = field(default_factory=dict)
    report: Mapping[str, Any] = field(default_factory=dict)
    recovers: str | None = None
    after: int = 0
    readers: tuple[str, ...] = ()


@dataclass(frozen=True)
class Commit:
    """A commit as it stands in the log; docs/formats.md says what each field means.

    `previous` is `sha256:` and the hash of the stored bytes of the commit before, of palimpsest.json for the first.
    """

    archive: str
    outlet: str
    number: int
    previous: str
    kind: Kind
    crawl: str
    started: datetime
    finished: datetime
    software: str
    objects: tuple[ObjectRef, ...]
    counts: Mapping[str, int] = field(default_factory=dict)
    report: Mapping[str, Any] = field(default_factory=dict)
    recovers: str | None = None
    readers: tuple[str, ...] = ()
    format: int = FORMAT
    unknown: Mapping[str, Any] = field(default_factory=dict)

    @classmethod
    def of(cls, draft: Draft, *, archive: str, outlet: str, number: int, previous: str) -> Commit:
        """Return the draft with its place in a log. Raises CommitInvalid where it says what no commit may."""
        commit = cls(
            archive=archive,
            outlet=outlet,
            number=number,
            previous=previous,
            kind=draft.kind,
            crawl=draft.crawl,
            started=draft.started,
            finished=draft.finished,
            software=draft.software,
            objects=draft.objects,
            counts=dict(draft.counts),
            report=dict(draft.report),
            recovers=draft.recovers,
            readers=draft.readers,
        )
        cls.from_bytes(commit.to_bytes())
        return commit

    def to_bytes(self) -> bytes:
        """Return the canonical JSON of the commit. Raises CommitInvalid where there is none."""
        try:
            return canonical_json(
                {
                    **self.unknown,
                    "format": self.format,
                    "archive": self.archive,
                    "outlet": self.outlet,
                    "number": self.number,
                    "previous": self.previous,
                    "kind": self.kind.value,
                    "crawl": self.crawl,
                    "started": format_instant(self.started),
                    "finished": format_instant(self.finished),
                    "software": self.software,
                    "objects": [
                        {**ref.unknown, "key": ref.key, "size": ref.size, "sha256": ref.sha256, "role": str(ref.role)}
                        for ref in self.objects
                    ],
                    "counts": dict(self.counts),
                    "report": dict(self.report),
                    "recovers": self.recovers,
                    "readers": list(self.readers),
                }
            )
        except ValueError as error:
            raise CommitInvalid(f"commit {self.number} of {self.outlet} cannot be written: {error}.") from error

    @classmethod
    def from_bytes(cls, stored: bytes, *, name: str = "the commit") -> Commit:
        """Read a commit. `name` is what errors call it.

        Raises FormatTooNew for a later format, CommitInvalid for bytes that are no commit.
        """
        try:
            found = parse_object(stored)
            version = take(found, "format", count)
            if version > FORMAT:
                raise FormatTooNew(name, found=version, known=FORMAT)
            outlet = take(found, "outlet", json_values.outlet)
            crawl = take(found, "crawl", _crawl)
            if parse_crawl_id(crawl).outlet != outlet:
                raise Unexpected(f"its crawl {crawl} is not one of {outlet}")
            commit = cls(
                format=version,
                archive=take(found, "archive", text),
                outlet=outlet,
                number=take(found, "number", count),
                previous=take(found, "previous", json_values.chained),
                kind=take(found, "kind", Kind),
                crawl=crawl,
                started=take(found, "started", json_values.instant),
                finished=take(found, "finished", json_values.instant),
                software=take(found, "software", text),
                objects=take(
                    found, "objects", lambda value: tuple(_object_ref(ref, outlet) for ref in sequence(value))
                ),
                counts=take(found, "counts", _counts),
                report=take(found, "report", mapping),
                recovers=take(found, "recovers", _crawl_or_none),
                readers=take(found, "readers", lambda value: tuple(text(reader) for reader in sequence(value))),
                unknown=found,
            )
        except Unexpected as error:
            raise CommitInvalid(f"{name} is no commit: {str(error).rstrip('.')}.") from error
        if commit.number < 1 or commit.format < 1:
            raise CommitInvalid(f"{name} is no commit: its number and its format begin at 1.")
        if commit.kind is Kind.READING and not commit.readers:
            raise CommitInvalid(f"{name} is no commit: it has readings, and does not name the readers of the outlet.")
        return commit


def chained(stored: bytes) -> str:
    """Return what the next commit's `previous` says of these stored bytes."""
    return f"sha256:{hashlib.sha256(stored).hexdigest()}"


def _object_ref(entry: Any, outlet: str) -> ObjectRef:
    found = dict(mapping(entry))
    key = take(found, "key", json_values.key)
    if not key.startswith(objects_prefix(outlet)):
        raise Unexpected(f"it lists {key}, which is not among the objects of {outlet}")
    return ObjectRef(
        key=key,
        size=take(found, "size", count),
        sha256=take(found, "sha256", json_values.sha256),
        role=take(found, "role", text),
        unknown=found,
    )


def _counts(value: Any) -> dict[str, int]:
    return {name: count(number) for name, number in mapping(value).items()}


def _crawl(value: Any) -> str:
    return json_values.named(value, parse_crawl_id)


def _crawl_or_none(value: Any) -> str | None:
    return None if value is None else _crawl(value)
