"""The rules on one edit of running text: which fit, which of them gives the type, and the sentence that says so."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from audit.edit import EditType, Weight
from audit.lexicon import Term
from audit.quantities import Quantity
from audit.rules.catalogue import RAISES, RULE, RULES, WORD_TYPES, Rule
from audit.rules.category import Category
from audit.rules.lists import HAN_CHARACTER
from audit.slight import alike, asks_or_exclaims, misspelled, opposite, quote_marks, slight, without_quote_marks
from audit.zone import Zone

MANY_WORDS = 12
"""Words with content from which an edit is a rewriting: it is typed as words, and what else it meets stands within."""
SOME_WORDS = 5
"""Words with content besides a negation, up to which it turns what the sentence says into its opposite."""

LONGEST_WORDS = 100
"""Characters of a text that a reason quotes."""

_LONGEST_NAME = 8  # Chinese characters
_CLAUSE = 80  # characters within which a source speaks
_PLACE_OF = {kind: place for place, kind in enumerate(EditType)}
_ORDER = {rule.type: place for place, rule in enumerate(RULES)}


class Hit(NamedTuple):
    """A rule that fits, with the words that it found."""

    type: EditType
    weight: Weight
    before: str
    after: str
    beside: str = ""


class Typed(NamedTuple):
    """What an edit is."""

    type: EditType
    weight: Weight
    reason: str
    within: tuple[EditType, ...] = ()


def typed(old: Zone, new: Zone) -> Typed:
    """Return the type of an edit, given where it stands on both sides; one side may be empty."""
    before, after = old.side.text[old.start : old.end], new.side.text[new.start : new.end]
    light = slight(old, new, before, after)
    if light is not None:
        return _slight(light, old, new, before, after)
    hits = _hits(old, new, before, after)
    if max(len(old.content()), len(new.content())) > MANY_WORDS:
        weight = max([Weight.SUBSTANTIVE, *(hit.weight for hit in hits if hit.type is EditType.NUMBER)])
        return _told(Hit(EditType.WORDS, weight, before, after), hits)
    plain = _plain(old, new, before, after)
    if not hits:
        return _told(plain, ())
    best = min((*hits, plain), key=lambda hit: (-hit.weight, _ORDER[hit.type]))
    if best.type is EditType.QUOTED_WORDS and plain.type is EditType.SPELLING and len(hits) == 1:
        best = plain
    return _told(best, hits)


def sentence_of(rule: Rule, before: str, after: str, **more: object) -> str:
    """Return a rule's sentence for an edit, an addition or a removal, the words cut to a readable length."""
    template = rule.became if before and after else rule.added if after else rule.removed
    template = template or rule.became or rule.added or rule.removed
    if not more:
        return template.format(before=shortened(before), after=shortened(after), beside="")
    return template.format(**{"before": shortened(before), "after": shortened(after), "beside": ""} | more)


def shortened(text: str) -> str:
    """Return a text on one line and no longer than a sentence can carry."""
    line = " ".join(text.split())
    return line if len(line) <= LONGEST_WORDS else f"{line[: LONGEST_WORDS - 1].rstrip()}…"


def _told(hit: Hit, others: Sequence[Hit]) -> Typed:
    within: tuple[EditType, ...] = ()
    if others:
        types = {_PLACE_OF[other.type]: other.type for other in others if other.type is not hit.type}
        within = tuple([types[place] for place in sorted(types)])
    beside = f", beside “{hit.beside}”" if hit.beside else ""
    rule = RULE[hit.type]
    if beside:
        return Typed(hit.type, hit.weight, sentence_of(rule, hit.before, hit.after, beside=beside), within)
    return Typed(hit.type, hit.weight, sentence_of(rule, hit.before, hit.after), within)


def _slight(kind: EditType, old: Zone, new: Zone, before: str, after: str) -> Typed:
    weight = RULE[kind].weight
    if kind is EditType.PUNCTUATION and asks_or_exclaims(before, after):
        weight = Weight.MINOR
    if kind in (EditType.LETTER_CASE, EditType.SPELLING):
        before, after = old.whole(), new.whole()
    if kind is EditType.QUOTE_MARKS and (more := quote_marks(after) - quote_marks(before)):
        words = (without_quote_marks(after if more > 0 else before).strip(), "")
        before, after = words if more < 0 else words[::-1]
    return Typed(kind, weight, sentence_of(RULE[kind], before, after))


