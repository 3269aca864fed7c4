"""A field's value as a whole: its place, and the edit of one that is no running text."""

from __future__ import annotations

from audit.edit import Edit, EditType, Place, Weight
from audit.rules.catalogue import RULE
from audit.sides import Piece
from audit.weigh import points
from audit.wording import sentence_of


def piece(field: str, text: str | None, index: int | None = None, part: str | None = None) -> Piece | None:
    """Return the whole of a field's text with its place, None where there is none."""
    return None if text is None else (Place(field, 0, len(text), index, part), text)


def plain_edit(
    kind: EditType, old: Piece | None, new: Piece | None, weight: Weight | None = None, reason: str = ""
) -> Edit:
    """Return the edit of a value that is no running text."""
    before, after = old[1] if old else "", new[1] if new else ""
    weight = RULE[kind].weight if weight is None else weight
    said = reason or sentence_of(RULE[kind], before, after)
    return Edit(
        kind, weight, points(kind, weight, before, after), said, old and old[0], new and new[0], before, after
    )  # fmt: skip
