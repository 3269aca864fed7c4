"""Whether an edit only writes one word otherwise: a slip of the pen, also in a listed word or in a name."""

from __future__ import annotations

from rapidfuzz.distance import OSA

from audit.lexicon import is_listed, is_slight
from audit.rules.variants import CONFUSED
from audit.slight import alike
from audit.spelling import are_variants, close, misspelled, ordinary_words
from audit.zone import Zone

_MOST = 6  # words of an edit, one of which may be misspelled
_SHORTEST_SWAPPED = 3  # letters of a word of which two stand in the wrong order: teh
_LONG_NAME = 6  # letters of a name of which one may be wrong, or vowels
_VOWELS = frozenset("aeiouy")
_VOWELS_WRONG = 2


def slip(old: Zone, new: Zone) -> bool:
    """Tell whether both sides have the same words but for one, which is the same word, spelled otherwise."""
    if not len(old.words) == len(new.words) <= _MOST:
        return False
    pairs = [(one, other) for one, other in zip(old.words, new.words, strict=True) if one[2] != other[2]]
    if len(pairs) != 1:
        return False
    (first, _, before), (second, _, after) = pairs[0]
    if before in _CONFUSED and after in _CONFUSED[before]:
        return True
    if before[0] != after[0] or not before.isalpha() or not after.isalpha():
        return False  # a look first
    if are_variants(before, after):
        return True
    if alike(before, after):
        return False
    if len(before) == _SHORTEST_SWAPPED:
        return _are_swapped(before, after) and is_slight(before) != is_slight(after)
    listed = is_listed(before), is_listed(after)
    if all(listed):
        return False
    names = old.side.text[first].isupper() and new.side.text[second].isupper()
    if names and not any(listed):
        return _is_one_name(before, after)
    return misspelled(before, after)


def twice(old: Zone, new: Zone) -> bool:
    """Tell whether a word came or went that stands right beside it once more: the the."""
    for zone, other in ((old, new), (new, old)):
        if len(zone.words) == 1 and not other.words and zone.words[0][2].isalpha():
            word = zone.words[0]
            if not _may_stand_twice(zone.side.text, *word):
                return False
            around = zone.words_around()
            at = next(place for place, each in enumerate(around) if each[0] == word[0])
            beside = around[max(0, at - 1) : at] + around[at + 1 : at + 2]
            return word[2].isascii() and any(
                each[2] == word[2] and not zone.side.text[min(word[1], each[1]) : max(word[0], each[0])].strip()
                for each in beside
            )
    return False


def _may_stand_twice(text: str, start: int, end: int, word: str) -> bool:
    """Tell whether the letters of a word stand before it or behind it, with little between: a look first."""
    reach = end - start + 4
    return text[max(0, start - reach) : start].lower().rstrip().endswith(word) or text[
        end : end + reach
    ].lower().lstrip().startswith(word)


def _is_one_name(old: str, new: str) -> bool:
    """Tell whether two names are one: letters changed places or are doubled, or a vowel is another in a long one."""
    if min(len(old), len(new)) < _LONG_NAME - 1:
        return False
    if _are_swapped(old, new) or _undoubled(old) == _undoubled(new):
        return True
    if min(len(old), len(new)) < _LONG_NAME or (old in ordinary_words() and new in ordinary_words()):
        return False
    if len(old) != len(new):
        return close(old, new) and abs(len(old) - len(new)) == 1 and OSA.distance(old, new) == 1
    wrong = [pair for pair in zip(old, new, strict=True) if pair[0] != pair[1]]
    return len(wrong) <= _VOWELS_WRONG and all(_VOWELS.issuperset(pair) for pair in wrong)


def _are_swapped(old: str, new: str) -> bool:
    return len(old) == len(new) and sorted(old) == sorted(new) and OSA.distance(old, new) == 1


def _undoubled(word: str) -> str:
    return "".join(letter for letter, before in zip(word, " " + word, strict=False) if letter != before)


_CONFUSED = {word: frozenset(line.split()) - {word} for line in CONFUSED.strip().splitlines() for word in line.split()}
