"""Copies of anchors outside the archive: written for somebody to keep, and found again when they are to be checked."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from storage.anchors import StoredAnchor
    from storage.archive import Archive
    from storage.verify_anchors import KeptAnchor


def copy_anchor(anchor: StoredAnchor, token: bytes | None, out: Path) -> list[Path]:
    """Write the anchor to the file `out`, or into the folder `out`, and its token beside it; return the files' paths.

    What is there with the same bytes stays. Raises AnchorNotCopied, also where something else is there: a copy that
    was kept is never written over.
    """
    from storage.errors import AnchorNotCopied

    path = out / Path(anchor.key).name if out.is_dir() else out
    bodies = {path: anchor.stored} | ({_token_of(path): token} if token is not None else {})
    for place, body in bodies.items():
        try:
            if place.exists():
                if place.read_bytes() != body:
                    raise AnchorNotCopied(f"{place} holds something else, and is left as it is. Give another --out.")
            else:
                place.write_bytes(body)
        except OSError as error:
            raise AnchorNotCopied(f"{place} cannot be written: {error.strerror}. Give another --out.") from error
    return list(bodies)


def find_kept(archive: Archive, named: str) -> KeptAnchor:
    """Return the anchor that a person names: a file, a name in the archive, or the SHA-256 of an anchor in it.

    The token is the file's with the ending .tsr, else the archive's. Raises AnchorUnusable where no anchor is named;
    AnchorMissing or ObjectMissing where the archive has not the one that is, AnchorInvalid where it is damaged there,
    and FormatTooNew.
    """
    from storage.anchors import StoredAnchor, anchor_keys, find_anchor, read_anchor, read_token
    from storage.errors import AnchorInvalid, AnchorMissing, AnchorUnusable
    from storage.verify_anchors import KeptAnchor

    path = Path(named)
    if path.is_file():
        try:
            stored = StoredAnchor.of(named, _read(path))
        except AnchorInvalid as error:
            raise AnchorUnusable(f"{error} Name the file that `palimpsest anchor` wrote.") from error
        if _token_of(path).is_file():
            return KeptAnchor(stored, _read(_token_of(path)))
        try:
            return KeptAnchor(stored, read_token(archive, find_anchor(archive, stored.sha256).key))
        except AnchorMissing:  # the check says so
            return KeptAnchor(stored)
    if digits := re.fullmatch(r"(?:sha256:)?([0-9a-fA-F]{64})", named):
        found = find_anchor(archive, digits[1].lower())
        return KeptAnchor(found, read_token(archive, found.key))
    if anchor_keys([named]):
        return KeptAnchor(read_anchor(archive, named), read_token(archive, named), elsewhere=False)
    raise AnchorUnusable(
        f"{named} is no file, no anchor's name like anchors/2026-01-23.json and no SHA-256: --anchor takes one of them."
    )


def _token_of(path: Path) -> Path:
    return path.with_suffix(".tsr")


def _read(path: Path) -> bytes:
    from storage.errors import AnchorUnusable

    try:
        return path.read_bytes()
    except OSError as error:
        raise AnchorUnusable(f"{path} cannot be read: {error.strerror}.") from error
