"""Reading WARC files: ours and other people's, in a gzip member a record or not compressed at all.

WARC/0.17 to 1.1 are read alike: lines may end in LF alone, header lines may be folded, a record may be followed by any
count of empty lines. What is not whole, or does not hold what it says, raises an error with the file and the offset;
nothing is skipped.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import BinaryIO, Final

from storage.errors import WarcInvalid, WarcTruncated
from storage.gzip_members import MAGIC, MAX_MEMBER, members
from storage.warc_fields import field, parse_fields

_VERSION: Final = re.compile(rb"WARC/(\d+\.\d+)[ \t]*\r?\n")
_END_OF_HEAD: Final = re.compile(rb"\n\r?\n")
_NUMBER: Final = re.compile(r"[0-9]{1,15}")
_LONGEST_HEAD: Final = 1 << 20
_GROUP_ENDS: Final = ("metadata", "warcinfo")


@dataclass(frozen=True)
class Record:
    """One record. `headers` are its named fields in order; `offset` and `length` are its place in the file.

    The place is that of the gzip member, or of the record without the empty lines after it where nothing is compressed.
    """

    headers: tuple[tuple[str, str], ...]
    block: bytes
    offset: int
    length: int

    @cached_property
    def type(self) -> str:
        """Return WARC-Type in lower case, empty where there is none."""
        return (self.get("WARC-Type") or "").lower()

    def get(self, name: str) -> str | None:
        """Return the first value of a field, its name compared without case, or None."""
        return field(self.headers, name)

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
    records = list(iterate(io.BytesIO(member), where=where))
    if len(records) != 1:
        raise WarcInvalid(f"{len(records)} records are here, not one", where=where, offset=offset)
    (record,) = records
    return Record(record.headers, record.block, offset, len(member))


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
    head_end, headers, size = _head(data, offset, where)
    tail = data[head_end + size :]
    if len(data) < head_end + size:
        raise WarcInvalid(
            f"its Content-Length is {size}, but its gzip member holds {len(data) - head_end} bytes of a block",
            where=where,
            offset=offset,
        )
    if tail.strip(b"\r\n"):
        raise WarcInvalid(
            "its gzip member holds more than one record, so they cannot be read alone; "
            "`warcio recompress FILE NEW` writes it as it must be"
            if tail.lstrip(b"\r\n").startswith(b"WARC/")
            else f"its gzip member goes on after the {size} bytes that its Content-Length states",
            where=where,
            offset=offset,
        )
    return Record(headers, bytes(memoryview(data)[head_end : head_end + size]), offset, length)


def _head(data: bytes | bytearray, offset: int, where: str) -> tuple[int, tuple[tuple[str, str], ...], int]:
    """Return where the header of a record ends, its fields, and the length of its block."""
    version = _VERSION.match(data)
    end = _END_OF_HEAD.search(data, 0, _LONGEST_HEAD)
    if version is None or end is None:
        raise WarcInvalid("no WARC record begins here", where=where, offset=offset)
    headers = tuple(parse_fields(bytes(data[version.end() : end.end()])))
    size = (field(headers, "Content-Length") or "").strip()
    if not _NUMBER.fullmatch(size):
        raise WarcInvalid(f"its Content-Length is {size[:40]!r}, which is no length", where=where, offset=offset)
    return end.end(), headers, int(size)


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
        head_end, headers, size = _head(b"".join(lines), offset, where)
        if size > MAX_MEMBER:
            raise WarcInvalid(f"its block of {size} bytes is too large to be read", where=where, offset=offset)
        block = file.read(size)
        if len(block) < size:
            raise WarcTruncated(
                f"its Content-Length is {size}, but the file ends after {len(block)} bytes", where=where, offset=offset
            )
        yield Record(headers, block, offset, head_end + size)
        offset += head_end + size


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
