"""How much two pieces of text have in common, fast enough to ask of every pair."""

from __future__ import annotations

import re
import sys
from collections import Counter, defaultdict
from collections.abc import Iterable
from itertools import chain, repeat

from rapidfuzz.distance import Indel, LCSseq, Postfix, Prefix

from articles.folding import fold
from audit.stop_words import STOP_WORDS
from audit.tokens import HAN, KANA

ALIKE = 0.5
"""Part of the words that two pieces have in common, in order, from which on one is an edit of the other."""

ALIKE_LETTERS = 0.7
"""The same for letters. It finds short pieces with most words edited a little; unrelated English has 0.45 to 0.55."""

IN_PLACE = 0.7
"""Letters in common from which on two pieces between the same neighbours are taken for each other at once."""

IN_PLACE_LONG = 0.8
"""The same for long pieces, of which it takes five times as long to ask for less."""

SHORT = 160
"""Characters up to which two pieces together may be alike by their small words alone."""

LONG = 10_000
"""Characters from which on two pieces together are long."""

SAME_ENDS = 0.5
"""Part of the shorter of two pieces at its ends that the other one has there too, from which on they are one where
both stand alone between the same neighbours. Of sentences that follow one another in a story 0.1 % have as much."""

CELLS = 400_000_000
"""Above so many cells (words of one times words of the other) the order of words is left out of account: comparing
in order costs a 64th of an instruction a cell."""

JOINING = frozenset().union(*STOP_WORDS.values())
"""Words that only join others."""

_IN_WORDS = bytes(ord(chr(code).lower()) if chr(code).isalnum() or code == ord("_") else 32 for code in range(128))
_ASCII_WORDS = _IN_WORDS + bytes(128)
_RUN = re.compile(rf"[{HAN}{KANA}]+|[^\W{HAN}{KANA}]+")
_ALONE = re.compile(f"[{HAN}{KANA}]")


class Alphabet:
    """Gives each word a character of its own, so that pieces become strings and rapidfuzz's string kernels count
    words: ten times as fast as over lists of words."""

    def __init__(self) -> None:
        letters = chain(map(chr, range(sys.maxunicode)), repeat(chr(sys.maxunicode)))
        self._letters: defaultdict[str, str] = defaultdict(letters.__next__)

    def spell(self, words: Iterable[str]) -> str:
        """Return one character a word, the same for the same word. From the 1,114,112th word on all share one."""
        return "".join(map(self._letters.__getitem__, words))

    @property
    def exhausted(self) -> bool:
        """Whether different words may have been spelled alike."""
        return len(self._letters) > sys.maxunicode


def words(text: str) -> list[str]:
    """Return the words of `text` in lower case, without what stands between them; per character in Chinese."""
    if text.isascii():
        return text.encode().translate(_ASCII_WORDS).decode().split()  # as `_RUN` finds, eight times as fast
    found: list[str] = []
    for run in _RUN.findall(text.lower()):
        if _ALONE.match(run):
            found += run
        else:
            found.append(run)
    return found


def common(old: str, new: str) -> int:
    """Return how many words two spelled pieces have in common in order (above `CELLS`: in any order)."""
    if len(old) * len(new) <= CELLS:
        return LCSseq.similarity(old, new)
    return (Counter(old) & Counter(new)).total()


def alike_in_place(old: str, new: str) -> bool:
    """Tell whether two pieces between the same neighbours are one, edited, beyond doubt."""
    if len(old) * len(new) > CELLS:
        return False
    length = len(old) + len(new)
    alike = Indel.normalized_similarity(old, new, score_cutoff=IN_PLACE if length <= LONG else IN_PLACE_LONG)
    if length > SHORT or alike >= IN_PLACE_LONG:
        return alike > 0
    return alike > 0 and not _content(old).isdisjoint(_content(new))


def _content(text: str) -> set[str]:
    return set(words(text)).difference(JOINING)


def ends_alike(old: str, new: str) -> bool:
    """Tell whether half of the shorter of two pieces stands at the start and the end of the other: one lost or got a
    sentence."""
    start = Prefix.similarity(old, new)
    end = Postfix.similarity(old[start:], new[start:])
    return start + end >= SAME_ENDS * min(len(old), len(new)) > 0


def letters_alike(old: str, new: str) -> float:
    """Return the part of letters that two texts have in common in order, 0 where it is less than `ALIKE_LETTERS`."""
    old, new = fold(old), fold(new)
    if len(old) * len(new) > CELLS:
        return 0.0
    return Indel.normalized_similarity(old, new, score_cutoff=ALIKE_LETTERS)
