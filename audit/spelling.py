"""Whether a word is spelled otherwise, or became another one: goverment, government; condemned, condoned."""

from __future__ import annotations

import re
from functools import cache, lru_cache

from rapidfuzz.distance import OSA

from audit.rules.files import listed
from audit.rules.variants import VARIANTS

_SHORTEST = 4  # letters of a word of which one letter may be wrong
_LONG = 8  # letters of a word of which two may be wrong
_VARIANTS = tuple((re.compile(pattern), other) for pattern, other in VARIANTS)


def misspelled(old: str, new: str) -> bool:
    """Tell whether two words, in lower case, look like one: misspelled, or spelled in two ways that are both right.

    They differ in a letter or two, and are not both ordinary words; two spellings that are right may differ in more.

    >>> misspelled("recieved", "received"), misspelled("organise", "organize"), misspelled("increase", "decrease")
    (True, True, False)
    >>> misspelled("attacked", "attached"), misspelled("condemned", "condoned")
    (False, False)
    """
    if old[0] != new[0]:
        return False
    return are_variants(old, new) or (close(old, new) and not (old in ordinary_words() and new in ordinary_words()))


def close(old: str, new: str) -> bool:
    """Tell whether two words, in lower case, may be one by their letters alone.

    >>> close("attack", "attach"), close("legal", "illegal")
    (True, False)
    """
    if min(len(old), len(new)) < _SHORTEST or old[0] != new[0] or not (old + new).isalpha():
        return False
    return OSA.distance(old, new, score_cutoff=2) <= (2 if min(len(old), len(new)) >= _LONG else 1)


def are_variants(old: str, new: str) -> bool:
    """Tell whether two words, in lower case, are one in British and American spelling, or the like.

    >>> are_variants("travelled", "traveled"), are_variants("centre", "center"), are_variants("morning", "mourning")
    (True, True, False)
    """
    return _plain(old) == _plain(new)


@cache
def ordinary_words() -> frozenset[str]:
    """Return the English words that one or two wrong letters would make another one of: the only ones to be asked."""
    return frozenset(listed("ordinary_words.txt").split())


@lru_cache(maxsize=64)  # a word that became another one is asked for up to three times, by `slip` and behind it
def _plain(word: str) -> str:
    for pattern, other in _VARIANTS:
        word = pattern.sub(other, word)
    return word
