"""Whether a name that was written in full may be that of another one: Biden, Hunter Biden, where Joe Biden is known."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from audit.lexicon import is_slight, terms, words
from audit.names import NOT_NAMES
from audit.rules.category import Category

_NO_NAMES = (*NOT_NAMES, Category.OFFICIAL)
_WORD = r"[^\W\d_a-z][\w.'’-]*"


def may_be_another(short: str, full: str, texts: Sequence[str], before: Sequence[str]) -> bool:
    """Tell whether a name in full may be another person's than its part alone.

    That is so where `texts` know somebody else of that name, or where `before`, what the reader has read already, has
    the part alone: a name is told in full when it comes first.

    >>> may_be_another("Biden", "Hunter Biden", ["President Joe Biden met his lawyers."], [])
    True
    >>> may_be_another("Biden", "Joe Biden", ["President Joe Biden met his lawyers."], [])
    False
    >>> may_be_another("Kim", "Kim Yo Jong", ["Kim Jong Un spoke on Monday."], [])
    True
    """
    given = frozenset(full.lower().split()) - {short.lower()}
    for text in texts:
        for _, _, other in _in_full(text, short):
            if not (other <= given or given <= other):
                return True
    return any(_stands_alone(text, short) for text in before)


def _in_full(text: str, short: str) -> Iterator[tuple[int, int, frozenset[str]]]:
    """Yield start, end and the other words of each name in full of which a word is the last or the first one."""
    if short not in text:
        return
    name = re.escape(short)
    pattern = rf"((?:\b{_WORD}\s){{1,3}})(?:[a-z]{{2}}-)?{name}\b|\b{name}((?:\s{_WORD}){{1,3}})"
    for found in re.finditer(pattern, text):
        if given := _given(found[1] or found[2]):
            yield found.start(), found.end(), given


def _given(some: str) -> frozenset[str]:
    """Return those of some words that may be given names: neither titles nor days, nor what opens a sentence."""
    found = words(some, 0, len(some))
    taken = [term for term in terms(some, found) if term.category in _NO_NAMES]
    return frozenset(
        word
        for start, _, word in found
        if not is_slight(word) and not any(term.start <= start < term.end for term in taken)
    )


def _stands_alone(text: str, short: str) -> bool:
    """Tell whether a word stands in a text without any other word of a name in full."""
    full = [(start, end) for start, end, _ in _in_full(text, short)]
    return any(
        not any(start <= found.start() < end for start, end in full)
        for found in re.finditer(rf"\b{re.escape(short)}\b", text)
    )
