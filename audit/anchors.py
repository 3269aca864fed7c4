"""Pieces that are equal in two sequences, paired wherever they stand."""

from __future__ import annotations

from collections.abc import Hashable, Iterator, Mapping, Sequence
from itertools import compress, count
from operator import ne

from audit.order import staying

NONE = -1
_NO_KEY = object()


def common_start(old: Sequence[Hashable], new: Sequence[Hashable]) -> int:
    """Return how many items are equal before the first that differ.

    >>> common_start("abcd", "abxd")
    2
    """
    return next(compress(count(), map(ne, old, new)), min(len(old), len(new)))


def common_end(old: Sequence[Hashable], new: Sequence[Hashable], start: int) -> int:
    """Return how many items are equal behind the last that differ, of those behind the first `start`.

    >>> common_end("abcab", "abab", 2)
    2
    """
    most = min(len(old), len(new)) - start
    return next(compress(range(most), map(ne, reversed(old), reversed(new))), most)


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

    def anchor(self, old_keys: Mapping[int, Hashable], new_keys: Mapping[int, Hashable]) -> None:
        """Pair items of equal keys: those that occur once on each side, then neighbours of pairs, then in order.

        The keys are those of the lone items, by place and in order. That is what a patience diff begins with;
        neighbours before order keeps repeated lines with what they stand beside. Linear in the number of items.
        """
        once = {key: new for new, key in new_keys.items()}
        if len(once) == len(new_keys) and len(set(old_keys.values())) == len(old_keys):
            for old, key in old_keys.items():
                if (new := once.get(key)) is not None:
                    self.link(old, new)
            return
        old_places, new_places = _places(old_keys), _places(new_keys)
        shared = [(olds, new_places[key]) for key, olds in old_places.items() if key in new_places]
        repeated = []
        for olds, news in shared:
            if len(olds) == len(news) == 1:
                self.link(olds[0], news[0])
            else:
                repeated.append((olds, news))
        if repeated:
            self._spread(old_keys, new_keys)
        for olds, news in repeated:
            rest_old = [old for old in olds if self.to_new[old] == NONE]
            rest_new = [new for new in news if self.to_old[new] == NONE]
            for old, new in zip(rest_old, rest_new, strict=False):
                self.link(old, new)

    def _spread(self, old_keys: Mapping[int, Hashable], new_keys: Mapping[int, Hashable]) -> None:
        for old, key in old_keys.items():
            before = self.to_new[old - 1] if old else NONE
            if (old == 0 or before != NONE) and new_keys.get(before + 1, _NO_KEY) == key:
                self._link_lone(old, before + 1)
        last = len(self.to_new) - 1
        for old, key in reversed(list(old_keys.items())):
            after = self.to_new[old + 1] if old < last else len(self.to_old)
            if after != NONE and new_keys.get(after - 1, _NO_KEY) == key:
                self._link_lone(old, after - 1)

    def _link_lone(self, old: int, new: int) -> None:
        if self.to_new[old] == NONE and self.to_old[new] == NONE:
            self.link(old, new)

    def gaps(self, weights: Sequence[int]) -> Iterator[tuple[list[int], list[int]]]:
        """Yield lone old items, and the lone new ones between the same two pairs (or a pair and an end).

        Pairs that cross others part nothing: of two that cross, that with the lesser weight, which each old item has.
        """
        found = [(old, new) for old, new in enumerate(self.to_new) if new != NONE]
        news = [new for _, new in found]
        if news != sorted(news):
            stay = staying(found, [weights[old] for old, _ in found])
            found = [pair for at, pair in enumerate(found) if at in stay]
        last_old = last_new = -1
        for old, new in (*found, (len(self.to_new), len(self.to_old))):
            if old > last_old + 1 and new > last_new + 1:
                olds = [at for at in range(last_old + 1, old) if self.to_new[at] == NONE]
                news = [at for at in range(last_new + 1, new) if self.to_old[at] == NONE]
                if olds and news:
                    yield olds, news
            last_old, last_new = old, new


def _places(keys: Mapping[int, Hashable]) -> dict[Hashable, list[int]]:
    places: dict[Hashable, list[int]] = {}
    for place, key in keys.items():
        places.setdefault(key, []).append(place)
    return places
