"""The rules that fit an edit of running text: what it does to negations, numbers, names, quotations and the rest."""

from __future__ import annotations

from audit.called_otherwise import stands_for
from audit.edit import EditType, Weight
from audit.figure_hits import bound_hits, part_of_all, quantity_hits
from audit.figure_joints import joined_otherwise
from audit.hit import Hit, of_category, raised, spans, spelled, written
from audit.lexicon import Term
from audit.named_in_quotes import named_in_quotes
from audit.number_words import number_words
from audit.parted import parted
from audit.quote_marks import come_or_gone, is_inside_quotes, round_what
from audit.rules.catalogue import RULE, WORD_TYPES
from audit.rules.category import Category
from audit.rules.figures import COSMETIC, MAJOR, SUBSTANTIVE
from audit.rules.lists import HAN_CHARACTER, NOT
from audit.rules.units import TIME_ZONES
from audit.signs import said_by_signs
from audit.slight import opposite
from audit.source_hits import source_hits, told_by
from audit.turning import turned
from audit.whereabouts import are_places, chinese_places, name_others, say_where
from audit.zone import Zone

SOME_WORDS = 5
"""Words with content besides a negation, up to which it turns what the sentence says into its opposite."""

_OF_NAMES = (EditType.NUMBER, EditType.DATE, EditType.NAME, EditType.PLACE)
"""What is found in a name: “火星-17”."""
_TIME_ZONES = frozenset(TIME_ZONES.split())
_LONGEST_NAME = 8  # Chinese characters


def hits_of(old: Zone, new: Zone, before: str, after: str) -> list[Hit]:
    """Return every rule that fits an edit, apart from those about its words as words."""
    if figures := parted(old, new, before, after) or joined_otherwise(old, new, before, after):
        return [raised(Hit(EditType.NUMBER, SUBSTANTIVE, *figures), old, new)]
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
        first, second = _only_here(old, new), _only_here(new, old)
        if (first or second) and are_places(old, first) and are_places(new, second):
            hits = _with_places(hits, old, new, first, second)
        else:
            gone, come = written(old, first), written(new, second)
            if not (gone or come) and _foreign(old) and _foreign(new):
                gone, come = before, after
    if not (gone or come or old.side.text.isascii()) and (places := chinese_places(old, new)):
        hits = [hit for hit in hits if hit.type is not EditType.PLACE]
        hits.append(raised(Hit(EditType.PLACE, SUBSTANTIVE, *places), old, new))
    if gone in _TIME_ZONES and come in _TIME_ZONES:
        hits.append(Hit(EditType.DATE, SUBSTANTIVE, gone, come))
        gone = come = ""
    if told := told_by(old, new, before, after):
        hits = [hit for hit in hits if hit.type is not EditType.ATTRIBUTION]
        hits.append(Hit(EditType.SOURCE, SUBSTANTIVE, *told))
    elif olds or news or bool(gone) != bool(come):
        hits += source_hits(old, new, olds, news, gone, come)
    hits += quantity_hits(old, new, olds, news, hits)
    counted = hits and any(hit.type is EditType.NUMBER for hit in hits)
    if olds and news and not counted and (found := number_words(old, new, olds, news)):
        hits.append(raised(Hit(EditType.NUMBER, SUBSTANTIVE, *found), old, new))
    elif not counted and (olds or news) and (part := part_of_all(old, new)):
        hits.append(raised(Hit(EditType.NUMBER, SUBSTANTIVE, *part), old, new))
    if olds or news:
        hits += bound_hits(old, new, olds, news, hits)
    only_words = f"a{before}{after}".replace(" ", "").isalnum()  # a look first: neither signs nor quote marks
    said = None if only_words else said_by_signs(old, new, before, after)
    if said and not any(hit.type is said.type for hit in hits):
        hits.append(raised(Hit(said.type, SUBSTANTIVE, said.before, said.after), old, new))
    if gone or come:
        hits.append(raised(Hit(EditType.NAME, SUBSTANTIVE, gone, come), old, new))
    if not is_inside_quotes(old) or not is_inside_quotes(new):
        if not only_words and come_or_gone(old, new):
            hits.append(Hit(EditType.QUOTE_MARKS, SUBSTANTIVE, *round_what(old, new)))
    elif (name := named_in_quotes(old)) and (other := named_in_quotes(new)):
        hits = [hit for hit in hits if hit.type not in _OF_NAMES]
        hits.append(raised(Hit(EditType.NAME, SUBSTANTIVE, name, other), old, new))
    else:
        content = old.content or new.content or said or turned(old, new)
        hits.append(Hit(EditType.QUOTED_WORDS, MAJOR if content else SUBSTANTIVE, before, after))
    return hits


def _apart(old: Zone, new: Zone) -> tuple[list[Term], list[Term]]:
    """Return the terms of both sides without those that both have."""
    if old.may_hold_phrases() or new.may_hold_phrases():
        first, second = old.touched(), new.touched()
    else:
        first, second = old.inside(), new.inside()
    first, second = _outside_numbers(old, first), _outside_numbers(new, second)
    if not first or not second:
        return first, second
    return _more(first, second), _more(second, first)


