"""Where an edit stands on one side, and what stands in it and at its edges."""

from __future__ import annotations

import re

from audit.lexicon import (
    Term,
    Word,
    look,
    may_hold_phrases,
    nearest,
    terms,
    words,
)
from audit.names import NOT_NAMES, capital_runs, chinese_names, designations, near_a_title
from audit.quantities import Quantity, quantities
from audit.rules.category import Category
from audit.rules.lists import HAN
from audit.side import Side

_REACH = 28  # characters on either side: no term of our lists that touches an edit goes farther
_REACH_IN_HAN = 14  # the same where all of them are Chinese or Japanese, or no letters
_IN_A_NUMBER = 12  # characters on either side that may belong to a number which the edit touches
_BEFORE_A_UNIT = 24  # characters that a number and the first word of its unit may take
_LONGEST = 2000  # characters of an edit that are looked at
_COUNTING = re.compile("[\\d零〇一二三四五六七八九十百千万亿两几½⅓⅔¼¾⅛⅜⅝⅞以未超]")
_SENTENCE_END = re.compile(r"[.!?][\"”’)]*\s|[。！？\n]")
_CAPITAL = re.compile(rf"[^\W\d_a-z{HAN}]")
_OTHER_LETTER = re.compile(rf"[^\W\d_{HAN}]")


