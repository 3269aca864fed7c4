"""Rows of a plan, from what they tell."""

from __future__ import annotations

from crawlers.plan import KnownRequisite
from storage.exchange import Original, Role
from storage.instants import microseconds
from storage.plan_rows import OriginalRow, RequisiteRow


def original_row(original: Original, role: Role) -> OriginalRow:
    at = microseconds(original.captured_at)
    return OriginalRow(original.payload_digest, original.url, original.record_id, at, original.chunked, role.value)


def requisite_row(known: KnownRequisite) -> RequisiteRow:
    return RequisiteRow(known.url, microseconds(known.fetched_at), known.etag, known.last_modified)
