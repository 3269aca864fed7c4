"""What an edit of running text is: which of the rules that fit gives its type, and the sentence that says so."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final, NamedTuple

from rapidfuzz.distance import Prefix

from audit.accents import only_accents
from audit.edit import EditType, Weight
from audit.hit import Hit, raised
from audit.hits import hits_of
from audit.lexicon import Word, is_slight
from audit.news_tags import news_tag
from audit.quote_marks import come_or_gone, marked, stand_round
from audit.readable import readable, told_both
from audit.reworded import reworded
from audit.rules.catalogue import RULE, RULES, Rule
from audit.rules.category import Category
from audit.rules.figures import MINOR, SUBSTANTIVE
from audit.rules.lists import HAN_CHARACTER
from audit.signs import said_by_signs
from audit.slight import alike, asks_or_exclaims, in_full, slight
from audit.slips import slip, twice
from audit.spelling import misspelled
from audit.turning import turned
from audit.zone import Zone

MANY_WORDS = 12
"""Words with content from which an edit is a rewriting: it is typed as words, and what else it meets stands within."""
LONGEST_WORDS = 100
"""Characters of a text that a reason quotes."""

_ENOUGH = 2 * LONGEST_WORDS  # characters, in which there are mostly more than that on one line

_ALIKE = 70  # characters: of two texts that begin with so many that are equal, too little is left before the cut
_BESIDE = 30  # characters before the first difference, which tell where it stands

_PLACE_OF = {kind: place for place, kind in enumerate(EditType)}
_ORDER = {rule.type: place for place, rule in enumerate(RULES)}


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
    if only_accents(old.side.language, before, after):
        return _told(Hit(EditType.SPELLING, MINOR, old.whole(), new.whole()), ())
    if old.start == new.start == 0 and (tag := news_tag(before, after)):
        return _told(Hit(EditType.WORDS, MINOR, before, after, why=f"“{tag}” is a tag of news that goes on"), ())
    if (old.last < old.end or new.last < new.end) and before and after:
        return _too_long(old, new, before, after)
    if (slip(old, new) or twice(old, new)) and not come_or_gone(old, new):
        return _told(Hit(EditType.SPELLING, MINOR, old.whole(), new.whole()), ())
    same = reworded(old, new)
    hits = hits_of(old, new, before, after)
    if same and said_by_signs(old, new, before, after):
        same = None
    if same and (same.exactly or not hits) and _STANDING.isdisjoint(hit.type for hit in hits):
        if same.only_spelled:
            return _told(Hit(EditType.SPELLING, MINOR, *same.same[0]), ())
        return _told(Hit(EditType.WORDS, MINOR, before, after, why=same.why()), ())
    if max(len(old.content), len(new.content)) > MANY_WORDS:
        weight = max([SUBSTANTIVE, *(hit.weight for hit in hits if hit.type is EditType.NUMBER)])
        return _told(Hit(EditType.WORDS, weight, before, after), hits)
    if len(hits) == 1 and (fuller := _fuller(hits[0], old, new)):
        return _told(fuller, ())
    plain = _plain(old, new, before, after)
    if not hits:
        return _told(plain, ())
    best = min((*hits, plain), key=lambda hit: (-hit.weight, _ORDER[hit.type]))
    if best.type is EditType.QUOTED_WORDS and plain.type is EditType.SPELLING and len(hits) == 1:
        best = plain
    return _told(told_both(best, old, new), hits)


def _too_long(old: Zone, new: Zone, before: str, after: str) -> Typed:
    """Return the type of an edit of which only the beginning is looked at: not less than substantive."""
    kind = EditType.NUMBER if _FIGURES.fullmatch(before) and _FIGURES.fullmatch(after) else EditType.WORDS
    return _told(raised(Hit(kind, SUBSTANTIVE, before, after), old, new), ())


_FIGURES: Final = re.compile(r"[\s\d.,]+")
_STANDING: Final = frozenset((EditType.QUOTED_WORDS, EditType.QUOTE_MARKS, EditType.NUMBER))
"""What stands even where the words say the same."""


def sentence_of(rule: Rule, before: str, after: str, **more: object) -> str:
    """Return a rule's sentence for an edit, an addition or a removal, the words cut to a readable length.

    Two long texts are cut so that what differs first is in the sentence.
    """
    template = rule.became if before and after else rule.added if after else rule.removed
    template = template or rule.became or rule.added or rule.removed
    old, new = shortened(before), shortened(after)
    if (old[-1:] == "…" or new[-1:] == "…") and before != after and old[:_ALIKE] == new[:_ALIKE]:
        old, new = _from_what_differs(before, after, old, new)
    if not more:
        return template.format(before=old, after=new, beside="")
    return template.format(**{"before": old, "after": new, "beside": ""} | more)


def _from_what_differs(before: str, after: str, cut_old: str, cut_new: str) -> tuple[str, str]:
    """Return both texts from a few words before their first difference on, shortened; as cut where there is none."""
    old, new = " ".join(before.split()), " ".join(after.split())
    if old == new:
        return cut_old, cut_new
    start = max(Prefix.similarity(old, new) - _BESIDE, 0)
    start = old.find(" ", start, start + _BESIDE) + 1 or start
    return f"…{shortened(old[start:])}", f"…{shortened(new[start:])}"


def told_alone(hit: Hit) -> Typed:
    """Return what an edit is of which one rule is all that need be said."""
    return _told(hit, ())


_NAMED_OTHERWISE: Final = frozenset(
    {Category.HEDGE, Category.BOUND, Category.ATTRIBUTION, Category.RANK, Category.PLACE, Category.DAY, Category.ALIKE}
)
"""Lists in which the words of one line are one thing, called otherwise."""


def shortened(text: str) -> str:
    """Return a text on one line and no longer than a sentence can carry."""
    line = " ".join(text[:_ENOUGH].split())
    if len(line) <= LONGEST_WORDS and len(text) > _ENOUGH:
        line = " ".join(text.split())
    return line if len(line) <= LONGEST_WORDS else f"{line[: LONGEST_WORDS - 1].rstrip()}…"


def _told(hit: Hit, others: Sequence[Hit]) -> Typed:
    within: tuple[EditType, ...] = ()
    if others:
        types = {_PLACE_OF[other.type]: other.type for other in others if other.type is not hit.type}
        within = tuple([types[place] for place in sorted(types)])
    beside = f", beside “{hit.beside}”" if hit.beside else ""
    rule = RULE[hit.type]
    if hit.why:
        said = sentence_of(rule, hit.before, hit.after, beside=beside)
        return Typed(hit.type, hit.weight, f"{said.removesuffix('.')}: {hit.why}.", within)
    if beside:
        return Typed(hit.type, hit.weight, sentence_of(rule, hit.before, hit.after, beside=beside), within)
    return Typed(hit.type, hit.weight, sentence_of(rule, hit.before, hit.after), within)


def _slight(kind: EditType, old: Zone, new: Zone, before: str, after: str) -> Typed:
    weight = RULE[kind].weight
    if kind is EditType.PUNCTUATION and asks_or_exclaims(before, after):
        weight = MINOR
    if kind in (EditType.LETTER_CASE, EditType.SPELLING):
        before, after = old.whole(), new.whole()
    if kind is EditType.QUOTE_MARKS and (more := marked(new).count('"') - marked(old).count('"')):
        words = (stand_round(new if more > 0 else old), "")
        before, after = words if more < 0 else words[::-1]
    said = sentence_of(RULE[kind], before, after)
    if kind is EditType.SPELLING and HAN_CHARACTER.search(before):
        said = f"{said.removesuffix('.')}: the same characters, simplified and traditional."
    return Typed(kind, weight, said)


def _plain(old: Zone, new: Zone, before: str, after: str) -> Hit:
    """Return the edit as a change of words: minor where no content changed, or only how it is said."""
    olds, news = _left(old, new), _left(new, old)
    gone = [word for word in olds if word not in news]
    come = [word for word in news if word not in olds]
    if len(gone) == len(come) == 1 and misspelled(gone[0], come[0]) and not alike(gone[0], come[0]):
        return Hit(EditType.SPELLING, MINOR, old.whole(), new.whole())
    same = (len(gone) == len(come) and all(map(alike, gone, come))) or _one_sense(old, new)
    same = same or bool(
        before and after and (alike(before.strip().lower(), after.strip().lower()) or _alike_in_characters(old, new))
    )
    if same and not turned(old, new):
        return Hit(EditType.WORDS, MINOR, before, after)
    return Hit(EditType.WORDS, SUBSTANTIVE, *readable(old, new))


def _fuller(hit: Hit, old: Zone, new: Zone) -> Hit | None:
    """Return that a name is the same one, in full: Petrov, Sergei Petrov. None where more changed, or another."""
    if hit.type is not EditType.NAME:
        return None
    short, long = sorted((hit.before, hit.after), key=len)
    if not short or " " in short or short not in (long.split(" ")[0], long.split(" ")[-1]):
        return None
    named = {word.lower() for word in re.findall(r"\w+", long)}
    if any(word not in named for zone in (old, new) for _, _, word in zone.words):
        return None
    zone = old if hit.before == long else new
    at = zone.side.text.find(long, max(0, zone.start - len(long)))
    if zone.side.another(zone.side.text, at, short, long):
        return None
    return hit._replace(weight=MINOR, why=f"“{short}” is a part of “{long}”")


def _one_sense(old: Zone, new: Zone) -> bool:
    """Tell whether both sides are the same listed thing, called otherwise: US, American."""
    if not (old.may_hold_terms and new.may_hold_terms):
        return False
    first, second = ([each for each in zone.terms() if zone.covers(each)] for zone in (old, new))
    first, second = ([term for term in some if term.category is not Category.CONTRARY] for some in (first, second))
    senses = {(term.category, term.sense) for term in first}
    # In other lists the words of a line are counted alike, and mean different things: dead, injured, missing.
    return (
        bool(senses)
        and all(category in _NAMED_OTHERWISE for category, _ in senses)
        and senses == {(term.category, term.sense) for term in second}
    )


def _left(zone: Zone, other: Zone) -> list[str]:
    """Return the words with content, without numbers that the other side has too."""
    if not zone.counts:
        return _in_full(zone.content)
    others = other.numbers()
    shared = [quantity for quantity in zone.numbers() if any(map(quantity.says, others))]
    return _in_full([word for word in zone.content if not any(q.start <= word[0] and word[1] <= q.end for q in shared)])


def _in_full(content: list[Word]) -> list[str]:
    """Return the words, without contractions: didn't is did not. Where one side has more negations, that was a hit."""
    found = [word for _, _, word in content]
    joined = "".join(found)
    if joined.isalnum() and "cannot" not in joined:
        return found  # a look first
    return [part for word in found for part in in_full(word).split() if not is_slight(part)]


def _alike_in_characters(old: Zone, new: Zone) -> bool:
    """Tell whether two Chinese words of two characters mean about the same, of which only one character changed."""
    if not old.words or not HAN_CHARACTER.match(old.words[0][2]):
        return False
    pairs = ((old.start - 1, old.end, new.start - 1, new.end), (old.start, old.end + 1, new.start, new.end + 1))
    return any(
        start >= 0 and other >= 0 and alike(old.side.text[start:end], new.side.text[other:last])
        for start, end, other, last in pairs
    )
