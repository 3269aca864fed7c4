"""Listed things and numbers that stand on both sides of an edit, whichever way they are called or written."""

from __future__ import annotations

from audit.lexicon import Word
from audit.rules import capitals as rules
from audit.rules.category import Category
from audit.rules.places import CAPITALS
from audit.zone import Zone

_LISTS = (Category.PLACE, Category.RANK, Category.DAY, Category.HEDGE, Category.BOUND, Category.ATTRIBUTION)
_APOSTROPHES = frozenset("'’")
_CAPITAL_OF = dict(line.strip().split(", ") for line in CAPITALS.strip().splitlines())
_CAPITALS = {country: capital for capital, country in reversed(_CAPITAL_OF.items())}

Thing = tuple[Category | None, str]
"""What stands there: a list with the sense of the term, or None with the worth of a number."""


def things(zone: Zone, some: list[Word]) -> dict[int, list[tuple[int, Thing]]]:
    """Return by the first word of it how many words each listed thing or number takes, and what it is."""
    found: dict[int, list[tuple[int, Thing]]] = {}
    starts = {start: at for at, (start, _, _) in reversed(list(enumerate(some)))}
    spans: list[tuple[int, int, Thing]] = []
    if zone.may_hold_terms:
        spans += [(t.start, t.end, (t.category, t.sense)) for t in zone.terms() if t.category in _LISTS]
    if zone.counts:
        spans += [(number.start, number.end, (None, number.value)) for number in zone.numbers()]
    for start, end, thing in spans:
        if start in starts and not _APOSTROPHES.intersection(zone.side.text[start:end]):  # couldn't is no could
            at = starts[start]
            length = sum(start <= word[0] and word[1] <= end for word in some)
            found.setdefault(at, []).append((length, thing))
    for at, ((length, (_, country)), *_) in list(found.items()):
        if (capital := _CAPITALS.get(country)) and (more := _capital(some, at + length)):
            behind = at + length + more
            if behind in found and found[behind][0][1][1] == capital:  # the Ukrainian capital Kyiv
                more += found[behind][0][0]
            found[at].append((length + more, (Category.PLACE, capital)))
    return found


def _capital(some: list[Word], at: int) -> int:
    """Return how many words it takes to say that a capital is meant: capital, 首都."""
    said = [word for _, _, word in some[at : at + 2]]
    return 1 if said[:1] == ["capital"] else 2 if said == ["首", "都"] else 0


def stands_for(one: str, two: str) -> bool:
    """Tell whether one of two places, by their senses, is the capital of the other."""
    return _CAPITAL_OF.get(one) == two or _CAPITAL_OF.get(two) == one


def acts(some: list[Word], at: int, length: int) -> bool:
    """Tell whether the place of some words is spoken of as a government: Beijing has urged, talks with Moscow."""
    before = [word for _, _, word in some[max(0, at - _NEAR) : at]]
    behind = [word for _, _, word in some[at + length : at + length + _NEAR]]
    if some[at][2].isascii():
        return _acts(behind) or _is_addressed(before) or _is_one_of_two(before, behind)
    said, told = "".join(behind), "".join(before)
    while between := next((each for each in _CHINESE_BETWEEN if said.startswith(each)), ""):
        said = said.removeprefix(between)
    return said.startswith(_CHINESE_ACTS) or told.endswith(_CHINESE_ADDRESSED)


def _acts(behind: list[str]) -> bool:
    left = list(behind)
    while left and left[0] in _BETWEEN:
        del left[0]
    if left and left[0] in _ACTS:
        return True
    if behind[:1] == ["s"]:
        return len(behind) > 1 and behind[1] in _OF_A_GOVERNMENT
    return bool(behind) and behind[0] in _ON_A_SIDE


def _is_addressed(before: list[str]) -> bool:
    if not before:
        return False
    return before[-1] in _ADDRESSED or (before[-1] == "with" and not _WITH.isdisjoint(before[-4:-1]))


def _is_one_of_two(before: list[str], behind: list[str]) -> bool:
    """Tell whether it is named with another one: talks between Moscow and Kyiv, Moscow and Minsk signed."""
    if before[-1:] == ["between"] or (before[-1:] == ["and"] and "between" in before):
        return not _WITH.isdisjoint(before)
    return behind[:1] == ["and"] and (_acts(behind[2:]) or _acts(behind[3:]))


_NEAR = 6  # words
_ACTS = frozenset(rules.ACTS.split())
_BETWEEN = frozenset(rules.BETWEEN.split())
_ADDRESSED = frozenset(rules.ADDRESSED.split())
_WITH = frozenset(rules.WITH.split())
_OF_A_GOVERNMENT = frozenset(rules.OF_A_GOVERNMENT.split())
_ON_A_SIDE = frozenset(rules.ON_A_SIDE.split())
_CHINESE_ACTS = tuple(rules.CHINESE_ACTS.split())
_CHINESE_BETWEEN = tuple(rules.CHINESE_BETWEEN.split())
_CHINESE_ADDRESSED = tuple(rules.CHINESE_ADDRESSED.split())
