"""What names an edit, so that the same edit of other articles has the same name. Pure.

A template is the same words in the same surroundings. A bare word (three → thirty) is another edit in each story that
has it: what is short is named together with its sentence.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterable, Iterator, Sequence
from typing import Final, NamedTuple

from articles.article import Article, Block
from articles.canonical import as_identified
from audit.edit import Edit, EditType, Place, Weight
from audit.rules.lists import HAN_CHARACTER, TOKEN
from audit.sentences import sentences

SEVERAL: Final = 6
"""So many words say by themselves what they are about; so do twice as many Chinese or Japanese characters."""

_TIMES: Final = frozenset({EditType.PUBLISHED, EditType.MODIFIED_ALONE})
_BESIDE: Final = frozenset({EditType.MODIFIED, EditType.TIME_WRITTEN})
_OF_PARAGRAPHS: Final = frozenset(
    {
        EditType.PARAGRAPH_ADDED,
        EditType.PARAGRAPH_REMOVED,
        EditType.PARAGRAPH_MOVED,
        EditType.PARAGRAPH_SPLIT,
        EditType.PARAGRAPH_MERGED,
        EditType.PARAGRAPH_KIND,
    }
)
_LETTER: Final = re.compile(r"[^\W\d_]")


class _Hunk(NamedTuple):
    kind: str
    before: str
    after: str
    context: tuple[str, str] = ("", "")


class Digests(NamedTuple):
    """Names of edits: of all of them together, None where there are none; and a shorter one of each by itself."""

    edits: str | None
    hunks: tuple[str, ...]


def digests(edits: Iterable[Edit], old: Article, new: Article) -> Digests:
    """Return the digests of what was edited, wherever it stood and however often.

    `old` and `new` are the articles that the edits are between. Beside other edits a page's own times do not count:
    each article has its own, and they move with a template. Of a published time it counts that it moved, which is an
    edit that matters, and not from when to when.

    >>> digests([], Article(""), Article(""))
    Digests(edits=None, hunks=())
    """
    hunks = _hunks(tuple(edits), old, new)
    of_each = sorted(hashlib.sha256(json.dumps(hunk).encode()).hexdigest()[:16] for hunk in hunks)
    of_all = f"sha256:{hashlib.sha256(json.dumps(hunks).encode()).hexdigest()}" if hunks else None
    return Digests(of_all, tuple(of_each))


def _hunks(edits: tuple[Edit, ...], old: Article, new: Article) -> list[_Hunk]:
    around = _Around(as_identified(old)), _Around(as_identified(new))
    counted = [edit for edit in edits if edit.type not in _BESIDE]
    if all(edit.type in _TIMES for edit in counted):  # the times are all there is
        return sorted({_Hunk(edit.type.value, edit.before, edit.after) for edit in edits})
    return sorted({_hunk(edit, *around) for edit in counted})


def _hunk(edit: Edit, old: _Around, new: _Around) -> _Hunk:
    kind = edit.type.value
    if edit.type in _TIMES:
        return _Hunk(kind, "", "")
    return _Hunk(kind, edit.before, edit.after, (old.context(edit, edit.old), new.context(edit, edit.new)))


class _Around:
    """What stands around edits in one state of an article."""

    def __init__(self, article: Article) -> None:
        self._blocks: Sequence[Block] = article.blocks
        self._language = article.language
        self._sentences: dict[int, list[tuple[int, int]]] = {}

    def context(self, edit: Edit, place: Place | None) -> str:
        """Return what tells a short edit from the same words in another story; nothing where its words do.

        The value of a field is whole, and so is a paragraph that has letters. Cosmetic edits say nothing of any story:
        quote marks that were curled everywhere are one event.
        """
        if place is None or place.field != "blocks" or place.index is None or edit.weight is Weight.COSMETIC:
            return ""
        if max(words(edit.before), words(edit.after)) >= SEVERAL:
            return ""
        if edit.type in _OF_PARAGRAPHS:
            return "" if _LETTER.search(edit.before + edit.after) else self._near(place.index)
        text = self._blocks[place.index].text
        sentence = "".join(text[start:end] for start, end in self._touched(place))
        if words(sentence) >= SEVERAL:
            return sentence.strip()
        return text if words(text) > 1 else self._near(place.index)

    def _touched(self, place: Place) -> Iterator[tuple[int, int]]:
        """Yield the sentences that an edit stands in; between two of them, that behind it."""
        assert place.index is not None
        if (spans := self._sentences.get(place.index)) is None:
            spans = self._sentences[place.index] = sentences(self._blocks[place.index].text, self._language)
        end = max(place.end, place.start + 1)
        touched = [span for span in spans if span[0] < end and place.start < span[1]]
        yield from touched or spans[-1:]

    def _near(self, index: int) -> str:
        """Return a paragraph with the one before and the one after it."""
        return "\n".join(block.text for block in self._blocks[max(index - 1, 0) : index + 2])


def words(text: str) -> int:
    """Return about how many words a text has, two Chinese or Japanese characters for one.

    >>> words("3 ships left"), words("三艘军舰"), words("")
    (3, 2, 0)
    """
    tokens = TOKEN.findall(text)
    characters = sum(HAN_CHARACTER.match(token) is not None for token in tokens)
    return len(tokens) - characters + (characters + 1) // 2
