"""All records of one capture, cut out of a WARC by range: the very gzip members, for evidence and for exports.

A row of the captures table tells where the record is that stands for a capture. Its request stands between the record
of the capture before and this one, its metadata between this one and the next (docs/formats.md §6): two small ranges.
"""

from __future__ import annotations

import io
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass

from storage.errors import WarcInvalid
from storage.ranged import Ranges
from storage.rows import CaptureRow
from storage.warc_reader import Record, iterate


@dataclass(frozen=True)
class Member:
    """One record as it is stored: its gzip member's bytes, and where in the archive they are."""

    key: str
    offset: int
    data: bytes
    record: Record

    @property
    def record_id(self) -> str:
        """The record's id, without angle brackets."""
        return self.record.get_id("WARC-Record-ID") or ""


def group_of(store: Ranges, row: CaptureRow, rows: Sequence[CaptureRow], size: int) -> list[Member]:
    """Return the records of a capture in the order of the file: request, response or revisit, metadata.

    `rows` are all rows of the table that `row` is of, `size` the bytes of its WARC.

    Raises:
        WarcInvalid: the record of the row is not where the row says.
    """
    ordered = sorted((other for other in rows if other.warc_key == row.warc_key), key=lambda other: other.offset)
    place = bisect_left([other.offset for other in ordered], row.offset)
    begin = ordered[place - 1].offset + ordered[place - 1].length if place else 0
    end = ordered[place + 1].offset if place + 1 < len(ordered) else size
    found = [member for member in _members(store, row.warc_key, begin, end) if _belongs(member, row)]
    if not any(member.offset == row.offset and member.record_id == row.record_id for member in found):
        raise WarcInvalid(f"record {row.record_id} is not here", where=row.warc_key, offset=row.offset)
    return found


def warcinfo_of(store: Ranges, warc_key: str, rows: Sequence[CaptureRow]) -> Member | None:
    """Return a WARC's warcinfo record, its first, or None where it begins with another."""
    begin = min((row.offset for row in rows if row.warc_key == warc_key), default=0)
    first = next(iter(_members(store, warc_key, 0, begin)), None) if begin else None
    return first if first is not None and first.record.type == "warcinfo" else None


def _members(store: Ranges, key: str, begin: int, end: int) -> list[Member]:
    data = store.get_range(key, begin, end - begin)
    return [
        Member(key, begin + record.offset, data[record.offset : record.offset + record.length], record)
        for record in iterate(io.BytesIO(data), where=key)
    ]


def _belongs(member: Member, row: CaptureRow) -> bool:
    if member.record_id in (row.record_id, row.request_id):
        return True
    return member.record.type == "metadata" and member.record.get_id("WARC-Concurrent-To") in (
        row.record_id,
        row.request_id,
    )
