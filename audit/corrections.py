"""Corrections that stand in the running text: what becomes of them is told as what it is."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from articles.article import Block
from audit.edit import Edit, EditType, Place, Weight
from audit.own_notes import LONGEST, notes_in
from audit.rules.catalogue import RULE
from audit.rules.disclosure import may_tell
from audit.weigh import points
from audit.wording import sentence_of

_GONE: Final = frozenset((EditType.PARAGRAPH_REMOVED, EditType.SENTENCE_REMOVED))
_COME: Final = frozenset((EditType.PARAGRAPH_ADDED, EditType.SENTENCE_ADDED))
_WORDING: Final = frozenset((EditType.WORDS, EditType.WORD_ORDER, *_GONE, *_COME))
_FIRST: Final = 2  # so many blocks from the beginning, and so many to the end, in which a note that was edited stands
_LAST: Final = 3


def told_as_corrections(edits: list[Edit], olds: Sequence[Block], news: Sequence[Block]) -> list[Edit]:
    """Return the edits of a body; one that took the outlet's correction away is `CORRECTION_DROPPED`, and one inside a
    correction that both states have `CORRECTION_CHANGED`.

    A correction that went where another one came became that one. What only came is a paragraph or a sentence more:
    that readers are told so is its disclosure (audit.disclosure).
    """
    found: list[Edit | None] = []
    gone: list[int] = []
    for edit in edits:
        if edit.type in _GONE and _is_note(edit.before):
            gone.append(len(found))
        found.append(edit if edit.weight < Weight.SUBSTANTIVE else _inside(edit, olds, news))
    if not gone:
        return [edit for edit in found if edit is not None]
    come = [at for at, edit in enumerate(edits) if edit.type in _COME and _is_note(edit.after)]
    for at, other in zip(gone, [*come, *[None] * len(gone)], strict=False):
        if other is None:
            found[at] = _told(EditType.CORRECTION_DROPPED, edits[at], edits[at])
        else:
            found[at] = None
            found[other] = _told(EditType.CORRECTION_CHANGED, edits[at], edits[other])
    return [edit for edit in found if edit is not None]


def _is_note(text: str) -> bool:
    return may_tell(text) and bool(notes_in(text))


def _inside(edit: Edit, olds: Sequence[Block], news: Sequence[Block]) -> Edit:
    """Return an edit inside a correction that both states have as one of the correction."""
    if edit.type in _GONE or edit.type in _COME or not (_in_note(edit.old, olds) and _in_note(edit.new, news)):
        return edit
    weight = min(edit.weight, RULE[EditType.CORRECTION_CHANGED].weight) if edit.type in _WORDING else edit.weight
    told = _told(EditType.CORRECTION_CHANGED, edit, edit, weight)
    return told._replace(reason=f"Inside a correction: {edit.reason[:1].lower()}{edit.reason[1:]}")


def _in_note(place: Place | None, blocks: Sequence[Block]) -> bool:
    if place is None or place.index is None or _FIRST <= place.index < len(blocks) - _LAST:
        return False
    text = blocks[place.index].text
    return len(text) <= LONGEST and any(start <= place.start and place.end <= end for start, end in notes_in(text))


def _told(kind: EditType, old: Edit, new: Edit, weight: Weight | None = None) -> Edit:
    before, after = old.before, "" if kind is EditType.CORRECTION_DROPPED else new.after
    weight = RULE[kind].weight if weight is None else weight
    within = () if old.type in _GONE else tuple(dict.fromkeys((old.type, *old.within)))
    reason = sentence_of(RULE[kind], before, after)
    return Edit(kind, weight, points(kind, weight, before, after), reason, old.old, new.new, before, after, within)
