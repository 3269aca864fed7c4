"""Where an edit stands on one side, and what stands in it and at its edges."""

from __future__ import annotations

from functools import cached_property

from audit.lexicon import Term, Word, is_slight, is_surname, terms, words
from audit.quantities import Quantity, quantities
from audit.rules.category import Category
from audit.rules.chinese import COURTESIES, NAME_FOLLOWERS
from audit.rules.lists import HAN_CHARACTER
from audit.side import Side

_REACH = 32  # characters on either side: no term of our lists that touches an edit is longer
_LONGEST = 2000  # characters of an edit that are looked at
_PARTICLES = frozenset(("de", "da", "van", "von", "der", "bin", "ibn", "al", "el", "la", "le"))
_NOT_NAMES = (Category.RANK, Category.PLACE, Category.DAY)
_TITLES = (Category.RANK, Category.OFFICIAL)


class Zone:
    """Characters `start` to `end` of one side, and the words around them."""

    def __init__(self, side: Side, start: int, end: int) -> None:
        self.side, self.start, self.end = side, start, end
        self.last = min(end, start + _LONGEST)
        text = side.text
        low, high = max(0, start - _REACH), min(len(text), self.last + _REACH)
        if low and (space := text.find(" ", low, start)) >= 0:
            low = space
        if high < len(text) and (space := text.rfind(" ", self.last, high)) >= 0:
            high = space
        self.around = words(text, low, high)
        self.low, self.high = low, high
        self.terms = terms(text, self.around)

    @cached_property
    def words(self) -> list[Word]:
        """The words that the edit touches, whole."""
        return [word for word in self.around if word[0] < self.last and word[1] > self.start]

    @cached_property
    def content(self) -> list[Word]:
        """Those of them that carry content alone."""
        return [word for word in self.words if not is_slight(word[2])]

    def touches(self, start: int, end: int) -> bool:
        """Tell whether something stands in the edit or next to it.

        What stands next to it is the same on both sides, and falls out when they are compared; unless the edit made
        another term of it (Minister, Deputy Minister).
        """
        return start <= self.last + 1 and end >= self.start - 1

    @cached_property
    def touched(self) -> list[Term]:
        """The listed terms in the edit or next to it."""
        return [term for term in self.terms if self.touches(term.start, term.end)]

    @cached_property
    def numbers(self) -> list[Quantity]:
        """The numbers and dates in the edit or next to it."""
        found = quantities(self.side.text, self.low, self.high)
        return [quantity for quantity in found if self.touches(quantity.start, quantity.end)]

    @cached_property
    def names(self) -> list[tuple[int, int]]:
        """Start and end of each name in the edit or next to it."""
        return [span for span in (*self._capital_runs(), *self._chinese_names()) if self.touches(*span)]

    def near(self, category: Category, reach: int) -> str | None:
        """Return the word of a category that stands nearest in the same sentence, at most `reach` characters away."""
        text = self.side.text
        first, last = self.side.sentence(self.start)
        low, high = max(first, self.start - reach), min(max(last, self.last), self.last + reach)
        found = [term for term in terms(text, words(text, low, high)) if term.category is category]
        if not found:
            return None
        best = min(found, key=lambda term: (max(term.start - self.end, self.start - term.end, 0), term.start))
        return text[best.start : best.end]

    def _capital_runs(self) -> list[tuple[int, int]]:
        text = self.side.text
        taken = {at for term in self.terms if term.category in _NOT_NAMES for at in range(term.start, term.end)}
        runs: list[list[Word]] = []
        run: list[Word] = []
        for word in self.around:
            if run and text[run[-1][1] : word[0]] not in (" ", "-", "", ". "):
                runs.append(run)
                run = []
            if text[word[0]].isupper() and word[0] not in taken and word[2] != "i":
                run.append(word)
            elif run and word[2] not in _PARTICLES:
                runs.append(run)
                run = []
        return [(run[0][0], run[-1][1]) for run in map(self._trimmed, (*runs, run)) if run]

    def _trimmed(self, run: list[Word]) -> list[Word]:
        """Take away the first word of a run where its capital is only that of a sentence, or all of it in a title."""
        if not run:
            return run
        if self.side.titled:
            return [word for word in run if self.side.known_name(self._spelled(word))]
        start = self.side.sentence(run[0][0])[0]
        opens = not any(character.isalnum() for character in self.side.text[start : run[0][0]])
        if not opens:
            return [word for word in run if not (is_slight(word[2]) and len(run) == 1)]
        if self.side.known_name(self._spelled(run[0])) or (len(run) > 1 and not self._common(run[0])):
            return run
        return run[1:]

    def _common(self, word: Word) -> bool:
        return is_slight(word[2]) or any(term.start == word[0] for term in self.terms)

    def _spelled(self, word: Word) -> str:
        return self.side.text[word[0] : word[1]]

    def _chinese_names(self) -> list[tuple[int, int]]:
        """Names are only sure next to a title: 发言人张晓刚, 周敏少将, 李女士."""
        text = self.side.text
        found = []
        for term in self.terms:
            if term.category in _TITLES and HAN_CHARACTER.match(text, term.start):
                found += self._name_after(term.end) or self._name_before(term.start)
        for courtesy in COURTESIES:
            at = text.find(courtesy, self.low, self.high)
            if at >= 0:
                found += self._name_before(at)
        return found

    def _name_after(self, at: int) -> list[tuple[int, int]]:
        text = self.side.text
        if not is_surname(text[at : at + 1]) or not HAN_CHARACTER.match(text, at + 1):
            return []
        longer = HAN_CHARACTER.match(text, at + 2) and text[at + 2] not in NAME_FOLLOWERS
        return [(at, at + (3 if longer else 2))]

    def _name_before(self, at: int) -> list[tuple[int, int]]:
        text = self.side.text
        for length in (3, 2):
            name = text[max(0, at - length) : at]
            if len(name) == length and is_surname(name[0]) and all(map(HAN_CHARACTER.match, name)):
                return [(at - length, at)]
        return []
