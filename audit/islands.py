"""Hunks as a person would mark them: no islands of small words, edges where words begin."""

from __future__ import annotations

import re
from collections.abc import Sequence, Set

from audit.tokens import HAN, KANA
from audit.word_diff import Hunk

SMALL = 2
"""So many stop words between two hunks do not part them."""

_FURTHEST = 64
"""An edit is shifted by at most so many tokens."""

_JOINERS = frozenset("-‐‑–'’")
_DIGIT = re.compile(r"\d")
_CJK = re.compile(f"[{HAN}{KANA}]")


def readable(hunks: Sequence[Hunk], olds: Sequence[str], news: Sequence[str], stop_words: Set[str]) -> list[Hunk]:
    """Return the hunks with islands merged and pure insertions and deletions moved to where a word begins."""
    merged = list(hunks[:1])
    for hunk in hunks[1:]:
        last = merged[-1]
        if _belong(last, hunk, olds, news, stop_words):
            merged[-1] = Hunk(last.old_start, hunk.old_end, last.new_start, hunk.new_end)
        else:
            merged.append(hunk)
    return _shifted(merged, olds, news)


def _belong(first: Hunk, second: Hunk, olds: Sequence[str], news: Sequence[str], stop_words: Set[str]) -> bool:
    """Return whether what stands between two hunks is too little to part them: spaces, stop words, one Chinese
    character. A figure that became another one is told by itself wherever a word follows."""
    between = olds[first.old_end : second.old_start]
    if len(between) > 2 * SMALL + 1 or any("\n" in token for token in between):
        return False
    solid = [token for token in between if not token.isspace() and token not in _JOINERS]
    if not solid:
        return True
    if _is_figure(first, olds, news) or _is_figure(second, olds, news):
        return False
    if len(between) == 1 and _CJK.match(between[0]):
        return True
    return len(solid) <= SMALL and all(token.lower() in stop_words for token in solid)


def _is_figure(hunk: Hunk, olds: Sequence[str], news: Sequence[str]) -> bool:
    old, new = olds[hunk.old_start : hunk.old_end], news[hunk.new_start : hunk.new_end]
    return len(old) == len(new) == 1 and bool(_DIGIT.search(old[0])) and bool(_DIGIT.search(new[0]))


def _shifted(hunks: Sequence[Hunk], olds: Sequence[str], news: Sequence[str]) -> list[Hunk]:
    shifted: list[Hunk] = []
    for index, hunk in enumerate(hunks):
        if hunk.old_start < hunk.old_end and hunk.new_start < hunk.new_end:
            shifted.append(hunk)
            continue
        before = shifted[-1] if shifted else Hunk(0, 0, 0, 0)
        following = hunks[index + 1].old_start if index + 1 < len(hunks) else len(olds)
        room = (hunk.old_start - before.old_end, following - hunk.old_end)
        if hunk.old_start < hunk.old_end:
            by = _shift(olds, hunk.old_start, hunk.old_end, room)
        else:
            by = _shift(news, hunk.new_start, hunk.new_end, room)
        if by:
            hunk = Hunk(hunk.old_start + by, hunk.old_end + by, hunk.new_start + by, hunk.new_end + by)
        shifted.append(hunk)
    return shifted


def _shift(tokens: Sequence[str], start: int, end: int, room: tuple[int, int]) -> int:
    """Return by how far `tokens[start:end]` moves within `room` (left, right), the text staying the same.

    Best is to begin with a word and end with the space after it ("not " in "was not there"), then the furthest left.
    """
    left = 0
    while left < min(room[0], _FURTHEST) and tokens[start - left - 1] == tokens[end - left - 1]:
        left += 1
    right = 0
    while right < min(room[1], _FURTHEST) and tokens[start + right] == tokens[end + right]:
        right += 1
    places = range(-left, right + 1)
    return next((by for by in places if _whole_words(tokens, start + by, end + by)), -left)


def _whole_words(tokens: Sequence[str], start: int, end: int) -> bool:
    return tokens[end - 1].isspace() and not tokens[start].isspace()
