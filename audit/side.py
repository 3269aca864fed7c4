"""One side of a comparison: a text, and what is asked of it again and again."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Callable

from audit.lexicon import words
from audit.quotations import quotations
from audit.sentences import sentences

_ENDS = frozenset(".!?…。！？\"”’')）」』")
_NO_SPACE = re.compile(r"\S")
_LONGEST_TITLE = 300  # characters
_CAPITAL = re.compile(r"\b[^\W\d_a-z]")
_ABBREVIATED = re.compile(r"(?:\b[A-Z][a-z]{0,4}|\b[A-Z]\.[A-Z])\.$")  # Gen., Mr., U.S.
_TITLED = 0.6  # of the longer words: so many capitals are no names


class Side:
    """A text of one state. `known_name` tells whether a word is spelled with a capital inside a sentence elsewhere, and
    `another` whether a part of a name and the name in full, which stands at a character of the text, may be two people.
    """

    __slots__ = ("_quotations", "_sentence_starts", "_titled", "another", "known_name", "language", "text")

    def __init__(
        self,
        text: str,
        language: str | None,
        known_name: Callable[[str], bool],
        another: Callable[[str, int, str, str], bool],
    ) -> None:
        self.text = text
        self.language = language
        self.known_name = known_name
        self.another = another
        self._quotations: list[tuple[int, int]] | None = None
        self._sentence_starts: list[int] | None = None
        self._titled: bool | None = None

    def quotations(self) -> list[tuple[int, int]]:
        """Return where the text quotes: the places of the opening and the closing marks."""
        if self._quotations is None:
            self._quotations = quotations(self.text)
        return self._quotations

    def quoted(self, start: int, end: int) -> bool:
        """Tell whether a stretch stands between the quote marks of one pair."""
        found = self.quotations()
        return bool(found) and any(first < start and end <= last for first, last in found)

    def sentence_starts(self) -> list[int]:
        """Return where the text's sentences begin."""
        if self._sentence_starts is None:
            self._sentence_starts = [start for start, _ in sentences(self.text, self.language)]
        return self._sentence_starts

    def sentence(self, at: int) -> tuple[int, int]:
        """Return start and end of the sentence in which a character stands (the last one, at the text's end)."""
        starts = self.sentence_starts()
        if not starts:
            return 0, len(self.text)
        index = max(0, bisect_right(starts, at) - 1)
        return starts[index], starts[index + 1] if index + 1 < len(starts) else len(self.text)

    def whole_sentences(self, start: int, end: int) -> bool:
        """Tell whether a stretch holds whole sentences, and is not all of the text."""
        text = self.text[start:end]
        if text.rstrip()[-1:] not in _ENDS and text[-1:] != "\n" and end != len(self.text):
            return False
        first = start + len(text) - len(text.lstrip())
        behind = _NO_SPACE.search(self.text, end)
        last = behind.start() if behind else len(self.text)
        if first >= end or (first == 0 and last == len(self.text)) or not any(map(str.isalnum, text)):
            return False
        if self.text[max(0, first - 16) : first].rstrip(" ")[-1:].isalnum():
            return False  # a look first: no sentence begins behind a word
        return self._begins(first) and (last == len(self.text) or self._begins(last))

    def _begins(self, at: int) -> bool:
        starts = self.sentence_starts()
        place = bisect_left(starts, at)
        return place < len(starts) and starts[place] == at

    def opens_a_sentence(self, at: int) -> bool:
        """Tell whether the word that begins at a character is the first of its sentence, by what stands before it."""
        before = self.text[max(0, at - 16) : at].rstrip(" \u00a0\"'“‘”’«「『([")
        if not before:
            return True
        return before[-1] in ".!?…。！？:：\n" and not _ABBREVIATED.search(before)

    def titled(self) -> bool:
        """Tell whether the text is set in Title Case Like This, so that a capital shows no name."""
        if self._titled is None:
            text = self.text if len(self.text) < _LONGEST_TITLE else ""
            if len(_CAPITAL.findall(text)) * 3 < text.count(" "):
                text = ""  # a look first
            long = [start for start, end, _ in words(text, 0, len(text)) if end - start > 3]
            self._titled = len(long) > 2 and sum(text[start].isupper() for start in long) > _TITLED * len(long)
        return self._titled
