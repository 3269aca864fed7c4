"""Findings as JSON values and back: the shape of docs/json.md that commands, catalog, feeds and evidence share."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from audit.body_diff import BodyDiff, Fate, Op, Row, Run
from audit.edit import Edit, EditType, Place, Weight
from audit.errors import FindingsInvalid
from audit.findings import Disclosure, Findings, ScorePart


def to_json(findings: Findings) -> dict[str, Any]:
    """Return findings as JSON values. `undisclosed` and `types` follow from the rest and stand there for readers.

    >>> from articles.article import Article
    >>> from audit.compare import compare
    >>> value = to_json(compare(Article("Fleet sails"), Article("Fleet returns")))
    >>> value["edits"][0]["type"], value["weight"], value["disclosure"]
    ('headline', 'substantive', 'none')
    """
    return {
        "engine": findings.engine,
        "weight": str(findings.weight),
        "score": findings.score,
        "parts": [{"points": part.points, "why": part.why} for part in findings.parts],
        "disclosure": findings.disclosure.value,
        "undisclosed": findings.undisclosed,
        "types": [kind.value for kind in findings.types],
        "edits": [edit_to_json(edit) for edit in findings.edits],
        "body": {
            "rows": [_row(row) for row in findings.body.rows],
            "coarse": list(findings.body.coarse),
        },
    }


def edit_to_json(edit: Edit) -> dict[str, Any]:
    """Return one edit as JSON values."""
    return {
        "type": edit.type.value,
        "weight": str(edit.weight),
        "points": edit.points,
        "reason": edit.reason,
        "before": edit.before,
        "after": edit.after,
        "within": [kind.value for kind in edit.within],
        "old": _place(edit.old),
        "new": _place(edit.new),
    }


def from_json(value: Mapping[str, Any]) -> Findings:
    """Build findings from `to_json`'s value.

    Raises:
        FindingsInvalid: a key is missing, or a value is none that findings can have.
    """
    try:
        return Findings(
            edits=tuple(_edit_from(edit) for edit in value["edits"]),
            weight=_weight(value["weight"]),
            score=int(value["score"]),
            parts=tuple(ScorePart(int(part["points"]), str(part["why"])) for part in value["parts"]),
            disclosure=Disclosure(value["disclosure"]),
            body=BodyDiff(
                rows=tuple(_row_from(row) for row in value["body"]["rows"]),
                coarse=tuple(map(str, value["body"]["coarse"])),
            ),
            engine=str(value["engine"]),
        )
    except (KeyError, TypeError, ValueError) as error:
        raise FindingsInvalid(
            f"this JSON holds no findings ({type(error).__name__}: {error}). Compare the two states again."
        ) from error


def _place(place: Place | None) -> dict[str, Any] | None:
    if place is None:
        return None
    return {"field": place.field, "index": place.index, "part": place.part, "start": place.start, "end": place.end}


def _row(row: Row) -> dict[str, Any]:
    return {
        "fate": row.fate.value,
        "old": list(row.old),
        "new": list(row.new),
        "runs": [{"op": run.op.value, "text": run.text} for run in row.runs],
    }


def _edit_from(value: Mapping[str, Any]) -> Edit:
    return Edit(
        type=EditType(value["type"]),
        weight=_weight(value["weight"]),
        points=int(value["points"]),
        reason=str(value["reason"]),
        old=_place_from(value["old"]),
        new=_place_from(value["new"]),
        before=str(value["before"]),
        after=str(value["after"]),
        within=tuple(map(EditType, value["within"])),
    )


def _place_from(value: Mapping[str, Any] | None) -> Place | None:
    if value is None:
        return None
    return Place(value["field"], int(value["start"]), int(value["end"]), value["index"], value["part"])


def _row_from(value: Mapping[str, Any]) -> Row:
    return Row(
        fate=Fate(value["fate"]),
        old=tuple(map(int, value["old"])),
        new=tuple(map(int, value["new"])),
        runs=tuple(Run(Op(run["op"]), str(run["text"])) for run in value["runs"]),
    )


def _weight(word: str) -> Weight:
    return Weight[word.upper()]
