"""What two texts begin and end with alike: passed over at once, before anything is cut into sentences or tokens."""

from __future__ import annotations

import re

from rapidfuzz.distance import Postfix, Prefix

MARGIN = 20
"""Characters of an equal end that stay with the middle: more than a number with its unit, or a date, is long."""

HAN_MARGIN = 8
"""The same before a mark of Chinese or Japanese, which no date and hardly a number goes over (3，000)."""

CLOSE = 60
"""Differences within so many characters are told by tokens without a look at sentences."""

SENTENCE_ENDS = (". ", "! ", "? ", '." ', "\n", ".” ", "。", "！", "？")
WORD_ENDS = (" ", "，", "、", "。")
_MARKS: dict[tuple[str, ...], tuple[tuple[str, int], ...]] = {
    ends: tuple((end, MARGIN if end.isascii() else HAN_MARGIN) for end in ends) for ends in (SENTENCE_ENDS, WORD_ENDS)
}
_ASCII = {ends: tuple(mark for mark in marks if mark[0].isascii()) for ends, marks in _MARKS.items()}

_END_MARK = re.compile(r"[.!?。！？…\n]")


def equal_ends(old: str, new: str) -> tuple[int, int]:
    """Return in how many characters two texts are equal at their start, and in how many of the rest at their end.

    >>> equal_ends("Twelve died.", "Thirteen died.")
    (1, 6)
    """
    start = Prefix.similarity(old, new)
    return start, Postfix.similarity(old[start:], new[start:])


def around(old: str, start: int, end: int, ends: tuple[str, ...]) -> tuple[int, int]:
    """Return how many of the equal characters at each end need no comparing: up to a cut behind one of `ends` that is
    `MARGIN` (or `HAN_MARGIN`) away from the first or last difference.

    What is between the cuts is compared; that one may be within a sentence or a date harms nothing, as that is equal.

    >>> before = "Nothing of what the spokesman had said was new. "
    >>> around(before * 2 + "Twelve died.", 97, 6, SENTENCE_ENDS)
    (48, 0)
    """
    marks = (_ASCII if old.isascii() else _MARKS)[ends]
    length = len(old)
    first, last = 0, length
    for mark, margin in marks:  # each is looked for only behind what was found so far
        if start > margin and (at := old.rfind(mark, first, start - margin)) >= 0:
            first = at + len(mark)
    for mark, margin in marks:
        if end > margin and (at := old.find(mark, length - end + margin, last)) >= 0:
            last = at + len(mark)
    return first, length - last


def differ_within_a_sentence(old: str, new: str, start: int, end: int) -> bool:
    """Return whether all differences stand close together, no sentence ends between them, and they are no whole one.

    >>> differ_within_a_sentence("Twelve died. He left.", "Thirteen died. He left.", 1, 16)
    True
    >>> differ_within_a_sentence("Twelve died. He left.", "Twelve died. It rained.", 13, 1)
    False
    """
    if max(len(old), len(new)) - start - end > CLOSE:
        return False
    if _END_MARK.search(old, start, len(old) - end) or _END_MARK.search(new, start, len(new) - end):
        return False
    before, after = old[max(0, start - 3) : start].rstrip(), old[len(old) - end :][:1]
    return not (_ends_sentence(before[-1:]) and _ends_sentence(after))


def _ends_sentence(mark: str) -> bool:
    return not mark or _END_MARK.match(mark) is not None
