"""Which pieces of an old sequence of texts became which of a new one."""

from __future__ import annotations

from bisect import bisect_left, bisect_right, insort
from collections.abc import Callable, Hashable, Iterator, Sequence, Set
from dataclasses import dataclass
from math import inf

from articles.folding import fold
from audit.anchors import NONE, Pairs, common_end, common_start
from audit.likeness import alike_in_place, ends_alike
from audit.order import staying
from audit.parts import with_parts
from audit.rewritten import are_cells, rewritten
from audit.scripts import simplified
from audit.similar import Link, similar

ALIKE_MOVED = 0.7
"""How alike two pieces must be to be one that was moved and edited; two different ones are more likely else."""

ALIKE_MOVED_NEAR = 0.6
"""The same where the piece moved over at most `NEAR` others."""

NEAR = 2


@dataclass(frozen=True, slots=True)
class Alignment:
    """Links in the order of the old pieces; what no link names was removed or added.

    `moved` are the links that cross those that stay. `partly` is true where there were too many lone pieces to compare
    each with each.
    """

    links: tuple[Link, ...]
    moved: frozenset[Link] = frozenset()
    partly: bool = False


def align(
    old: Sequence[str], new: Sequence[str], old_kinds: Sequence[str] = (), new_kinds: Sequence[str] = ()
) -> Alignment:
    """Link the pieces of `old` to those of `new`: equal ones, those that differ in typography, those that are alike.

    Kinds (none, or one a piece) only decide between equal pieces. Both directions give the same links, turned around.
    """
    if _alike_throughout(old, new):
        return Alignment(tuple(_in_place(0, len(old), 0)))
    if len({*old_kinds, *new_kinds}) == 1:
        old_kinds = new_kinds = ()
    olds, news = _Side(old, old_kinds), _Side(new, new_kinds)
    start = common_start(olds.keys, news.keys)
    end = common_end(olds.keys, news.keys, start)
    links = _in_place(0, start, 0)
    ending = _in_place(len(old) - end, len(old), len(new) - len(old))
    if start + end == min(len(old), len(new)):
        return Alignment((*links, *ending))  # what is left came or went
    found = _linked(olds.part(start, len(old) - end), news.part(start, len(new) - end))
    links += [_shifted(link, start) for link in found.links] if start else found.links
    moved = frozenset([_shifted(link, start) for link in found.moved]) if start else found.moved
    return Alignment((*links, *ending), moved, found.partly)


class _Side:
    """Pieces of one side: their texts, and what tells them apart."""

    def __init__(self, texts: Sequence[str], kinds: Sequence[str]) -> None:
        self.texts = texts
        self.kinds = kinds
        self.keys: Sequence[Hashable] = list(zip(kinds, texts, strict=True)) if kinds else texts

    def part(self, start: int, end: int) -> _Side:
        return _Side(self.texts[start:end], self.kinds[start:end])


def _shifted(link: Link, by: int) -> Link:
    return Link(tuple([i + by for i in link.old]), tuple([j + by for j in link.new]))


def _turned(link: Link) -> Link:
    return Link(link.new, link.old)


def _linked(old: _Side, new: _Side) -> Alignment:
    if _alike_throughout(old.texts, new.texts):
        return Alignment(tuple(_in_place(0, len(old.texts), 0)))
    if (new.texts, new.kinds) < (old.texts, old.kinds):  # of what is equally good the same is chosen from both sides
        found = _searched(new, old)
        links = sorted([_turned(link) for link in found.links])
        return Alignment(tuple(links), frozenset([_turned(link) for link in found.moved]), found.partly)
    return _searched(old, new)


def _in_place(start: int, end: int, by: int) -> list[Link]:
    """Return links of neighbouring old pieces, each to the new one that stands `by` places behind it."""
    return [Link((at,), (at + by,)) for at in range(start, end)]


def _searched(old: _Side, new: _Side) -> Alignment:
    pairs = _anchored(old, new)
    lone_old = {index: old.texts[index] for index in pairs.lone_old()}
    lone_new = {index: new.texts[index] for index in pairs.lone_new()}
    alike: dict[Link, float] = {}
    partly = False
    if lone_old and lone_new:
        alike, partly = similar(lone_old, lone_new, (len(old.texts), len(new.texts)))
    links = [Link((i,), (j,)) for i, j in enumerate(pairs.to_new) if j != NONE]
    if alike:
        links = sorted([*links, *alike])
    moved = _moved(links, old.texts, new.texts)
    if alike and moved:
        near = _crossing_few(links)
        least = {link: ALIKE_MOVED_NEAR if link in near else ALIKE_MOVED for link in moved if link in alike}
        unsure = {link for link, enough in least.items() if alike[link] < enough}
        links, moved = [link for link in links if link not in unsure], moved - unsure
    if lone_old and lone_new and (found := list(_rewritten(links, moved, old, new))):
        links = sorted([*links, *found])
    if len(old.texts) != len(new.texts) and (lone_old or lone_new):
        links = with_parts(links, moved, old.texts, new.texts, (old.kinds, new.kinds))
    return Alignment(tuple(links), moved, partly)


