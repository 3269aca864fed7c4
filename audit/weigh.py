"""Points of one edit, and the score of all: a sum whose parts are shown (audit/rules/figures.py has the figures)."""

from __future__ import annotations

from collections.abc import Sequence

from audit.body_diff import EQUAL, INSERT, BodyDiff
from audit.edit import Edit, EditType, Weight
from audit.findings import ScorePart
from audit.rules import figures
from audit.rules.catalogue import RULE
from audit.rules.figures import COSMETIC, MAJOR, MINOR, SUBSTANTIVE
from audit.rules.lists import TOKEN

HIGHEST = 100
_ENOUGH = 8000  # characters, in which there are more words than get points
_WHOLE = frozenset(
    (EditType.SENTENCE_ADDED, EditType.SENTENCE_REMOVED, EditType.PARAGRAPH_ADDED, EditType.PARAGRAPH_REMOVED)
)
_LABEL = {(kind, weight): f"{kind} ({weight})" for kind in EditType for weight in Weight}
_UNEDITED = frozenset(
    (EditType.PARAGRAPH_MOVED, EditType.PARAGRAPH_SPLIT, EditType.PARAGRAPH_MERGED, EditType.PARAGRAPH_KIND)
)
"""What is told of a whole paragraph, whose words are edits of their own."""


def points(kind: EditType, weight: Weight, before: str, after: str) -> int:
    """Return what an edit adds to the score: by weight, the rule's extra, and the length of what came or went whole."""
    total = figures.POINTS[weight]
    if weight >= SUBSTANTIVE:
        total += RULE[kind].extra
        if kind in _WHOLE:
            total += min(_words(before or after) // figures.LONG_TEXT, figures.LONG_TEXT_MOST)
    return total


def _words(text: str) -> int:
    return text.count(" ") + 1 if text.isascii() else len(TOKEN.findall(text[:_ENOUGH]))


def score(edits: Sequence[Edit], body: BodyDiff) -> tuple[Weight, int, tuple[ScorePart, ...]]:
    """Return the weight of the whole, its score from 0 to 100, and the parts whose sum it is.

    The weight is that of the heaviest edit. Two things raise it to MAJOR: a body of which almost nothing is left, and
    many substantive edits at once.
    """
    weight = max([edit.weight for edit in edits], default=COSMETIC)
    parts = [*_by_type(edits), *_minor(edits)]
    kept = _kept(body, edits)
    if kept is not None and kept < figures.REPLACED_BELOW:
        weight = MAJOR
        parts.append(ScorePart(figures.REPLACED_POINTS, f"{kept:.0%} of the old text is left"))
    total = sum([part.points for part in parts])
    if total >= figures.ESCALATION and weight < MAJOR:
        substantive = sum(edit.weight >= SUBSTANTIVE for edit in edits)
        if substantive >= figures.ESCALATION_EDITS:
            weight = MAJOR
            parts.append(ScorePart(0, f"major, because {substantive} substantive edits came at once"))
    return weight, min(total, HIGHEST), tuple(parts)


def _by_type(edits: Sequence[Edit]) -> list[ScorePart]:
    parts: dict[tuple[EditType, Weight], list[int]] = {}
    for edit in edits:
        if edit.weight >= SUBSTANTIVE:
            parts.setdefault((edit.type, edit.weight), []).append(edit.points)
    return [
        ScorePart(sum(each), _LABEL[kind, weight] + (f", {len(each)} times" if len(each) > 1 else ""))
        for (kind, weight), each in parts.items()
    ]


def _minor(edits: Sequence[Edit]) -> list[ScorePart]:
    minor = [edit.points for edit in edits if edit.weight == MINOR]
    total = sum(minor)
    if not total:
        return []
    most = f", counted as {figures.MINOR_MOST} at most" if total > figures.MINOR_MOST else ""
    return [ScorePart(min(total, figures.MINOR_MOST), f"{len(minor)} minor edit{'s' * (len(minor) > 1)}{most}")]


def _kept(body: BodyDiff, edits: Sequence[Edit]) -> float | None:
    """Return which part of the old body's characters still stands, None where it was too short to ask.

    What is only written otherwise (in capitals, in full width, spelled out) still stands. None, too, where the
    comparison is coarse: what it tells as gone may still stand.
    """
    if body.coarse:
        return None
    kept = total = 0
    for row in body.rows:
        for op, text in row.runs:
            if op is not INSERT:
                total += len(text)
                if op is EQUAL:
                    kept += len(text)
    if total < figures.REPLACED_LENGTH:
        return None
    if kept < figures.REPLACED_BELOW * total:
        light = [edit for edit in edits if edit.weight < SUBSTANTIVE and edit.type not in _UNEDITED]
        kept += sum([len(edit.before) for edit in light if edit.old and edit.old.field == "blocks"])
    return min(kept, total) / total
