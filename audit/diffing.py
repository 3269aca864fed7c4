"""Two bodies as rows of paragraphs, and the way back to either."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from articles.article import Block
from audit.align import align
from audit.body_diff import JOINT, BodyDiff, Fate, Op, Row, Run
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
    found = align(_texts(old), _texts(new), [block.kind for block in old], [block.kind for block in new])
    coarse: list[str] = []
    if found.partly:
        coarse.append(
            f"{len(old):,} paragraphs against {len(new):,}: of those without an equal only some pairs were compared"
        )
    rows = {link: _row(link, link in found.moved, old, new, language, coarse) for link in found.links}
    return BodyDiff(tuple(_in_order(rows, old, new)), tuple(coarse))


def old_texts(diff: BodyDiff) -> tuple[str, ...]:
    """Return the texts of the old blocks, rebuilt from the rows."""
    return _rebuilt(((row.old, row.runs) for row in diff.rows), Op.INSERT)


def new_texts(diff: BodyDiff) -> tuple[str, ...]:
    """Return the texts of the new blocks, rebuilt from the rows."""
    return _rebuilt(((row.new, row.runs) for row in diff.rows), Op.DELETE)


def _texts(blocks: Iterable[Block]) -> list[str]:
    return [block.text for block in blocks]


def _row(
    link: Link, moved: bool, old: Sequence[Block], new: Sequence[Block], language: str | None, coarse: list[str]
) -> Row:
    olds, news = [old[i] for i in link.old], [new[j] for j in link.new]
    told = runs(JOINT.join(_texts(olds)), JOINT.join(_texts(news)), language, coarse)
    if len(news) > 1:
        fate = Fate.SPLIT
    elif len(olds) > 1:
        fate = Fate.MERGED
    elif moved:
        fate = Fate.MOVED
    else:
        fate = Fate.SAME if olds == news else Fate.EDITED
    return Row(fate, link.old, link.new, told)


def _in_order(rows: Mapping[Link, Row], old: Sequence[Block], new: Sequence[Block]) -> Iterator[Row]:
    by_old = {i: link for link in rows for i in link.old}
    by_new = {j: link for link in rows for j in link.new}
    removed: dict[Link | None, list[Row]] = {}
    before: Link | None = None
    for i, block in enumerate(old):
        before = by_old.get(i, before)
        if i not in by_old:
            removed.setdefault(before, []).append(Row(Fate.REMOVED, (i,), (), runs(block.text, "", None)))
    yield from removed.get(None, ())
    for j, block in enumerate(new):
        link = by_new.get(j)
        if link is None:
            yield Row(Fate.ADDED, (), (j,), runs("", block.text, None))
        elif j == link.new[0]:
            yield rows[link]
            yield from removed.get(link, ())


def _rebuilt(sides: Iterable[tuple[tuple[int, ...], tuple[Run, ...]]], left_out: Op) -> tuple[str, ...]:
    texts: dict[int, str] = {}
    for places, told in sides:
        text = "".join(run.text for run in told if run.op is not left_out)
        parts = text.split(JOINT) if len(places) > 1 else [text]
        texts.update(zip(places, parts, strict=bool(places)))
    return tuple(texts[place] for place in sorted(texts))
