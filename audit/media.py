"""Images with their captions, and links."""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise

from articles.article import Article, Image
from audit.align import align
from audit.edit import Edit, EditType, Weight
from audit.fields import text_edit, without
from audit.pieces import piece, plain_edit
from audit.sides import Sides

_TRACKING = re.compile(
    r"(?:utm_\w+|fbclid|gclid|dclid|gbraid|wbraid|msclkid|yclid|twclid|ttclid|igshid|mc_cid|mc_eid|mkt_tok|_hsenc|_hsmi"
    r"|spm|scm)(?:=|\Z)",
    re.IGNORECASE,
)
_TOLD = -1


def image_edits(
    old: Article, new: Article, sides: Sides, old_bodies: Mapping[str, str], new_bodies: Mapping[str, str]
) -> Iterator[Edit]:
    """Yield the edits of images and of the captions and credits that belong to them, also to one that came or went.

    The mappings give the digest of an image's bytes by its URL, as far as known. The same bytes under another URL are
    the same image.
    """
    if not old.images and not new.images:
        return
    olds, news = [image.url for image in old.images], [image.url for image in new.images]
    gone, come = without(olds, news), without(news, olds)
    pairs = _pairs(olds, news)
    same = _same_bytes(olds, news, gone, come, old_bodies, new_bodies)
    from_old, to_new = {one for one, _ in same}, {other for _, other in same}
    gone = [index for index in gone if index not in from_old]
    come = [index for index in come if index not in to_new]
    pairs += same
    for one, other in same:
        reason = f"The image {olds[one]} has another address, {news[other]}, and the same bytes."
        pieces = piece("images", olds[one], one, "url"), piece("images", news[other], other, "url")
        yield plain_edit(EditType.IMAGE_REPLACED, *pieces, Weight.COSMETIC, reason)
    for index in gone:
        yield plain_edit(EditType.IMAGE_REMOVED, piece("images", olds[index], index, "url"), None)
    for index in come:
        yield plain_edit(EditType.IMAGE_ADDED, None, piece("images", news[index], index, "url"))
    for one, other in pairs:
        bodies = old_bodies.get(olds[one]), new_bodies.get(news[other])
        if all(bodies) and bodies[0] != bodies[1]:
            pieces = piece("images", olds[one], one, "url"), piece("images", news[other], other, "url")
            yield plain_edit(EditType.IMAGE_REPLACED, *pieces)
    for before, after in (*pairs, *_alike_captions(old.images, gone, new.images, come)):
        yield from _caption_edits(old.images, before, new.images, after, sides)
    yield from _moved(EditType.IMAGE_MOVED, "images", olds, news, "url")


def link_edits(old: Sequence[str], new: Sequence[str]) -> Iterator[Edit]:
    """Yield the edits of the body's links."""
    if old == new:
        return
    gone, come = without(old, new), without(new, old)
    for one, other in _pairs([untracked(old[index]) for index in gone], [untracked(new[index]) for index in come]):
        before, after = gone[one], come[other]
        reason = f"The link {old[before]} is {new[after]} now: only what tracks readers differs."
        pieces = piece("links", old[before], before), piece("links", new[after], after)
        yield plain_edit(EditType.LINK_MOVED, *pieces, Weight.COSMETIC, reason)
        gone[one] = come[other] = _TOLD
    gone, come = [index for index in gone if index != _TOLD], [index for index in come if index != _TOLD]
    for index in gone:
        yield plain_edit(EditType.LINK_REMOVED, piece("links", old[index], index), None)
    for index in come:
        yield plain_edit(EditType.LINK_ADDED, None, piece("links", new[index], index))
    yield from _moved(EditType.LINK_MOVED, "links", old, new)


