"""Numbers and dates that came, went or are bounded otherwise."""

from __future__ import annotations

import re

from audit.edit import EditType
from audit.figure_joints import changed_places
from audit.hit import Hit, of_category, raised, spelled, written
from audit.lexicon import Term
from audit.quantities import Quantity
from audit.rules.category import Category
from audit.rules.figures import SUBSTANTIVE
from audit.zone import Zone

_AN = re.compile("一[名架艘枚辆]")
_PART = re.compile(r"\b([Hh]alf|[Aa] (?:third|quarter))(?: of)? (?:the|its|their|all|his|her|our|those|these)\b")
_LONGEST_PART = 20  # characters


def quantity_hits(old: Zone, new: Zone, olds: list[Term], news: list[Term], hits: list[Hit]) -> list[Hit]:
    """Return what became of numbers and dates by what they are worth. Of `hits` those go that are part of a date."""
    if not (old.counts or new.counts):
        return []
    gone, come = _worth(old, new), _worth(new, old)
    if len(gone) + len(come) == 1 and _is_an_article(old if gone else new, (gone or come)[0]):
        return []
    if not (gone or come) and changed_places(old, new):
        gone, come = old.numbers(), new.numbers()
    found = []
    for kind, dates in ((EditType.DATE, True), (EditType.NUMBER, False)):
        first = [quantity for quantity in gone if quantity.is_date is dates]
        second = [quantity for quantity in come if quantity.is_date is dates]
        if not first and not second:
            continue
        if dates or not (first and second):
            before, after = spelled(old, first), spelled(new, second)
        else:
            before, after = _with_bounds(old, first, olds), _with_bounds(new, second, news)
        if not dates:
            before = before or spelled(old, of_category(Category.COUNT_PERHAPS, old.touched()))
            after = after or spelled(new, of_category(Category.COUNT_PERHAPS, new.touched()))
        if dates:
            hits[:] = [hit for hit in hits if hit.type is not EditType.DATE]  # a month's name is part of the date
        found.append(raised(Hit(kind, SUBSTANTIVE, before, after), old, new))
    return found


def bound_hits(old: Zone, new: Zone, olds: list[Term], news: list[Term], hits: list[Hit]) -> list[Hit]:
    """Return that a number became another one by what stands before it: 50, over 50."""
    gone, come = of_category(Category.BOUND, olds), of_category(Category.BOUND, news)
    if not (gone or come) or any(hit.type is EditType.NUMBER for hit in hits):
        return []
    before = spelled(old, gone or _hedged(old, olds) or old.numbers())
    after = spelled(new, come or _hedged(new, news) or new.numbers())
    return [raised(Hit(EditType.NUMBER, SUBSTANTIVE, before, after), old, new)]


def _with_bounds(zone: Zone, numbers: list[Quantity], terms: list[Term]) -> str:
    """Return numbers with what bounds each on this side alone: more than 40, about 50."""
    before = [term for term in terms if term.category in (Category.BOUND, Category.HEDGE)]
    starts = [
        min([number.start, *(term.start for term in before if term.start < number.start < term.end)])
        for number in numbers
    ]
    return written(zone, [(start, number.end) for start, number in zip(starts, numbers, strict=True)])


def _hedged(zone: Zone, terms: list[Term]) -> list[Term]:
    """Return the hedges that stand before a number and take it with them: about 50."""
    starts = [quantity.start for quantity in zone.numbers()]
    return [term for term in of_category(Category.HEDGE, terms) if any(term.start < at < term.end for at in starts)]


def part_of_all(old: Zone, new: Zone) -> tuple[str, str] | None:
    """Return the part of something that came, went, or stands for another word: half the fleet, the fleet."""
    found = [_PART.search(zone.side.text, max(0, zone.start - 1), zone.last + _LONGEST_PART) for zone in (old, new)]
    at = [
        match[1] if match and match.start() < max(zone.last, zone.start + 1) else ""
        for match, zone in zip(found, (old, new), strict=True)
    ]
    return (at[0], at[1]) if bool(at[0]) != bool(at[1]) else None


def _is_an_article(zone: Zone, number: Quantity) -> bool:
    """Tell whether a number is no more than that somebody or something is one: 一名士兵."""
    text, start = zone.side.text, number.start
    return _AN.match(text, start) is not None and text[start - 1 : start] != "第"


def _worth(zone: Zone, other: Zone) -> list[Quantity]:
    others = other.numbers()
    return [quantity for quantity in zone.numbers() if not any(map(quantity.says, others))]
