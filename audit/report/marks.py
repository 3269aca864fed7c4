"""Which edits each stretch of the compared text belongs to. Pure.

Edits have numbers here: from 1, in the order of the findings.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from articles.article import Block
from audit.body_diff import JOINT, BodyDiff, Op, Row, Run
from audit.edit import Edit, EditType, Place
from audit.report.model import DiffReport

OF_PARAGRAPHS: Final = frozenset(
    {EditType.PARAGRAPH_MOVED, EditType.PARAGRAPH_SPLIT, EditType.PARAGRAPH_MERGED, EditType.PARAGRAPH_KIND}
)
"""Edits of a paragraph as a whole, whatever its words: no stretch of it is theirs."""

_CONTEXT: Final = 36


@dataclass(frozen=True, slots=True)
class Marked:
    """A run of a row, and the numbers of edits to be told after it."""

    run: Run
    edits: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class MarkedRow:
    """A row with its runs, and the numbers of the edits of its paragraphs as wholes."""

    row: Row
    runs: tuple[Marked, ...]
    edits: tuple[int, ...] = ()


def marked_rows(report: DiffReport) -> list[MarkedRow]:
    """Return the rows of the compared text. Each edit is told once: after the last of its runs that stand together."""
    places = _Places(report.findings.edits)
    told: set[int] = set()
    found = []
    for row in report.findings.body.rows:
        wholes = [number for number in places.of_whole(row) if number not in told]
        told.update(wholes)
        old = places.in_row(Op.DELETE, row.old, report.old.article.blocks)
        new = places.in_row(Op.INSERT, row.new, report.new.article.blocks)
        found.append(MarkedRow(row, tuple(_marked(row.runs, old, new, told)), tuple(wholes)))
    return found


def around(body: BodyDiff, edit: Edit, most: int = _CONTEXT) -> tuple[str, str]:
    """Return the words before and after an edit of running text, about `most` characters of each; else nothing.

    >>> from audit.compare import compare
    >>> from articles.article import Article, BlockKind
    >>> texts = (Block(BlockKind.PARAGRAPH, f"It counts {number} sledges.") for number in ("412", "214"))
    >>> old, new = (Article("", blocks=(text,)) for text in texts)
    >>> found = compare(old, new)
    >>> around(found.body, found.edits[0])
    ('It counts ', ' sledges.')
    """
    place = edit.place
    side = Op.INSERT if place is edit.new else Op.DELETE
    if place.field != "blocks" or edit.type in OF_PARAGRAPHS:
        return "", ""
    for row in body.rows:
        if (row.new if side is Op.INSERT else row.old) == (place.index,):
            text = "".join(run.text for run in row.runs if run.op in (Op.EQUAL, side))
            return _ends(text[: place.start], most), _begins(text[place.end :], most)
    return "", ""


_Span = tuple[int, int, int]  # from, to (excluded) in the joined texts of a row's side, and the edit's number


class _Places:
    """Where edits stand in either body, by block."""

    def __init__(self, edits: Sequence[Edit]) -> None:
        self._words: dict[Op, dict[int, list[tuple[int, Place]]]] = {Op.DELETE: {}, Op.INSERT: {}}
        self._wholes: dict[Op, dict[int, list[int]]] = {Op.DELETE: {}, Op.INSERT: {}}
        for number, edit in enumerate(edits, 1):
            for side, place in ((Op.DELETE, edit.old), (Op.INSERT, edit.new)):
                if place is None or place.field != "blocks" or place.index is None:
                    continue
                if edit.type in OF_PARAGRAPHS:
                    self._wholes[side].setdefault(place.index, []).append(number)
                elif place.start < place.end:
                    self._words[side].setdefault(place.index, []).append((number, place))

    def of_whole(self, row: Row) -> list[int]:
        """Return the edits of a row's paragraphs as wholes."""
        of_old = [number for index in row.old for number in self._wholes[Op.DELETE].get(index, ())]
        of_new = [number for index in row.new for number in self._wholes[Op.INSERT].get(index, ())]
        return list(dict.fromkeys([*of_old, *of_new]))

    def in_row(self, side: Op, indices: Sequence[int], blocks: Sequence[Block]) -> list[_Span]:
        """Return the places of the other edits on one side of a row."""
        spans, start = [], 0
        for index in indices:
            placed = self._words[side].get(index, ())
            spans += [(start + place.start, start + place.end, number) for number, place in placed]
            start += len(blocks[index].text) + len(JOINT)
        return spans


def _marked(runs: Sequence[Run], old: Sequence[_Span], new: Sequence[_Span], told: set[int]) -> Iterator[Marked]:
    parts, at_old, at_new = [], 0, 0
    for run in runs:
        length = len(run.text)
        spans, at = (old, at_old) if run.op is Op.DELETE else (new, at_new)
        overlapping = [n for start, end, n in spans if start < at + length and end > at]
        parts.append([] if run.op is Op.EQUAL else overlapping)
        at_old += 0 if run.op is Op.INSERT else length
        at_new += 0 if run.op is Op.DELETE else length
    for place, (run, numbers) in enumerate(zip(runs, parts, strict=True)):
        follows = parts[place + 1] if place + 1 < len(parts) else ()
        ending = [number for number in numbers if number not in follows and number not in told]
        told.update(ending)
        yield Marked(run, tuple(ending))


def _ends(text: str, most: int) -> str:
    return text if len(text) <= most else "…" + (text[-most:].partition(" ")[2] or text[-most:])


def _begins(text: str, most: int) -> str:
    return text if len(text) <= most else (text[:most].rpartition(" ")[0] or text[:most]) + "…"
