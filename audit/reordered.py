"""What it means that the same words stand in another order: a phrase moved, or who did it and who suffered it."""

from __future__ import annotations

import re

from audit.edit import EditType, Weight
from audit.moving import moves_freely, only_turns_round
from audit.rules.catalogue import RULE
from audit.rules.category import Category
from audit.rules.turning import DONE_TO_SOMEBODY
from audit.wording import Typed, sentence_of
from audit.zone import Zone

_JOINING = frozenset(("and", "or", "和", "与", "及", "或"))
_KANA = re.compile("[\u3041-\u309f]")  # in Japanese the mark of a list is a comma as well
_GOES_ON = (", ", " and ", " or ")
"""What stands behind two things of a list that goes on: tanks, guns and ships."""
_BESIDE = re.compile(r"[^.!?。！？\n]{0,8}")
"""What may stand between words that changed places and the act beside them: the attack by India on Pakistan."""


def reordered(old: Zone, new: Zone) -> Typed:
    """Return the type of an edit that has the same words on both sides.

    It is slight where only a phrase moved that belongs to its whole clause, or a list was sorted, and major where two
    changed places round a hostile act.
    """
    before, after = (zone.side.text[zone.start : zone.end].strip() for zone in (old, new))
    rule = RULE[EditType.WORD_ORDER]
    olds, news = [word for _, _, word in old.words], [word for _, _, word in new.words]
    first, last = _ends(olds, news)
    if moves_freely(old, new) or only_turns_round(old, new) or _is_list(old, new, first, last):
        return Typed(rule.type, Weight.MINOR, sentence_of(rule, before, after))
    if first and last and (act := _act(old, first, last)):
        beside = f"; who did what to whom may be another, beside “{act}”"
        return Typed(rule.type, Weight.MAJOR, sentence_of(rule, before, after, beside=beside))
    return Typed(rule.type, rule.weight, sentence_of(rule, before, after))


def _ends(olds: list[str], news: list[str]) -> tuple[int, int]:
    """Return how many of the first words went to the end, and how many of the last ones to the start."""
    first = next((n for n in range(len(olds) - 1, 0, -1) if news[-n:] == olds[:n]), 0)
    return first, next((n for n in range(len(olds) - first, 0, -1) if news[:n] == olds[-n:]), 0)


def _is_list(old: Zone, new: Zone, first: int, last: int) -> bool:
    """Tell whether two things changed places around no more than an "and", or the commas of a list."""
    if not (first and last):
        return False
    between = [word for _, _, word in old.words[first : len(old.words) - last]]
    if between:
        return _JOINING.issuperset(between)
    gaps = [zone.side.text[zone.words[one - 1][1] : zone.words[one][0]] for zone, one in ((old, first), (new, last))]
    if "、" in gaps:
        return not any(map(_KANA.search, (zone.side.text[zone.start : zone.end] for zone in (old, new))))
    return gaps == [", ", ", "] and all(zone.side.text.startswith(_GOES_ON, zone.end) for zone in (old, new))


def _act(zone: Zone, first: int, last: int) -> str:
    """Return the hostile act between the first and the last words of an edit or next to it, "" where there is none."""
    text = zone.side.text
    low, high = zone.words[first - 1][1], zone.words[-last][0]
    for term in zone.terms():
        written = text[term.start : term.end]
        if term.category is not Category.HOSTILE and written.lower() not in DONE_TO_SOMEBODY:
            continue
        if low <= term.start and term.end <= high:
            return written
        if _BESIDE.fullmatch(text, term.end, zone.start) or _BESIDE.fullmatch(text, zone.end, term.start):
            return written
    return ""
