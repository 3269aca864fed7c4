"""Pieces without an equal, paired with what they most likely became: edited, split or merged."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from math import ceil
from typing import NamedTuple

from rapidfuzz.distance import LCSseq

from audit.body_diff import JOINT
from audit.likeness import ALIKE, CELLS, IN_PLACE_LONG, JOINING, Alphabet, common, letters_alike, words

EVERY_PAIR = 4_096
"""Up to so many pairs of lone pieces each is compared; above, only those that share rare words or their place."""

RARE = 8
"""A word is rare that stands in at most so many lone pieces of one side."""

NEAREST = 5
"""So many pieces with the most rare words in common are compared with a piece."""

REORDERED = 0.85
"""Part of the words that two pieces have in common, in any order, from which on one is the other with its words in
another order (who did what to whom); they need `FEWEST_REORDERED` words each, as two of two words may be chance."""

FEWEST_REORDERED = 3

CONTAINED = 0.75
"""Part of a piece's words that another must have, in order, for it to be a part of it."""

FEW = 24
"""Words of two pieces together up to which those that only join others may be half of them, and show nothing alone."""

MOST_OF_PARTS = 4
"""Neighbours with so many times the words of a whole are not its parts: with twice its words they have too many."""

TRIMMING = 20_000_000_000
"""Words of the whole, squared, for all the times that parts are cut off its group: about a second of work."""


class Link(NamedTuple):
    """Old pieces and the new ones that they became: one of each, or several neighbours on one side."""

    old: tuple[int, ...]
    new: tuple[int, ...]


class _Candidate(NamedTuple):
    score: float
    drift: int
    link: Link


def similar(old: Mapping[int, str], new: Mapping[int, str], counts: tuple[int, int]) -> tuple[dict[Link, float], bool]:
    """Return links between lone pieces with how alike they are, and whether there were too many to compare every pair.

    `old` and `new` are the lone pieces by their place, `counts` how many pieces there are in all. The best scores are
    taken first; of equal ones those whose places differ least.
    """
    alphabet = Alphabet()
    spelled_old = {index: alphabet.spell(words(text)) for index, text in old.items()}
    spelled_new = {index: alphabet.spell(words(text)) for index, text in new.items()}
    every = len(old) * len(new) <= EVERY_PAIR
    pairs = _all(old, new) if every else likely(spelled_old, spelled_new)
    found = []
    parts_of_old: dict[int, list[int]] = {}
    parts_of_new: dict[int, list[int]] = {}
    for i, j in pairs:
        a, b = spelled_old[i], spelled_new[j]
        shared = common(a, b)
        score = _score(shared, a, b, old[i], new[j])
        if score:
            found.append(_Candidate(score, abs(i * counts[1] - j * counts[0]), Link((i,), (j,))))
        if shared >= CONTAINED * min(len(a), len(b)) > 0:
            if len(b) < len(a) and JOINT not in new[j]:
                parts_of_old.setdefault(i, []).append(j)
            elif len(a) < len(b) and JOINT not in old[i]:
                parts_of_new.setdefault(j, []).append(i)
    for i, parts in parts_of_old.items():
        found += [
            _Candidate(score, 0, Link((i,), group)) for score, group in _groups(spelled_old[i], parts, spelled_new)
        ]
    for j, parts in parts_of_new.items():
        found += [
            _Candidate(score, 0, Link(group, (j,))) for score, group in _groups(spelled_new[j], parts, spelled_old)
        ]
    return _best(found), not every


def _all(old: Mapping[int, str], new: Mapping[int, str]) -> Iterator[tuple[int, int]]:
    return ((i, j) for i in old for j in new)