class Zone:
    """Characters `start` to `end` of one side, and the words around them.

    `words` are the edit's own, `content` those of them that carry content alone. `may_hold_terms` tells whether any of
    them occurs in a listed term, `counts` whether the edit, or a character next to it, may belong to a number or date.
    """

    __slots__ = (
        *("_around", "_names", "_numbers", "_terms", "_touched", "_words_around"),
        *("content", "counts", "end", "last", "may_hold_terms", "side", "start", "words"),
    )

    def __init__(self, side: Side, start: int, end: int) -> None:
        self.side, self.start, self.end = side, start, end
        self.last = min(end, start + _LONGEST)
        self.words: list[Word] = []
        self.content: list[Word] = []
        self.may_hold_terms = counts = False
        if start < end:
            self.words = words(side.text, start, self.last)
            self.content, self.may_hold_terms, counts = look(side.text, self.words)
        self.counts = (
            counts
            or _COUNTING.search(side.text, start - 1 if start else 0, self.last + 1) is not None
            or side.text.startswith("or ", max(0, start - 3), start)  # 50 or more
        )
        self._around: tuple[int, int] | None = None
        self._words_around: list[Word] | None = None
        self._terms: list[Term] | None = None
        self._touched: list[Term] | None = None
        self._numbers: list[Quantity] | None = None
        self._names: list[tuple[int, int]] | None = None

    def around(self) -> tuple[int, int]:
        """Return start and end of the edit with so much on either side as a term that touches it may take."""
        if self._around is None:
            text = self.side.text
            low, high = max(0, self.start - _REACH), min(len(text), self.last + _REACH)
            if not text.isascii():
                if low < self.start - _REACH_IN_HAN and not _OTHER_LETTER.search(text, low, self.start):
                    low = self.start - _REACH_IN_HAN
                if high > self.last + _REACH_IN_HAN and not _OTHER_LETTER.search(text, self.last, high):
                    high = self.last + _REACH_IN_HAN
            if low and (space := text.find(" ", low, self.start)) >= 0:
                low = space
            if high < len(text) and (space := text.rfind(" ", self.last, high)) >= 0:
                high = space
            self._around = low, high
        return self._around

    def words_around(self) -> list[Word]:
        """Return the words of the edit and around it."""
        if self._words_around is None:
            self._words_around = words(self.side.text, *self.around())
        return self._words_around

    def terms(self) -> list[Term]:
        """Return the listed terms around the edit."""
        if self._terms is None:
            self._terms = terms(self.side.text, self.words_around())
        return self._terms

    def may_hold_phrases(self) -> bool:
        """Tell whether a listed term may go over the edge of the edit."""
        return not self.side.text.isascii() or may_hold_phrases(self.words)

    def whole(self) -> str:
        """Return the words that the edit touches, whole."""
        return (
            self.side.text[self.words[0][0] : self.words[-1][1]]
            if self.words
            else self.side.text[self.start : self.end]
        )

    def inside(self) -> list[Term]:
        """Return the listed terms in the edit, where none may go over its edge."""
        return terms(self.side.text, self.words)

    def touched(self) -> list[Term]:
        """Return the listed terms in the edit or next to it.

        What stands next to it is the same on both sides and falls out when they are compared, unless the edit made
        another term of it (Minister, Deputy Minister).
        """
        if self._touched is None:
            self._touched = [term for term in self.terms() if self._touches(term.start, term.end)]
        return self._touched

    def numbers(self) -> list[Quantity]:
        """Return the numbers and dates in the edit or next to it."""
        if self._numbers is None:
            text = self.side.text
            low = max(text.rfind(" ", 0, self.start) + 1, self.start - _IN_A_NUMBER)
            if low and text[low - 1] == " ":  # "kilometers" and "square miles" belong to the number before them
                low = text.find(" ", low - _BEFORE_A_UNIT, low) + 1 if low > _BEFORE_A_UNIT else 0
            high = text.find(" ", self.last + 1)
            found = quantities(text, low, min(high if high >= 0 else len(text), self.last + _IN_A_NUMBER))
            touched = [quantity for quantity in found if self._touches(quantity.start, quantity.end)]
            if touched and not text.isascii():
                whole = [term for term in self.terms() if term.category is Category.ORDINARY]
                touched = [
                    quantity
                    for quantity in touched
                    if not any(term.start <= quantity.start and quantity.end <= term.end for term in whole)
                ]
            self._numbers = touched
        return self._numbers

    def may_hold_names(self) -> bool:
        """Tell whether the edit has a capital, not that of a place, rank or day, or stands near a Chinese title."""
        text = self.side.text
        if not text.isascii() and near_a_title(text, self.start, self.last):
            return True
        if not _CAPITAL.search(text, self.start, self.last):
            return False
        if not self.may_hold_terms:
            return True
        taken = [term for term in self.terms() if term.category in NOT_NAMES]
        capitals = [start for start, _, _ in self.words if text[start].isupper()]
        return any(all(not term.start <= start < term.end for term in taken) for start in capitals)

    def names(self) -> list[tuple[int, int]]:
        """Return start and end of each name in the edit or next to it."""
        if self._names is None:
            text = self.side.text
            found: list[tuple[int, int]] = []
            if self._has_a_capital():
                found = capital_runs(self.side, self.words_around(), self.terms(), self._touches)
            if any(map(str.isdigit, text[max(0, self.start - 1) : self.last + 1])):
                found = _with_designations(found, designations(text, *self.around()))
            if not text.isascii():
                found += chinese_names(text, *self.around(), self.terms())
            self._names = [span for span in found if self._touches(*span)]
        return self._names

    def near(self, category: Category, reach: int) -> str | None:
        """Return the word of a category that stands nearest in the same sentence, at most `reach` characters away."""
        text = self.side.text
        low, high = max(0, self.start - reach), self.last + reach
        for end in _SENTENCE_END.finditer(text, low, self.start):
            low = end.end()
        if end_after := _SENTENCE_END.search(text, self.last, high):
            high = end_after.start()
        return nearest(category, text, low, high, (self.start, self.last))

    def covers(self, term: Term) -> bool:
        """Tell whether a term is all that the edit holds, but for white space."""
        text = self.side.text
        inner = text[self.start : self.end].strip()
        return text[term.start : term.end] == inner or (term.start <= self.start and term.end >= self.end)

    def _has_a_capital(self) -> bool:
        """Tell whether a word with a capital stands in the edit or next to it."""
        text = self.side.text
        if text.isascii():
            low = text.rfind(" ", 0, max(0, self.start - 1)) + 1  # where a word begins that ends next to the edit
            if not _CAPITAL.search(text, low, self.last + 2):
                return False  # a look first
        for start, end, _ in self.words_around():
            if start > self.last + 1:
                break
            if end >= self.start - 1 and text[start].isupper():
                return True
        return False

    def _touches(self, start: int, end: int) -> bool:
        return start <= self.last + 1 and end >= self.start - 1


def _with_designations(names: list[tuple[int, int]], more: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """Return names and those with figures, these in the place of what was found of them."""
    return [span for span in names if not any(span[0] < end and start < span[1] for start, end in more)] + more
