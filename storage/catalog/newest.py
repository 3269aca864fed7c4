"""The newest answer and the newest body of every URL, kept up while commits are applied: each crawl asks for all."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, Final

from sqlalchemy import Connection

from storage.catalog.database import insert_newer
from storage.catalog.schema import answers, bodies
from storage.exchange import Outcome, Role
from storage.rows import CaptureRow

_ANNOUNCING: Final = frozenset({Role.LISTING, Role.FEED, Role.SITEMAP, Role.REQUISITE})
_REFETCHED: Final = _ANNOUNCING | {Role.ARTICLE, Role.PART}
_BAD_DAY: Final = frozenset({408, 425, 429})


def take_up_newest(connection: Connection, rows: Iterable[CaptureRow], url_ids: Mapping[str, int]) -> None:
    """Write down the rows that are newer than what was known of their URLs."""
    rows = list(rows)
    insert_newer(connection, answers, [_answer(row, url_ids[row.url]) for row in rows if _is_answer(row)])
    insert_newer(connection, bodies, [_body(row, url_ids[row.url]) for row in rows if _is_body(row)])


def _is_answer(row: CaptureRow) -> bool:
    """Return whether the URL need not be asked for again soon: "not found" is an answer, "try later" is none."""
    return (
        row.role in _ANNOUNCING
        and row.outcome in (Outcome.RESPONSE, Outcome.REVISIT)
        and row.status is not None
        and row.status < 500
        and row.status not in _BAD_DAY
    )


def _is_body(row: CaptureRow) -> bool:
    """Return whether the capture gave a whole body, and its place is known. "Not modified" gives none."""
    return (
        row.role in _REFETCHED
        and row.status is not None
        and 200 <= row.status < 300
        and row.truncated is None
        and (
            (row.outcome is Outcome.RESPONSE and row.payload_digest is not None)
            or (row.outcome is Outcome.REVISIT and row.refers_to_id is not None)
        )
    )


def _answer(row: CaptureRow, url_id: int) -> dict[str, Any]:
    return {"url_id": url_id, "role": row.role.value, "captured_at": row.captured_at, "record_id": row.record_id}


def _body(row: CaptureRow, url_id: int) -> dict[str, Any]:
    is_revisit = row.outcome is Outcome.REVISIT
    return {
        **_answer(row, url_id),
        "whole_record_id": row.refers_to_id if is_revisit else row.record_id,
        "own": not is_revisit or row.refers_to_url in (None, row.url),
        "etag": row.etag,
        "last_modified": row.last_modified,
    }
