"""What an edit's sentence quotes: as much of both sides, so that it says what became what."""

from __future__ import annotations

import re

from audit.edit import EditType
from audit.hit import Hit
from audit.lexicon import Word, is_a_word_in_han, is_slight
from audit.rules.chinese import MEASURES
from audit.rules.lists import HAN_CHARACTER
from audit.zone import Zone

_WORDS = 4
"""Words with content on a side, up to which all of it took the place of what the other side has."""
_CHARACTERS = 8  # of Chinese or Japanese: the same
_AROUND = 3  # characters beside the edit that are shown with it at most
_ORDINAL = "第"
_HIRAGANA = re.compile("[\u3041-\u3096]")

_REPLACED = frozenset((EditType.NUMBER, EditType.DATE, EditType.NAME, EditType.PLACE, EditType.RANK))
_NAMED = frozenset((EditType.NAME, EditType.PLACE))


def readable(old: Zone, new: Zone) -> tuple[str, str]:
    """Return the text of both sides; of a single Chinese character with what stands round it, on both sides the same,
    as alone it says little."""
    if not (_says_little(old, new) or _says_little(new, old)):
        return _grown(old, new, 0, 0)
    left, right = _of_a_word(old, new) or (_beside(old, new, -1), _beside(old, new, 1))
    return _grown(old, new, left, right)


def told_both(hit: Hit, old: Zone, new: Zone) -> Hit:
    """Return a hit that found something on one side alone with what stands in its place on the other one, if that is
    all that changed: 武汉 became 武昌, which no list has."""
    if bool(hit.before) == bool(hit.after) or hit.type not in _REPLACED:
        return hit
    found, other = (old, new) if hit.before else (new, old)
    if not other.content or len(other.content) > _most(other):
        return hit
    if hit.type in _NAMED and not any(_may_name(other.side.text[word[0]]) for word in other.content):
        return hit
    text, written = found.side.text, hit.before or hit.after
    start = text.find(written, max(0, found.start - len(written)), found.last + len(written))
    if start < 0 or any(not _belongs(word, start, start + len(written)) for word in found.content):
        return hit
    left, right = max(0, found.start - start), max(0, start + len(written) - found.end)
    if hit.type is EditType.NUMBER and text[found.end + right : found.end + right + 1] in MEASURES:
        right += 1
    if left > _same(old, new, -1, left) or right > _same(old, new, 1, right):
        return hit
    before, after = (side.strip() for side in _grown(old, new, left, right))
    return hit._replace(before=before, after=after)


def _says_little(zone: Zone, other: Zone) -> bool:
    text = zone.side.text[zone.start : zone.end]
    return len(text) == 1 and bool(HAN_CHARACTER.match(text)) and _in_han(other)


def _in_han(zone: Zone) -> bool:
    return all(HAN_CHARACTER.match(word) for _, _, word in zone.words)


def _of_a_word(old: Zone, new: Zone) -> tuple[int, int] | None:
    """Return how many characters before and behind the edit belong to a listed word that it changed on one side."""
    most_left, most_right = _same(old, new, -1), _same(old, new, 1)
    for wide in range(most_left + most_right, 0, -1):
        for left in range(max(0, wide - most_right), min(wide, most_left) + 1):
            for zone in (old, new):
                if zone.words and is_a_word_in_han(zone.side.text[zone.start - left : zone.end + wide - left]):
                    return left, wide - left
    return None


def _beside(old: Zone, new: Zone, way: int) -> int:
    """Return how many characters beside an edit are shown with it: the next one, with the listed word that it is of."""
    most = _same(old, new, way)
    text, at = old.side.text, old.start - 1 if way < 0 else old.end
    if not most or not HAN_CHARACTER.match(text, at):
        return 0
    if _HIRAGANA.search(text, max(0, old.start - _CHARACTERS), old.end + _CHARACTERS):
        wide = 0
        while wide < most and "\u3400" <= text[at + way * wide] <= "\u9fff":
            wide += 1
        return wide or 1
    for wide in range(most, 1, -1):
        if is_a_word_in_han(text[at + 1 - wide : at + 1] if way < 0 else text[at : at + wide]):
            return wide
    return 1


def _same(old: Zone, new: Zone, way: int, most: int = _AROUND) -> int:
    """Return how many characters before (-1) or behind (1) the edit are the same on both sides, as far as matters."""
    one, other = (old.start - 1, new.start - 1) if way < 0 else (old.end, new.end)
    first, second = old.side.text, new.side.text
    ends = len(first), len(second)
    count = 0
    while count < most and 0 <= one < ends[0] and 0 <= other < ends[1] and first[one] == second[other]:
        one, other, count = one + way, other + way, count + 1
    return count


def _grown(old: Zone, new: Zone, left: int, right: int) -> tuple[str, str]:
    return (
        old.side.text[old.start - left : old.end + right],
        new.side.text[new.start - left : new.end + right],
    )


def _may_name(first: str) -> bool:
    return first.isupper() or first.isdigit() or HAN_CHARACTER.match(first) is not None


def _belongs(word: Word, start: int, end: int) -> bool:
    """Tell whether a word is a part of a stretch, or says nothing besides it."""
    first, last, written = word
    return (start <= first and last <= end) or written == _ORDINAL or is_slight(written)


def _most(zone: Zone) -> int:
    return _CHARACTERS if HAN_CHARACTER.match(zone.content[0][2]) else _WORDS
