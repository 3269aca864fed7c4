"""Images with their captions, and links."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise

from articles.article import Article, Image
from audit.edit import Edit, EditType, Weight
from audit.fields import piece, plain_edit, text_edit, without
from audit.sides import Sides


def image_edits(
    old: Article, new: Article, sides: Sides, old_bodies: Mapping[str, str], new_bodies: Mapping[str, str]
) -> Iterator[Edit]:
    """Yield the edits of images and of the captions that belong to them.

    The mappings give the digest of an image's bytes by its URL, as far as known. The same bytes under another URL are
    the same image.
    """
    olds, news = [image.url for image in old.images], [image.url for image in new.images]
    gone, come = without(olds, news), without(news, olds)
    pairs = _pairs(olds, news)
    for one, other in _same_bytes(olds, news, gone, come, old_bodies, new_bodies):
        gone.remove(one)
        come.remove(other)
        pairs.append((one, other))
        reason = f"The image {olds[one]} has another address, {news[other]}, and the same bytes."
        pieces = piece("images", olds[one], one, "url"), piece("images", news[other], other, "url")
        yield plain_edit(EditType.IMAGE_REPLACED, *pieces, Weight.COSMETIC, reason)
    for index in gone:
        yield plain_edit(EditType.IMAGE_REMOVED, piece("images", olds[index], index, "url"), None)
    for index in come:
        yield plain_edit(EditType.IMAGE_ADDED, None, piece("images", news[index], index, "url"))
    for one, other in pairs:
        yield from _pair(old.images[one], one, new.images[other], other, sides, old_bodies, new_bodies)
    yield from _moved(EditType.IMAGE_MOVED, "images", olds, news, "url")


def link_edits(old: Sequence[str], new: Sequence[str]) -> Iterator[Edit]:
    """Yield the edits of the body's links."""
    gone, come = without(old, new), without(new, old)
    for index in gone:
        yield plain_edit(EditType.LINK_REMOVED, piece("links", old[index], index), None)
    for index in come:
        yield plain_edit(EditType.LINK_ADDED, None, piece("links", new[index], index))
    yield from _moved(EditType.LINK_MOVED, "links", old, new)


def captions(article: Article) -> frozenset[str]:
    """Return the texts of the blocks that are captions of images."""
    return frozenset(
        line for image in article.images if image.caption for line in (image.caption, *image.caption.split("\n"))
    )


def _pair(
    old: Image,
    one: int,
    new: Image,
    other: int,
    sides: Sides,
    old_bodies: Mapping[str, str],
    new_bodies: Mapping[str, str],
) -> Iterator[Edit]:
    bodies = old_bodies.get(old.url), new_bodies.get(new.url)
    if all(bodies) and bodies[0] != bodies[1]:
        yield plain_edit(
            EditType.IMAGE_REPLACED, piece("images", old.url, one, "url"), piece("images", new.url, other, "url")
        )
    if old.caption != new.caption:
        pieces = piece("images", old.caption, one, "caption"), piece("images", new.caption, other, "caption")
        yield text_edit(EditType.CAPTION, sides, *pieces)
    elif old.credit != new.credit:
        pieces = piece("images", old.credit, one, "credit"), piece("images", new.credit, other, "credit")
        yield text_edit(EditType.CAPTION, sides, *pieces)


def _pairs(olds: Sequence[str], news: Sequence[str]) -> list[tuple[int, int]]:
    """Return the places of the same URL on both sides, the first with the first."""
    places: dict[str, list[int]] = {}
    for index, url in enumerate(news):
        places.setdefault(url, []).append(index)
    return [(index, places[url].pop(0)) for index, url in enumerate(olds) if places.get(url)]


def _same_bytes(
    olds: Sequence[str], news: Sequence[str], gone: Sequence[int], come: Sequence[int],
    old_bodies: Mapping[str, str], new_bodies: Mapping[str, str],
) -> list[tuple[int, int]]:  # fmt: skip
    found = []
    left = list(come)
    for index in gone:
        body = old_bodies.get(olds[index])
        match = next((other for other in left if body and new_bodies.get(news[other]) == body), None)
        if match is not None:
            left.remove(match)
            found.append((index, match))
    return found


def _moved(
    kind: EditType, field: str, olds: Sequence[str], news: Sequence[str], part: str | None = None
) -> Iterator[Edit]:
    """Yield one edit where what is on both sides stands in another order."""
    pairs = _pairs(olds, news)
    for (_, last), (index, other) in pairwise(pairs):
        if other < last:
            yield plain_edit(kind, piece(field, olds[index], index, part), piece(field, news[other], other, part))
            return
