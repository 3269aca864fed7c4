"""Whether an edit only says the same otherwise: the words of both sides, laid against each other by a table."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final, NamedTuple

from audit.lexicon import Term, Word, is_listed, is_slight
from audit.rules.category import Category
from audit.rules.lists import ENTRIES
from audit.rules.places import CAPITALS
from audit.slight import alike, in_full
from audit.turning import TURNING, turned
from audit.zone import Zone

_MOST = 24  # words of an edit, with those around it, that are laid against each other
_AROUND = 6  # equal words on either side that may belong to a phrase of the table
_INITIALS = re.compile(r"\b[A-Z]{2,}\b")
_APOSTROPHES = frozenset("'’")
_BRACKETS = ("(", ")", "（", "）")
_WEIGHED: Final = frozenset((
    Category.NEGATION, Category.HEDGE, Category.BOUND, Category.ATTRIBUTION, Category.RANK, Category.PLACE,
    Category.ANONYMOUS, Category.DAY, Category.COUNT,
))  # fmt: skip
"""Lists whose small words (the `over` of `over #`) do not come or go unseen."""


class Reworded(NamedTuple):
    """What is taken to say the same. `exactly` tells that nothing was needed that only says about the same, and
    `only_spelled` that a word is spelled otherwise and nothing else."""

    same: tuple[tuple[str, str], ...]
    left_out: tuple[str, ...]
    exactly: bool
    only_spelled: bool

    def why(self) -> str:
        """Return it in words."""
        said = [f"“{before}” and “{after}” are taken to say the same" for before, after in self.same]
        said += [f"“{words}” is taken to add nothing" for words in self.left_out]
        return ", ".join(said)


def reworded(old: Zone, new: Zone) -> Reworded | None:
    """Return how both sides say the same, None where they do not, or nobody can tell by the table."""
    if not _may_be(old, new):
        return None
    olds, news = _with_neighbours(old, new)
    if max(len(olds), len(news)) > _MOST:
        return None
    steps = _Laid(olds, news, old, new).steps()
    if steps is None:
        return None
    small = [step for step in steps if step.kind is _SMALL]
    if any(map(_turns, small)) and turned(old, new):
        return None
    if any(_is_weighed(old, step.old) or _is_weighed(new, step.new) for step in small):
        return None
    same = [step for step in steps if step.kind in (_SAME, _SPELLED, _ALIKE) and step.old and step.new]
    return Reworded(
        tuple(dict.fromkeys((_text(old, step.old), _text(new, step.new)) for step in same)),
        tuple(_text(old, step.old) or _text(new, step.new) for step in steps if step.kind is _FILLING),
        not any(step.kind is _ALIKE for step in steps),
        {step.kind for step in steps} <= {_EQUAL, _SPELLED} and any(step.kind is _SPELLED for step in steps),
    )


_EQUAL, _SAME, _SPELLED, _ALIKE, _FILLING, _SMALL = range(6)


class _Step(NamedTuple):
    """Words of the old side that stand for words of the new one, or for nothing."""

    kind: int
    old: tuple[Word, ...]
    new: tuple[Word, ...]


class _Phrase(NamedTuple):
    words: tuple[str, ...]
    category: Category
    sense: str


def _may_be(old: Zone, new: Zone) -> bool:
    """Tell whether each word that only one side has may be explained: a look first, since nearly none may."""
    if not (old.content or new.content):
        return False
    listed = _LISTED if old.words and new.words else _ALONE
    terms = old.may_hold_terms and new.may_hold_terms
    numbers = old.counts and new.counts
    for zone, other in ((old, new), (new, old)):
        for start, _, word in zone.content:
            if word in listed or (terms and is_listed(word)) or (numbers and word[0].isdigit()):
                continue
            if _has_like(word, other.words) or (zone.side.text[start].isupper() and _has_initials(old, new)):
                continue
            return False
    return True


def _has_like(word: str, others: list[Word]) -> bool:
    begins = word[:3]
    for _, _, other in others:
        if begins == other[:3] and alike(word, other):
            return True
    return "'" in word or "’" in word


def _has_initials(old: Zone, new: Zone) -> bool:
    return any(_INITIALS.search(zone.side.text, zone.start, zone.last) for zone in (old, new))


def _with_neighbours(old: Zone, new: Zone) -> tuple[list[Word], list[Word]]:
    """Return the words of both sides, with the same words of their neighbourhood, contractions in full."""
    found = []
    for zone in (old, new):
        around = [(start, end, part) for start, end, word in zone.words_around() for part in in_full(word).split()]
        before = [word for word in around if word[1] <= zone.start]
        inside = [word for word in around if word[1] > zone.start and word[0] < zone.last]
        behind = [word for word in around if word[0] >= zone.last and word[1] > zone.start]
        found.append((before, inside, behind))
    (before_old, inside_old, behind_old), (before_new, inside_new, behind_new) = found
    low = _common(before_old[::-1], before_new[::-1])
    high = _common(behind_old, behind_new)
    return (
        before_old[len(before_old) - low :] + inside_old + behind_old[:high],
        before_new[len(before_new) - low :] + inside_new + behind_new[:high],
    )


def _common(olds: list[Word], news: list[Word]) -> int:
    count = 0
    for one, other in zip(olds[:_AROUND], news, strict=False):
        if one[2] != other[2]:
            break
        count += 1
    return count


class _Laid:
    """The words of both sides laid against each other, from left to right, as far as the table explains them."""

    def __init__(self, olds: list[Word], news: list[Word], old: Zone, new: Zone) -> None:
        self.olds, self.news = olds, news
        self.texts = old.side.text, new.side.text
        self.phrases = [list(_phrases(olds, at)) for at in range(len(olds))]
        self.others = [list(_phrases(news, at)) for at in range(len(news))]
        self.named, self.named_otherwise = _named(old, olds), _named(new, news)
        self.failed: set[tuple[int, int]] = set()

    def steps(self, at: int = 0, other: int = 0) -> list[_Step] | None:
        """Return what the words from two places on are to each other, None where they are not explained."""
        if at == len(self.olds) and other == len(self.news):
            return []
        if (at, other) in self.failed:
            return None
        for step in self._next(at, other):
            rest = self.steps(at + len(step.old), other + len(step.new))
            if rest is not None:
                return [step, *rest]
        self.failed.add((at, other))
        return None

    def _next(self, at: int, other: int) -> Iterator[_Step]:
        olds, news = tuple(self.olds[at:]), tuple(self.news[other:])
        if olds and news:
            if olds[0][2] == news[0][2]:
                yield _Step(_EQUAL, olds[:1], news[:1])
            yield from self._pairs(at, other, Category.SPELLED, _SPELLED)
            yield from self._pairs(at, other, Category.SAME, _SAME)
            yield from self._initials(at, other)
            yield from self._one_thing(at, other)
        if olds:
            yield from (_Step(_FILLING, olds[: len(p.words)], ()) for p in self.phrases[at] if _is_filling(p))
        if news:
            yield from (_Step(_FILLING, (), news[: len(p.words)]) for p in self.others[other] if _is_filling(p))
        if olds and _is_added_initials(self.texts[0], self.olds, at):
            yield _Step(_FILLING, olds[:1], ())
        if news and _is_added_initials(self.texts[1], self.news, other):
            yield _Step(_FILLING, (), news[:1])
        if olds and news:
            yield from self._pairs(at, other, Category.ALIKE, _ALIKE)
            if alike(olds[0][2], news[0][2]):
                yield _Step(_ALIKE, olds[:1], news[:1])
        if olds and is_slight(olds[0][2]):
            yield _Step(_SMALL, olds[:1], ())
        if news and is_slight(news[0][2]):
            yield _Step(_SMALL, (), news[:1])

    def _pairs(self, at: int, other: int, category: Category, kind: int) -> Iterator[_Step]:
        for phrase in self.phrases[at]:
            for match in self.others[other]:
                if phrase.category is match.category is category and phrase.sense == match.sense != "":
                    yield _Step(
                        kind,
                        tuple(self.olds[at : at + len(phrase.words)]),
                        tuple(self.news[other : other + len(match.words)]),
                    )

    def _one_thing(self, at: int, other: int) -> Iterator[_Step]:
        """Yield that the same listed thing or number stands on both sides, or a capital for its country."""
        for length, one in self.named.get(at, ()):
            for width, two in self.named_otherwise.get(other, ()):
                if one == two or (
                    _stands_for(one, two) and not (_is_where(self.olds, at) or _is_where(self.news, other))
                ):
                    yield _Step(_SAME, tuple(self.olds[at : at + length]), tuple(self.news[other : other + width]))

    def _initials(self, at: int, other: int) -> Iterator[_Step]:
        """Yield that a word is made of the first letters of others: UN, United Nations."""
        one, two = self.olds[at:], self.news[other:]
        if count := _spelled_out(self.texts[0], one[0], self.texts[1], two):
            yield _Step(_SAME, tuple(one[:1]), tuple(two[:count]))
        if count := _spelled_out(self.texts[1], two[0], self.texts[0], one):
            yield _Step(_SAME, tuple(one[:count]), tuple(two[:1]))


def _is_added_initials(text: str, some: list[Word], at: int) -> bool:
    """Tell whether a word in brackets is the first letters of the words before it: United Nations (UN)."""
    start, end, _ = some[at]
    if text[start - 1 : start] not in _BRACKETS or text[end : end + 1] not in _BRACKETS:
        return False
    return any(_spelled_out(text, some[at], text, some[first:at]) == at - first for first in range(at - 1))


def _spelled_out(text: str, short: Word, other: str, long: list[Word]) -> int:
    """Return how many words a word of capitals stands for, 0 if for none."""
    letters = text[short[0] : short[1]]
    if not (len(letters) > 1 and letters.isupper() and letters.isalpha()):
        return 0
    found = ""
    for count, (start, _, word) in enumerate(long, 1):
        if other[start].isupper():
            found += other[start]
        elif not is_slight(word):
            return 0
        if found == letters:
            return count if count > 1 else 0
        if not letters.startswith(found):
            return 0
    return 0


_Thing = tuple[Category | None, str]


def _named(zone: Zone, some: list[Word]) -> dict[int, list[tuple[int, _Thing]]]:
    """Return by the first word of it how many words each listed thing or number takes, and what it is."""
    found: dict[int, list[tuple[int, _Thing]]] = {}
    starts = {start: at for at, (start, _, _) in reversed(list(enumerate(some)))}
    spans: list[tuple[int, int, _Thing]] = []
    if zone.may_hold_terms:
        spans += [(t.start, t.end, (t.category, t.sense)) for t in zone.terms() if t.category in _CALLED_OTHERWISE]
    if zone.counts:
        spans += [(number.start, number.end, (None, number.value)) for number in zone.numbers()]
    for start, end, thing in spans:
        if start in starts and not _APOSTROPHES.intersection(zone.side.text[start:end]):  # couldn't is no could
            length = sum(start <= word[0] and word[1] <= end for word in some)
            found.setdefault(starts[start], []).append((length, thing))
            if thing[1] in _CAPITAL_OF.values() and [w for _, _, w in some[starts[start] + length :][:1]] == [
                "capital"
            ]:
                found[starts[start]].append((length + 1, (Category.PLACE, _CAPITALS[thing[1]])))
    return found


def _stands_for(one: _Thing, two: _Thing) -> bool:
    return _CAPITAL_OF.get(one[1]) == two[1] or _CAPITAL_OF.get(two[1]) == one[1]


def _is_where(some: list[Word], at: int) -> bool:
    """Tell whether a word is behind one that says where: what happened in Beijing happened not just in China."""
    before = [word for _, _, word in some[max(0, at - 2) : at] if word != "the"]
    return bool(before) and before[-1] in _WHERE


def _phrases(tokens: list[Word], at: int) -> Iterator[_Phrase]:
    """Yield the phrases of the table that begin at a word, the longest first."""
    for phrase in _BY_FIRST.get(tokens[at][2], ()):
        last = at + len(phrase.words)
        if last <= len(tokens) and all(
            wanted == word or (wanted == "#" and word[0].isdigit())
            for wanted, (_, _, word) in zip(phrase.words, tokens[at:last], strict=True)
        ):
            # the number itself is laid against the other side's
            yield phrase._replace(words=phrase.words[:-1]) if phrase.words[-1] == "#" else phrase


def _is_filling(phrase: _Phrase) -> bool:
    return phrase.category is Category.FILLING


def _turns(step: _Step) -> bool:
    return any(word in TURNING for _, _, word in (*step.old, *step.new))


def _is_weighed(zone: Zone, small: tuple[Word, ...]) -> bool:
    return any(_is_in(term, word) for word in small for term in zone.terms() if term.category in _WEIGHED)


def _is_in(term: Term, word: Word) -> bool:
    return term.start <= word[0] and word[1] <= term.end


def _text(zone: Zone, some: tuple[Word, ...]) -> str:
    return zone.side.text[some[0][0] : some[-1][1]] if some else ""


def _index() -> dict[str, tuple[_Phrase, ...]]:
    found: dict[str, list[_Phrase]] = {}
    for entry in ENTRIES:
        if entry.category in (Category.SAME, Category.SPELLED, Category.ALIKE, Category.FILLING):
            found.setdefault(entry.tokens[0], []).append(_Phrase(entry.tokens, entry.category, entry.sense))
        elif entry.category is Category.SLIGHT and len(entry.tokens) > 1:
            found.setdefault(entry.tokens[0], []).append(_Phrase(entry.tokens, Category.FILLING, ""))
    return {first: tuple(sorted(some, key=lambda each: -len(each.words))) for first, some in found.items()}


_CALLED_OTHERWISE = (Category.PLACE, Category.RANK, Category.DAY, Category.HEDGE, Category.BOUND, Category.ATTRIBUTION)
_WHERE = frozenset(("in", "at", "near", "from", "to", "for", "of", "outside", "over", "around", "into"))
_CAPITAL_OF = dict(line.strip().split(", ") for line in CAPITALS.strip().splitlines())
_CAPITALS = {country: capital for capital, country in reversed(_CAPITAL_OF.items())}
_BY_FIRST = _index()
_LISTED = frozenset(word for some in _BY_FIRST.values() for phrase in some for word in phrase.words)
_ALONE = frozenset(
    word
    for some in _BY_FIRST.values()
    for phrase in some
    if len(phrase.words) > 1 or _is_filling(phrase)
    for word in phrase.words
)
"""Words that may be explained where the other side has none: they come or go, or are a part of a phrase."""
