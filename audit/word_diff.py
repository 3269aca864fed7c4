"""Two lists of tokens as hunks: the stretches in which they differ."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from rapidfuzz.distance import Indel

from audit.anchors import common_end, common_start
from audit.likeness import CELLS, Alphabet


class Hunk(NamedTuple):
    """Old tokens (or characters) `old_start` to `old_end` became new ones `new_start` to `new_end` (ends excluded)."""

    old_start: int
    old_end: int
    new_start: int
    new_end: int


def hunks(olds: list[str], news: list[str]) -> tuple[list[Hunk], bool]:
    """Return a smallest set of hunks, in order, and whether that was too much work.

    If it was, all between the equal tokens at both ends is one hunk. Both directions give the same, turned around.
    """
    start = common_start(olds, news)
    end = common_end(olds, news, start)
    whole = Hunk(start, len(olds) - end, start, len(news) - end)
    middle_old, middle_new = olds[start : whole.old_end], news[start : whole.new_end]
    if not middle_old and not middle_new:
        return [], False
    if set(middle_old).isdisjoint(middle_new):
        return [whole], False
    spelled = _spelled(middle_old, middle_new)
    if spelled is None or len(middle_old) * len(middle_new) > CELLS:
        return [whole], True
    turned = middle_old > middle_new  # of several smallest sets the same one is chosen from both sides
    return list(_between(*spelled, start, turned)), False


def _spelled(olds: list[str], news: list[str]) -> tuple[str, str] | None:
    """Return both with one character a token, None where there are more different tokens than characters."""
    old, new = "".join(olds), "".join(news)
    if len(old) == len(olds) and len(new) == len(news):
        return old, new  # every token is one character, as in Chinese
    alphabet = Alphabet()
    old, new = alphabet.spell(olds), alphabet.spell(news)
    return None if alphabet.exhausted else (old, new)


def _between(old: str, new: str, offset: int, turned: bool) -> Iterator[Hunk]:
    opcodes = Indel.opcodes(new, old).inverse() if turned else Indel.opcodes(old, new)
    at_old = at_new = 0
    for block in opcodes.as_matching_blocks():  # the last one is empty and stands at the ends
        if block.a > at_old or block.b > at_new:
            yield Hunk(offset + at_old, offset + block.a, offset + at_new, offset + block.b)
        at_old, at_new = block.a + block.size, block.b + block.size
