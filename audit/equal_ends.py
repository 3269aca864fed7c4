"""What two texts begin and end with alike: passed over at once, before anything is cut into sentences or tokens."""

from __future__ import annotations

import re
from collections.abc import Sequence

from rapidfuzz.distance import Postfix, Prefix

MARGIN = 40
"""Characters of an equal end that stay with the middle: more than a number with its unit, or a date, is long."""

SENTENCE_ENDS = (". ", "! ", "? ", ".” ", '." ', "。", "！", "？", "\n")
WORD_ENDS = (" ", "，", "、", "。")

CLOSE = 60
"""Differences within so many characters are told by tokens without a look at sentences."""

_END_MARK = re.compile(r"[.!?。！？…\n]")


def equal_ends(old: str, new: str, ends: Sequence[str]) -> tuple[int, int]:
    """Return how many characters at the start and at the end of both texts can be told as equal.

    Both cuts are behind one of `ends`, and `MARGIN` away from the first and last difference, or at the ends of the
    texts. What is between is compared; that a cut may be within a sentence or a date harms nothing, as that is equal.

    >>> before = "Nothing of what the spokesman had said was new. "
    >>> equal_ends(before * 2 + "Twelve died.", before * 2 + "Thirteen died.", SENTENCE_ENDS)
    (48, 0)
    """
    start = Prefix.similarity(old, new)
    same_end = Postfix.similarity(old[start:], new[start:])
    return _behind_last(old, ends, start - MARGIN), len(old) - _behind_first(old, ends, len(old) - same_end + MARGIN)


def differ_within_a_sentence(old: str, new: str) -> bool:
    """Return whether all differences stand close together, no sentence ends between them, and they are no whole one.

    >>> differ_within_a_sentence("Twelve died. He left.", "Thirteen died. He left.")
    True
    >>> differ_within_a_sentence("Twelve died. He left.", "Twelve died. It rained.")
    False
    """
    start = Prefix.similarity(old, new)
    end = Postfix.similarity(old[start:], new[start:])
    zones = old[start : len(old) - end], new[start : len(new) - end]
    if any(len(zone) > CLOSE or _END_MARK.search(zone) for zone in zones):
        return False
    before, after = old[max(0, start - 3) : start].rstrip(), old[len(old) - end :][:1]
    return not (_ends_sentence(before[-1:]) and _ends_sentence(after))


def _ends_sentence(mark: str) -> bool:
    return not mark or _END_MARK.match(mark) is not None


def _behind_last(text: str, ends: Sequence[str], before: int) -> int:
    if before <= 0:
        return 0
    return max((at + len(end) for end in ends if (at := text.rfind(end, 0, before)) >= 0), default=0)


def _behind_first(text: str, ends: Sequence[str], start: int) -> int:
    if start >= len(text):
        return len(text)
    return min((at + len(end) for end in ends if (at := text.find(end, start)) >= 0), default=len(text))
