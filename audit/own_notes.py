"""Where a text speaks of edits of the very article that it stands in."""

from __future__ import annotations

from functools import lru_cache
from typing import Final

from audit.quotations import quotations
from audit.rules.disclosure import NOTE, may_tell

LONGEST: Final = 400
"""Characters of a block all of which may be a note."""
_OPENING: Final = 40  # characters from its start in which such a block says that it is one
_CLOSING: Final = {"(": ")", "（": "）", "[": "]", "【": "】"}
_LABELS: Final = ":：—–|】]"
_ENDS: Final = ".!?。！？\n"


@lru_cache(maxsize=4)  # a long block may have thousands of edits
def unquoted(text: str) -> list[tuple[int, int]]:
    """Return where the words stand that make notes, in a text that nobody is quoted with."""
    found = [note.span() for note in NOTE.finditer(text)]
    quoted = quotations(text) if found else []
    return [note for note in found if not any(first < note[0] < last for first, last in quoted)]


@lru_cache(maxsize=8)
def notes_in(text: str) -> tuple[tuple[int, int], ...]:
    """Return where whole notes stand: to the end of a block that opens with a label, of a bracket, else of a sentence.

    >>> text = "It sank. An earlier version of this article said otherwise. Ten men died."
    >>> [text[start:end] for start, end in notes_in(text)]
    ['An earlier version of this article said otherwise.']
    """
    if not may_tell(text):
        return ()
    return tuple((start, _end(text, start, end)) for start, end in unquoted(text))


def _end(text: str, start: int, end: int) -> int:
    opened = next((mark for mark in (text[start : start + 1], text[max(start - 1, 0) : start]) if mark in _CLOSING), "")
    if opened and (closed := text.find(_CLOSING[opened], end)) >= 0:  # what stands in a bracket, and is no label
        return closed + 1
    if start <= _OPENING and len(text) <= LONGEST and text[end - 1] in _LABELS:
        return len(text)
    return min((at + 1 for mark in _ENDS if (at := text.find(mark, end)) >= 0), default=len(text))