def _outside_numbers(zone: Zone, terms: list[Term]) -> list[Term]:
    """Return the terms without places that are part of a sum: US$5."""
    if not zone.counts or not any(term.category is Category.PLACE for term in terms):
        return terms
    return [term for term in terms if term.category is not Category.PLACE or not _is_in_a_number(zone, term.start)]


def _is_in_a_number(zone: Zone, at: int) -> bool:
    return zone.counts and any(number.start <= at < number.end for number in zone.numbers())


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


def _negation(old: Zone, new: Zone, olds: list[Term], news: list[Term]) -> list[Hit]:
    gone, come = of_category(Category.NEGATION, olds), of_category(Category.NEGATION, news)
    if len(gone) == len(come):
        return []
    weight = _negation_weight(old, new, gone, come)
    if old.words and new.words:
        return [Hit(EditType.NEGATION, weight, old.whole(), new.whole())]
    return [Hit(EditType.NEGATION, weight, spelled(old, gone), spelled(new, come))]


def _contrary(old: Zone, new: Zone, olds: list[Term], news: list[Term]) -> list[Hit]:
    """A word became the one that denies it: 合法, 非法."""
    found = [
        (gone, come)
        for gone in of_category(Category.CONTRARY, olds)
        for come in of_category(Category.CONTRARY, news)
        if NOT + gone.sense == come.sense or gone.sense == NOT + come.sense
    ]
    if not found:
        return []
    gone, come = [gone for gone, _ in found], [come for _, come in found]
    return [Hit(EditType.NEGATION, _negation_weight(old, new, gone, come), spelled(old, gone), spelled(new, come))]


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
        gone, come = of_category(category, olds), of_category(category, news)
        if category is Category.DAY:
            gone, come = _outside_dates(old, gone), _outside_dates(new, come)
        if category is Category.ATTRIBUTION and bool(gone) != bool(come):
            gone, come = gone or of_category(Category.SPEECH, olds), come or of_category(Category.SPEECH, news)
        if gone or come:
            first, second = spans(gone), spans(come)
            if kind is EditType.PLACE and name_others(old, first) and name_others(new, second):
                kind = EditType.NAME
            hit = Hit(kind, RULE[kind].weight, written(old, first), written(new, second))
            where = kind is EditType.PLACE and say_where(old, first) and say_where(new, second)
            inside = len(gone) == len(come) == 1 and stands_for(gone[0].sense, come[0].sense)  # Kyiv, Ukraine
            hits.append(hit if where or inside else raised(hit, old, new))
    return hits


def _outside_dates(zone: Zone, days: list[Term]) -> list[Term]:
    """Return those that are no part of a date with a number: May 4 to May 9 is May 4-9, whatever becomes of the May."""
    dates = [quantity for quantity in zone.numbers() if quantity.is_date] if days else ()
    return [term for term in days if not any(date.start <= term.start < date.end for date in dates)]


def _foreign(zone: Zone) -> bool:
    """Tell whether the edit is a few Chinese characters behind a title: 总统贝尔登."""
    text = zone.side.text[zone.start : zone.end]
    if not 2 <= len(text) <= _LONGEST_NAME or not all(map(HAN_CHARACTER.match, text)):
        return False
    terms = zone.terms()
    if any(term.start == zone.start and term.end - term.start > 1 for term in terms):
        return False  # a word that we know: 总统离开
    return any(term.end == zone.start and term.category is Category.RANK for term in terms)


def _only_here(zone: Zone, other: Zone) -> list[tuple[int, int]]:
    """Return the names of one side without those that the other one has too."""
    known = {other.side.text[start:end].casefold() for start, end in other.names()}
    called = [
        ((start, end), zone.side.text[start:end]) for start, end in zone.names() if not _is_in_a_number(zone, start)
    ]
    return [
        span
        for span, name in called
        # A Chinese name is found by the title next to it, which may have come or gone where the name stayed.
        if name.casefold() not in known and (name.isascii() or name not in _around(other))
    ]


def _with_places(
    hits: list[Hit], old: Zone, new: Zone, gone: list[tuple[int, int]], come: list[tuple[int, int]]
) -> list[Hit]:
    """Return the hits with names that are places in one with the listed places that came or went with them."""
    listed = next((hit for hit in hits if hit.type is EditType.PLACE), Hit(EditType.PLACE, SUBSTANTIVE, "", ""))
    before = ", ".join(filter(None, (listed.before, written(old, gone))))
    after = ", ".join(filter(None, (listed.after, written(new, come))))
    hit = Hit(EditType.PLACE, SUBSTANTIVE, before, after)
    if not (say_where(old, gone) and say_where(new, come)):
        hit = raised(hit, old, new)
    return [*(each for each in hits if each.type is not EditType.PLACE), hit]


def _around(zone: Zone) -> str:
    low, high = zone.around()
    return zone.side.text[low:high]
