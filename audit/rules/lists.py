"""The word lists, read: every term with its categories.

How a list is written: terms are parted by commas (a line that ends in one goes on in the next), and the terms of one
line mean the same; their *sense* is the first of them. Where lines do not matter to a category, it only counts that a
term is there. A term that begins with a capital is found only where the text has one; `#` stands for a number, and `^`
behind a term wants a word with a capital there (Major Li, not: Major powers). Hyphens, full stops and `'s` part words.
Of CONTRARY the sense of all but the first word of a line has a NOT before it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from audit.rules.category import Category
from audit.rules.chinese import CHINESE
from audit.rules.english import ENGLISH
from audit.rules.places import PLACES

HAN = "\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff"  # and kana: what is looked up by character
HAN_CHARACTER = re.compile(f"[{HAN}]")
TOKEN = re.compile(rf"[{HAN}]|\d+(?:[.,]\d+)*|[^\W\d_{HAN}]+(?:['’](?!s\b)[^\W\d_{HAN}]+)*|#")
"""A character of Chinese or Japanese, a number, a word (didn't, Xi'an; of Japan's only Japan), or a list's `#`."""
ASCII_TOKEN = re.compile(r"[A-Za-z]+(?:'(?!s\b)[A-Za-z]+)*|\d+(?:[.,]\d+)*|#")
"""The same for a text in ASCII, three times as fast."""


NOT = "not "


@dataclass(frozen=True, slots=True)
class Entry:
    """A term of a list. `tokens` are in lower case; `written` is as listed; `capital` tells whether it asks for one.

    `titles` tells whether it asks for a capital behind it as well.
    """

    tokens: tuple[str, ...]
    category: Category
    sense: str
    written: str
    capital: bool
    titles: bool = False

    def allows(self, text: str) -> bool:
        """Tell whether a place of the text, whose tokens fit, has the capitals that the list asks for.

        >>> us = next(entry for entry in ENTRIES if entry.written == "US")
        >>> us.allows("US"), us.allows("us"), us.allows("Us")
        (True, False, False)
        """
        if self.written.isupper() and len(self.written) < 4:
            return text == self.written
        return text[0].isupper() or not self.capital


def _read(category: Category, text: str) -> Iterator[Entry]:
    for line in text.replace(",\n", ", ").splitlines():
        terms = [term.strip() for term in line.split(",") if term.strip()]
        if category is Category.SURNAME:
            terms = line.split()
        for term in terms:
            written = term.removesuffix(" ^")
            tokens = tuple(token.lower() for token in TOKEN.findall(written))
            sense = NOT + terms[0] if category is Category.CONTRARY and term is not terms[0] else terms[0]
            yield Entry(tokens, category, sense, written, written[0].isupper(), written != term)


ENTRIES: tuple[Entry, ...] = tuple(
    entry
    for lists in (ENGLISH, CHINESE, {Category.PLACE: PLACES})
    for category, text in lists.items()
    for entry in _read(category, text)
)