def _hits(old: Zone, new: Zone, before: str, after: str) -> list[Hit]:
    hits: list[Hit] = []
    olds: list[Term] = []
    news: list[Term] = []
    if old.may_hold_terms() or new.may_hold_terms():
        olds, news = _apart(old, new)
    if olds or news:
        hits += _negation(old, new, olds, news)
        hits += _of_lists(old, new, olds, news)
    hits += _opposite(old, new)
    gone, come = "", ""
    if old.may_hold_names() or new.may_hold_names():
        gone, come = _without_common(old, old.names(), new, new.names())
        if not (gone or come) and _foreign(old) and _foreign(new):
            gone, come = before, after
    if olds or news:
        hits += _source(old, new, olds, news, gone, come)
    hits += _quantities(old, new, hits)
    if gone or come:
        hits.append(_raised(Hit(EditType.NAME, Weight.SUBSTANTIVE, gone, come), old, new))
    if old.side.quoted(old.start, old.end) and new.side.quoted(new.start, new.end):
        content = old.content() or new.content()
        hits.append(Hit(EditType.QUOTED_WORDS, Weight.MAJOR if content else Weight.SUBSTANTIVE, before, after))
    elif quote_marks(before) != quote_marks(after):
        hits.append(Hit(EditType.QUOTE_MARKS, Weight.SUBSTANTIVE, before, after))
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
    others = max(len(old.content()) - len(gone), len(new.content()) - len(come))
    weight = Weight.MAJOR if others <= SOME_WORDS else Weight.COSMETIC  # in a longer clause it is one word of many
    if old.words and new.words:
        return [Hit(EditType.NEGATION, weight, old.whole(), new.whole())]
    return [Hit(EditType.NEGATION, weight, _spelled(old, gone), _spelled(new, come))]


def _opposite(old: Zone, new: Zone) -> list[Hit]:
    if len(old.words) == len(new.words) == 1 and opposite(old.words[0][2], new.words[0][2]):
        return [Hit(EditType.NEGATION, Weight.MAJOR, old.whole(), new.whole())]
    return []


def _of_lists(old: Zone, new: Zone, olds: list[Term], news: list[Term]) -> list[Hit]:
    hits = []
    present = {term.category for term in (*olds, *news)}
    for category, kind in WORD_TYPES.items():
        if category not in present:
            continue
        gone, come = _of(category, olds), _of(category, news)
        if category is Category.ATTRIBUTION and bool(gone) != bool(come):
            gone, come = gone or _of(Category.SPEECH, olds), come or _of(Category.SPEECH, news)
        if gone or come:
            hits.append(_raised(Hit(kind, RULE[kind].weight, _spelled(old, gone), _spelled(new, come)), old, new))
    return hits


def _source(old: Zone, new: Zone, olds: list[Term], news: list[Term], gone: str, come: str) -> list[Hit]:
    """A source that says it has no name came or went, or somebody without a name stands where one was named."""
    anonymous = _of(Category.ANONYMOUS, olds), _of(Category.ANONYMOUS, news)
    if bool(anonymous[0]) != bool(anonymous[1]):
        before = _spelled(old, anonymous[0]) or _whole_name(old, gone)
        after = _spelled(new, anonymous[1]) or _whole_name(new, come)
        return [Hit(EditType.SOURCE, Weight.SUBSTANTIVE, before, after)]
    officials = _of(Category.OFFICIAL, olds), _of(Category.OFFICIAL, news)
    if bool(officials[0]) == bool(officials[1]) or not (come if officials[0] else gone) or (gone and come):
        return []
    if not (old.near(Category.ATTRIBUTION, _CLAUSE) and new.near(Category.ATTRIBUTION, _CLAUSE)):
        return []
    return [Hit(EditType.SOURCE, Weight.SUBSTANTIVE, *(
        (_spelled(old, officials[0]), _whole_name(new, come)) if officials[0] else
        (_whole_name(old, gone), _spelled(new, officials[1]))
    ))]  # fmt: skip


def _whole_name(zone: Zone, name: str) -> str:
    return zone.whole() if name else ""


def _foreign(zone: Zone) -> bool:
    """Tell whether the edit is a few Chinese characters behind a title: 总统拜登."""
    text = zone.side.text[zone.start : zone.end]
    if not 2 <= len(text) <= _LONGEST_NAME or not all(map(HAN_CHARACTER.match, text)):
        return False
    return any(term.end == zone.start and term.category is Category.RANK for term in zone.terms())


