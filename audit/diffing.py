"""Two bodies as rows of paragraphs, and the way back to either."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from articles.article import Block
from audit.align import align
from audit.body_diff import (
    ADDED,
    DELETE,
    EDITED,
    EQUAL,
    INSERT,
    JOINT,
    MERGED,
    MOVED,
    REMOVED,
    SAME,
    SPLIT,
    BodyDiff,
    Op,
    Row,
    Run,
)
from audit.runs import runs
from audit.similar import Link


def diff_bodies(old: Sequence[Block], new: Sequence[Block], language: str | None) -> BodyDiff:
    """Return how the paragraphs of two bodies lie against each other, and the words inside them.

    Equal paragraphs are linked first, then those that differ in typography, then by the words in common; a paragraph
    that became several, or several one, is one row. Of paragraphs that changed places the shorter was moved. A
    paragraph whose text stayed and whose kind did not is EDITED, with one EQUAL run. `language` is a BCP 47 tag.

    Any input ends in time and memory about linear in its length; where that costs detail, `coarse` says so.

    >>> from articles.article import BlockKind
    >>> old, new = (Block(BlockKind.PARAGRAPH, f"The strike killed {count} people.") for count in (12, 92))
    >>> [run.text for run in diff_bodies([old], [new], "en").rows[0].runs]
    ['The strike killed ', '12', '92', ' people.']
    """
    found = align(
        [block.text for block in old],
        [block.text for block in new],
        [block.kind for block in old],
        [block.kind for block in new],
    )
    coarse: list[str] = []
    if found.partly:
        coarse.append(
            f"{len(old):,} paragraphs against {len(new):,}: of those without an equal only some were compared"
        )
    moved = found.moved
    rows = [_row(link, bool(moved) and link in moved, old, new, language, coarse) for link in found.links]
    if moved or not len(rows) == len(old) == len(new):
        rows = list(_in_order(rows, old, new))
    return BodyDiff(tuple(rows), tuple(coarse))


def old_texts(diff: BodyDiff) -> tuple[str, ...]:
    """Return the texts of the old blocks, rebuilt from the rows."""
    return _rebuilt(((row.old, row.runs) for row in diff.rows), INSERT)


def new_texts(diff: BodyDiff) -> tuple[str, ...]:
    """Return the texts of the new blocks, rebuilt from the rows."""
    return _rebuilt(((row.new, row.runs) for row in diff.rows), DELETE)


def _row(
    link: Link, moved: bool, old: Sequence[Block], new: Sequence[Block], language: str | None, coarse: list[str]
) -> Row:
    if len(link.old) > 1 or len(link.new) > 1:
        before, after = (
            JOINT.join([side[i].text for i in places]) for side, places in ((old, link.old), (new, link.new))
        )
        fate = SPLIT if len(link.new) > 1 else MERGED
        return Row(fate, link.old, link.new, runs(before, after, language, coarse))
    one, other = old[link.old[0]], new[link.new[0]]
    if one.text == other.text:
        fate = MOVED if moved else SAME if one.kind is other.kind else EDITED
        return Row(fate, link.old, link.new, (Run(EQUAL, one.text),) if one.text else ())
    return Row(MOVED if moved else EDITED, link.old, link.new, runs(one.text, other.text, language, coarse))


def _in_order(rows: Sequence[Row], old: Sequence[Block], new: Sequence[Block]) -> Iterator[Row]:
    """Yield the rows of the links among those of what no link names, in the order that `BodyDiff` has."""
    row_of_old: list[Row | None] = [None] * len(old)
    row_of_new: list[Row | None] = [None] * len(new)
    for row in rows:
        for i in row.old:
            row_of_old[i] = row
        row_of_new[row.new[0]] = row
        for j in row.new[1:]:
            row_of_new[j] = _TOLD
    removed: dict[int, list[Row]] = {}  # by the first new block of the row that they stand behind
    behind = -1
    for i, found in enumerate(row_of_old):
        if found is None:
            removed.setdefault(behind, []).append(Row(REMOVED, (i,), (), runs(old[i].text, "", None)))
        else:
            behind = found.new[0]
    yield from removed.get(-1, ())
    for j, found in enumerate(row_of_new):
        if found is None:
            yield Row(ADDED, (), (j,), runs("", new[j].text, None))
        elif found is not _TOLD:
            yield found
            yield from removed.get(j, ())


_TOLD = Row(SPLIT, (), (), ())
"""Stands for a row that was told at its first new block."""


def _rebuilt(sides: Iterable[tuple[tuple[int, ...], tuple[Run, ...]]], left_out: Op) -> tuple[str, ...]:
    texts: dict[int, str] = {}
    for places, told in sides:
        text = "".join(run.text for run in told if run.op is not left_out)
        parts = text.split(JOINT) if len(places) > 1 else [text]
        texts.update(zip(places, parts, strict=bool(places)))
    return tuple(texts[place] for place in sorted(texts))
