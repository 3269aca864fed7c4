"""The words that all formats of a report share."""

from __future__ import annotations

from datetime import UTC, datetime

from audit.body_diff import Fate, Row
from audit.edit import Edit
from audit.findings import Disclosure, Findings
from audit.report.model import DiffReport
from config.words import counted

UNDISCLOSED = "not disclosed on the page as captured"
_DISCLOSED = {
    Disclosure.NONE: "the newer page, as captured, says nothing of an edit",
    Disclosure.TIMESTAMP: "the newer page, as captured, bears another time and says nothing else of an edit",
    Disclosure.UPDATED_TAG: "the newer page is tagged as updated",
    Disclosure.NOTE: "the newer page carries a note about an edit",
}
_FATES = {
    Fate.ADDED: "added",
    Fate.REMOVED: "removed",
    Fate.MOVED: "moved",
    Fate.SPLIT: "split",
    Fate.MERGED: "merged",
    Fate.EDITED: "edited",
    Fate.SAME: "",
}
_FIELDS = {
    "blocks": "paragraph",
    "images": "image",
    "links": "link",
    "published_raw": "published, as written",
    "modified_raw": "modified, as written",
}


def when(moment: datetime) -> str:
    """Return a moment to the second, in UTC.

    >>> when(datetime(2026, 1, 24, 2, 0, tzinfo=UTC))
    '2026-01-24 02:00:00 UTC'
    """
    return f"{moment.astimezone(UTC):%Y-%m-%d %H:%M:%S} UTC"


def verdict(report: DiffReport) -> str:
    """Return in one line what the edits come to."""
    findings = report.findings
    if not findings.edits:
        return "no difference in what the two pages say"
    edits = counted(len(findings.edits), "edit")
    secret = f", {UNDISCLOSED}" if report.undisclosed else ""
    return f"{findings.weight} ({findings.score} of 100), {edits}{secret}"


def disclosed(findings: Findings) -> str:
    """Return what the newer page says about having been edited, as a sentence."""
    return _DISCLOSED[findings.disclosure]


def disclosed_on(report: DiffReport) -> str | None:
    """Return what the newer page says about having been edited, as a sentence; None where no page was edited."""
    return disclosed(report.findings) if report.findings.edits and report.one_page else None


def interval(report: DiffReport) -> str | None:
    """Return between which two sightings the change happened, or None where that is not known, where two articles are
    compared, of which neither became the other, or where both states are of one content, and so no change."""
    if report.old.last_seen is None or report.new.first_seen is None or not report.one_page:
        return None
    if report.old.content_id is not None and report.old.content_id == report.new.content_id:
        return None
    seen = f"between {when(report.old.last_seen)} and {when(report.new.first_seen)}"
    return f"{seen}; the older is the first state seen by us" if report.first_known else seen


def fate(row: Row, moved_from: int | None = None) -> str:
    """Return what became of a paragraph, with its old number where it moved."""
    word = _FATES[row.fate]
    return f"{word} from paragraph {moved_from + 1}" if row.fate is Fate.MOVED and moved_from is not None else word


def where(edit: Edit) -> str:
    """Return where an edit stands: "paragraph 3", "headline", "image 1, caption".

    >>> from audit.edit import EditType, Place, Weight
    >>> place = Place("blocks", 0, 2, index=2)
    >>> where(Edit(EditType.NUMBER, Weight.SUBSTANTIVE, 20, "", place, place, "12", "92"))
    'paragraph 3'
    """
    place = edit.place
    name = _FIELDS.get(place.field, place.field.replace("_", " "))
    number = "" if place.index is None else f" {place.index + 1}"
    part = "" if place.part is None else f", {place.part.replace('_', ' ')}"
    return f"{name}{number}{part}"
