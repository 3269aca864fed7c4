"""Holding anchors against the logs: is every head that was anchored still where it was, with the same bytes?

Those in the archive show what was changed by somebody who forgot them; one that was kept elsewhere shows it whoever
did it. That the chain holds before and after a head is storage.verify_log's to see.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from cryptography.x509 import Certificate

from storage.anchors import Anchor, StoredAnchor, anchor_keys
from storage.archive import Archive
from storage.commits import chained
from storage.errors import (
    AnchorInvalid,
    FormatTooNew,
    ObjectDamaged,
    ObjectMissing,
    StoreRefused,
    TokenInvalid,
)
from storage.instants import format_instant
from storage.keys import ANCHORS, MANIFEST, commit_key, log_prefix, token_key
from storage.timestamps import Token, check_token
from storage.verify_log import Finding


@dataclass(frozen=True)
class KeptAnchor:
    """An anchor that was named for the check, and its time-stamp reply where there is one.

    `elsewhere`: it, or its SHA-256, was not taken from the archive that it is held against.
    """

    stored: StoredAnchor
    token: bytes | None = None
    elsewhere: bool = True


@dataclass(frozen=True)
class KeptCheck:
    """What holding a kept anchor against the archive came to. `breaches` of its heads are among the problems.

    `in_archive`: the archive still has it, byte for byte. `heads` is how many were looked for.
    """

    anchor: str
    sha256: str
    made_at: datetime
    heads: int
    breaches: int
    in_archive: bool
    elsewhere: bool
    token: Token | None


@dataclass(frozen=True)
class Logs:
    """What was read of the logs after the anchors were: outlet → number of a commit → `sha256:…` of its stored bytes.

    `only`: the outlets that were looked at, None for all.
    """

    hashes: Mapping[str, Mapping[int, str]]
    only: Collection[str] | None = None


@dataclass
class FoundAnchors:
    """The anchors of an archive in the order in which they follow, their tokens, and what was wrong with either.

    They are read before the logs: what is committed and anchored meanwhile must not look cut off.
    """

    anchors: dict[str, StoredAnchor] = field(default_factory=dict)
    tokens: dict[str, bytes] = field(default_factory=dict)  # by the anchor's name
    count: int = 0
    problems: list[Finding] = field(default_factory=list)
    warnings: list[Finding] = field(default_factory=list)


def read_anchors(archive: Archive) -> FoundAnchors:
    """Read the archive's anchors and tokens. What cannot be read is a problem in what is returned."""
    found = FoundAnchors()
    listed = [object_.key for object_ in archive.store.list(f"{ANCHORS}/")]
    keys = anchor_keys(listed)
    found.count = len(keys)
    for key in keys:
        try:
            found.anchors[key] = StoredAnchor.of(key, archive.store.get(key))
        except (AnchorInvalid, FormatTooNew) as error:
            found.problems.append(Finding(key, str(error)))
        except (ObjectMissing, ObjectDamaged, StoreRefused) as error:
            found.problems.append(Finding(key, f"the anchor cannot be read: {error.what}"))
    for key in sorted({*listed} - {*keys}):
        anchor = f"{key.removesuffix('.tsr')}.json"
        if not key.endswith(".tsr") or not anchor_keys([anchor]):
            found.warnings.append(Finding(key, "no anchor and no token of an anchor has this name"))
        elif anchor not in keys:
            found.problems.append(Finding(anchor, f"it is missing, and its token {key} is there"))
        else:
            try:
                found.tokens[anchor] = archive.store.get(key)
            except (ObjectMissing, ObjectDamaged, StoreRefused) as error:
                found.problems.append(Finding(key, f"the token cannot be read: {error.what}"))
    return found


def check_anchors(
    archive: Archive,
    found: FoundAnchors,
    logs: Logs,
    *,
    kept: KeptAnchor | None = None,
    roots: Sequence[Certificate] = (),
) -> KeptCheck | None:
    """Add to `found` what its anchors' chain, heads and tokens show, and what one that was kept shows.

    With roots, the signature of each token has to lead to one of them.
    """
    by_kept = list(_breaches(archive, kept.stored.anchor, logs)) if kept else []
    check = _check_kept(archive, kept, by_kept, found, logs, roots) if kept else None
    _judge_chain(archive, found)
    _judge_heads(archive, found, logs, by_kept)
    for key, reply in found.tokens.items():
        if key in found.anchors:
            _judge_token(token_key(key), reply, found.anchors[key], roots, found)
    if roots and not found.tokens and (kept is None or kept.token is None):
        found.warnings.append(Finding(ANCHORS, "no time-stamp token is there to hold against the given certificates"))
    return check


