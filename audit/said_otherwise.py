"""Two differences that are harmless only together: one says before a number or verb what the other says behind it."""

from __future__ import annotations

import re

from audit.quote_marks import is_inside_quotes
from audit.rules.category import Category
from audit.zone import Zone

_NOT_UNTIL = re.compile(r"(?:not|n['’]t) (?P<verb>\w+(?: \w+){0,3}) until", re.IGNORECASE)
_ONLY_ON = re.compile(r"(?P<verb>\w+(?: \w+){0,3}) only(?: (?:on|in|at|when|after))?", re.IGNORECASE)


def said_otherwise(old: Zone, new: Zone) -> str:
    """Return why both sides say the same, "" where they may not: 约50人, 50人左右; not until, only on."""
    if is_inside_quotes(old) or is_inside_quotes(new):
        return ""
    texts = [zone.side.text[zone.start : zone.end].strip() for zone in (old, new)]
    for one, other in (texts, texts[::-1]):
        if (until := _NOT_UNTIL.fullmatch(one)) and (only := _ONLY_ON.fullmatch(other)):
            return "not until and only then are taken to say the same" if until["verb"] == only["verb"] else ""
    if old.counts and new.counts and (said := _about(old)) and said == _about(new):
        return "the same number, hedged alike"
    return ""


def _about(zone: Zone) -> list[str]:
    """Return the only number of an edit, its only hedge by what it means, and all other words; [] of any other edit."""
    numbers = [number for number in zone.numbers() if zone.start <= number.start and number.end <= zone.end]
    hedges = [
        term
        for term in zone.terms()
        if term.category is Category.HEDGE and zone.start <= term.start and term.end <= zone.end
    ]
    if len(numbers) != 1 or len(hedges) != 1:
        return []
    taken = [(numbers[0].start, numbers[0].end), (hedges[0].start, hedges[0].end)]
    others = [word for start, end, word in zone.words if not any(low <= start and end <= high for low, high in taken)]
    return [numbers[0].value, hedges[0].sense, *others]
