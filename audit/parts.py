"""Pieces that were merged or split and edited at once: The ship sank. / Ten died. → The ship sank. Nine died."""

from __future__ import annotations

from collections.abc import Sequence, Set

from audit.body_diff import JOINT
from audit.likeness import JOINING, LONG, Alphabet, common, words
from audit.similar import Link

PART = 0.5
"""Part of the words of a piece, without those that only join others, that the piece which its neighbour became has
besides the neighbour's, from which on it holds both."""


def with_parts(
    links: Sequence[Link], moved: Set[Link], olds: Sequence[str], news: Sequence[str], kinds: tuple[Sequence[str], ...]
) -> list[Link]:
    """Return the links, with each lone piece in that of the neighbour into which it was merged, or of which it was
    split. `kinds` are those of the old and the new pieces, or none."""
    one_to_one = {link for link in links if len(link.old) == len(link.new) == 1 and link not in moved}
    found = list(links)
    place_of = {link: at for at, link in enumerate(found)}
    for side, texts, others in ((0, olds, news), (1, news, olds)):
        taken = {index for link in found for index in link[side]}
        lone = [index for index in range(len(texts)) if index not in taken]
        if not lone:
            continue
        by_place = {link[side][0]: link for link in found if link in one_to_one}
        for index in lone:
            near = [(place, by_place[place]) for place in (index - 1, index + 1) if place in by_place]
            near = [(place, link) for place, link in near if _are_of_a_kind(kinds, side, index, link)]
            scored = [(_part(others[link[1 - side][0]], texts, place, index), place, link) for place, link in near]
            score, place, link = max(scored, default=(0.0, 0, None))
            if link is None or score < PART:
                continue
            both = tuple(sorted((place, index)))
            found[place_of[link]] = Link(both, link.new) if side == 0 else Link(link.old, both)
            del by_place[place]
    return found


def _are_of_a_kind(kinds: tuple[Sequence[str], ...], side: int, index: int, link: Link) -> bool:
    return not all(kinds) or kinds[side][index] == kinds[side][link[side][0]] == kinds[1 - side][link[1 - side][0]]


def _part(whole: str, texts: Sequence[str], place: int, index: int) -> float:
    """Return how much of a piece stands in what its neighbour became, besides what the neighbour has there."""
    neighbour, piece = texts[place], texts[index]
    if JOINT in neighbour or JOINT in piece:
        return 0.0  # nobody could tell where one ends
    if len(whole) + len(piece) > LONG or 2 * (len(whole) - len(neighbour)) < len(piece):
        return 0.0
    alphabet = Alphabet()
    told, beside, own = (
        alphabet.spell([w for w in words(text) if w not in JOINING]) for text in (whole, neighbour, piece)
    )
    if len(own) < 2:
        return 0.0
    joined = beside + own if place < index else own + beside
    return (common(told, joined) - common(told, beside)) / len(own)
