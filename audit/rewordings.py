"""The tables of what says the same otherwise, read: which phrases begin at a word."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from audit.lexicon import Word
from audit.rules.category import REWORDINGS, Category
from audit.rules.english_rewordings import NOT_FILLED as _NOT_FILLED
from audit.rules.lists import ENTRIES


class Phrase(NamedTuple):
    """Words of a line of a table; those of the same category and sense say the same."""

    words: tuple[str, ...]
    category: Category
    sense: str


def phrases(tokens: list[Word], at: int) -> Iterator[Phrase]:
    """Yield the phrases of the table that begin at a word, the longest first."""
    for phrase in _BY_FIRST.get(tokens[at][2], ()):
        last = at + len(phrase.words)
        if last <= len(tokens) and all(
            wanted == word or (wanted == "#" and word[0].isdigit())
            for wanted, (_, _, word) in zip(phrase.words, tokens[at:last], strict=True)
        ):
            # the number itself is laid against the other side's
            yield phrase._replace(words=phrase.words[:-1]) if phrase.words[-1] == "#" else phrase


def is_filling(phrase: Phrase) -> bool:
    """Tell whether a phrase may come or go."""
    return phrase.category is Category.FILLING


def _index() -> dict[str, tuple[Phrase, ...]]:
    found: dict[str, list[Phrase]] = {}
    for entry in ENTRIES:
        if entry.category in REWORDINGS:
            found.setdefault(entry.tokens[0], []).append(Phrase(entry.tokens, entry.category, entry.sense))
        elif entry.category is Category.SLIGHT and len(entry.tokens) > 1:
            found.setdefault(entry.tokens[0], []).append(Phrase(entry.tokens, Category.FILLING, ""))
    return {first: tuple(sorted(some, key=lambda each: -len(each.words))) for first, some in found.items()}


_BY_FIRST = _index()
NOT_FILLED = frozenset(_NOT_FILLED)
LISTED = frozenset(word for some in _BY_FIRST.values() for phrase in some for word in phrase.words)
"""Words that may be explained by a phrase."""
ALONE = frozenset(
    word
    for some in _BY_FIRST.values()
    for phrase in some
    if len(phrase.words) > 1 or is_filling(phrase)
    for word in phrase.words
)
"""Words that may be explained where the other side has none: they come or go, or are a part of a phrase."""