def _check_kept(
    archive: Archive,
    kept: KeptAnchor,
    breaches: Sequence[Finding],
    found: FoundAnchors,
    logs: Logs,
    roots: Sequence[Certificate],
) -> KeptCheck:
    stored, anchor = kept.stored, kept.stored.anchor
    said = f"{stored.key}, made {format_instant(anchor.made_at)}, says so"
    found.problems += [Finding(breach.key, f"{breach.what}; {said}") for breach in breaches]
    in_archive = stored.sha256 in {one.sha256 for one in found.anchors.values()}
    if not in_archive and anchor.archive == archive.id:
        what = f"no anchor with the SHA-256 {stored.sha256} is there: {stored.key} was removed or changed since"
        found.problems.append(Finding(f"{ANCHORS}/", what))
    token = None
    if kept.token is not None:
        token = _judge_token(f"the token of {stored.key}", kept.token, stored, roots, found)
    return KeptCheck(
        anchor=stored.key,
        sha256=stored.sha256,
        made_at=anchor.made_at,
        heads=sum(logs.only is None or outlet in logs.only for outlet in anchor.heads),
        breaches=len(breaches),
        in_archive=in_archive,
        elsewhere=kept.elsewhere,
        token=token,
    )


def _judge_chain(archive: Archive, found: FoundAnchors) -> None:
    """Name the anchors that are missing or not what the next one continues."""
    hashes = {MANIFEST: archive.root} | {key: chained(stored.stored) for key, stored in found.anchors.items()}
    before: StoredAnchor | None = None
    for key, stored in found.anchors.items():
        anchor = stored.anchor
        expected = before.key if before else MANIFEST
        if anchor.previous_key not in hashes:
            found.problems.append(Finding(anchor.previous_key, f"it is missing or no anchor, and {key} continues it"))
        elif hashes[anchor.previous_key] != anchor.previous:
            what = f"it is not what {key} continues: one of them was changed"
            found.problems.append(Finding(anchor.previous_key, what))
        elif anchor.previous_key != expected:
            what = f"it continues {anchor.previous_key} and not {expected}: two machines made one at the same time"
            found.warnings.append(Finding(key, what))
        if before and anchor.made_at < before.anchor.made_at:
            what = f"by its clock it was made before {before.key}, which it follows: a clock was wrong"
            found.warnings.append(Finding(key, what))
        before = stored


def _judge_heads(archive: Archive, found: FoundAnchors, logs: Logs, named: Sequence[Finding]) -> None:
    """Name each breach that is not named yet once, with the first anchor that shows it: a year has hundreds."""
    showing: dict[Finding, list[str]] = {}
    for key, stored in found.anchors.items():
        for breach in _breaches(archive, stored.anchor, logs):
            showing.setdefault(breach, []).append(key)
    for breach, keys in showing.items():
        if breach in named:
            continue
        more = f" (and {len(keys) - 1} more)" if len(keys) > 1 else ""
        found.problems.append(Finding(breach.key, f"{breach.what}; {keys[0]}{more} says so, or was changed itself"))


def _judge_token(
    name: str, reply: bytes, stored: StoredAnchor, roots: Sequence[Certificate], found: FoundAnchors
) -> Token | None:
    try:
        return check_token(reply, stored.stored, roots)
    except TokenInvalid as error:
        found.problems.append(Finding(name, str(error)))
        return None


def _breaches(archive: Archive, anchor: Anchor, logs: Logs) -> Iterator[Finding]:
    """Yield what of an anchor is no longer so. Whose word that is, is for the caller to add."""
    if anchor.archive != archive.id:
        yield Finding(MANIFEST, f"this is the archive {archive.id}, and the anchor is of {anchor.archive}")
        return
    for outlet, head in anchor.heads.items():
        if logs.only is not None and outlet not in logs.only:
            continue
        hashes = logs.hashes.get(outlet)
        key, claimed = commit_key(outlet, head.number), f"sha256:{head.sha256}"
        if not hashes:
            yield Finding(log_prefix(outlet), f"the whole log is gone, which had {head.number} commits at the least")
        elif head.number > max(hashes):
            what = f"the log ends at {max(hashes)}, and commits up to {head.number} at the least were cut off"
            yield Finding(key, what)
        elif head.number not in hashes:
            yield Finding(key, "it is missing or cannot be read, and was there")
        elif hashes[head.number] != claimed:
            yield Finding(key, f"it was rewritten: it has the {hashes[head.number]}, and had the {claimed}")
