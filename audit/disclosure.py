"""What the newer page, as captured, tells its reader about having been edited."""

from __future__ import annotations

from collections.abc import Sequence

from articles.article import Article
from audit.edit import Edit, EditType, Place
from audit.findings import Disclosure
from audit.own_notes import unquoted
from audit.rules.disclosure import TAG, may_tell

_CORRECTIONS = (EditType.CORRECTION_ADDED, EditType.CORRECTION_CHANGED)
_SHORTEST = 4  # letters of a word of a note in English: adds
_LONGEST_NOTE = 400  # characters of a block in which a date may be that of a note
_BEHIND = 40  # characters behind the words of a note within which its date stands
_LONGEST_LINE = 200  # characters of a last block that is a tag
_WORDS_OF_TIMES = frozenset(("published_raw", "modified_raw"))
_TEXTS = frozenset(("blocks", "correction", "translation", "subtitle", "images"))


def disclosure(old: Article, new: Article, edits: Sequence[Edit]) -> Disclosure:
    """Return the most that the new state says of an edit and the old one did not.

    NOTE: a correction came or changed, or words that came into the text speak of a correction or an update of this
    very article, or such a note has another date.
    UPDATED_TAG: headline, kicker, subtitle, first or last block bears a tag ("Updated", 更新) that it did not bear
    before.
    TIMESTAMP: the page gives another published or modified time; the same time in another zone or other words is none.
    """
    types = {edit.type for edit in edits}
    if not types.isdisjoint(_CORRECTIONS):
        return Disclosure.NOTE
    # No hint of a note goes over a line feed, and a paragraph that only stands elsewhere now is none.
    come = "\n".join([edit.after for edit in edits if edit.type is not EditType.PARAGRAPH_MOVED])
    if may_tell(come) and any(_speaks_of_it(edit, old, new) for edit in edits):
        return Disclosure.NOTE
    if EditType.DATE in types and any(_dates_it_anew(edit, new) for edit in edits):
        return Disclosure.NOTE
    before, after = _tagged(old), _tagged(new)
    come_there = _tags([text for text in after if text not in before])
    if come_there and not set(come_there) <= set(_tags(before)):
        return Disclosure.UPDATED_TAG
    times = ((old.published_at, new.published_at), (old.modified_at, new.modified_at))
    if any(after is not None and before != after for before, after in times):
        return Disclosure.TIMESTAMP
    if any(edit.field in _WORDS_OF_TIMES and edit.after and edit.type is not EditType.TIME_WRITTEN for edit in edits):
        return Disclosure.TIMESTAMP
    return Disclosure.NONE


def _speaks_of_it(edit: Edit, old: Article, new: Article) -> bool:
    if not edit.after or edit.field not in _TEXTS or edit.type is EditType.PARAGRAPH_MOVED:
        return False
    if edit.after.isascii() and len(edit.after) < _SHORTEST:
        return False
    if not may_tell(edit.after):
        return False
    come = notes_touched(new, edit.new, edit.after)
    return bool(come) and len(come) > len(notes_touched(old, edit.old, edit.before))


def _dates_it_anew(edit: Edit, new: Article) -> bool:
    place = edit.new
    if edit.type is not EditType.DATE or place is None or place.field != "blocks" or place.index is None:
        return False
    text = new.blocks[place.index].text
    return len(text) <= _LONGEST_NOTE and may_tell(text) and bool(notes_touched(new, place, edit.after, _BEHIND))


def notes_touched(article: Article, place: Place | None, edited: str, behind: int = 0) -> list[str]:
    """Return the notes that an edit touches, or follows by as much as `behind`, read with what stands round it.

    What somebody is quoted with is none.
    """
    if place is None or not edited:
        return []
    text, start, end = edited, 0, len(edited)
    if place.field == "blocks" and place.index is not None and place.end <= len(article.blocks[place.index].text):
        text, start, end = article.blocks[place.index].text, place.start, place.end
    return [text[first:last] for first, last in unquoted(text) if first < end and last + behind > start]


def _tagged(article: Article) -> list[str | None]:
    """Return the texts that may bear a tag."""
    texts = [article.headline, article.kicker, article.subtitle, *(block.text[:300] for block in article.blocks[:1])]
    if len(article.blocks) > 1 and len(article.blocks[-1].text) <= _LONGEST_LINE:
        texts.append(article.blocks[-1].text)
    return texts


def _tags(texts: list[str | None]) -> list[str]:
    hinting = [text for text in texts if text and may_tell(text)]
    return [text[found.start() : found.end() + 30] for text in hinting for found in TAG.finditer(text)]
