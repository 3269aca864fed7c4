"""Which pieces of an old sequence of texts became which of a new one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from rapidfuzz.distance import Indel

from articles.folding import fold
from audit.anchors import NONE, Pairs
from audit.likeness import CELLS
from audit.order import staying
from audit.similar import Link, similar

IN_PLACE = 0.8
"""Letters in common from which on two lone pieces between the same neighbours are taken for each other at once."""


@dataclass(frozen=True, slots=True)
class Alignment:
    """Links in the order of the old pieces; what no link names was removed or added.

    `moved` are the links that cross those that stay. `partly` is true where there were too many lone pieces to compare
    each with each.
    """

    links: tuple[Link, ...]
    moved: frozenset[Link]
    partly: bool


def align(
    old: Sequence[str], new: Sequence[str], old_kinds: Sequence[str] = (), new_kinds: Sequence[str] = ()
) -> Alignment:
    """Link the pieces of `old` to those of `new`: equal ones, those that differ in typography, those that are alike.

    Kinds (none, or one a piece) only decide between equal pieces. Both directions give the same links, turned around.
    """
    if (new, new_kinds) < (old, old_kinds):
        turned = align(new, old, new_kinds, old_kinds)
        links = sorted(Link(link.new, link.old) for link in turned.links)
        return Alignment(tuple(links), frozenset(Link(link.new, link.old) for link in turned.moved), turned.partly)
    pairs = _anchored(old, new, old_kinds, new_kinds)
    lone_old = {index: old[index] for index in pairs.lone_old()}
    lone_new = {index: new[index] for index in pairs.lone_new()}
    alike: list[Link] = []
    partly = False
    if lone_old and lone_new:
        alike, partly = similar(lone_old, lone_new, (len(old), len(new)))
    equal = [Link((i,), (j,)) for i, j in enumerate(pairs.to_new) if j != NONE]
    links = sorted(equal + alike)
    return Alignment(tuple(links), _moved(links, old, new), partly)


def _anchored(old: Sequence[str], new: Sequence[str], old_kinds: Sequence[str], new_kinds: Sequence[str]) -> Pairs:
    pairs = Pairs(len(old), len(new))
    if old_kinds and new_kinds:
        pairs.anchor(list(zip(old_kinds, old, strict=True)), list(zip(new_kinds, new, strict=True)))
    pairs.anchor(old, new)
    if NONE not in pairs.to_new or NONE not in pairs.to_old:
        return pairs
    pairs.anchor(_folded(old, pairs.to_new), _folded(new, pairs.to_old))
    for olds, news in list(pairs.gaps()):
        for i, j in zip(olds, news, strict=True):
            if _alike_in_place(old[i], new[j]):
                pairs.link(i, j)
    return pairs


def _folded(texts: Sequence[str], partners: Sequence[int]) -> list[str]:
    return [fold(text) if partner == NONE else "" for text, partner in zip(texts, partners, strict=True)]


def _alike_in_place(old: str, new: str) -> bool:
    if len(old) * len(new) > CELLS:
        return False
    return Indel.normalized_similarity(old, new, score_cutoff=IN_PLACE) > 0


def _moved(links: Sequence[Link], old: Sequence[str], new: Sequence[str]) -> frozenset[Link]:
    weights = [sum(len(old[i]) for i in link.old) + sum(len(new[j]) for j in link.new) + 1 for link in links]
    stay = staying([(link.old[0], link.new[0]) for link in links], weights)
    return frozenset(link for index, link in enumerate(links) if index not in stay)
