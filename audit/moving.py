"""Whether words that moved inside a sentence say the same in their new place (audit/rules/moving.py)."""

from __future__ import annotations

import re

from audit.clauses import RELATIVE, Span, categories, may_pass_over
from audit.lexicon import Word, terms, words
from audit.rules import moving as rules
from audit.rules.category import Category
from audit.rules.lists import HAN_CHARACTER
from audit.side import Side
from audit.zone import Zone

_MOST = 200  # words
_LONGEST_SAYING = 10  # words of who says so
_LONGEST_PLACE = 8  # words


def moves_freely(old: Zone, new: Zone) -> bool:
    """Tell whether one stretch of words moved over another and belongs to the whole clause in both places."""
    for before, after in _words(old, new):
        olds, news = [word for _, _, word in before], [word for _, _, word in after]
        for at in range(1, min(len(olds), _MOST)):
            if olds[at:] + olds[:at] == news:
                rest = len(olds) - at
                if _is_free(_Move(old, new, before[:at], before[at:], after[rest:], after[:rest])):
                    return True
                if _is_free(_Move(old, new, before[at:], before[:at], after[:rest], after[rest:])):
                    return True
    return False


def only_turns_round(old: Zone, new: Zone) -> bool:
    """Tell whether somebody and what makes a speaker of them changed places behind a comma: Hale said, said Hale."""
    for zone in (old, new):
        text = zone.side.text
        if not zone.words or not _tells_who_says(text[zone.words[0][0] : zone.words[-1][1]], zone.words):
            return False
        if not _PAUSE_BEFORE.search(text, max(0, zone.words[0][0] - 8), zone.words[0][0]):
            return False
        if not _PAUSE_BEHIND.match(text, zone.words[-1][1]):
            return False
    return True


def stays_in_its_clause(side: Side, one: Span, two: Span, *, who_says: bool) -> bool:
    """Tell whether what stands at one of two places of a text may stand at the other one, as far as this text tells."""
    if who_says:
        start, end = side.sentence(one[0])
        ends = one[0] <= start + 1 and _is_last(side.text, two[1], end)
        return ends or may_pass_over(side, (one[1], two[0]), one[0], who_says=True)
    return may_pass_over(side, (one[1], two[0]), one[0])


def _words(old: Zone, new: Zone) -> list[tuple[list[Word], list[Word]]]:
    """Return the words of both sides; then with the one that both have before them: The minister said, the minister."""
    found = [(old.words, new.words)]
    before, after = (
        [word for word in zone.words_around() if word[1] <= zone.start][-1:] if zone.start else []
        for zone in (old, new)
    )
    if before and after and before[0][2] == after[0][2]:
        found.append((before + old.words, after + new.words))
    return found


class _Move:
    """Words that moved over others, on both sides."""

    def __init__(self, old: Zone, new: Zone, *some: list[Word]) -> None:
        self.sides = old.side, new.side
        self.moved = some[0], some[2]
        self.others = some[1], some[3]

    def text(self) -> str:
        """Return what moved."""
        return self.sides[0].text[self.moved[0][0][0] : self.moved[0][-1][1]]

    def said(self) -> list[str]:
        """Return the words that moved."""
        return [word for _, _, word in self.moved[0]]

    def opens(self, at: int) -> bool:
        """Tell whether they open the sentence on a side."""
        start = self.sides[at].sentence(self.moved[at][0][0])[0]
        return not words(self.sides[at].text, start, self.moved[at][0][0])

    def pauses_behind(self, at: int) -> bool:
        """Tell whether a comma stands behind them."""
        return self.sides[at].text[self.moved[at][-1][1] :].lstrip(" \"”'’")[:1] in tuple(",，、")

    def pauses_before(self, at: int) -> bool:
        """Tell whether a comma or the end of a quotation stands before them."""
        before = self.sides[at].text[: self.moved[at][0][0]].removesuffix("the ").rstrip()
        return before[-1:] in tuple(',，、"”’」—')

    def may_end(self, at: int) -> bool:
        """Tell whether they end a clause on a side, or stand before its verb as Chinese has it."""
        text, end = self.sides[at].text, self.moved[at][-1][1]
        return HAN_CHARACTER.match(text, end - 1) is not None or _PAUSE_BEHIND.match(text, end) is not None

    def heads(self, at: int) -> bool:
        """Tell whether they open the sentence on a side, apart from it, and end a clause on the other side."""
        apart = self.pauses_behind(at) or self.text().isascii()
        return self.opens(at) and apart and self.may_end(1 - at)

    def is_in_relative(self) -> bool:
        """Tell whether another clause begins before them on a side: the officer who, police said, stole it."""
        for side, moved, others in zip(self.sides, self.moved, self.others, strict=True):
            first = min(moved[0][0], others[0][0])
            said = {word for _, _, word in words(side.text, side.sentence(first)[0], first)}
            if not RELATIVE.isdisjoint(said):
                return True
        return False

    def passes(self, *, who_says: bool = False) -> bool:
        """Tell whether nothing that it moved over parts it from its clause."""
        for side, moved, others in zip(self.sides, self.moved, self.others, strict=True):
            first = min(moved[0][0], others[0][0])
            over = others[0][0], others[-1][1]
            if not may_pass_over(side, over, first, who_says=who_says, paused=any(map(self.pauses_behind, (0, 1)))):
                return False
        return True