def _crossing_few(links: Sequence[Link]) -> Set[Link]:
    """Return those of the sorted links that cross at most `NEAR` others.

    Of those before and behind each only so many are remembered as are asked about: there may be 100,000.
    """
    crossed = [0] * len(links)
    farthest: list[tuple[int, ...]] = []
    for at, link in enumerate(links):
        crossed[at] += len(farthest) - bisect_right(farthest, link.new)
        insort(farthest, link.new)
        del farthest[: -(NEAR + 1)]
    nearest: list[tuple[int, ...]] = []
    for at in range(len(links) - 1, -1, -1):
        crossed[at] += bisect_left(nearest, links[at].new)
        insort(nearest, links[at].new)
        del nearest[NEAR + 1 :]
    return {link for link, count in zip(links, crossed, strict=True) if count <= NEAR}


def _rewritten(links: Sequence[Link], moved: Set[Link], old: _Side, new: _Side) -> Iterator[Link]:
    """Yield links of pieces that are still lone, each alone on its side between the same two that stayed; of several
    there, of the cells of a table."""
    taken_old = {i for link in links for i in link.old}
    taken_new = {j for link in links for j in link.new}
    last_old = last_new = -1
    stay = [link for link in links if link not in moved]
    for link in (*stay, Link((len(old.texts),), (len(new.texts),))):
        olds = [i for i in range(last_old + 1, link.old[0]) if i not in taken_old]
        news = [j for j in range(last_new + 1, link.new[0]) if j not in taken_new]
        alone = len(olds) == 1
        for i, j in zip(olds, news, strict=True) if len(olds) == len(news) else ():
            same_kind = not (old.kinds and new.kinds) or old.kinds[i] == new.kinds[j]
            if same_kind and (rewritten if alone else are_cells)(old.texts[i], new.texts[j]):
                yield Link((i,), (j,))
        last_old, last_new = link.old[-1], link.new[-1]


def _alike_throughout(old: Sequence[str], new: Sequence[str]) -> bool:
    """Return whether each piece is equal to the one in its place, or alike and without an equal elsewhere.

    Most articles are edited so, and then nothing more need be looked for.
    """
    if len(old) != len(new):
        return False
    olds, news = set(old), set(new)
    return all(
        before == after or (before not in news and after not in olds and alike_in_place(before, after))
        for before, after in zip(old, new, strict=True)
    )


def _anchored(old: _Side, new: _Side) -> Pairs:
    pairs = Pairs(len(old.texts), len(new.texts))
    pairs.anchor(dict(enumerate(old.keys)), dict(enumerate(new.keys)))
    if old.kinds and new.kinds:
        _anchor_lone(pairs, old, new, str)
    lengths = [len(text) for text in old.texts]
    for olds, news in list(pairs.gaps(lengths)):
        _link_in_place(pairs, olds, news, old, new)
    alike = _anchor_lone(pairs, old, new, fold)
    if _anchor_in_other_script(pairs, old, new) or alike:
        for olds, news in list(pairs.gaps(lengths)):
            _link_in_place(pairs, olds, news, old, new)
    return pairs


def _anchor_in_other_script(pairs: Pairs, old: _Side, new: _Side) -> bool:
    """Link lone pieces that have the same characters in two scripts; return whether there were any."""
    olds, news = pairs.lone_old(), pairs.lone_new()
    lengths = {len(old.texts[i]) for i in olds if not old.texts[i].isascii()}
    if lengths.isdisjoint([len(new.texts[j]) for j in news]):
        return False  # a look first: it takes its time
    return _anchor_lone(pairs, old, new, _in_one_script)


def _in_one_script(text: str) -> str:
    return simplified(fold(text))


def _anchor_lone(pairs: Pairs, old: _Side, new: _Side, key: Callable[[str], str]) -> bool:
    """Link lone pieces of equal keys; return whether there were any."""
    olds, news = pairs.lone_old(), pairs.lone_new()
    if olds and news:
        pairs.anchor({i: key(old.texts[i]) for i in olds}, {j: key(new.texts[j]) for j in news})
    return len(pairs.lone_old()) < len(olds)


def _link_in_place(pairs: Pairs, olds: list[int], news: list[int], old: _Side, new: _Side) -> None:
    """Link the lone pieces of a gap that are alike, from its start and from its end, up to two that are not; and the
    last one, where it begins and ends as the last one on the other side does.

    Where one side has more, a piece may have been split or merged: then its length has changed by about that of
    another, and it is left for a closer look.
    """
    most: float = inf
    if len(olds) != len(news):
        most = min(map(len, [old.texts[i] for i in olds] + [new.texts[j] for j in news])) / 2
    for places in (zip(olds, news, strict=False), zip(reversed(olds), reversed(news), strict=False)):
        for i, j in places:
            before, after = old.texts[i], new.texts[j]
            free = pairs.to_new[i] == NONE and pairs.to_old[j] == NONE
            if not free or abs(len(before) - len(after)) > most or not alike_in_place(before, after):
                break
            pairs.link(i, j)
    olds = [i for i in olds if pairs.to_new[i] == NONE]
    news = [j for j in news if pairs.to_old[j] == NONE]
    if len(olds) == len(news) == 1 and ends_alike(old.texts[olds[0]], new.texts[news[0]]):
        pairs.link(olds[0], news[0])


def _moved(links: Sequence[Link], old: Sequence[str], new: Sequence[str]) -> frozenset[Link]:
    """Return the links, which are in the order of the old pieces, that cross those that stay."""
    news = [link.new[0] for link in links]
    if news == sorted(news):
        return frozenset()
    weights = [sum([len(old[i]) for i in link.old]) + sum([len(new[j]) for j in link.new]) + 1 for link in links]
    stay = staying([(link.old[0], link.new[0]) for link in links], weights)
    return frozenset([link for index, link in enumerate(links) if index not in stay])
