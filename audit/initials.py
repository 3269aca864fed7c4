"""Words that are made of the first letters of others: UN, United Nations."""

from __future__ import annotations

import re

from audit.lexicon import Word, is_slight
from audit.zone import Zone

_INITIALS = re.compile(r"\b[A-Z]{2,}\b")
_BRACKETS = ("(", ")", "（", "）")


def has_initials(old: Zone, new: Zone) -> bool:
    """Tell whether an edit holds a word of capitals alone."""
    return any(_INITIALS.search(zone.side.text, zone.start, zone.last) for zone in (old, new))


def is_added_initials(text: str, some: list[Word], at: int) -> bool:
    """Tell whether a word in brackets is the first letters of the words before it: United Nations (UN)."""
    start, end, _ = some[at]
    if text[start - 1 : start] not in _BRACKETS or text[end : end + 1] not in _BRACKETS:
        return False
    return any(spelled_out(text, some[at], text, some[first:at]) == at - first for first in range(at - 1))


def spelled_out(text: str, short: Word, other: str, long: list[Word]) -> int:
    """Return how many words a word of capitals stands for, 0 if for none."""
    letters = text[short[0] : short[1]]
    if not (len(letters) > 1 and letters.isupper() and letters.isalpha()):
        return 0
    found = ""
    for count, (start, _, word) in enumerate(long, 1):
        if other[start].isupper():
            found += other[start]
        elif not is_slight(word):
            return 0
        if found == letters:
            return count if count > 1 else 0
        if not letters.startswith(found):
            return 0
    return 0