def _without_common(old: Zone, olds: list[tuple[int, int]], new: Zone, news: list[tuple[int, int]]) -> tuple[str, str]:
    """Return the names of both sides, spelled, without those that both have."""
    if not olds and not news:
        return "", ""
    first = [old.side.text[start:end] for start, end in olds]
    second = [new.side.text[start:end] for start, end in news]
    gone = [name for name in first if name.casefold() not in {other.casefold() for other in second}]
    come = [name for name in second if name.casefold() not in {other.casefold() for other in first}]
    return ", ".join(dict.fromkeys(gone)), ", ".join(dict.fromkeys(come))


def _quantities(old: Zone, new: Zone, hits: list[Hit]) -> list[Hit]:
    if not (old.counts() or new.counts()):
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
        found.append(_raised(Hit(kind, Weight.SUBSTANTIVE, before, after), old, new))
    return found


def _worth(zone: Zone, other: Zone) -> list[Quantity]:
    values = {quantity.value for quantity in other.numbers()}
    return [quantity for quantity in zone.numbers() if quantity.value not in values]


def _raised(hit: Hit, old: Zone, new: Zone) -> Hit:
    if not (hit.before and hit.after) and hit.type is not EditType.NUMBER:
        return hit  # an actor is swapped only where another stood
    for rule in RAISES:
        if hit.type in rule.types and rule.to > hit.weight:
            beside = new.near(rule.near, rule.reach)
            if beside is None and old.may_hold_terms():  # else what stands round it is the same
                beside = old.near(rule.near, rule.reach)
            if beside:
                return hit._replace(weight=rule.to, beside=beside)
    return hit


def _plain(old: Zone, new: Zone, before: str, after: str) -> Hit:
    """Return the edit as a change of words: minor where no content changed, or only how it is said."""
    olds, news = _left(old, new), _left(new, old)
    gone = [word for word in olds if word not in news]
    come = [word for word in news if word not in olds]
    if len(gone) == len(come) == 1 and misspelled(gone[0], come[0]) and not alike(gone[0], come[0]):
        return Hit(EditType.SPELLING, Weight.MINOR, old.whole(), new.whole())
    same = (len(gone) == len(come) and all(map(alike, gone, come))) or _one_sense(old, new)
    if same or alike(before.strip().lower(), after.strip().lower()) or _alike_in_characters(old, new):
        return Hit(EditType.WORDS, Weight.MINOR, before, after)
    return Hit(EditType.WORDS, Weight.SUBSTANTIVE, _readable(old), _readable(new))


def _one_sense(old: Zone, new: Zone) -> bool:
    """Tell whether both sides are the same listed thing, called otherwise: Kyiv, Kiev."""
    if not (old.may_hold_terms() and new.may_hold_terms()):
        return False
    first, second = ([each for each in zone.terms() if zone.covers(each)] for zone in (old, new))
    return bool(first) and {(t.category, t.sense) for t in first} == {(t.category, t.sense) for t in second}


def _readable(zone: Zone) -> str:
    """Return the edit's text; of a single Chinese character with its neighbours, as alone it says little."""
    text, start, end = zone.side.text, zone.start, zone.end
    if end - start == 1 and HAN_CHARACTER.match(text, start):
        start -= bool(start and HAN_CHARACTER.match(text, start - 1))
        end += bool(HAN_CHARACTER.match(text, end))
    return text[start:end]


def _left(zone: Zone, other: Zone) -> list[str]:
    """Return the words with content, without numbers that the other side has too."""
    if not zone.counts():
        return [word[2] for word in zone.content()]
    values = {quantity.value for quantity in other.numbers()}
    shared = [quantity for quantity in zone.numbers() if quantity.value in values]
    return [word[2] for word in zone.content() if not any(q.start <= word[0] and word[1] <= q.end for q in shared)]


def _alike_in_characters(old: Zone, new: Zone) -> bool:
    """Tell whether two Chinese words of two characters mean about the same, of which only one character changed."""
    pairs = ((old.start - 1, old.end, new.start - 1, new.end), (old.start, old.end + 1, new.start, new.end + 1))
    return (
        any(
            start >= 0 and other >= 0 and alike(old.side.text[start:end], new.side.text[other:last])
            for start, end, other, last in pairs
        )
        if old.words and HAN_CHARACTER.match(old.words[0][2])
        else False
    )
