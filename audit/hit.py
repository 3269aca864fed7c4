"""A rule that fits an edit, and what the rules about edits share."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from audit.edit import EditType, Weight
from audit.lexicon import Term
from audit.quantities import Quantity
from audit.rules.catalogue import RAISES
from audit.rules.category import Category
from audit.zone import Zone


class Hit(NamedTuple):
    """A rule that fits, with the words that it found, a word beside it that raised it, and why it is lighter."""

    type: EditType
    weight: Weight
    before: str
    after: str
    beside: str = ""
    why: str = ""


def of_category(category: Category, terms: list[Term]) -> list[Term]:
    """Return the terms of one category."""
    return [term for term in terms if term.category is category]


def spelled(zone: Zone, places: Iterable[Term | Quantity]) -> str:
    """Return places as they are written in a zone's text, each once."""
    return written(zone, spans(places))


def spans(places: Iterable[Term | Quantity]) -> list[tuple[int, int]]:
    """Return start and end of each of some places."""
    return [(place.start, place.end) for place in places]


def written(zone: Zone, stretches: Iterable[tuple[int, int]]) -> str:
    """Return what stands between each start and end in a zone's text, each text once."""
    text = zone.side.text
    return ", ".join(dict.fromkeys([text[start:end] for start, end in stretches]))


def raised(hit: Hit, old: Zone, new: Zone) -> Hit:
    """Return a hit as heavy as what stands beside it makes it."""
    if not (hit.before and hit.after) and hit.type is not EditType.NUMBER:
        return hit  # an actor is swapped only where another stood
    for rule in RAISES:
        if hit.type in rule.types and rule.to > hit.weight:
            beside = new.near(rule.near, rule.reach)
            if beside is None and old.may_hold_terms:  # else what stands round it is the same
                beside = old.near(rule.near, rule.reach)
            if beside:
                return hit._replace(weight=rule.to, beside=beside)
    return hit
