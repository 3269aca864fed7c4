"""Anchors: the heads of all logs at a moment, in one small object of which a copy is kept where nobody else can write.

An archive cannot show by itself that its newest commits were cut off, or a chain rewritten to its end: whoever can
write every byte can make every hash fit. A head that is kept elsewhere shows both (storage.verify_anchors), and the
SHA-256 of an anchor stands for all heads in it.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from cryptography.x509 import Certificate

from config.clock import Clock
from storage import json_values
from storage.archive import Archive
from storage.commits import chained
from storage.errors import (
    AnchorInvalid,
    AnchorMissing,
    FormatTooNew,
    KeyInvalid,
    NothingToAnchor,
    ObjectMissing,
    ObjectTaken,
)
from storage.instants import format_instant
from storage.keys import ANCHORS, MANIFEST, anchor_key, parse_anchor_key, token_key
from storage.log import Head
from storage.strict_json import Unexpected, canonical_json, count, mapping, parse_object, take, text
from storage.timestamps import Token, check_token, request_token

FORMAT = 1


@dataclass(frozen=True)
class Anchor:
    """What an anchor says; docs/formats.md has each field.

    `previous` is `sha256:` and the hash of the stored bytes of `previous_key`: the anchor before, palimpsest.json for
    the first. `made_at` is the maker's clock, which a time-stamp token can confirm.
    """

    archive: str
    made_at: datetime
    heads: Mapping[str, Head]
    previous_key: str
    previous: str
    format: int = FORMAT

    def to_bytes(self) -> bytes:
        """Return the canonical JSON of the anchor."""
        return canonical_json(
            {
                "format": self.format,
                "archive": self.archive,
                "made_at": format_instant(self.made_at),
                "heads": {
                    outlet: {"number": head.number, "sha256": head.sha256} for outlet, head in self.heads.items()
                },
                "previous_key": self.previous_key,
                "previous": self.previous,
            }
        )

    @classmethod
    def from_bytes(cls, stored: bytes, *, name: str = "the anchor") -> Anchor:
        """Read an anchor. `name` is what errors call it. Raises AnchorInvalid, and FormatTooNew for a later format."""
        try:
            found = parse_object(stored)
            version = take(found, "format", count)
            if version > FORMAT:
                raise FormatTooNew(name, found=version, known=FORMAT)
            return cls(
                format=version,
                archive=take(found, "archive", text),
                made_at=take(found, "made_at", json_values.instant),
                heads=take(found, "heads", _heads),
                previous_key=take(found, "previous_key", _previous_key),
                previous=take(found, "previous", json_values.chained),
            )
        except Unexpected as error:
            raise AnchorInvalid(f"{name} is no anchor: {str(error).rstrip('.')}.") from error


@dataclass(frozen=True)
class StoredAnchor:
    """An anchor with the bytes that its hash is over. `key` is its name in the archive, or that of a file."""

    key: str
    stored: bytes
    anchor: Anchor

    @classmethod
    def of(cls, key: str, stored: bytes) -> StoredAnchor:
        """Read the anchor that these bytes are. Raises AnchorInvalid or FormatTooNew."""
        return cls(key, stored, Anchor.from_bytes(stored, name=key))

    @property
    def sha256(self) -> str:
        """The SHA-256 of the stored bytes, 64 hex digits: the line to be kept elsewhere."""
        return hashlib.sha256(self.stored).hexdigest()


def make_anchor(archive: Archive, clock: Clock) -> tuple[StoredAnchor, bool]:
    """Store an anchor over the heads that all logs have now; return it, and whether it is new.

    Where no log has a commit that the newest anchor does not cover, that one is returned and nothing is written. The
    commits since the newest anchor are read and their chain is checked, so that no anchor is laid over a breach.
    Raises LogBroken where a log does not continue what the newest anchor says of it, NothingToAnchor where the archive
    has no commit, AnchorInvalid where the newest anchor is none, StoreUnsafe, and what the store raises.
    """
    newest = newest_anchor(archive)
    while True:
        heads = _heads_now(archive, newest)
        if newest and newest.anchor.heads == heads:
            return newest, False
        archive.writers.require()
        now = clock.now()
        anchor = Anchor(
            archive=archive.id,
            made_at=now,
            heads=heads,
            previous_key=newest.key if newest else MANIFEST,
            previous=chained(newest.stored) if newest else archive.root,
        )
        made = StoredAnchor(_next_key(newest, now), anchor.to_bytes(), anchor)
        try:
            archive.store.create(made.key, made.stored)
        except ObjectTaken:  # another machine was faster, or the store lists late: ours follows, if any is needed
            newest = read_anchor(archive, made.key)
            continue
        return made, True


def stamp_anchor(
    archive: Archive, made: StoredAnchor, tsa: str | None, roots: Sequence[Certificate] = ()
) -> Token | None:
    """Return what the token of one of the archive's anchors says; where it has none, get one from the TSA and store it.

    None where it has none and `tsa` is None. Raises TimestampError where none was got, or the one that is there is not
    of these bytes; the anchor stays as it is.
    """
    reply = read_token(archive, made.key)
    if reply is None:
        if tsa is None:
            return None
        archive.writers.require()
        reply = request_token(tsa, made.stored, roots)
        try:
            archive.store.create(token_key(made.key), reply)
        except ObjectTaken:  # another machine was faster: its token is as good
            reply = archive.store.get(token_key(made.key))
    return check_token(reply, made.stored, roots, name=token_key(made.key))


def read_token(archive: Archive, key: str) -> bytes | None:
    """Return the time-stamp reply that is stored beside an anchor of the archive, or None."""
    try:
        return archive.store.get(token_key(key))
    except ObjectMissing:
        return None


def newest_anchor(archive: Archive) -> StoredAnchor | None:
    """Return the archive's last anchor by day and number. Raises AnchorInvalid or FormatTooNew where it is none."""
    keys = _listed(archive)
    return read_anchor(archive, keys[-1]) if keys else None


