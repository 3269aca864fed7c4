"""Where the terms of our word lists stand in a text. Written for speed: it runs on every word near every edit."""

from __future__ import annotations

import re
from typing import NamedTuple

from audit.rules.category import Category
from audit.rules.lists import ASCII_TOKEN, ENTRIES, TOKEN, Entry

Word = tuple[int, int, str]
"""Start and end of a word, a number, or one character of Chinese or Japanese; and it in lower case."""

_GAPS = frozenset(("", " ", "-", ".", ". ", "'", "’", "\u00a0", "–", "‑"))
_NUMERALS = frozenset("零〇一二三四五六七八九十百千万亿两几数")
_APART = (Category.SLIGHT, Category.ALIKE, Category.OPPOSITE, Category.SURNAME)  # looked up where they are needed


class Term(NamedTuple):
    """A term found: its place in the text, what it is, and which of the list's senses it has."""

    start: int
    end: int
    category: Category
    sense: str


def words(text: str, start: int, end: int) -> list[Word]:
    """Return the words of a stretch of text, with their places in the whole of it.

    >>> [word for _, _, word in words("Japan's 3,000 men didn’t; 日本", 0, 28)]
    ['japan', 's', '3,000', 'men', 'didn’t', '日', '本']
    """
    pattern = ASCII_TOKEN if text.isascii() else TOKEN
    return [(*found.span(), found[0].lower()) for found in pattern.finditer(text, start, end)]


def terms(text: str, tokens: list[Word]) -> list[Term]:
    """Return the listed terms among words that follow one another, from left to right, the longest first.

    >>> text = "It no longer may"
    >>> [(term.category.name, text[term.start:term.end]) for term in terms(text, words(text, 0, 16))]
    [('NEGATION', 'no longer'), ('HEDGE', 'may')]
    """
    found: list[Term] = []
    skip = 0
    for at, (start, end, word) in enumerate(tokens):
        if skip:
            skip -= 1
        elif word in _BY_FIRST:
            skip = _take(text, tokens, at, found) - 1
        elif word.endswith(("n't", "n’t")):
            found.append(Term(start, end, Category.NEGATION, "not"))
    return found


def nearest(category: Category, text: str, low: int, high: int, to: tuple[int, int]) -> str | None:
    """Return the word of HARM, HOSTILE or ATTRIBUTION between two characters that stands nearest to a stretch."""
    best: tuple[int, str] | None = None
    for found in _PATTERNS[category].finditer(text[low:high].lower()):
        start, end = found.start() + low, found.end() + low
        distance = max(start - to[1], to[0] - end, 0)
        if best is None or distance < best[0]:
            best = distance, text[start:end]
    return best and best[1]


def is_listed(word: Word) -> bool:
    """Tell whether a word occurs in a term that `terms` finds."""
    return word[2] in _LISTED or word[2].endswith(("n't", "n’t"))


def is_in_phrases(word: Word) -> bool:
    """Tell whether a word occurs in a listed term of several words."""
    return word[2] in _PHRASED


def is_count(word: Word) -> bool:
    """Tell whether a word is a number."""
    return word[2] in _COUNTS


def is_slight(word: str) -> bool:
    """Tell whether a word (in lower case) carries no content alone."""
    return word in _SLIGHT


def is_surname(character: str) -> bool:
    """Tell whether a Chinese character is a common surname."""
    return character in _SURNAMES


def takes_a_negating_prefix(word: str) -> bool:
    """Tell whether a word (in lower case) becomes its opposite by a prefix."""
    return word in _OPPOSITES


def senses(word: str) -> tuple[str, ...]:
    """Return the first words of the lines of like words in which a word (in lower case) stands.

    >>> set(senses("began")) == set(senses("started"))
    True
    """
    return _ALIKE.get(word, ())


def _take(text: str, tokens: list[Word], at: int, found: list[Term]) -> int:
    """Add what begins at a word; return how many words it takes, at least 1."""
    for length, known in _BY_FIRST[tokens[at][2]]:
        if length == 1:
            entries = known[(tokens[at][2],)]
        else:
            last = at + length - 1
            if last >= len(tokens):
                continue
            key = tuple([token[2] for token in tokens[at : last + 1]])
            there = known.get(key)
            if there is None and (key[-1] in _COUNTS or key[-1][0].isdigit()):
                there = known.get((*key[:-1], "#"))
            if there is None or not _together(text, tokens, at, last):
                continue
            entries = there
        start, end = tokens[at][0], tokens[at + length - 1][1]
        wanted = [entry for entry in entries if entry.allows(text[start:end])]
        if wanted:
            capital = [entry for entry in wanted if entry.capital]
            found.extend([Term(start, end, entry.category, entry.sense) for entry in capital or wanted])
            return length
    return 1


def _together(text: str, tokens: list[Word], first: int, last: int) -> bool:
    return all(text[tokens[i][1] : tokens[i + 1][0]] in _GAPS for i in range(first, last))


_Lengths = tuple[tuple[int, dict[tuple[str, ...], tuple[Entry, ...]]], ...]


def _index() -> dict[str, _Lengths]:
    """First word → for each length of terms that begin with it, the longest first, the terms."""
    by_first: dict[str, dict[int, dict[tuple[str, ...], tuple[Entry, ...]]]] = {}
    for entry in ENTRIES:
        if entry.category not in _APART:
            known = by_first.setdefault(entry.tokens[0], {}).setdefault(len(entry.tokens), {})
            known[entry.tokens] = (*known.get(entry.tokens, ()), entry)
    return {first: tuple(sorted(lengths.items(), reverse=True)) for first, lengths in by_first.items()}


def _of(category: Category) -> frozenset[str]:
    return frozenset(entry.written.lower() for entry in ENTRIES if entry.category is category)


def _pattern(category: Category) -> re.Pattern[str]:
    listed = [entry.written for entry in ENTRIES if entry.category is category]
    written = sorted(listed, key=lambda each: (-len(each), each))
    latin = "|".join(map(re.escape, (each for each in written if each.isascii())))
    others = "|".join(map(re.escape, (each for each in written if not each.isascii())))
    return re.compile(rf"\b(?:{latin})\b|{others}")


def _alike() -> dict[str, tuple[str, ...]]:
    found: dict[str, tuple[str, ...]] = {}
    for entry in ENTRIES:
        if entry.category is Category.ALIKE:
            found[entry.written.lower()] = (*found.get(entry.written.lower(), ()), entry.sense)
    return found


_COUNTS = _NUMERALS | _of(Category.COUNT)
_SLIGHT = _of(Category.SLIGHT)
_SURNAMES = _of(Category.SURNAME)
_OPPOSITES = _of(Category.OPPOSITE)
_PATTERNS = {category: _pattern(category) for category in (Category.HARM, Category.HOSTILE, Category.ATTRIBUTION)}
_ALIKE = _alike()
_KEPT = [entry for entry in ENTRIES if entry.category not in _APART]
_PHRASED = frozenset(token for entry in _KEPT if len(entry.tokens) > 1 for token in entry.tokens) - _SLIGHT
_LISTED = _PHRASED | {entry.tokens[0] for entry in _KEPT if len(entry.tokens) == 1}
_BY_FIRST = _index()
