"""One range of bytes, as `Range` asks for it (RFC 9110 §14)."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

_BYTES: Final = re.compile(r"bytes=[ \t]*([0-9]{0,18})-([0-9]{0,18})[ \t]*")


@dataclass(frozen=True)
class ByteRange:
    """The bytes from `start` on and before `stop`, which are at least one."""

    start: int
    stop: int


class Unsatisfiable(Exception):
    """The range begins after the end."""


def byte_range(value: str, size: int) -> ByteRange | None:
    """Return the range that a field's value asks for of `size` bytes; None where it is to be passed over.

    That is where it is no range of bytes, or several: whoever asked is sent everything, as RFC 9110 §14.2 allows.
    Raises Unsatisfiable.

    >>> byte_range("bytes=2-3", 10), byte_range("bytes=-3", 10), byte_range("bytes=8-", 10), byte_range("bytes=3-2", 10)
    (ByteRange(start=2, stop=4), ByteRange(start=7, stop=10), ByteRange(start=8, stop=10), None)
    """
    match = _BYTES.fullmatch(value)
    if match is None or match.group(1) == match.group(2) == "":
        return None
    first, last = match.groups()
    start = int(first) if first else max(0, size - int(last))
    stop = min(size, int(last) + 1) if first and last else size
    if first and last and int(last) < start:
        return None
    if start >= size or (not first and int(last) == 0):
        raise Unsatisfiable
    return ByteRange(start, stop)
