"""The rules that fit an edit of running text: what it does to negations, numbers, names, quotations and the rest."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from audit.edit import EditType, Weight
from audit.lexicon import Term
from audit.number_words import number_words
from audit.parted import parted
from audit.quantities import Quantity
from audit.quote_marks import come_or_gone, inside, may_differ
from audit.rules.catalogue import RAISES, RULE, WORD_TYPES
from audit.rules.category import Category
from audit.rules.figures import COSMETIC, MAJOR, SUBSTANTIVE
from audit.rules.lists import HAN_CHARACTER, NOT
from audit.signs import said_by_signs
from audit.slight import opposite
from audit.turning import turned
from audit.whereabouts import are_places, chinese_places, is_a_ship, says_where
from audit.zone import Zone

SOME_WORDS = 5
"""Words with content besides a negation, up to which it turns what the sentence says into its opposite."""

_LONGEST_NAME = 8  # Chinese characters
_APART = 3  # characters between a name and what its bearer is: Miller, an official
_CLAUSE = 80  # characters within which a source speaks


class Hit(NamedTuple):
    """A rule that fits, with the words that it found, a word beside it that raised it, and why it is lighter."""

    type: EditType
    weight: Weight
    before: str
    after: str
    beside: str = ""
    why: str = ""


def hits_of(old: Zone, new: Zone, before: str, after: str) -> list[Hit]:
    """Return every rule that fits an edit, apart from those about its words as words."""
    if figures := parted(old, new, before, after):
        return [_raised(Hit(EditType.NUMBER, SUBSTANTIVE, *figures), old, new)]
    hits: list[Hit] = []
    olds: list[Term] = []
    news: list[Term] = []
    if old.may_hold_terms or new.may_hold_terms:
        olds, news = _apart(old, new)
    if olds or news:
        hits += _negation(old, new, olds, news) or _contrary(old, new, olds, news)
        hits += _of_lists(old, new, olds, news)
    hits += _opposite(old, new)
    gone, come = "", ""
    if old.may_hold_names() or new.may_hold_names():
        first, second = _without_common(old, old.names(), new, new.names())
        if (first or second) and are_places(old, first) and are_places(new, second):
            hits = _with_places(hits, old, new, first, second)
        else:
            gone, come = _texts(old, first), _texts(new, second)
            if not (gone or come) and _foreign(old) and _foreign(new):
                gone, come = before, after
    if not (gone or come) and (places := chinese_places(old, new)):
        hits = [hit for hit in hits if hit.type is not EditType.PLACE]
        hits.append(_raised(Hit(EditType.PLACE, SUBSTANTIVE, *places), old, new))
    if olds or news or bool(gone) != bool(come):
        hits += _source(old, new, olds, news, gone, come)
    hits += _quantities(old, new, hits)
    counted = hits and any(hit.type is EditType.NUMBER for hit in hits)
    if olds and news and not counted and (found := number_words(old, new, olds, news)):
        hits.append(_raised(Hit(EditType.NUMBER, SUBSTANTIVE, *found), old, new))
    if olds or news:
        hits += _bound(old, new, olds, news, hits)
    if (said := said_by_signs(old, new, before, after)) and not any(hit.type is said.type for hit in hits):
        hits.append(_raised(Hit(said.type, SUBSTANTIVE, said.before, said.after), old, new))
    if gone or come:
        hits.append(_raised(Hit(EditType.NAME, SUBSTANTIVE, gone, come), old, new))
    if inside(old) and inside(new):
        content = old.content or new.content or said or turned(old, new)
        hits.append(Hit(EditType.QUOTED_WORDS, MAJOR if content else SUBSTANTIVE, before, after))
    elif may_differ(before, after) and come_or_gone(old, new):
        hits.append(Hit(EditType.QUOTE_MARKS, SUBSTANTIVE, before, after))
    return hits


def _apart(old: Zone, new: Zone) -> tuple[list[Term], list[Term]]:
    """Return the terms of both sides without those that both have."""
    if old.may_hold_phrases() or new.may_hold_phrases():
        first, second = old.touched(), new.touched()
    else:
        first, second = old.inside(), new.inside()
    if not first or not second:
        return first, second
    return _more(first, second), _more(second, first)


def _more(terms: list[Term], others: list[Term]) -> list[Term]:
    """Return the terms that the others have not, or not as often, by category and sense."""
    left = [term[2:] for term in others]
    kept = []
    for term in terms:
        if term[2:] in left:
            left.remove(term[2:])
        else:
            kept.append(term)
    return kept


def _spelled(zone: Zone, places: Iterable[Term | Quantity]) -> str:
    text = zone.side.text
    return ", ".join(dict.fromkeys(text[place.start : place.end] for place in places))


def _of(category: Category, terms: list[Term]) -> list[Term]:
    return [term for term in terms if term.category is category]


def _negation(old: Zone, new: Zone, olds: list[Term], news: list[Term]) -> list[Hit]:
    gone, come = _of(Category.NEGATION, olds), _of(Category.NEGATION, news)
    if len(gone) == len(come):
        return []
    weight = _negation_weight(old, new, gone, come)
    if old.words and new.words:
        return [Hit(EditType.NEGATION, weight, old.whole(), new.whole())]
    return [Hit(EditType.NEGATION, weight, _spelled(old, gone), _spelled(new, come))]


def _contrary(old: Zone, new: Zone, olds: list[Term], news: list[Term]) -> list[Hit]:
    """A word became the one that denies it: 合法, 非法."""
    found = [
        (gone, come)
        for gone in _of(Category.CONTRARY, olds)
        for come in _of(Category.CONTRARY, news)
        if NOT + gone.sense == come.sense or gone.sense == NOT + come.sense
    ]
    if not found:
        return []
    gone, come = [gone for gone, _ in found], [come for _, come in found]
    return [Hit(EditType.NEGATION, _negation_weight(old, new, gone, come), _spelled(old, gone), _spelled(new, come))]


def _negation_weight(old: Zone, new: Zone, gone: list[Term], come: list[Term]) -> Weight:
    others = max(len(old.content) - len(gone), len(new.content) - len(come))
    return MAJOR if others <= SOME_WORDS else COSMETIC  # in a longer clause it is one word of many


def _opposite(old: Zone, new: Zone) -> list[Hit]:
    if len(old.words) == len(new.words) == 1 and opposite(old.words[0][2], new.words[0][2]):
        return [Hit(EditType.NEGATION, MAJOR, old.whole(), new.whole())]
    return []


def _of_lists(old: Zone, new: Zone, olds: list[Term], news: list[Term]) -> list[Hit]:
    hits = []
    present = {term.category for term in (*olds, *news)}
    for category, kind in WORD_TYPES.items():
        if category not in present:
            continue
        gone, come = _of(category, olds), _of(category, news)
        if category is Category.DAY:
            gone, come = _outside_dates(old, gone), _outside_dates(new, come)
        if category is Category.ATTRIBUTION and bool(gone) != bool(come):
            gone, come = gone or _of(Category.SPEECH, olds), come or _of(Category.SPEECH, news)
        if gone or come:
            if kind is EditType.PLACE and _are_ships(old, gone, new, come):
                kind = EditType.NAME
            hit = Hit(kind, RULE[kind].weight, _spelled(old, gone), _spelled(new, come))
            hits.append(hit if kind is EditType.PLACE and _say_where(old, gone, new, come) else _raised(hit, old, new))
    return hits


def _say_where(old: Zone, gone: list[Term], new: Zone, come: list[Term]) -> bool:
    """Tell whether places on both sides are where something happened: nobody else did it."""
    return all(says_where(zone, (term.start, term.end)) for zone, some in ((old, gone), (new, come)) for term in some)


def _are_ships(old: Zone, gone: list[Term], new: Zone, come: list[Term]) -> bool:
    return all(is_a_ship(zone, (term.start, term.end)) for zone, some in ((old, gone), (new, come)) for term in some)


def _outside_dates(zone: Zone, days: list[Term]) -> list[Term]:
    """Return those that are no part of a date with a number: May 4 to May 9 is May 4-9, whatever becomes of the May."""
    dates = [quantity for quantity in zone.numbers() if quantity.is_date] if days else ()
    return [term for term in days if not any(date.start <= term.start < date.end for date in dates)]


def _source(old: Zone, new: Zone, olds: list[Term], news: list[Term], gone: str, come: str) -> list[Hit]:
    """A source that says it has no name came or went, or somebody without a name stands where one was named."""
    anonymous = _of(Category.ANONYMOUS, olds), _of(Category.ANONYMOUS, news)
    if bool(anonymous[0]) != bool(anonymous[1]):
        before = _spelled(old, anonymous[0]) or _whole_name(old, gone)
        after = _spelled(new, anonymous[1]) or _whole_name(new, come)
        return [Hit(EditType.SOURCE, SUBSTANTIVE, before, after)]
    who = _unnamed(old, new, olds, news, gone, come)
    if who and old.near(Category.ATTRIBUTION, _CLAUSE) and new.near(Category.ATTRIBUTION, _CLAUSE):
        return [Hit(EditType.SOURCE, SUBSTANTIVE, *who)]
    return []


def _unnamed(old: Zone, new: Zone, olds: list[Term], news: list[Term], gone: str, come: str) -> tuple[str, str] | None:
    """Return who became whom where one side has somebody without a name, the other one with a name or rank."""
    officials = _of(Category.OFFICIAL, olds), _of(Category.OFFICIAL, news)
    if bool(officials[0]) != bool(officials[1]):
        if gone and come:
            return None
        if officials[0]:
            who = _whole_name(new, come) or _spelled(new, _of(Category.RANK, news))
            return (_spelled(old, officials[0]), who) if who else None
        who = _whole_name(old, gone) or _spelled(old, _of(Category.RANK, olds))
        return (who, _spelled(new, officials[1])) if who else None
    if bool(gone) == bool(come):
        return None
    official = _official_at(new if gone else old)
    return ((gone, official) if gone else (official, come)) if official else None


def _official_at(zone: Zone) -> str:
    """Return somebody without a name who stands at an edit: with a name there, it was one of theirs, "" if nobody."""
    near = [term for term in zone.terms() if term.category is Category.OFFICIAL]
    return _spelled(
        zone, [term for term in near if zone.start - _APART <= term.end and term.start <= zone.last + _APART]
    )


def _whole_name(zone: Zone, name: str) -> str:
    return zone.whole() if name else ""


def _foreign(zone: Zone) -> bool:
    """Tell whether the edit is a few Chinese characters behind a title: 总统拜登."""
    text = zone.side.text[zone.start : zone.end]
    if not 2 <= len(text) <= _LONGEST_NAME or not all(map(HAN_CHARACTER.match, text)):
        return False
    terms = zone.terms()
    if any(term.start == zone.start and term.end - term.start > 1 for term in terms):
        return False  # a word that we know: 总统离开
    return any(term.end == zone.start and term.category is Category.RANK for term in terms)


def _without_common(
    old: Zone, olds: list[tuple[int, int]], new: Zone, news: list[tuple[int, int]]
) -> tuple[list[tuple[int, int]], list[tuple[int, int]]]:
    """Return the names of both sides without those that both have."""
    return _only_here(old, olds, new, news), _only_here(new, news, old, olds)


def _only_here(
    zone: Zone, names: list[tuple[int, int]], other: Zone, others: list[tuple[int, int]]
) -> list[tuple[int, int]]:
    known = {other.side.text[start:end].casefold() for start, end in others}
    spelled = [(span, zone.side.text[span[0] : span[1]]) for span in names]
    return [
        span
        for span, name in spelled
        # A Chinese name is found by the title next to it, which may have come or gone where the name stayed.
        if name.casefold() not in known and (name.isascii() or name not in _around(other))
    ]


def _texts(zone: Zone, spans: list[tuple[int, int]]) -> str:
    return ", ".join(dict.fromkeys(zone.side.text[start:end] for start, end in spans))


def _with_places(
    hits: list[Hit], old: Zone, new: Zone, gone: list[tuple[int, int]], come: list[tuple[int, int]]
) -> list[Hit]:
    """Return the hits with names that are places in one with the listed places that came or went with them."""
    listed = next((hit for hit in hits if hit.type is EditType.PLACE), Hit(EditType.PLACE, SUBSTANTIVE, "", ""))
    before = ", ".join(filter(None, (listed.before, _texts(old, gone))))
    after = ", ".join(filter(None, (listed.after, _texts(new, come))))
    hit = Hit(EditType.PLACE, SUBSTANTIVE, before, after)
    if not all(says_where(zone, span) for zone, spans in ((old, gone), (new, come)) for span in spans):
        hit = _raised(hit, old, new)
    return [*(each for each in hits if each.type is not EditType.PLACE), hit]


def _around(zone: Zone) -> str:
    low, high = zone.around()
    return zone.side.text[low:high]


def _quantities(old: Zone, new: Zone, hits: list[Hit]) -> list[Hit]:
    if not (old.counts or new.counts):
        return []
    gone, come = _worth(old, new), _worth(new, old)
    found = []
    for kind, dates in ((EditType.DATE, True), (EditType.NUMBER, False)):
        first = [quantity for quantity in gone if quantity.is_date is dates]
        second = [quantity for quantity in come if quantity.is_date is dates]
        if not first and not second:
            continue
        before, after = _spelled(old, first), _spelled(new, second)
        if not dates:
            before = before or _spelled(old, _of(Category.COUNT_PERHAPS, old.touched()))
            after = after or _spelled(new, _of(Category.COUNT_PERHAPS, new.touched()))
        if dates:
            hits[:] = [hit for hit in hits if hit.type is not EditType.DATE]  # a month's name is part of the date
        found.append(_raised(Hit(kind, SUBSTANTIVE, before, after), old, new))
    return found


def _bound(old: Zone, new: Zone, olds: list[Term], news: list[Term], hits: list[Hit]) -> list[Hit]:
    """Return that a number became another one by what stands before it: 50, over 50."""
    gone, come = _of(Category.BOUND, olds), _of(Category.BOUND, news)
    if not (gone or come) or any(hit.type is EditType.NUMBER for hit in hits):
        return []
    before = _spelled(old, gone or _hedged(old, olds) or old.numbers())
    after = _spelled(new, come or _hedged(new, news) or new.numbers())
    return [_raised(Hit(EditType.NUMBER, SUBSTANTIVE, before, after), old, new)]


def _hedged(zone: Zone, terms: list[Term]) -> list[Term]:
    """Return the hedges that stand before a number and take it with them: about 50."""
    starts = [quantity.start for quantity in zone.numbers()]
    return [term for term in _of(Category.HEDGE, terms) if any(term.start < at < term.end for at in starts)]


def _worth(zone: Zone, other: Zone) -> list[Quantity]:
    others = other.numbers()
    return [quantity for quantity in zone.numbers() if not any(map(quantity.says, others))]


def _raised(hit: Hit, old: Zone, new: Zone) -> Hit:
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
