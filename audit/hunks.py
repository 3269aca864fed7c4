"""From runs of characters to hunks: where the two texts differ, joined where a person sees one difference."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from audit.body_diff import DELETE, EQUAL, INSERT, JOINT, Run
from audit.lexicon import words
from audit.quote_marks import quote_marks, without_quote_marks
from audit.rules.lists import HAN
from audit.side import Side

_ISLAND = re.compile(rf"\s*|[{HAN}]|\d{{1,2}}")
"""What may stand unchanged between two differences that are one: white space, one character among characters, a figure
between figures (5死3伤, 3死5伤)."""
_FIGURE_IN_HAN = re.compile(rf"\d[{HAN}]|[{HAN}]\d")
_LETTER = re.compile(r"[^\W_]")
_HAN = re.compile(f"[{HAN}]")
_FARTHEST = 400  # characters between an opening quote mark and the closing one that belongs to it
_FEW, _FEW_HAN = 40, 10  # characters between those of a pair that came or went with words before it


class Hunk(NamedTuple):
    """A difference: characters of the old text against characters of the new one. `swap` tells that it was joined of
    several, since words changed places."""

    old_start: int
    old_end: int
    new_start: int
    new_end: int
    swap: bool = False

    def to(self, other: Hunk, *, swap: bool = False) -> Hunk:
        """Return this hunk extended to the end of a later one."""
        return Hunk(self.old_start, other.old_end, self.new_start, other.new_end, swap)


def hunks(runs: Sequence[Run], old: Side, new: Side) -> list[Hunk]:
    """Return the differences that runs tell, in order."""
    found = _plain(runs)
    if len(found) < 2:
        return found
    return _marks(_swaps(_islands(found, old, new), old, new), old, new)


def _plain(runs: Sequence[Run]) -> list[Hunk]:
    found: list[Hunk] = []
    at_old = at_new = 0
    for op, text in runs:
        length = len(text)
        if op is EQUAL:
            at_old, at_new = at_old + length, at_new + length
            continue
        old_end = at_old + (0 if op is INSERT else length)
        new_end = at_new + (0 if op is DELETE else length)
        if found and found[-1].old_end == at_old and found[-1].new_end == at_new:
            found[-1] = Hunk(found[-1].old_start, old_end, found[-1].new_start, new_end)
        else:
            found.append(Hunk(at_old, old_end, at_new, new_end))
        at_old, at_new = old_end, new_end
    return found


def _islands(found: list[Hunk], old: Side, new: Side) -> list[Hunk]:
    joined: list[Hunk] = []
    for hunk in found:
        if joined and _is_island(joined[-1], hunk, old, new):
            joined[-1] = joined[-1].to(hunk)
        else:
            joined.append(hunk)
    return joined


def _is_island(one: Hunk, two: Hunk, old: Side, new: Side) -> bool:
    between = old.text[one.old_end : two.old_start]
    if len(between) > 2 or not _ISLAND.fullmatch(between):
        return False
    if "\n" in between or not all(_has_letters(hunk, old, new) for hunk in (one, two)):
        return False
    if between.isdecimal():
        return all(_FIGURE_IN_HAN.search(_text(hunk, old, new)) for hunk in (one, two))
    if between.strip():
        return all(_HAN.search(_text(hunk, old, new)) for hunk in (one, two))
    return True


def _text(hunk: Hunk, old: Side, new: Side) -> str:
    return old.text[hunk.old_start : hunk.old_end] + new.text[hunk.new_start : hunk.new_end]


def _has_letters(hunk: Hunk, old: Side, new: Side) -> bool:
    return bool(
        _LETTER.search(old.text, hunk.old_start, hunk.old_end) or _LETTER.search(new.text, hunk.new_start, hunk.new_end)
    )


def _swaps(found: list[Hunk], old: Side, new: Side) -> list[Hunk]:
    """Join the differences of a sentence where they only put its words in another order."""
    if not _may_swap(found, old, new):
        return found
    joined: list[Hunk] = []
    at = 0
    while at < len(found):
        end = at + 1
        last = old.sentence(found[at].old_start)[1]
        while end < len(found) and _is_in(found[end], last, old, new) and not _is_sentence(found[end - 1], old, new):
            end += 1
        joined += _swapped(found[at:end], old, new)
        at = end
    return joined


def _is_in(hunk: Hunk, end: int, old: Side, new: Side) -> bool:
    """Tell whether a hunk stands in the sentence that ends here; with nothing behind it, also what came at its end."""
    return hunk.old_start < end or (end == len(old.text) and not _is_sentence(hunk, old, new))


def _is_sentence(hunk: Hunk, old: Side, new: Side) -> bool:
    """Tell whether a hunk is only whole sentences, which are told by themselves."""
    if hunk.old_start == hunk.old_end:
        return new.whole_sentences(hunk.new_start, hunk.new_end)
    return hunk.new_start == hunk.new_end and old.whole_sentences(hunk.old_start, hunk.old_end)


def _may_swap(found: list[Hunk], old: Side, new: Side) -> bool:
    """Tell whether a word that went in one place came in another: to look for sentences costs more."""
    gone: set[str] = set()
    come: set[str] = set()
    for hunk in found:
        gone.update(_pieces(old.text[hunk.old_start : hunk.old_end]))
        come.update(_pieces(new.text[hunk.new_start : hunk.new_end]))
    return not gone.isdisjoint(come)


def _pieces(text: str) -> Iterable[str]:
    """Return about what `words` returns, in a fraction of its time."""
    return text.lower().split() if text.isascii() else text.lower()


def _swapped(group: list[Hunk], old: Side, new: Side) -> list[Hunk]:
    """Look for a stretch of differences whose old words, all together, are their new words."""
    if len(group) < 2:
        return group
    olds = [[word for _, _, word in words(old.text, hunk.old_start, hunk.old_end)] for hunk in group]
    news = [[word for _, _, word in words(new.text, hunk.new_start, hunk.new_end)] for hunk in group]
    for first in range(len(group) - 1):
        if sorted(olds[first]) == sorted(news[first]):
            continue  # no word left it: it changed in case alone, or is none
        for last in range(first + 1, min(len(group), first + 4)):
            gone = sorted(word for some in olds[first : last + 1] for word in some)
            # Numbers that change places are two edits of numbers, each beside what it counts.
            if any(map(_has_digit, gone)):
                continue
            if gone and gone == sorted(word for some in news[first : last + 1] for word in some):
                swap = group[first].to(group[last], swap=True)
                return [*group[:first], swap, *_swapped(group[last + 1 :], old, new)]
    return group


def _has_digit(word: str) -> bool:
    return any(map(str.isdecimal, word))


def _marks(found: list[Hunk], old: Side, new: Side) -> list[Hunk]:
    """Join an opening quote mark with the closing one, where nothing between them changed."""
    joined: list[Hunk] = []
    opening = False  # whether the last one may be an opening quote mark
    for hunk in found:
        marks = not hunk.swap and _are_marks(hunk, old, new)
        if marks and opening and hunk.old_start - joined[-1].old_end <= _FARTHEST:
            joined[-1] = joined[-1].to(hunk)
            opening = False
        elif marks and joined and _opens(joined[-1], hunk, old, new):
            joined[-1] = joined[-1].to(hunk)
        else:
            joined.append(hunk)
            opening = marks
    return joined


def _opens(words: Hunk, closing: Hunk, old: Side, new: Side) -> bool:
    """Tell whether a difference of words ends with the quote mark whose other one came or went with it, round a few
    words: 所谓“自由航行”, 自由航行."""
    between = old.text[words.old_end : closing.old_start]
    if words.swap or not 0 < len(between) <= (_FEW if between.isascii() else _FEW_HAN) or JOINT in between:
        return False
    one, other = old.text[words.old_start : words.old_end], new.text[words.new_start : words.new_end]
    if not any(quote_marks(text[-1:]) for text in (one, other)) or quote_marks(one) + quote_marks(other) != 1:
        return False
    if any(map(str.isalnum, one if quote_marks(other) else other)):
        return False
    marks = old.text[closing.old_start : closing.old_end], new.text[closing.new_start : closing.new_end]
    return [quote_marks(text) for text in marks] == [quote_marks(one), quote_marks(other)]


def _are_marks(hunk: Hunk, old: Side, new: Side) -> bool:
    before, after = old.text[hunk.old_start : hunk.old_end], new.text[hunk.new_start : hunk.new_end]
    return quote_marks(before) != quote_marks(after) and not _LETTER.search(
        without_quote_marks(before) + without_quote_marks(after)
    )
