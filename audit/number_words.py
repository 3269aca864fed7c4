"""Words that are numbers where another of their kind stood or stands: first → third, half → a third."""

from __future__ import annotations

from collections.abc import Iterator

from audit.lexicon import Term
from audit.rules.category import Category
from audit.rules.number_words import NUMBER_WORDS
from audit.zone import Zone

_MOST = 3  # words with content: in a longer rewriting two of them need not stand for each other
_KINDS = tuple(frozenset(line.split()) for line in NUMBER_WORDS.strip().splitlines())
_COUNTS = (Category.COUNT, Category.COUNT_PERHAPS)


def number_words(old: Zone, new: Zone, olds: list[Term], news: list[Term]) -> tuple[str, str] | None:
    """Return the words of both sides, given the terms that only one side has; None where no number became another."""
    if max(len(old.content), len(new.content)) > _MOST:
        return None
    gone, come = list(_counting(old, olds)), list(_counting(new, news))
    for kind in _KINDS:
        before, after = ([word for word in words if word.lower() in kind] for words in (gone, come))
        if before and after:
            if len(old.content) == len(new.content) == 1:
                return old.whole(), new.whole()  # a third, with its article
            return ", ".join(before), ", ".join(after)
    return None


def _counting(zone: Zone, terms: list[Term]) -> Iterator[str]:
    return (zone.side.text[term.start : term.end] for term in terms if term.category in _COUNTS)
