"""All fields of an article but its body: edits of each as a whole."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import zip_longest

from articles.article import Agency, Article
from articles.folding import fold
from audit.edit import Edit, EditType, Weight
from audit.pieces import piece, plain_edit
from audit.rules.catalogue import RULE
from audit.runs import runs
from audit.sides import Piece, Sides
from audit.times import Written, time_edit
from audit.wording import sentence_of

_NOTE_PARTS = ("original_outlet", "original_url", "source_language", "target_language", "edited_by", "disclaimer")
_WRITTEN = frozenset((EditType.SPACING, EditType.TYPOGRAPHY, EditType.LETTER_CASE, EditType.PUNCTUATION))
"""Edits of how something is written alone."""
_SIGNED = re.compile(r"\A(?:(?:written |reported |edited )?by:?\s+|(?:文|图文)\s?/\s?)", re.IGNORECASE)
"""Before a name in a byline, it adds nothing."""


def field_edits(old: Article, new: Article, sides: Sides, published: Written) -> Iterator[Edit]:
    """Yield the edits of all fields but `blocks`, `images`, `links` and `modified_at`.

    `published` are the words of the published time in both states.
    """
    for kind, field in (
        (EditType.HEADLINE, "headline"),
        (EditType.KICKER, "kicker"),
        (EditType.SUBTITLE, "subtitle"),
    ):
        before, after = getattr(old, field), getattr(new, field)
        if before != after:
            yield text_edit(kind, sides, piece(field, before), piece(field, after))
    for kind, field in (
        (EditType.BYLINE, "byline"),
        (EditType.EDITOR, "editors"),
        (EditType.SECTION, "section"),
        (EditType.KEYWORDS, "keywords"),
    ):
        yield from _list_edits(kind, field, getattr(old, field), getattr(new, field), sides)
    yield from _agency(old.agency, new.agency, sides)
    yield from time_edit(EditType.PUBLISHED, "published_at", old.published_at, new.published_at, published)
    yield from _language(old.language, new.language)
    yield from _correction(old.correction, new.correction, sides)
    yield from _translation(old, new, sides)


def text_edit(kind: EditType, sides: Sides, old: Piece | None, new: Piece | None, **more: object) -> Edit:
    """Return the edit of a text that came, went or is another now."""
    told = runs(old[1], new[1], sides.language) if old and new else ()
    return sides.whole(kind, old, new, told, **more)


def _value_edit(kind: EditType, sides: Sides, old: Piece | None, new: Piece | None) -> Edit:
    """Return the edit of a name or another value: as light as what changed where that is only how it is written."""
    if old and new and _folded(old[1]) == _folded(new[1]):
        if fold(old[1]).casefold() != fold(new[1]).casefold():
            said = sentence_of(RULE[kind], old[1], new[1]).removesuffix(".")
            return plain_edit(kind, old, new, Weight.MINOR, f"{said}: the same name, signed otherwise.")
        edit = text_edit(kind, sides, old, new)
        if _WRITTEN.issuperset(edit.within):
            return edit
    return plain_edit(kind, old, new)


def _folded(text: str) -> str:
    return fold(_SIGNED.sub("", text)).casefold()


def _list_edits(kind: EditType, field: str, olds: Sequence[str], news: Sequence[str], sides: Sides) -> Iterator[Edit]:
    """Yield an edit for each item that came, went, or stands where another stood; one if only the order changed."""
    if olds == news:
        return
    gone, come = without(olds, news), without(news, olds)
    if not gone and not come:
        at = next(i for i, (one, other) in enumerate(zip(olds, news, strict=True)) if one != other)
        reason = f"The order of the {field} changed: “{olds[at]}” stood where “{news[at]}” stands."
        pieces = piece(field, olds[at], at), piece(field, news[at], at)
        yield plain_edit(kind, *pieces, min(Weight.MINOR, RULE[kind].weight), reason)
        return
    for one, other in _paired(olds, gone, news, come):
        old = None if one is None else piece(field, olds[one], one)
        new = None if other is None else piece(field, news[other], other)
        yield _value_edit(kind, sides, old, new)


def _paired(
    olds: Sequence[str], gone: Sequence[int], news: Sequence[str], come: Sequence[int]
) -> list[tuple[int | None, int | None]]:
    """Return which item stands for which: the same one written otherwise, else the next."""
    left: dict[str, list[int]] = {}
    for other in come:
        left.setdefault(_folded(news[other]), []).append(other)
    same: dict[int, int] = {}
    for one in gone:
        if found := left.get(_folded(olds[one])):
            same[one] = found.pop(0)
    taken = set(same.values())
    rest = zip_longest((one for one in gone if one not in same), (other for other in come if other not in taken))
    return [*same.items(), *rest]


def without(items: Sequence[str], others: Sequence[str]) -> list[int]:
    """Return the indices of items that others have not, or not as often."""
    left: dict[str, int] = {}
    for other in others:
        left[other] = left.get(other, 0) + 1
    found = []
    for index, item in enumerate(items):
        if left.get(item, 0):
            left[item] -= 1
        else:
            found.append(index)
    return found


def _agency(old: Agency | None, new: Agency | None, sides: Sides) -> Iterator[Edit]:
    names = old.name if old else None, new.name if new else None
    if names[0] != names[1]:
        pieces = piece("agency", names[0], part="name"), piece("agency", names[1], part="name")
        yield _value_edit(EditType.AGENCY, sides, *pieces)
    if old and new and old.url != new.url:
        reason = f"The link of the named source moved from {old.url or 'none'} to {new.url or 'none'}."
        pieces = piece("agency", old.url, part="url"), piece("agency", new.url, part="url")
        yield plain_edit(EditType.AGENCY, *pieces, Weight.MINOR, reason)


def _language(old: str | None, new: str | None) -> Iterator[Edit]:
    if old == new:
        return
    other = old and new and old.partition("-")[0] != new.partition("-")[0]
    weight = Weight.SUBSTANTIVE if other else Weight.MINOR
    yield plain_edit(EditType.LANGUAGE, piece("language", old), piece("language", new), weight)


def _correction(old: str | None, new: str | None, sides: Sides) -> Iterator[Edit]:
    if old == new:
        return
    kind = EditType.CORRECTION_ADDED if old is None else EditType.CORRECTION_DROPPED
    if old is not None and new is not None:
        kind = EditType.CORRECTION_CHANGED
    yield text_edit(kind, sides, piece("correction", old), piece("correction", new))


def _translation(old_article: Article, new_article: Article, sides: Sides) -> Iterator[Edit]:
    """Yield one edit for the note with all that is read out of it, and one for each part that changed without it."""
    old, new = old_article.translation, new_article.translation
    if old == new:
        return
    if old is None or new is None:
        kind = EditType.NOTE_ADDED if old is None else EditType.NOTE_DROPPED
        notes = [piece("translation", each.note, part="note") if each else None for each in (old, new)]
        yield text_edit(kind, sides, *notes)
        return
    kind = EditType.NOTE_CHANGED
    changed = [part for part in _NOTE_PARTS if getattr(old, part) != getattr(new, part)]
    if old.note != new.note:
        told = [part.replace("_", " ") for part in changed]
        parts = f" ({', '.join(told)})" if told else ""
        notes = [piece("translation", each.note, part="note") for each in (old, new)]
        yield text_edit(kind, sides, *notes, parts=parts)
        changed = [part for part in changed if part == "original_url"]  # read from a link, so not seen in the note
    for part in changed:
        olds, news = (piece("translation", getattr(each, part), part=part) for each in (old, new))
        before, after = olds[1] if olds else "nothing", news[1] if news else "nothing"
        reason = f"The translation's {part.replace('_', ' ')} changed from “{before}” to “{after}”."
        yield plain_edit(kind, olds, news, None, reason)
