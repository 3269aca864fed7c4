"""Reading WARC files: ours and other people's, in a gzip member a record or not compressed at all.

WARC/0.17 to 1.1 are read alike: lines may end in LF alone, header lines may be folded, a record may be followed by any
count of empty lines. What is not whole, or does not hold what it says, raises an error with the file and the offset;
nothing is skipped.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO, Final

from storage.errors import WarcInvalid, WarcTruncated
from storage.gzip_members import MAGIC, MAX_MEMBER, members, sole_member
from storage.warc_fields import parse_fields

_VERSION: Final = re.compile(rb"WARC/(\d+\.\d+)[ \t]*\r?\n")
_END_OF_HEAD: Final = re.compile(rb"\n\r?\n")
_TYPE: Final = re.compile(rb"\n(?i:WARC-Type)[ \t]*:([^\r\n]*)")
_LENGTH: Final = re.compile(rb"\n(?i:Content-Length)[ \t]*:([^\r\n]*)")
_NUMBER: Final = re.compile(r"[0-9]{1,15}")
_LONGEST_HEAD: Final = 1 << 20
_GROUP_ENDS: Final = ("metadata", "warcinfo")


class Record:
    """One record. `head` is the bytes of its header, `offset` and `length` are its place in the file.

    The place is that of the gzip member, or of the record without the empty lines after it where nothing is compressed.
    The header is only taken apart when a field is asked for: of half of all records nobody asks more than the type.
    """

    __slots__ = ("_first", "block", "head", "length", "offset", "type")

    def __init__(self, head: bytes, block: bytes, offset: int, length: int) -> None:
        self.head = head
        self.block = block
        self.offset = offset
        self.length = length
        kind = _TYPE.search(head)
        self.type = (
            kind.group(1).decode("latin-1").strip().lower() if kind else ""
        )  # WARC-Type, empty where there is none
        self._first: dict[str, str] | None = None

    def __eq__(self, other: object) -> bool:
        mine = (self.head, self.block, self.offset, self.length)
        return isinstance(other, Record) and mine == (other.head, other.block, other.offset, other.length)

    def __hash__(self) -> int:
        return hash((self.head, self.offset))

    @property
    def headers(self) -> list[tuple[str, str]]:
        """Return the named fields in order, repeated ones too."""
        return parse_fields(self.head.partition(b"\n")[2])

    def get(self, name: str) -> str | None:
        """Return the first value of a field, its name compared without case, or None."""
        if self._first is None:
            self._first = {}
            for key, value in self.headers:
                self._first.setdefault(key.lower(), value)
        return self._first.get(name.lower())

    def get_id(self, name: str) -> str | None:
        """Return the first value of a field that holds a URI in angle brackets, without them.

        Target URIs had brackets in WARC/1.0 too, and wget 1.19 wrote them.
        """
        value = self.get(name)
        return value[1:-1] if value and value.startswith("<") and value.endswith(">") else value


def iterate(source: Path | BinaryIO, *, where: str | None = None) -> Iterator[Record]:
    """Yield the records of a WARC file, or of an open file from where it stands.

    `where` names the file in errors; it is the path's name otherwise. Raises WarcInvalid and WarcTruncated.
    """
    if isinstance(source, Path):
        with source.open("rb") as file:
            yield from iterate(file, where=where or source.name)
        return
    where = where or str(getattr(source, "name", "WARC"))
    start = source.read(len(MAGIC))
    joined = _Rejoined(start, source)
    if start == MAGIC[: len(start)] and start:
        for member in members(joined, where=where):
            yield _parse(member.data, member.offset, member.length, where)
    elif start:
        yield from _plain(io.BufferedReader(joined, 1 << 20), where)


def read_at(member: bytes, *, where: str = "WARC", offset: int = 0) -> Record:
    """Return the record that is stored as exactly these bytes: one gzip member, or one record not compressed.

    `where` and `offset` say where they came from. Raises WarcInvalid, also where more than one record is in them.
    """
    if (data := sole_member(member)) is not None:
        return _parse(data, offset, len(member), where)
    try:
        records = list(iterate(io.BytesIO(member), where=where))
    except WarcInvalid as wrong:
        raise type(wrong)(wrong.what, where=where, offset=offset + wrong.offset) from wrong
    if len(records) != 1:
        raise WarcInvalid(f"{len(records)} records are here, not one", where=where, offset=offset)
    (record,) = records
    return Record(record.head, record.block, offset, len(member))


def last_whole_group(path: Path) -> int:
    """Return how many bytes of a WARC being written are whole groups: up to the end of the last one.

    A group ends with its metadata record, and the warcinfo record is one by itself. Whatever follows is what a crash
    left of a group that was never acknowledged.
    """
    end = 0
    try:
        for record in iterate(path):
            if record.type in _GROUP_ENDS:
                end = record.offset + record.length
    except WarcInvalid:
        return end
    return end


def _parse(data: bytes | bytearray, offset: int, length: int, where: str) -> Record:
    """Parse the record that fills one gzip member."""
    head, size = _head(data, offset, where)
    end = len(head) + size
    if len(data) < end:
        raise WarcInvalid(
            f"its Content-Length is {size}, but its gzip member holds {len(data) - len(head)} bytes of a block",
            where=where,
            offset=offset,
        )
    if tail := data[end:].lstrip(b"\r\n"):
        raise WarcInvalid(
            "its gzip member holds more than one record, so they cannot be read alone; "
            "`warcio recompress FILE NEW` writes it as it must be"
            if tail.startswith(b"WARC/")
            else f"its gzip member goes on after the {size} bytes that its Content-Length states",
            where=where,
            offset=offset,
        )
    return Record(head, bytes(memoryview(data)[len(head) : end]), offset, length)


def _head(data: bytes | bytearray, offset: int, where: str) -> tuple[bytes, int]:
    """Return the header of a record, up to its block, and the length of the block."""
    end = data.find(b"\r\n\r\n", 0, _LONGEST_HEAD) + 4
    if end < 4 or data.find(b"\n\n", 0, end) >= 0:  # lines that end in LF alone
        empty_line = _END_OF_HEAD.search(data, 0, _LONGEST_HEAD)
        end = empty_line.end() if empty_line else 0
    head = bytes(memoryview(data)[:end])
    if not _VERSION.match(head):
        raise WarcInvalid("no WARC record begins here", where=where, offset=offset)
    length = _LENGTH.search(head)
    stated = length.group(1).decode("latin-1").strip() if length else ""
    if not _NUMBER.fullmatch(stated):
        raise WarcInvalid(f"its Content-Length is {stated[:40]!r}, which is no length", where=where, offset=offset)
    return head, int(stated)


def _plain(file: io.BufferedReader, where: str) -> Iterator[Record]:
    """Yield the records of a WARC that is not compressed."""
    offset = 0
    while True:
        line = file.readline(_LONGEST_HEAD)
        while line in (b"\r\n", b"\n"):
            offset += len(line)
            line = file.readline(_LONGEST_HEAD)
        if not line:
            return
        if not line.startswith(b"WARC/"):
            raise WarcInvalid(
                "no WARC record begins here; the one before it may state a wrong Content-Length",
                where=where,
                offset=offset,
            )
        lines = [line]
        total = len(line)
        while line not in (b"\r\n", b"\n"):
            line = file.readline(_LONGEST_HEAD)
            total += len(line)
            if not line or total > _LONGEST_HEAD:
                raise WarcTruncated("its header has no end", where=where, offset=offset)
            lines.append(line)
        head, size = _head(b"".join(lines), offset, where)
        if size > MAX_MEMBER:
            raise WarcInvalid(f"its block of {size} bytes is too large to be read", where=where, offset=offset)
        block = file.read(size)
        if len(block) < size:
            raise WarcTruncated(
                f"its Content-Length is {size}, but the file ends after {len(block)} bytes", where=where, offset=offset
            )
        yield Record(head, block, offset, len(head) + size)
        offset += len(head) + size


class _Rejoined(io.RawIOBase):
    """An open file with the bytes in front that were taken from it to see what it is."""

    def __init__(self, start: bytes, file: BinaryIO) -> None:
        self._start = start
        self._file = file

    def readable(self) -> bool:
        return True

    def read(self, size: int = -1) -> bytes:
        if self._start:
            start, self._start = self._start, b""
            return start
        return self._file.read(size)

    def readinto(self, buffer: bytearray | memoryview) -> int:  # type: ignore[override]
        piece = self.read(len(buffer))
        buffer[: len(piece)] = piece
        return len(piece)