def _is_free(move: _Move) -> bool:
    text, others = move.text(), [word for _, _, word in move.others[0]]
    side = move.sides[0]
    if _tells_when(text):
        return _is_placed(side, move.others[0]) or move.passes()
    if _tells_who_says(text, move.moved[0]):
        apart = all(move.opens(at) or move.pauses_before(at) for at in (0, 1))
        if text.startswith(_ACCORDING) and not any(map(move.pauses_behind, (0, 1))):
            return False  # 据称他杀害了…: what it belongs to is only what follows
        at_ends = any(map(move.opens, (0, 1))) or (all(map(move.may_end, (0, 1))) and not move.is_in_relative())
        return at_ends and apart and move.passes(who_says=True)
    if any(map(move.heads, (0, 1))) and (_is_placed(side, move.moved[0]) or _is_subordinate(side, move)):
        return move.passes()
    if _CHINESE_HOW.fullmatch(text):
        over = side.text[move.others[0][0][0] : move.others[0][-1][1]]
        return _tells_when(over) or _is_placed(side, move.others[0])
    said = move.said()
    if len(said) == 1 and text.isascii():
        if said[0] in _OVER_IT:
            return _OVER_WHAT.issuperset(others)
        if said[0] in _HOW or (said[0].endswith("ly") and said[0] not in _NOT_HOW and not _is_hedge(text)):
            return Category.NEGATION not in categories(side.text, move.others[0]) and move.passes()
    return False


def _is_subordinate(side: Side, move: _Move) -> bool:
    """Tell whether a clause moved, which a comma parted from the head of its sentence: if Iran attacks."""
    return (
        move.said()[0] in _SUBORDINATE
        and any(move.opens(at) and move.pauses_behind(at) for at in (0, 1))
        and Category.ATTRIBUTION not in categories(side.text, move.moved[0])
    )


def _is_hedge(text: str) -> bool:
    return not {Category.HEDGE, Category.NEGATION}.isdisjoint(categories(text, words(text, 0, len(text))))


def _tells_when(text: str) -> bool:
    found = words(text, 0, len(text))
    days = [term for term in terms(text, found) if term.category is Category.DAY]
    if HAN_CHARACTER.search(text):
        rest = text
        for term in reversed(days):
            rest = rest[: term.start] + rest[term.end :]
        return bool(days) and _CHINESE_WHEN.fullmatch(rest) is not None
    left = [word for word in found if not any(day.start <= word[0] < day.end for day in days)]
    if not days and _WHEN.isdisjoint(word for _, _, word in left):
        return False
    return all(word in _WHEN or word in _WITH_WHEN or word[0].isdigit() for _, _, word in left)


def _tells_who_says(text: str, some: list[Word]) -> bool:
    """Tell whether some words are somebody and the verb that makes a speaker of them, and nothing else."""
    if len(some) < 2 or len(some) > _LONGEST_SAYING * (2 if HAN_CHARACTER.search(text) else 1):
        return False
    found = words(text, 0, len(text))
    says = [term for term in terms(text, found) if term.category in (Category.ATTRIBUTION, Category.SPEECH)]
    if text.startswith(_ACCORDING):
        return True
    if len(says) != 1 or _APART.intersection(word for _, _, word in found):
        return False
    verb = says[0]
    return (verb.start == 0) != (verb.end == len(text))


def _is_placed(side: Side, some: list[Word]) -> bool:
    """Tell whether some words are one phrase that tells where, or before or after what."""
    said = [word for _, _, word in some]
    if side.text.startswith(rules.CHINESE_PLACED, some[0][0]):
        return _CHINESE_APART.search(side.text, some[0][0], some[-1][1]) is None
    if said[0] not in _PLACED or len(said) > _LONGEST_PLACE:
        return False
    return _APART.isdisjoint(said[1:]) and Category.ATTRIBUTION not in categories(side.text, some)


def _is_last(text: str, at: int, end: int) -> bool:
    return not words(text, at, end)


_WHEN = frozenset(rules.WHEN.split())
_WITH_WHEN = frozenset(rules.WITH_WHEN.split())
_PLACED = frozenset(rules.PLACED.split())
_HOW = frozenset(rules.HOW.split())
_NOT_HOW = frozenset(rules.NOT_HOW.split())
_OVER_IT = frozenset(rules.OVER_IT.split())
_OVER_WHAT = frozenset(rules.OVER_WHAT.split())
_APART = frozenset(rules.APART.split())
_CHINESE_WHEN = re.compile(rules.CHINESE_WHEN)
_CHINESE_APART = re.compile(rules.CHINESE_APART)
_SUBORDINATE = frozenset(rules.SUBORDINATE.split())
_CHINESE_HOW = re.compile(f"(?:{'|'.join(rules.CHINESE_HOW.split())})+")
_ACCORDING = ("据", "據")
_PAUSE_BEFORE = re.compile('[,，"”’」—][\\s"”’」—]*$')
_PAUSE_BEHIND = re.compile(r"\s*(?:[,，.。;；]|$)")