def _score(shared: int, spelled_old: str, spelled_new: str, old: str, new: str) -> float:
    """Return how alike two pieces are, 0 where they are not."""
    total = len(spelled_old) + len(spelled_new)
    by_words = 2 * shared / total if total else 0.0
    few = total <= FEW and JOINING.issuperset(set(words(old)).intersection(words(new)))
    if by_words >= ALIKE and not few:
        return by_words
    if reordered := _reordered(spelled_old, spelled_new):
        return reordered - 0.2
    if total > 60 and by_words < ALIKE / 2:  # letters help where words are few
        return 0.0
    alike = letters_alike(old, new)
    return 0.0 if few and alike < IN_PLACE_LONG else max(0.0, alike - 0.2)


def _reordered(old: str, new: str) -> float:
    """Return the part of words in common in any order, 0 where it is less than `REORDERED`.

    In order, two that changed places have no more in common than what stands between them, or one of them.
    """
    shorter, longer = sorted((len(old), len(new)))
    total = shorter + longer
    if shorter < FEWEST_REORDERED or 2 * shorter < REORDERED * total or total * total > 4 * CELLS:
        return 0.0
    in_common = LCSseq.similarity("".join(sorted(old)), "".join(sorted(new)), score_cutoff=ceil(REORDERED * total / 2))
    return 2 * in_common / total


def _groups(whole: str, parts: list[int], spelled: Mapping[int, str]) -> Iterator[tuple[float, tuple[int, ...]]]:
    """Yield neighbouring parts that together make up the whole, with their score."""
    for run in _neighbours(sorted(parts)):
        if sum([len(spelled[index]) for index in run]) > MOST_OF_PARTS * len(whole):
            continue
        group = _trimmed(whole, run, spelled)
        score = _joined_score(whole, group, spelled)
        if len(group) > 1 and score >= CONTAINED:
            yield score, tuple(group)


def _trimmed(whole: str, group: list[int], spelled: Mapping[int, str]) -> list[int]:
    """Return the group without parts at its ends that only happen to have words of the whole."""
    rounds = TRIMMING // (1 + len(whole) * len(whole))
    while len(group) > 1 and rounds > 0:
        rounds -= 1
        shorter = max((group[1:], group[:-1]), key=lambda some: _joined_score(whole, some, spelled))
        if _joined_score(whole, shorter, spelled) < _joined_score(whole, group, spelled):
            break
        group = shorter
    return group


def _joined_score(whole: str, group: Iterable[int], spelled: Mapping[int, str]) -> float:
    joined = "".join(spelled[index] for index in group)
    return 2 * common(whole, joined) / (len(whole) + len(joined))


def _neighbours(places: Sequence[int]) -> Iterator[list[int]]:
    run: list[int] = []
    for place in places:
        if run and place != run[-1] + 1:
            yield run
            run = []
        run.append(place)
    yield run


def likely(old: Mapping[int, str], new: Mapping[int, str]) -> Iterator[tuple[int, int]]:
    """Yield the pairs worth comparing: those with the most rare words in common, and those of the same rank.

    At most `NEAREST` + 1 for each old piece.
    """
    places: dict[str, list[int]] = {}
    for j, piece in new.items():
        for letter in set(piece):
            places.setdefault(letter, []).append(j)
    for (i, piece), same in zip(old.items(), _padded(new, len(old)), strict=True):
        votes: Counter[int] = Counter()
        for letter in set(piece):
            if len(where := places.get(letter, ())) <= RARE:
                votes.update(where)
        chosen = {j for j, _ in sorted(votes.items(), key=lambda vote: (-vote[1], vote[0]))[:NEAREST]}
        if same is not None:
            chosen.add(same)
        yield from ((i, j) for j in sorted(chosen))


def _padded(new: Iterable[int], count: int) -> Iterator[int | None]:
    places = iter(new)
    return (next(places, None) for _ in range(count))


def _best(found: list[_Candidate]) -> dict[Link, float]:
    taken_old: set[int] = set()
    taken_new: set[int] = set()
    links = {}
    for score, _, link in sorted(found, key=lambda candidate: (-candidate.score, candidate.drift, candidate.link)):
        if taken_old.isdisjoint(link.old) and taken_new.isdisjoint(link.new):
            taken_old.update(link.old)
            taken_new.update(link.new)
            links[link] = score
    return links
