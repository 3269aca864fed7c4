"""Which of many pairs stay in place, and which were moved past them."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence


def staying(pairs: Sequence[tuple[int, int]], weights: Sequence[int]) -> set[int]:
    """Return the indices of the pairs that stay: the heaviest run of them that rises on both sides.

    `pairs` are (old, new) places, rising in old; no place occurs twice. All others cross one that stays: they were
    moved. With the length of a text as weight the shorter of two that changed places is the one that was moved.
    Takes n log n for n pairs.

    >>> sorted(staying([(0, 2), (1, 0), (2, 1)], [5, 3, 3]))
    [1, 2]
    """
    ranks = sorted(new for _, new in pairs)
    best = _Best(len(pairs))
    before: list[int] = []
    for index, (_, new) in enumerate(pairs):
        rank = bisect_left(ranks, new)
        weight, last = best.below(rank)
        before.append(last)
        best.raise_to(rank, weight + weights[index], index)
    chain = set()
    index = best.below(len(pairs))[1]
    while index >= 0:
        chain.add(index)
        index = before[index]
    return chain


class _Best:
    """The heaviest run that ends below a rank (a Fenwick tree of maxima)."""

    def __init__(self, count: int) -> None:
        self._tree = [(0, -1)] * (count + 1)

    def below(self, rank: int) -> tuple[int, int]:
        found = (0, -1)
        while rank > 0:
            if self._tree[rank][0] > found[0]:
                found = self._tree[rank]
            rank -= rank & -rank
        return found

    def raise_to(self, rank: int, weight: int, index: int) -> None:
        rank += 1
        while rank < len(self._tree):
            if weight > self._tree[rank][0]:
                self._tree[rank] = (weight, index)
            rank += rank & -rank