def untracked(url: str) -> str:
    """Return a URL without the parameters by which others count from where readers come.

    >>> untracked("//h/a?utm_source=feed&id=5"), untracked("//h/a?fbclid=x#top"), untracked("//h/a?utm=1")
    ('//h/a?id=5', '//h/a#top', '//h/a?utm=1')
    """
    rest, mark, fragment = url.partition("#")
    path, asks, query = rest.partition("?")
    if not asks:
        return url
    kept = "&".join(part for part in query.split("&") if not _TRACKING.match(part))
    return f"{path}{'?' * bool(kept)}{kept}{mark}{fragment}"


def captions(article: Article) -> frozenset[str]:
    """Return the texts of the blocks that are captions of images."""
    return frozenset(
        line for image in article.images if image.caption for line in (image.caption, *image.caption.split("\n"))
    )


def _alike_captions(
    olds: Sequence[Image], gone: Sequence[int], news: Sequence[Image], come: Sequence[int]
) -> Iterator[tuple[int | None, int | None]]:
    """Yield images that went and came by their captions: those of the same or a like one, then each by itself.

    Another image in the place of one may come with the same words, or with words that were edited.
    """
    left, new_left = dict.fromkeys(gone), dict.fromkeys(come)
    found = align([_said(olds[index]) for index in gone], [_said(news[index]) for index in come])
    for link in found.links:
        one, other = gone[link.old[0]], come[link.new[0]]
        del left[one], new_left[other]
        yield one, other
    yield from ((index, None) for index in left)
    yield from ((None, index) for index in new_left)


def _said(image: Image) -> str:
    return image.caption or image.credit or ""


def _caption_edits(
    olds: Sequence[Image], one: int | None, news: Sequence[Image], other: int | None, sides: Sides
) -> Iterator[Edit]:
    """Yield the edits of the words that belong to an image, which may have none on one side."""
    old = Image("") if one is None else olds[one]
    new = Image("") if other is None else news[other]
    if old.caption != new.caption:
        pieces = piece("images", old.caption, one, "caption"), piece("images", new.caption, other, "caption")
        yield text_edit(EditType.CAPTION, sides, *pieces)
    if old.credit != new.credit and not _told_by_caption(old, new):
        pieces = piece("images", old.credit, one, "credit"), piece("images", new.credit, other, "credit")
        yield text_edit(EditType.CAPTION, sides, *pieces)


def _told_by_caption(old: Image, new: Image) -> bool:
    """Tell whether a credit, which is read from the caption as a rule, changed in the caption too."""
    gone = old.credit is None or (old.credit in (old.caption or "") and old.credit not in (new.caption or ""))
    come = new.credit is None or (new.credit in (new.caption or "") and new.credit not in (old.caption or ""))
    return gone and come


def _pairs(olds: Sequence[str], news: Sequence[str]) -> list[tuple[int, int]]:
    """Return the places of the same URL, or the same bytes, on both sides, the first with the first."""
    places: dict[str, deque[int]] = {}
    for index, url in enumerate(news):
        places.setdefault(url, deque()).append(index)
    return [(index, places[url].popleft()) for index, url in enumerate(olds) if places.get(url)]


def _same_bytes(
    olds: Sequence[str], news: Sequence[str], gone: Sequence[int], come: Sequence[int],
    old_bodies: Mapping[str, str], new_bodies: Mapping[str, str],
) -> list[tuple[int, int]]:  # fmt: skip
    before = [old_bodies.get(olds[index]) or "" for index in gone]
    after = [new_bodies.get(news[index]) or "" for index in come]
    return [(gone[one], come[other]) for one, other in _pairs(before, after) if before[one]]


def _moved(
    kind: EditType, field: str, olds: Sequence[str], news: Sequence[str], part: str | None = None
) -> Iterator[Edit]:
    """Yield one edit where what is on both sides stands in another order."""
    pairs = _pairs(olds, news)
    for (_, last), (index, other) in pairwise(pairs):
        if other < last:
            yield plain_edit(kind, piece(field, olds[index], index, part), piece(field, news[other], other, part))
            return
