"""Digests as the archive writes them (`sha256:<64 lower-case hex digits>`), and as other tools' WARCs write them.

WARC/1.1 names neither an algorithm nor an encoding. The recommendation of its annotated edition is base 16 in lower
case for SHA-256 and MD5, and base 32 for SHA-1, which is what most archives hold. Foreign digests are compared as
bytes, in whichever of base 16, 32 and 64 their length tells.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
from typing import Final

EMPTY: Final = "sha256:e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"

# The algorithms that WARCs are known to carry; hashlib has more, some of which (shake) want a length.
_SIZES: Final = {"md5": 16, "sha1": 20, "sha224": 28, "sha256": 32, "sha384": 48, "sha512": 64}


def sha256(data: bytes | bytearray | memoryview) -> str:
    """Return the digest of `data` in the archive's own writing.

    >>> sha256(b"") == EMPTY
    True
    """
    return "sha256:" + hashlib.sha256(data).hexdigest()


def agrees(declared: str, data: bytes | bytearray | memoryview) -> bool | None:
    """Say whether `declared`, a digest out of a WARC, is that of `data`; None where it cannot be judged.

    It cannot be judged when the algorithm is unknown or the value has a length that no encoding of it has.

    >>> agrees("sha1:3I42H3S6NNFQ2MSVX7XZKYAYSCX5QBYJ", b"")
    True
    >>> agrees("md5:00000000000000000000000000000000", b"")
    False
    >>> agrees("crc32:00000000", b"") is None
    True
    """
    label, separator, value = declared.strip().partition(":")
    algorithm = label.lower().replace("-", "")
    size = _SIZES.get(algorithm)
    if not separator or size is None:
        return None
    expected = _decode(value, size)
    if expected is None:
        return None
    return hashlib.new(algorithm, data, usedforsecurity=False).digest() == expected


def _decode(value: str, size: int) -> bytes | None:
    """Undo base 16, 32 or 64 of a digest of `size` bytes; the lengths differ, so no two can be confused."""
    bare = value.rstrip("=")
    try:
        if len(bare) == 2 * size:
            return bytes.fromhex(bare)
        if len(bare) == -(-8 * size // 5):
            return base64.b32decode(bare.upper() + "=" * (-len(bare) % 8))
        if len(bare) == -(-8 * size // 6):
            return base64.b64decode(bare.replace("-", "+").replace("_", "/") + "=" * (-len(bare) % 4), validate=True)
    except (ValueError, binascii.Error):
        return None
    return None
