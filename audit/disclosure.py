"""What the newer page, as captured, tells its reader about having been edited."""

from __future__ import annotations

from collections.abc import Sequence

from articles.article import Article
from audit.edit import Edit, EditType
from audit.findings import Disclosure
from audit.rules.disclosure import HINT, NOTE, TAG

_CORRECTIONS = (EditType.CORRECTION_ADDED, EditType.CORRECTION_CHANGED)
_TIMES = (EditType.PUBLISHED, EditType.MODIFIED, EditType.MODIFIED_ALONE)
_SHORTEST = 9  # letters of a note in English: corrected
_TEXTS = frozenset(("blocks", "correction", "translation", "subtitle", "images"))


def disclosure(old: Article, new: Article, edits: Sequence[Edit]) -> Disclosure:
    """Return the most that the new state says of an edit and the old one did not.

    NOTE: a correction came or changed, or words that came into the text speak of a correction or an update.
    UPDATED_TAG: headline, kicker, subtitle or first block bears a tag ("Updated", 更新) that it did not bear before.
    TIMESTAMP: the page gives another published or modified time.
    """
    if any(edit.type in _CORRECTIONS for edit in edits) or any(map(_speaks_of_it, edits)):
        return Disclosure.NOTE
    before, after = _tagged(old), _tagged(new)
    if after != before and not set(_tags(after)) <= set(_tags(before)):
        return Disclosure.UPDATED_TAG
    if any(edit.type in _TIMES and edit.new is not None for edit in edits):
        return Disclosure.TIMESTAMP
    return Disclosure.NONE


def _speaks_of_it(edit: Edit) -> bool:
    if not edit.after or edit.field not in _TEXTS or edit.type is EditType.PARAGRAPH_MOVED:
        return False
    if edit.after.isascii() and len(edit.after) < _SHORTEST:
        return False
    if not HINT.search(edit.after.lower()):
        return False
    come = [found[0] for found in NOTE.finditer(edit.after)]
    return bool(come) and len(come) > len(NOTE.findall(edit.before))


def _tagged(article: Article) -> list[str | None]:
    """Return the texts that may bear a tag."""
    return [article.headline, article.kicker, article.subtitle, *(block.text[:300] for block in article.blocks[:1])]


def _tags(texts: list[str | None]) -> list[str]:
    hinting = [text for text in texts if text and HINT.search(text.lower())]
    return [text[found.start() : found.end() + 30] for text in hinting for found in TAG.finditer(text)]
