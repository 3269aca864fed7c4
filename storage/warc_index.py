"""The rows and the CDXJ of a WARC, from the WARC alone: one path for live, recovered and imported files.

A group of ours ends with a metadata record, which tells what HTTP does not (see storage.capture_metadata). Responses
and revisits that other tools wrote have none: their rows have the role and purpose that the caller gives. What no row
can be made of (dns records, resources, text that a crawler extracted) still has its CDXJ line.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

from storage.capture_metadata import facts_of, is_ours
from storage.capture_rows import WarcPlace, record_id_of, row_of_foreign, row_of_group
from storage.cdxj import cdxj_line, sorted_lines, target_of
from storage.errors import WarcInvalid
from storage.exchange import Outcome, Purpose, Role
from storage.instants import format_instant
from storage.rows import CaptureRow
from storage.warc_fields import parse_fields
from storage.warc_reader import Record, iterate

_ANSWERS: Final = ("response", "revisit")


@dataclass(frozen=True)
class WarcIndex:
    """What a WARC holds: its captures in the order of the file, and its CDXJ lines, sorted."""

    rows: list[CaptureRow]
    cdxj: list[str]


def index_warc(
    path: Path, *, warc_key: str, crawl_id: str, role: Role = Role.OTHER, purpose: Purpose = Purpose.DISCOVER
) -> WarcIndex:
    """Index a WARC file. `warc_key` is the name that the rows know it by; the last part of it is the CDXJ's filename.

    `role` and `purpose` are those of captures that no metadata record of ours tells of. Raises WarcInvalid and
    WarcTruncated with the file and the offset; nothing is skipped.
    """
    rows = _Rows(WarcPlace(warc_key, crawl_id), role, purpose, path.name)
    filename = warc_key.rpartition("/")[2]
    lines: list[str] = []
    for record in iterate(path):
        line = cdxj_line(record, filename=filename, where=path.name)
        if line is not None:
            lines.append(line)
        rows.take(record)
    return WarcIndex(rows=rows.finish(), cdxj=sorted_lines(lines))


class _Rows:
    """Makes rows of records as they come. `where` names the file in errors."""

    def __init__(self, place: WarcPlace, role: Role, purpose: Purpose, where: str) -> None:
        self._where = where
        self._place = place
        self._role = role
        self._purpose = purpose
        self._rows: list[CaptureRow] = []
        self._answer: Record | None = None  # the record before, if it is a response or revisit
        self._foreign = _ForeignLinks()

    def take(self, record: Record) -> None:
        if record.type == "metadata" and is_ours(fields := parse_fields(record.block)):
            answer, self._answer = self._answer, None
            with self._naming(record):
                self._rows.append(row_of_group(self._place, answer, record, facts_of(fields)))
            return
        self._take_foreign()
        if record.type in _ANSWERS and (target_of(record) or "").startswith(("http:", "https:")):
            self._answer = record
        elif record.type == "request":
            with self._naming(record):
                self._foreign.add_request(record)

    def finish(self) -> list[CaptureRow]:
        self._take_foreign()
        return [self._foreign.linked(row) for row in self._rows]

    def _take_foreign(self) -> None:
        """Make the row of an answer that no metadata record of ours followed."""
        answer, self._answer = self._answer, None
        if answer is None:
            return
        with self._naming(answer):
            row = row_of_foreign(self._place, answer, role=self._role, purpose=self._purpose)
        self._foreign.add_answer(row, answer)
        self._rows.append(row)

    @contextmanager
    def _naming(self, record: Record) -> Iterator[None]:
        """Say of what is wrong with a record where that is."""
        try:
            yield
        except ValueError as wrong:
            raise WarcInvalid(str(wrong), where=self._where, offset=record.offset) from wrong


class _ForeignLinks:
    """Who belongs to whom in another tool's WARC, where requests stand before or after their responses, or not at all.

    A revisit names its original by id, by URL and date, or, in the oldest files, by its digest alone.
    """

    def __init__(self) -> None:
        self._request_of: dict[str, str] = {}  # id of a record that a request says it goes with → the request's
        self._goes_with: dict[str, str] = {}  # id of an answer → what it says that it goes with
        self._originals: dict[str, CaptureRow] = {}  # by id, by URL and date, by the digest as that tool wrote it
        self._digests: dict[str, str] = {}  # id of a revisit → the digest as that tool wrote it
        self._answers: set[str] = set()

    def add_request(self, record: Record) -> None:
        request_id = record_id_of(record)
        self._request_of[request_id] = request_id
        if concurrent := record.get_id("WARC-Concurrent-To"):
            self._request_of[concurrent] = request_id

    def add_answer(self, row: CaptureRow, record: Record) -> None:
        self._answers.add(row.record_id)
        self._goes_with[row.record_id] = record.get_id("WARC-Concurrent-To") or ""
        digest = record.get("WARC-Payload-Digest") or ""
        if row.outcome is Outcome.REVISIT:
            self._digests[row.record_id] = digest
        elif row.outcome is Outcome.RESPONSE:
            for name in (row.record_id, f"{row.url} {format_instant(row.captured_at)}", digest):
                self._originals.setdefault(name, row)

    def linked(self, row: CaptureRow) -> CaptureRow:
        """Return the row with its request, and a revisit's with its original, where they are in the file."""
        if row.record_id not in self._answers:
            return row
        request_id = self._request_of.get(row.record_id) or self._request_of.get(self._goes_with[row.record_id])
        row = replace(row, request_id=request_id)
        if row.outcome is not Outcome.REVISIT:
            return row
        names = [row.refers_to_id or ""]
        if row.refers_to_url and row.refers_to_at:
            names.append(f"{row.refers_to_url} {format_instant(row.refers_to_at)}")
        names.append(self._digests[row.record_id])
        original = next((self._originals[name] for name in names if name and name in self._originals), None)
        if original is None:
            return row
        return replace(
            row,
            payload_digest=original.payload_digest,
            refers_to_id=original.record_id,
            refers_to_url=original.url,
            refers_to_at=original.captured_at,
        )
