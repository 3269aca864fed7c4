"""Pieces that are equal in two sequences, paired wherever they stand."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterator, Sequence

NONE = -1


def common_start(old: Sequence[Hashable], new: Sequence[Hashable]) -> int:
    """Return how many items are equal before the first that differ.

    >>> common_start("abcd", "abxd")
    2
    """
    for at, (first, second) in enumerate(zip(old, new, strict=False)):
        if first != second:
            return at
    return min(len(old), len(new))


class Pairs:
    """One-to-one pairs of two sequences, as they are found: the surest first."""

    def __init__(self, old_count: int, new_count: int) -> None:
        self.to_new = [NONE] * old_count
        self.to_old = [NONE] * new_count

    def link(self, old: int, new: int) -> None:
        """Pair two items that have no partner yet."""
        self.to_new[old] = new
        self.to_old[new] = old

    def lone_old(self) -> list[int]:
        """Return the old items without a partner."""
        return [index for index, partner in enumerate(self.to_new) if partner == NONE]

    def lone_new(self) -> list[int]:
        """Return the new items without a partner."""
        return [index for index, partner in enumerate(self.to_old) if partner == NONE]

    def anchor(self, old_keys: Sequence[Hashable], new_keys: Sequence[Hashable]) -> None:
        """Pair lone items of equal keys: those that occur once on each side, then neighbours of pairs, then in order.

        That is what a patience diff begins with; neighbours before order keeps repeated lines with what they stand
        beside. Linear in the number of items.
        """
        if NONE not in self.to_new or NONE not in self.to_old:
            return
        old_places = _places(old_keys, self.to_new)
        new_places = _places(new_keys, self.to_old)
        for key, olds in old_places.items():
            news = new_places.get(key)
            if news is not None and len(olds) == len(news) == 1:
                self.link(olds[0], news[0])
        self._spread(lambda old, new: old_keys[old] == new_keys[new])
        for key, olds in old_places.items():
            rest_old = [old for old in olds if self.to_new[old] == NONE]
            rest_new = [new for new in new_places.get(key, ()) if self.to_old[new] == NONE]
            for old, new in zip(rest_old, rest_new, strict=False):
                self.link(old, new)

    def _spread(self, equal: Callable[[int, int], bool]) -> None:
        last_old, last_new = len(self.to_new) - 1, len(self.to_old) - 1
        for old in range(last_old + 1):
            before = self.to_new[old - 1] if old else NONE
            if old == 0 or before != NONE:
                self._try(old, before + 1, equal)
        for old in range(last_old, -1, -1):
            after = self.to_new[old + 1] if old < last_old else last_new + 1
            if after != NONE:
                self._try(old, after - 1, equal)

    def _try(self, old: int, new: int, equal: Callable[[int, int], bool]) -> None:
        free = 0 <= new < len(self.to_old) and self.to_new[old] == NONE and self.to_old[new] == NONE
        if free and equal(old, new):
            self.link(old, new)

    def gaps(self) -> Iterator[tuple[range, range]]:
        """Yield lone old items, and the lone new ones between the same two pairs (or a pair and an end)."""
        start = 0
        count = len(self.to_new)
        while start < count:
            if self.to_new[start] != NONE:
                start += 1
                continue
            end = next((old for old in range(start, count) if self.to_new[old] != NONE), count)
            first = self.to_new[start - 1] + 1 if start else 0
            last = self.to_new[end] if end < count else len(self.to_old)
            if first < last and all(self.to_old[new] == NONE for new in range(first, last)):
                yield range(start, end), range(first, last)
            start = end


def _places(keys: Sequence[Hashable], partners: Sequence[int]) -> dict[Hashable, list[int]]:
    places: dict[Hashable, list[int]] = {}
    for index, (key, partner) in enumerate(zip(keys, partners, strict=True)):
        if partner == NONE:
            places.setdefault(key, []).append(index)
    return places