def read_anchor(archive: Archive, key: str) -> StoredAnchor:
    """Return an anchor of the archive. Raises KeyInvalid, ObjectMissing, AnchorInvalid, FormatTooNew."""
    parse_anchor_key(key)
    return StoredAnchor.of(key, archive.store.get(key))


def find_anchor(archive: Archive, sha256: str) -> StoredAnchor:
    """Return the anchor whose stored bytes have this SHA-256 (64 hex digits). Raises AnchorMissing."""
    for key in reversed(_listed(archive)):
        stored = archive.store.get(key)
        if hashlib.sha256(stored).hexdigest() == sha256:
            return StoredAnchor.of(key, stored)
    raise AnchorMissing(
        f"{archive.url} has no anchor whose bytes have the SHA-256 {sha256}. If that line came from this archive, the"
        " anchor was removed or changed since."
    )


def anchor_keys(names: Iterable[str]) -> list[str]:
    """Return those names that are anchors', in the order in which they follow.

    >>> anchor_keys(["anchors/2026-01-23.10.json", "anchors/2026-01-23.9.json", "anchors/2026-01-23.tsr"])
    ['anchors/2026-01-23.9.json', 'anchors/2026-01-23.10.json']
    """
    found = []
    for name in names:
        try:
            found.append((parse_anchor_key(name), name))
        except KeyInvalid:
            continue  # tokens, and what verify warns of
    return [name for _, name in sorted(found)]


def _listed(archive: Archive) -> list[str]:
    return anchor_keys(object_.key for object_ in archive.store.list(f"{ANCHORS}/"))


def _heads_now(archive: Archive, newest: StoredAnchor | None) -> dict[str, Head]:
    before = newest.anchor.heads if newest else {}
    heads = {}
    for outlet in sorted({*before, *archive.outlets()}):
        head = archive.log(outlet).head(before.get(outlet))
        if head:
            heads[outlet] = head
    if not heads:
        raise NothingToAnchor(
            f"{archive.url} has no commit yet, so there is nothing to anchor. The first crawl adds one."
        )
    return heads


def _next_key(newest: StoredAnchor | None, now: datetime) -> str:
    """Return the name after the newest one: of today, but never of a day before the newest, whatever the clock says."""
    today = now.astimezone(UTC).date()
    if newest is None:
        return anchor_key(today)
    day, number = parse_anchor_key(newest.key)
    return anchor_key(today) if today > day else anchor_key(day, number + 1)


def _heads(value: Any) -> dict[str, Head]:
    return {json_values.outlet(outlet): _head(found) for outlet, found in mapping(value).items()}


def _head(value: Any) -> Head:
    found = mapping(value)
    head = Head(take(found, "number", count), take(found, "sha256", json_values.sha256))
    if head.number < 1:
        raise Unexpected("the number of a commit begins at 1")
    return head


def _previous_key(value: Any) -> str:
    return MANIFEST if value == MANIFEST else json_values.named(value, parse_anchor_key)
