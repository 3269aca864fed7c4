"""What changed inside one text, each difference with its type."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from audit.body_diff import EQUAL, JOINT, Run
from audit.counted import counted_otherwise
from audit.edit import EditType, Weight
from audit.hit import Hit
from audit.hunks import Hunk, hunks
from audit.lexicon import words
from audit.moved import MAY_MOVE, same_elsewhere
from audit.reordered import reordered
from audit.reworded import reworded
from audit.rules.catalogue import RULE
from audit.rules.figures import SUBSTANTIVE
from audit.said_otherwise import said_otherwise
from audit.side import Side
from audit.turning import turned
from audit.voice import same_in_passive
from audit.wording import Typed, sentence_of, shortened, told_alone, typed
from audit.zone import Zone

_MERGED = (EditType.SPACING, EditType.TYPOGRAPHY, EditType.PUNCTUATION)

_SENTENCES = (EditType.SENTENCE_ADDED, EditType.SENTENCE_REMOVED)
_NEAR, _NEAR_IN_HAN = 24, 6  # characters between two differences that may be one phrase said otherwise

_PAUSES = frozenset(" ,;，；、")


class Difference(NamedTuple):
    """A hunk with its type."""

    hunk: Hunk
    typed: Typed


def differences(runs: Sequence[Run], old: Side, new: Side) -> list[Difference]:
    """Return what changed inside a text, in order. Neighbours that are only style, space or punctuation are one."""
    found: list[Difference] = []
    for hunk in hunks(runs, old, new):
        for one in _typed(hunk, old, new):
            if found and one.typed.type in _MERGED and _are_one(found[-1], one, old, new):
                found[-1] = _joined(found[-1], one, old, new)
            else:
                found.append(one)
    if found and any(run.op is not EQUAL and "by" in run.text for run in runs):
        found = _in_passive(found, old, new)
    return _moved(_together(found, old, new), old, new) if len(found) > 1 else found


def _in_passive(found: list[Difference], old: Side, new: Side) -> list[Difference]:
    """Make one of all differences of a sentence that became the same in the passive, or in the active."""
    told: list[Difference] = []
    at = 0
    while at < len(found):
        (start, end), (first, last) = old.sentence(found[at].hunk.old_start), new.sentence(found[at].hunk.new_start)
        behind = at
        while behind < len(found) and found[behind].hunk.old_end <= end and found[behind].hunk.new_end <= last:
            behind += 1
        inside = found[at:behind]
        if any(one.typed.weight >= SUBSTANTIVE for one in inside) and same_in_passive(
            old.text[start:end], new.text[first:last]
        ):
            hunk = inside[0].hunk.to(inside[-1].hunk)
            said = sentence_of(
                RULE[EditType.WORDS], old.text[hunk.old_start : hunk.old_end], new.text[hunk.new_start : hunk.new_end]
            )
            reason = f"{said.removesuffix('.')}: active and passive, the same did it to the same."
            told.append(Difference(hunk, Typed(EditType.WORDS, Weight.MINOR, reason)))
        else:
            behind = max(behind, at + 1)
            told += found[at:behind]
        at = behind
    return told


def _are_one(one: Difference, two: Difference, old: Side, new: Side) -> bool:
    """Tell whether two neighbours are of one type and in one paragraph: what parts two of them is none of its words."""
    if one.typed.type is not two.typed.type:
        return False
    hunk = one.hunk.to(two.hunk)
    return JOINT not in old.text[hunk.old_start : hunk.old_end] and JOINT not in new.text[hunk.new_start : hunk.new_end]


def _moved(found: list[Difference], old: Side, new: Side) -> list[Difference]:
    """Tell a date or who says so, which only stands elsewhere in its sentence, as word order."""
    kinds = [one.typed.type for one in found]
    for kind in MAY_MOVE:
        if kinds.count(kind) != 2:
            continue
        first, last = kinds.index(kind), len(kinds) - 1 - kinds[::-1].index(kind)
        if same_elsewhere(found[first].hunk, found[last].hunk, old, new):
            for at in (first, last):
                hunk = found[at].hunk
                texts = old.text[hunk.old_start : hunk.old_end], new.text[hunk.new_start : hunk.new_end]
                reason = f"“{shortened(max(texts, key=len))}” stands elsewhere in the sentence."
                found[at] = Difference(hunk, Typed(EditType.WORD_ORDER, Weight.MINOR, reason))
    return found


def _together(found: list[Difference], old: Side, new: Side) -> list[Difference]:
    """Make one of two neighbours that are harmless only together (Ministry of Defense, Defense Ministry), or only
    apart: 将发射, 发射了."""
    joined = found[:1]
    for one in found[1:]:
        last = joined[-1]
        if _are_near(last, one, old):
            hunk = last.hunk.to(one.hunk)
            zones = Zone(old, hunk.old_start, hunk.old_end), Zone(new, hunk.new_start, hunk.new_end)
            if max(last.typed.weight, one.typed.weight) < SUBSTANTIVE:
                if last.typed.type is one.typed.type is EditType.WORDS and turned(*zones):
                    joined[-1] = Difference(hunk, _as_words(hunk, old, new, SUBSTANTIVE))
                    continue
            elif why := said_otherwise(*zones):
                joined[-1] = Difference(hunk, _as_words(hunk, old, new, Weight.MINOR, why))
                continue
            elif reworded(*zones) and (both := typed(*zones)).weight < SUBSTANTIVE:
                joined[-1] = Difference(hunk, both)
                continue
        joined.append(one)
    return joined


def _as_words(hunk: Hunk, old: Side, new: Side, weight: Weight, why: str = "") -> Typed:
    before, after = old.text[hunk.old_start : hunk.old_end], new.text[hunk.new_start : hunk.new_end]
    return told_alone(Hit(EditType.WORDS, weight, before, after, why=why))


def _are_near(one: Difference, two: Difference, old: Side) -> bool:
    between = old.text[one.hunk.old_end : two.hunk.old_start]
    return (
        len(between) <= (_NEAR if between.isascii() else _NEAR_IN_HAN)
        and not (one.typed.type in _SENTENCES or two.typed.type in _SENTENCES)
        and "\n" not in between
    )


def _typed(hunk: Hunk, old: Side, new: Side) -> list[Difference]:
    before, after = old.text[hunk.old_start : hunk.old_end], new.text[hunk.new_start : hunk.new_end]
    same_words = hunk.swap or _is_reordered(before, after)
    if not same_words and (told := _whole_sentences(hunk, before, after, old, new)):
        return told
    zones = Zone(old, hunk.old_start, hunk.old_end), Zone(new, hunk.new_start, hunk.new_end)
    if same_words and (counted := counted_otherwise(*zones)):
        return [Difference(hunk, told_alone(counted))]
    return [Difference(hunk, reordered(*zones) if same_words else typed(*zones))]


def _whole_sentences(hunk: Hunk, before: str, after: str, old: Side, new: Side) -> list[Difference]:
    """Return a hunk that holds nothing but whole sentences as what went and what came; nothing of another one."""
    gone = bool(before) and old.whole_sentences(hunk.old_start, hunk.old_end)
    if not gone and before and not before.isspace():
        return []
    come = bool(after) and new.whole_sentences(hunk.new_start, hunk.new_end)
    if not (gone or come) or not (come or not after.strip()):
        return []
    told = []
    if gone:
        told.append(Difference(_one_sided(hunk, old=True), _sentences(EditType.SENTENCE_REMOVED, before, "")))
    if come:
        told.append(Difference(_one_sided(hunk, old=False), _sentences(EditType.SENTENCE_ADDED, "", after)))
    return told


def _is_reordered(before: str, after: str) -> bool:
    """Tell whether a hunk has the same words on both sides. One with digits may be a date: 4 May, May 4."""
    if abs(len(before) - len(after)) > 2 or len(before) < 2:
        return False
    if not _PAUSES.issuperset(set(before.lower()) ^ set(after.lower())):
        return False  # a look first
    if any(map(str.isdigit, before)):
        return False
    olds, news = ([word for _, _, word in words(text, 0, len(text))] for text in (before, after))
    return len(olds) == len(news) > 1 and olds != news and sorted(olds) == sorted(news)


def _one_sided(hunk: Hunk, *, old: bool) -> Hunk:
    if old:
        return Hunk(hunk.old_start, hunk.old_end, hunk.new_start, hunk.new_start)
    return Hunk(hunk.old_end, hunk.old_end, hunk.new_start, hunk.new_end)


def _sentences(kind: EditType, before: str, after: str) -> Typed:
    return Typed(kind, RULE[kind].weight, sentence_of(RULE[kind], before.strip(), after.strip()))


def _joined(one: Difference, two: Difference, old: Side, new: Side) -> Difference:
    hunk = one.hunk.to(two.hunk)
    before, after = old.text[hunk.old_start : hunk.old_end], new.text[hunk.new_start : hunk.new_end]
    kind = one.typed.type
    weight = max(one.typed.weight, two.typed.weight)
    return Difference(hunk, Typed(kind, weight, sentence_of(RULE[kind], before, after)))
