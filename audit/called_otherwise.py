"""Listed things and numbers that stand on both sides of an edit, whichever way they are called or written."""

from __future__ import annotations

from audit.lexicon import Word
from audit.rules.category import Category
from audit.rules.places import CAPITALS
from audit.zone import Zone

_LISTS = (Category.PLACE, Category.RANK, Category.DAY, Category.HEDGE, Category.BOUND, Category.ATTRIBUTION)
_WHERE = frozenset(("in", "at", "near", "from", "to", "for", "of", "outside", "over", "around", "into"))
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


def stands_for(one: Thing, two: Thing) -> bool:
    """Tell whether one is the capital of the other."""
    return _CAPITAL_OF.get(one[1]) == two[1] or _CAPITAL_OF.get(two[1]) == one[1]


def is_where(some: list[Word], at: int) -> bool:
    """Tell whether a word is behind one that says where: what happened in Beijing happened not just in China."""
    before = [word for _, _, word in some[max(0, at - 2) : at] if word != "the"]
    return bool(before) and before[-1] in _WHERE
