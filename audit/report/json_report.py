"""A report as JSON values: both states, and the findings in the shape of docs/json.md."""

from __future__ import annotations

from typing import Any

from audit.findings_json import to_json
from audit.report.model import DiffReport, Side


def as_json(report: DiffReport) -> dict[str, Any]:
    """Return the report as JSON values; moments are ISO 8601 in UTC."""
    return {
        "change_id": report.change_id,
        "findings_id": report.findings_id,
        "first_known": report.first_known,
        "notes": list(report.notes),
        "old": _side(report.old),
        "new": _side(report.new),
        "findings": {**to_json(report.findings), "undisclosed": report.undisclosed},
    }


def _side(side: Side) -> dict[str, Any]:
    return {
        "name": side.name,
        "url": side.url,
        "first_seen": None if side.first_seen is None else side.first_seen.isoformat(),
        "last_seen": None if side.last_seen is None else side.last_seen.isoformat(),
        "content_id": side.content_id,
        "record_id": side.record_id,
        "reader_id": side.reader_id,
        "article": side.article.to_json(),
    }
