"""Whether an edit only says the same otherwise: the words of both sides, laid against each other by a table."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final, NamedTuple

from audit.called_otherwise import acts, stands_for, things
from audit.initials import has_initials, is_added_initials, spelled_out
from audit.lexicon import Term, Word, is_listed, is_of_a_full_word, is_slight
from audit.rewordings import ALONE, LISTED, NOT_FILLED, Phrase, is_filling, phrases
from audit.rules.category import Category
from audit.rules.english_rewordings import WANTED_BEHIND
from audit.slight import alike, in_full
from audit.turning import turned
from audit.zone import Zone

_MOST = 24  # words of an edit, with those around it, that are laid against each other
_AROUND = 6  # equal words on either side that may belong to a phrase of the table
_CLAUSE = 120  # characters behind filling in which a word stands that it wants
_SENTENCE_END = re.compile(r"[.!?;]")
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
    if steps is None or _fills_another(steps):
        return None
    small = [step for step in steps if step.kind is _SMALL]
    if any(map(_may_turn, steps)) and turned(old, new, _explained(steps)):
        return None
    if any(_is_weighed(old, step.old) or _is_weighed(new, step.new) for step in small):
        return None
    same = [step for step in steps if step.kind in (_SAME, _SPELLED, _ALIKE, _THING) and step.old and step.new]
    return Reworded(
        tuple(dict.fromkeys((_text(old, step.old), _text(new, step.new)) for step in same)),
        tuple(_text(old, step.old) or _text(new, step.new) for step in steps if step.kind is _FILLING),
        not any(step.kind is _ALIKE for step in steps),
        {step.kind for step in steps} <= {_EQUAL, _SPELLED} and any(step.kind is _SPELLED for step in steps),
    )


_EQUAL, _SAME, _SPELLED, _THING, _ALIKE, _FILLING, _SMALL = range(7)


class _Step(NamedTuple):
    """Words of the old side that stand for words of the new one, or for nothing."""

    kind: int
    old: tuple[Word, ...]
    new: tuple[Word, ...]


def _may_be(old: Zone, new: Zone) -> bool:
    """Tell whether each word that only one side has may be explained: a look first, since nearly none may."""
    if not (old.content or new.content):
        return False
    listed = LISTED if old.words and new.words else ALONE
    terms = old.may_hold_terms and new.may_hold_terms
    numbers = old.counts and new.counts
    for zone, other in ((old, new), (new, old)):
        for start, _, word in zone.content:
            if word in listed or (terms and is_listed(word)) or (numbers and word[0].isdigit()):
                continue
            if _has_like(word, other.words) or (zone.side.text[start].isupper() and has_initials(old, new)):
                continue
            return False
    return True


def _has_like(word: str, others: list[Word]) -> bool:
    begins = word[:3]
    for _, _, other in others:
        if begins == other[:3] and alike(word, other):
            return True
    return "'" in word or "’" in word


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
        self.phrases = [list(phrases(olds, at)) for at in range(len(olds))]
        self.others = [list(phrases(news, at)) for at in range(len(news))]
        self.named, self.named_otherwise = things(old, olds), things(new, news)
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
            yield from self._pairs(at, other, Category.FILLING, _SAME)
            yield from self._initials(at, other)
            yield from self._one_thing(at, other)
        if olds:
            yield from (_Step(_FILLING, olds[: len(p.words)], ()) for p in self.phrases[at] if self._fills(0, p, olds))
        if news:
            yield from (
                _Step(_FILLING, (), news[: len(p.words)]) for p in self.others[other] if self._fills(1, p, news)
            )
        if olds and is_added_initials(self.texts[0], self.olds, at):
            yield _Step(_FILLING, olds[:1], ())
        if news and is_added_initials(self.texts[1], self.news, other):
            yield _Step(_FILLING, (), news[:1])
        if olds and news:
            yield from self._pairs(at, other, Category.ALIKE, _ALIKE)
            if alike(olds[0][2], news[0][2]):
                yield _Step(_ALIKE, olds[:1], news[:1])
        if olds and is_slight(olds[0][2]):
            yield _Step(_SMALL, olds[:1], ())
        if news and is_slight(news[0][2]):
            yield _Step(_SMALL, (), news[:1])

    def _fills(self, side: int, phrase: Phrase, some: tuple[Word, ...]) -> bool:
        """Tell whether a phrase may come or go on a side, before the words behind it."""
        if not is_filling(phrase):
            return False
        wanted = WANTED_BEHIND.get(phrase.words)
        if wanted is None:
            return True
        end = some[len(phrase.words) - 1][1]
        sentence = _SENTENCE_END.split(self.texts[side][end : end + _CLAUSE], maxsplit=1)[0]
        return wanted in sentence.lower().split()

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
                acting = stands_for(one[1], two[1]) and acts(self.olds, at, length) and acts(self.news, other, width)
                if one == two or acting:
                    yield _Step(_THING, tuple(self.olds[at : at + length]), tuple(self.news[other : other + width]))

    def _initials(self, at: int, other: int) -> Iterator[_Step]:
        """Yield that a word is made of the first letters of others: UN, United Nations."""
        one, two = self.olds[at:], self.news[other:]
        if count := spelled_out(self.texts[0], one[0], self.texts[1], two):
            yield _Step(_SAME, tuple(one[:1]), tuple(two[:count]))
        if count := spelled_out(self.texts[1], two[0], self.texts[0], one):
            yield _Step(_SAME, tuple(one[:count]), tuple(two[:1]))


def _fills_another(steps: list[_Step]) -> bool:
    """Tell whether filling came where other filling went, or a small word that says something: already, still."""
    gone = come = said_before = said_now = False
    for step in steps:
        if step.kind in (_FILLING, _SMALL):
            filling = step.kind is _FILLING
            gone, come = gone or (filling and bool(step.old)), come or (filling and bool(step.new))
            said_before = said_before or not NOT_FILLED.isdisjoint(word for _, _, word in step.old)
            said_now = said_now or not NOT_FILLED.isdisjoint(word for _, _, word in step.new)
            if (gone and (come or said_now)) or (come and said_before):
                return True
        elif step.kind is _EQUAL:
            gone = come = said_before = said_now = False
    return False


def _may_turn(step: _Step) -> bool:
    return step.kind in (_SMALL, _THING) or (step.kind is _ALIKE and len(step.old) == len(step.new) == 1)


def _explained(steps: list[_Step]) -> frozenset[str]:
    """Return the words of the phrases that a table explains, which turn nothing: was held, took place."""
    return frozenset(
        word
        for step in steps
        if step.kind is not _EQUAL and not _may_turn(step)
        for _, _, word in (*step.old, *step.new)
    )


def _is_weighed(zone: Zone, small: tuple[Word, ...]) -> bool:
    if any(is_of_a_full_word(zone.side.text, start) for start, _, _ in small):
        return True
    return any(_is_in(term, word) for word in small for term in zone.terms() if term.category in _WEIGHED)


def _is_in(term: Term, word: Word) -> bool:
    return term.start <= word[0] and word[1] <= term.end


def _text(zone: Zone, some: tuple[Word, ...]) -> str:
    return zone.side.text[some[0][0] : some[-1][1]] if some else ""
