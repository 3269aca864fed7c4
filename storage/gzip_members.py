"""The members of a gzip file one by one, each checked against its own CRC and length (RFC 1952).

A member does not say where it ends. We guess: at the next three bytes that a member begins with. libdeflate undoes the
guess in half of zlib's time; where the CRC and the length at its end hold, and no member can begin inside it, the guess
was right. Everything else (those bytes inside compressed data, padding, a broken or unfinished member) goes the slow
way through zlib, which finds the true end. So a hostile body that holds a WARC in gzip is never taken for records.
"""

from __future__ import annotations

import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final, Protocol

import deflate

from storage.errors import WarcInvalid, WarcTruncated

MAGIC: Final = b"\x1f\x8b\x08"
MAX_MEMBER: Final = 1 << 30  # decoded; a member is held in memory
_LEAST: Final = 18  # header and trailer of an empty member
_READ: Final = 1 << 20
_STEP: Final = 1 << 16
_FAST: Final = 1 << 26  # the largest member, decoded, that is undone in one go
_RATIO: Final = 1032  # deflate cannot do better; a trailer that claims more is none


@dataclass(frozen=True)
class Member:
    """One gzip member, decoded, and its place in the file."""

    data: bytes | bytearray
    offset: int
    length: int


class Readable(Protocol):
    """What is read from: an open file, or anything that gives bytes until there are no more."""

    def read(self, size: int, /) -> bytes:
        """Return at most `size` bytes, none at the end."""


def members(file: Readable, *, where: str) -> Iterator[Member]:
    """Yield the members of a file from where it stands, which need not be seekable; offsets count from there.

    Raises WarcTruncated where the last member is not whole, WarcInvalid where bytes are no member; both name `where`
    and the offset.
    """
    return _Scanner(file, where).members()


def sole_member(stored: bytes) -> bytes | bytearray | None:
    """Return what bytes decode to that are one member and nothing else; None where they are not, for whatever reason.

    Its end is known, so that nothing has to be looked for: half of the time that `members` takes.
    """
    size = int.from_bytes(stored[-4:], "little")
    if not stored.startswith(MAGIC) or not len(stored) >= _LEAST or size > MAX_MEMBER:
        return None
    # As in `_guessed`: without those bytes inside, no other member can begin there.
    if 0 < size <= min(_FAST, len(stored) * _RATIO) and stored.find(MAGIC, len(MAGIC)) < 0:
        try:
            fast = deflate.gzip_decompress(stored, size)
        except deflate.DeflateError:
            return None
        return fast if stored[-8:-4] == deflate.crc32(fast).to_bytes(4, "little") and len(fast) == size else None
    stream = zlib.decompressobj(zlib.MAX_WBITS | 16)
    try:
        data = stream.decompress(stored, size + 1)
    except zlib.error:
        return None
    return data if stream.eof and not stream.unused_data else None


class _Scanner:
    """A window over the file: `_buffer` holds the bytes from `_base` on, the next member begins at `_start` in it."""

    def __init__(self, file: Readable, where: str) -> None:
        self._file = file
        self._where = where
        self._buffer = b""
        self._base = 0
        self._start = 0
        self._ended = False

    def members(self) -> Iterator[Member]:
        while self._has(1):
            offset = self._base + self._start
            self._has(_LEAST)
            if not self._buffer.startswith(MAGIC, self._start):
                raise self._no_member(offset)
            member = self._guessed() or self._found()
            self._start += member.length
            yield member

    def _no_member(self, offset: int) -> WarcInvalid:
        rest = len(self._buffer) - self._start
        if self._ended and rest < len(MAGIC) and MAGIC.startswith(self._buffer[self._start :]):
            return WarcTruncated(f"only {rest} bytes of a gzip member are there", where=self._where, offset=offset)
        return WarcInvalid("no gzip member begins here", where=self._where, offset=offset)

    def _guessed(self) -> Member | None:
        """Return the member that ends where the next seems to begin, None where that does not hold."""
        searched = self._start + len(MAGIC)
        while (end := self._buffer.find(MAGIC, searched)) < 0:
            if len(self._buffer) - self._start > _FAST:
                return None
            searched = max(searched, len(self._buffer) - len(MAGIC) + 1) - self._start
            if not self._more():
                end = len(self._buffer)
                break
            searched += self._start
        length = end - self._start
        size = int.from_bytes(self._buffer[end - 4 : end], "little")
        # A size of 0 makes the library give nothing, unchecked, whatever there is.
        if length < _LEAST or not 0 < size <= min(_FAST, length * _RATIO):
            return None
        try:
            data = deflate.gzip_decompress(memoryview(self._buffer)[self._start : end], size)
        except deflate.DeflateError:
            return None
        trailer = deflate.crc32(data).to_bytes(4, "little") + len(data).to_bytes(4, "little")
        if self._buffer[end - 8 : end] != trailer:
            return None
        return Member(data, self._base + self._start, length)

    def _found(self) -> Member:
        """Return the member that zlib finds, whatever follows it."""
        offset = self._base + self._start
        stream = zlib.decompressobj(zlib.MAX_WBITS | 16)
        out = bytearray()
        consumed = 0
        while not stream.eof:
            piece = self._buffer[self._start + consumed : self._start + consumed + _STEP]
            if not piece:
                if self._more():
                    continue
                raise WarcTruncated(
                    f"the gzip member that begins here is not whole: {consumed} bytes of it are there",
                    where=self._where,
                    offset=offset,
                )
            consumed += len(piece)
            while piece and not stream.eof:
                try:
                    out += stream.decompress(piece, _STEP)
                except zlib.error as broken:
                    raise WarcInvalid(
                        f"the gzip member that begins here is broken ({broken})", where=self._where, offset=offset
                    ) from broken
                piece = stream.unconsumed_tail
                if len(out) > MAX_MEMBER:
                    raise WarcInvalid(
                        f"the gzip member that begins here holds more than {MAX_MEMBER} bytes",
                        where=self._where,
                        offset=offset,
                    )
        return Member(out, offset, consumed - len(stream.unused_data))

    def _has(self, count: int) -> bool:
        """Read on until `count` bytes are there from `_start` on; say whether they are."""
        while len(self._buffer) - self._start < count:
            if not self._more():
                return False
        return True

    def _more(self) -> bool:
        """Read some more of the file, letting go of what was yielded; say whether there was any."""
        if self._ended:
            return False
        # As much again as there is, so that a large member is not copied once for every read.
        piece = self._file.read(max(_READ, len(self._buffer) - self._start))
        if not piece:
            self._ended = True
            return False
        self._buffer = self._buffer[self._start :] + piece
        self._base += self._start
        self._start = 0
        return True
