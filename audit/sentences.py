"""Where sentences begin and end."""

from __future__ import annotations

import re
from collections.abc import Iterator

import sentencex

WINDOW = 4_000
"""Characters that sentencex sees at once: on opening quotes that nothing closes its time grows with their square
(16,000 characters of `“他说` take 0.2 s, 900,000 did not end in minutes)."""

LONGEST = 100_000
"""A text longer than this, in characters, is cut at end marks alone."""

_END_MARKS = re.compile(r"[^.!?。！？…]*[.!?。！？…]+[\"'”’»」』)\]）]*\s*|[^.!?。！？…]+")


def sentences(text: str, language: str | None) -> list[tuple[int, int]]:
    """Return start and end of each sentence, in order; together they cover `text` without a gap.

    White space belongs to the sentence before it, and a line feed always ends one. `language` is a BCP 47 tag; without
    one English rules hold, which know Chinese and Japanese end marks too. Abbreviations are known by sentencex, and
    only up to `LONGEST` characters.

    >>> text = "Mr. Li left. He said no."
    >>> [text[start:end] for start, end in sentences(text, "en")]
    ['Mr. Li left. ', 'He said no.']
    """
    spans = []
    start = 0
    for piece in sentence_texts(text, language):
        spans.append((start, start + len(piece)))
        start += len(piece)
    return spans


def sentence_texts(text: str, language: str | None) -> list[str]:
    """Return the texts that `sentences` marks; joined they are `text`."""
    if len(text) <= WINDOW and "\n" not in text:
        return _segment(text, language or "en")
    return list(_pieces(text, language))


def _pieces(text: str, language: str | None) -> Iterator[str]:
    if len(text) > LONGEST:
        for line in _lines(text):
            yield from _END_MARKS.findall(line)
        return
    for line in _lines(text):
        start = 0
        while start < len(line):
            found = _segment(line[start : start + WINDOW], language or "en")
            whole = start + WINDOW >= len(line)
            for piece in found if whole or len(found) == 1 else found[:-1]:  # the last one may go on
                yield piece
                start += len(piece)


def _lines(text: str) -> list[str]:
    return [text] if "\n" not in text else re.findall(r"[^\n]*\n+|[^\n]+", text)


def _segment(text: str, language: str) -> list[str]:
    try:
        found = [*filter(None, sentencex.segment(language, text))]
    except UnicodeEncodeError:  # a lone surrogate, which JSON can carry and UTF-8 cannot
        found = []
    return found if "".join(found) == text else _END_MARKS.findall(text)
