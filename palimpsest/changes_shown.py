"""Changes, absences and re-posts as lines for people and as JSON."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from typing import Any

from palimpsest.reports import when
from storage.catalog.absences import AbsenceFound
from storage.catalog.changes import ChangeFound, FieldChange
from storage.catalog.reposts import RepostFound

LONGEST_VALUE = 70
Row = tuple[str, str, str, str, str]


def as_rows(
    changed: Sequence[ChangeFound], absent: Sequence[AbsenceFound], reposted: Sequence[RepostFound]
) -> Iterator[Row]:
    """Yield the rows (what, article, how, when, url), the newest first."""
    rows = [
        *((change.first_seen_after, _change_row(change)) for change in changed),
        *((absence.first_missing, _absence_row(absence)) for absence in absent),
        *((repost.later_seen, _repost_row(repost)) for repost in reposted),
    ]
    yield from (row for _, row in sorted(rows, key=lambda pair: pair[0], reverse=True))


def _change_row(change: ChangeFound) -> Row:
    between = f"{when(change.last_seen_before)} to {when(change.first_seen_after)}"
    return _kind(change), change.headline or "", how(change), between, change.url


def _absence_row(absence: AbsenceFound) -> Row:
    return str(absence.kind), absence.headline or "", standing(absence), interval(absence), absence.url


def _repost_row(repost: RepostFound) -> Row:
    same = f"same text as {repost.earlier_url}"
    return "re-posted", repost.headline or "", same, when(repost.later_seen), repost.later_url


def how(change: ChangeFound) -> str:
    """Return in one line what differs: short values whole, long ones around the first difference."""
    return "; ".join(f"{value.field}: {difference(value)}" for value in change.values) or ", ".join(change.fields)


def difference(value: FieldChange) -> str:
    """Return one field's old and new value, shortened to what differs."""
    old, new = _text(value.old), _text(value.new)
    if max(len(old), len(new)) <= LONGEST_VALUE:
        return f"{old or 'nothing'} → {new or 'nothing'}"
    start = next((at for at, (a, b) in enumerate(zip(old, new, strict=False)) if a != b), min(len(old), len(new)))
    start = max(0, start - LONGEST_VALUE // 3)
    return f"{_cut(old, start)} → {_cut(new, start)}"


def _cut(text: str, start: int) -> str:
    if not text:
        return "nothing"
    piece = text[start : start + LONGEST_VALUE]
    return f"{'…' if start else ''}{piece}{'…' if start + LONGEST_VALUE < len(text) else ''}"


def _text(value: Any) -> str:
    if value is None or value == []:
        return ""
    if isinstance(value, str):
        return value
    if isinstance(value, list):
        return " ¶ ".join(_text(item) for item in value)
    if isinstance(value, dict) and set(value) == {"kind", "text"}:
        return str(value["text"])
    return json.dumps(value, ensure_ascii=False)


def interval(absence: AbsenceFound) -> str:
    """Return an absence as the interval that it is."""
    words = f"last seen {when(absence.last_seen)}, first missing {when(absence.first_missing)}"
    return words if absence.returned_at is None else f"{words}, back {when(absence.returned_at)}"


def standing(absence: AbsenceFound) -> str:
    """Return how sure an absence is."""
    answer = f"HTTP {absence.status}" if absence.status else "no answer"
    if absence.location:
        answer += f" to {absence.location}"
    return f"{answer}, {'confirmed' if absence.confirmed else 'not confirmed'}, {absence.observations} looks"


def _kind(change: ChangeFound) -> str:
    return "oscillating" if change.oscillating else "changed" if change.confirmed else "changed (seen once)"


def to_json(
    changed: Sequence[ChangeFound], absent: Sequence[AbsenceFound], reposted: Sequence[RepostFound]
) -> dict[str, Any]:
    """Return all three as JSON-able values; docs/json.md describes the shape."""
    from dataclasses import asdict

    return {
        "changes": [asdict(change) for change in changed],
        "absences": [asdict(absence) for absence in absent],
        "reposts": [asdict(repost) for repost in reposted],
    }
