"""Over which words of its sentence a phrase may move and stay in its clause (audit/rules/moving.py)."""

from __future__ import annotations

import re

from audit.lexicon import Word, terms, words
from audit.rules import moving as rules
from audit.rules.category import Category
from audit.rules.lists import HAN_CHARACTER
from audit.side import Side

Span = tuple[int, int]


def may_pass_over(side: Side, over: Span, first: int, *, who_says: bool = False, paused: bool = False) -> bool:
    """Tell whether a phrase may move over a stretch; `first` is where both begin, `paused` that a comma sets it off."""
    text = side.text
    found = words(text, *over)
    if not found:
        return True
    if Category.ATTRIBUTION in categories(text, found):
        return False
    if HAN_CHARACTER.search(text, *over):
        return _may_pass_over_han(side, over, paused=paused, who_says=who_says)
    said = [word for _, _, word in found]
    if _JOINS.search(text, *over):
        return False
    if who_says:
        return RELATIVE.isdisjoint(said)
    if not _APART.isdisjoint(said) or said[0].endswith("ing") or _is_purpose(text, found):
        return False
    return _is_of_the_clause(side, first)


def _is_of_the_clause(side: Side, first: int) -> bool:
    """Tell whether what stands before a phrase leaves no doubt to which clause it belongs."""
    before = words(side.text, side.sentence(first)[0], first)
    if not before:
        return True
    says = {term.end for term in terms(side.text, before) if term.category is Category.ATTRIBUTION}
    if before[-1][1] in says:
        return False  # said on Monday the base would close
    for at, (_, _, word) in enumerate(before):
        if word == "that" and at and before[at - 1][1] in says:
            continue
        if word in RELATIVE:
            return False
    return True


def _is_purpose(text: str, found: list[Word]) -> bool:
    """Tell whether a "to" among some words begins what somebody means to do: agreed to close the base."""
    numbers = {term.start for term in terms(text, found) if term.category is Category.COUNT}
    for at, (_, _, word) in enumerate(found):
        if word == "to":
            if at + 1 == len(found):
                return True
            start, _, behind = found[at + 1]
            if not (behind in _DETERMINERS or text[start].isupper() or text[start].isdigit() or start in numbers):
                return True
    return False


def _may_pass_over_han(side: Side, over: Span, *, paused: bool, who_says: bool) -> bool:
    text = side.text
    stretch = text[slice(*over)].strip("，、, ")
    if _CHINESE_APART.search(stretch):
        return who_says and not _RELATIVE_HAN.search(stretch)
    if not paused and _is_relative(text, over):
        return False
    if _KANA.search(stretch):
        start, end = side.sentence(over[0])
        return Category.ATTRIBUTION not in categories(text, words(text, start, end))
    return True


def _is_relative(text: str, over: Span) -> bool:
    """Tell whether a 的 may end what is said of somebody: 抵达的部队, but not 中国的部队."""
    at = text.find("的", *over)
    if at < 0:
        return False
    found = terms(text, words(text, over[0], at))
    return not any(term.end == at and term.category in (Category.PLACE, Category.RANK) for term in found)


def categories(text: str, some: list[Word]) -> list[Category]:
    """Return the categories of the listed terms among some words."""
    return [term.category for term in terms(text, some)]


_APART = frozenset(rules.APART.split())
RELATIVE = frozenset(rules.RELATIVE.split())
_DETERMINERS = frozenset(rules.DETERMINERS.split())
_CHINESE_APART = re.compile(rules.CHINESE_APART)
_RELATIVE_HAN = re.compile("[，；：;:]")
_JOINS = re.compile(r"[;:]|, (?:and|but|or|so|nor|yet)\b")
_KANA = re.compile("[\u3041-\u309f]")
