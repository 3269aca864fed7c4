"""One side of a comparison: a text, and what is asked of it again and again."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable
from functools import cached_property

from audit.lexicon import words
from audit.sentences import sentences

_MARKS = "\"“”„«»「」『』‘'"
QUOTED = re.compile(
    r"“[^”]*(?:”|$)|„[^“”]*(?:[“”]|$)|«[^»]*(?:»|$)|「[^」]*(?:」|$)|『[^』]*(?:』|$)|\"[^\"]*(?:\"|$)"
    r"|(?<!\w)‘(?:[^’]|’(?=\w))+’|(?<![\w'])'(?=\S)(?:[^'\n]|'(?=\w))*\S'(?!\w)"
)
"""A quotation with its marks; one that is never closed goes on to the end. A single mark between letters is none."""

_TITLED = 0.6  # of the longer words: so many capitals are no names


class Side:
    """A text of one state. `known_name` tells whether a word is spelled with a capital inside a sentence elsewhere."""

    def __init__(self, text: str, language: str | None, known_name: Callable[[str], bool]) -> None:
        self.text = text
        self.language = language
        self.known_name = known_name

    def quoted(self, start: int, end: int) -> bool:
        """Tell whether a stretch stands inside one pair of quote marks, without touching them."""
        for first, last in self.quotations:
            closed = last - first > 1 and self.text[last - 1] in _MARKS
            if first < start and end <= (last - 1 if closed else last):
                return True
        return False

    @cached_property
    def quotations(self) -> tuple[tuple[int, int], ...]:
        """Start and end of each quotation, its marks included."""
        if not any(mark in self.text for mark in _MARKS):
            return ()
        return tuple(found.span() for found in QUOTED.finditer(self.text))

    @cached_property
    def sentence_starts(self) -> list[int]:
        """Where the text's sentences begin."""
        return [start for start, _ in sentences(self.text, self.language)]

    def sentence(self, at: int) -> tuple[int, int]:
        """Return start and end of the sentence in which a character stands (the last one, at the text's end)."""
        starts = self.sentence_starts
        if not starts:
            return 0, len(self.text)
        index = max(0, bisect_right(starts, at) - 1)
        return starts[index], starts[index + 1] if index + 1 < len(starts) else len(self.text)

    @cached_property
    def titled(self) -> bool:
        """Whether the text is set in Title Case Like This, so that a capital shows no name."""
        long = [start for start, end, _ in words(self.text[:400], 0, 400) if end - start > 3]
        return len(long) > 2 and sum(self.text[start].isupper() for start in long) > _TITLED * len(long)
