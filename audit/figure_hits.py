"""Numbers and dates that came, went or are bounded otherwise."""

from __future__ import annotations

from audit.edit import EditType
from audit.figure_joints import changed_places
from audit.hit import Hit, of_category, raised, spelled
from audit.lexicon import Term
from audit.quantities import Quantity
from audit.rules.category import Category
from audit.rules.figures import SUBSTANTIVE
from audit.zone import Zone


def quantity_hits(old: Zone, new: Zone, hits: list[Hit]) -> list[Hit]:
    """Return what became of numbers and dates by what they are worth. Of `hits` those go that are part of a date."""
    if not (old.counts or new.counts):
        return []
    gone, come = _worth(old, new), _worth(new, old)
    if not (gone or come) and changed_places(old, new):
        gone, come = old.numbers(), new.numbers()
    found = []
    for kind, dates in ((EditType.DATE, True), (EditType.NUMBER, False)):
        first = [quantity for quantity in gone if quantity.is_date is dates]
        second = [quantity for quantity in come if quantity.is_date is dates]
        if not first and not second:
            continue
        before, after = spelled(old, first), spelled(new, second)
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


def _hedged(zone: Zone, terms: list[Term]) -> list[Term]:
    """Return the hedges that stand before a number and take it with them: about 50."""
    starts = [quantity.start for quantity in zone.numbers()]
    return [term for term in of_category(Category.HEDGE, terms) if any(term.start < at < term.end for at in starts)]


def _worth(zone: Zone, other: Zone) -> list[Quantity]:
    others = other.numbers()
    return [quantity for quantity in zone.numbers() if not any(map(quantity.says, others))]
