"""Two lists of tokens as hunks: the stretches in which they differ."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from rapidfuzz.distance import Indel

from audit.anchors import common_start
from audit.likeness import CELLS, Alphabet

MOST_TOKENS = 1_000_000
"""Two lists with more tokens than this are not compared: there are no more characters to spell them with."""


class Hunk(NamedTuple):
    """Old tokens `old_start` to `old_end` became new ones `new_start` to `new_end` (ends excluded)."""

    old_start: int
    old_end: int
    new_start: int
    new_end: int


def hunks(olds: Sequence[str], news: Sequence[str]) -> tuple[list[Hunk], bool]:
    """Return a smallest set of hunks, in order, and whether that was too much work.

    If it was, all between the equal tokens at both ends is one hunk. Both directions give the same, turned around.
    """
    start = common_start(olds, news)
    end = common_start(olds[start:][::-1], news[start:][::-1])
    whole = Hunk(start, len(olds) - end, start, len(news) - end)
    old_count, new_count = whole.old_end - start, whole.new_end - start
    if not old_count or not new_count:
        return [whole] if old_count or new_count else [], False
    if old_count == new_count == 1:
        return [whole], False
    if old_count * new_count > CELLS or old_count + new_count > MOST_TOKENS:
        return [whole], True
    return list(_between(olds[start : whole.old_end], news[start : whole.new_end], start)), False


def _between(olds: Sequence[str], news: Sequence[str], offset: int) -> Iterator[Hunk]:
    alphabet = Alphabet()
    old, new = alphabet.spell(olds), alphabet.spell(news)
    turned = (olds, news) > (news, olds)  # of several smallest sets the same one is chosen from both sides
    ops = Indel.opcodes(new, old).inverse() if turned else Indel.opcodes(old, new)
    at_old = at_new = 0
    for block in ops.as_matching_blocks():  # the last one is empty and stands at the ends
        if block.a > at_old or block.b > at_new:
            yield Hunk(offset + at_old, offset + block.a, offset + at_new, offset + block.b)
        at_old, at_new = block.a + block.size, block.b + block.size
