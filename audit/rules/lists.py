"""The word lists, read: every term with its categories.

How a list is written: terms are parted by commas (a line that ends in one goes on in the next), and the terms of one
line mean the same; their *sense* is the first of them. Where lines do not matter to a category, it only counts that a
term is there. A term that begins with a capital is found only where the text has one; `#` stands for a number, and `^`
behind a term wants a word with a capital there (Major Li, not: Major powers), the full stop of a day or month (Sun.) is
wanted too. A `*` behind a word stands for its regular forms (start*: starts, started, starting). Hyphens, full stops
and `'s` part words.
Of CONTRARY the sense of all but the first word of a line has a NOT before it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from audit.rules.category import Category
from audit.rules.chinese import CHINESE
from audit.rules.chinese_cities import IN_ENGLISH
from audit.rules.chinese_rewordings import CHINESE_REWORDINGS
from audit.rules.english import ENGLISH
from audit.rules.english_rewordings import ENGLISH_REWORDINGS
from audit.rules.places import PLACES

HAN = "\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff"  # and kana: what is looked up by character
HAN_CHARACTER = re.compile(f"[{HAN}]")
TOKEN = re.compile(rf"[{HAN}]|\d+(?:[.,]\d+)*|[^\W\d_{HAN}]+(?:['’](?!s\b)[^\W\d_{HAN}]+)*|#")
"""A character of Chinese or Japanese, a number, a word (didn't, Xi'an; of Japan's only Japan), or a list's `#`."""
ASCII_TOKEN = re.compile(r"[A-Za-z]+(?:'(?!s\b)[A-Za-z]+)*|\d+(?:[.,]\d+)*|#")
"""The same for a text in ASCII, three times as fast."""


NOT = "not "

_CAPITAL_BEHIND = re.compile(r"\W{1,2}[^\W\d_a-z]")


@dataclass(frozen=True, slots=True)
class Entry:
    """A term of a list. `tokens` are in lower case; `written` is as listed; `capital` tells whether it asks for one.

    `behind` is what it asks for behind it: `^`, a word with a capital; `.`, a full stop; nothing.
    """

    tokens: tuple[str, ...]
    category: Category
    sense: str
    written: str
    capital: bool
    behind: str = ""

    def allows(self, text: str) -> bool:
        """Tell whether a place of the text, whose tokens fit, has the capitals that the list asks for.

        >>> us = next(entry for entry in ENTRIES if entry.written == "US")
        >>> us.allows("US"), us.allows("us"), us.allows("Us")
        (True, False, False)
        """
        if self.written.isupper() and len(self.written) < 4:
            return text == self.written
        return text[0].isupper() or not self.capital

    def goes_with(self, text: str, end: int) -> bool:
        """Tell whether behind the term, which ends here, stands what it asks for.

        >>> sunday = next(entry for entry in ENTRIES if entry.written == "Sun.")
        >>> sunday.goes_with("on Sun. at noon", 6), sunday.goes_with("on Sun Wei", 6)
        (True, False)
        """
        if self.behind == "^":
            return _CAPITAL_BEHIND.match(text, end) is not None
        return text.startswith(self.behind, end)


def _read(category: Category, text: str) -> Iterator[Entry]:
    for line in text.replace(",\n", ", ").splitlines():
        terms = [term.strip() for term in line.split(",") if term.strip()]
        if category is Category.SURNAME:
            terms = line.split()
        for each in terms:
            sense = NOT + terms[0] if category is Category.CONTRARY and each is not terms[0] else terms[0]
            for term in _forms(each):
                yield _entry(term, category, sense)


def _entry(term: str, category: Category, sense: str) -> Entry:
    written = term.removesuffix(" ^")
    tokens = tuple(token.lower() for token in TOKEN.findall(written))
    behind = "^" if written != term else "." if category is Category.DAY and written[-1] == "." else ""
    return Entry(tokens, category, sense, written, written[0].isupper(), behind)


def _forms(term: str) -> Iterator[str]:
    """Yield a term; where a word of it has a `*`, the term with each regular form of that word."""
    word = re.search(r"(\w+)\*", term)
    if word is None:
        yield term
        return
    stem = word[1]
    endings = ("", "s", "ed", "ing")
    if stem[-1] == "e":
        stem, endings = stem[:-1], ("e", "es", "ed", "ing")
    elif stem[-1] == "y" and stem[-2] not in "aeiou":
        stem, endings = stem[:-1], ("y", "ies", "ied", "ying")
    elif stem[-1] in "sxz" or stem[-2:] in ("ch", "sh"):
        endings = ("", "es", "ed", "ing")
    for ending in endings:
        yield term[: word.start()] + stem + ending + term[word.end() :]


ENTRIES: tuple[Entry, ...] = tuple(
    entry
    for lists in (ENGLISH, ENGLISH_REWORDINGS, CHINESE, CHINESE_REWORDINGS, {Category.PLACE: PLACES + IN_ENGLISH})
    for category, text in lists.items()
    for entry in _read(category, text)
)
