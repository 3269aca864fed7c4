"""Phrases, and where they stand. Pure.

Tokens only choose candidates; whether a phrase stands in a text is decided on the text itself.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Final, Protocol

from articles.folding import FOLDED, INVISIBLE
from storage.catalog.tokens import FOLDS, IN_WORD, NEEDLESS_SPACES, UNSPACED, Part, Texts, part_of, tokens
from storage.errors import PhraseInvalid

_PLAIN: Final = re.compile(f"[A-Za-z]+|[{UNSPACED}]{{2}}")
"""What is one token, and stands wherever that token does."""

_INVISIBLE: Final = dict.fromkeys(map(ord, INVISIBLE))
_POINTS: Final = "[.,．，]"
_CONTEXT: Final = 60
_FARTHEST: Final = 128  # characters on either side of a place by which it is told from others
_MOST_READ: Final = 10_000_000  # characters of what went, over all places together: of a flood of them the first count


class Sought(Protocol):
    """What may be looked for: one phrase, or several (storage.catalog.terms)."""

    @property
    def match(self) -> str:
        """The query to the index, over all of its columns."""

    @property
    def part(self) -> Part:
        """Where in an article it is looked for."""

    @property
    def plain(self) -> bool:
        """Whether all that the index gives holds it."""

    def gain(self, old: Texts, new: Texts) -> int:
        """Return how much more often it stands in the newer article."""

    def standing(self, texts: Texts) -> Standing | None:
        """Return where it stands first, and how often it does."""

    def gained(self, old: Texts, new: Texts) -> Standing | None:
        """Return where it came to stand in the newer article, and how often it stands there; None where it gains none.

        What was lost is what the older article gained from the newer one.
        """


@dataclass(frozen=True)
class Standing:
    """Where a phrase stands first in an article, the words around it, and how often it stands there in all."""

    field: str
    snippet: str
    occurrences: int


class Phrase:
    """Words to be looked for as they stand: whole words, in this order, with this punctuation.

    Spacing and typography (quote styles, dashes, full width) make no difference, nor does case unless it is asked for.

    >>> bool(Phrase("sold").count("Soldiers")), Phrase("f-35").count("F–35, F‑35s")
    (False, 1)
    >>> Phrase("战机").count("歼-20战机和直升机"), Phrase("12").count("12.5, 112, 12")
    (1, 1)
    """

    def __init__(self, text: str, *, case: bool = False, part: Part = Part.ANYWHERE) -> None:
        """Take a phrase; `case` tells upper and lower case apart. Raises PhraseInvalid where it holds no word."""
        text = unicodedata.normalize("NFC", text)  # as canonical articles are
        words = list(tokens(text))
        if not words:
            raise PhraseInvalid(f"{text!r} holds no word that could be looked for. Give at least one letter or digit")
        self.text: Final = text
        self.match: Final = _match(words)
        self.part: Final = part
        self.plain: Final = not case and bool(_PLAIN.fullmatch(text))
        self._pattern = re.compile(_pattern(text), 0 if case else re.IGNORECASE)

    def count(self, text: str) -> int:
        """Return how often the phrase stands in a text."""
        return sum(1 for _ in self._pattern.finditer(text.translate(_INVISIBLE)))

    def spans(self, text: str) -> list[tuple[int, int]]:
        """Return where the phrase stands in a text, as characters from and to (excluded)."""
        return [found.span() for found in self._pattern.finditer(text)]

    def gain(self, old: Texts, new: Texts) -> int:
        """Return how much more often the phrase stands in the newer article than in the older one.

        Texts that both have are passed over: most of two states is the same.
        """
        before, after = (Counter(text for _, text in self._of_part(texts)) for texts in (old, new))
        return sum(times * self.count(text) for text, times in (after - before).items()) - sum(
            times * self.count(text) for text, times in (before - after).items()
        )

    def standing(self, texts: Texts) -> Standing | None:
        """Return where the phrase stands in an article, or None where it does not."""
        first: tuple[str, str, re.Match[str]] | None = None
        occurrences = 0
        for field, whole in self._of_part(texts):
            text = whole.translate(_INVISIBLE)
            for found in self._pattern.finditer(text):
                first = first or (field, text, found)
                occurrences += 1
        return None if first is None else Standing(first[0], _snippet(first[1], first[2]), occurrences)

    def gained(self, old: Texts, new: Texts) -> Standing | None:
        """Return where the phrase came to stand in the newer article; None where it stands there no more often."""
        if self.gain(old, new) <= 0 or (standing := self.standing(new)) is None:
            return None
        before, after = (self._by_field(texts) for texts in (old, new))
        fields = [field for field in after if self._sum(after[field]) > self._sum(before.get(field, []))]
        came = [(field, text) for field in fields for text in _only(after[field], before.get(field, []))]
        gone = "\n".join(text for field in fields for text in _only(before.get(field, []), after[field]))
        places = [(field, text, found) for field, text in came for found in self._pattern.finditer(text)]
        field, text, found = _least_like(places, gone)
        return Standing(field, _snippet(text, found), standing.occurrences)

    def _by_field(self, texts: Texts) -> dict[str, list[str]]:
        found: dict[str, list[str]] = {}
        for field, text in self._of_part(texts):
            found.setdefault(field, []).append(text.translate(_INVISIBLE))
        return found

    def _sum(self, texts: Iterable[str]) -> int:
        return sum(map(self.count, texts))

    def _of_part(self, texts: Texts) -> Iterable[tuple[str, str]]:
        if self.part is Part.ANYWHERE:
            return texts
        return (said for said in texts if part_of(said[0]) is self.part)


_Found = tuple[str, str, re.Match[str]]  # the field, its text, and where in it


def _only(texts: Iterable[str], others: Iterable[str]) -> list[str]:
    """Return the texts that the others have not, or not as often, in order."""
    left = Counter(others)
    left.subtract(texts := list(texts))
    found = []
    for text in reversed(texts):
        if left[text] < 0:
            left[text] += 1
            found.append(text)
    return found[::-1]


def _least_like(places: Sequence[_Found], gone: str) -> _Found:
    """Return the place whose surroundings are soonest found not to stand in what went: the first one of several."""
    some = places[: max(_MOST_READ // (len(gone) + 1), 1)]
    reach = 1
    while reach <= _FARTHEST:
        for field, text, found in some:
            if text[max(found.start() - reach, 0) : found.end() + reach] not in gone:
                return field, text, found
        reach *= 2
    return places[0]


def _match(words: list[str]) -> str:
    """Return the full-text query: the tokens in a row. A last lone character may go on where the phrase ends."""
    last = words[-1]
    if not re.fullmatch(f"[{UNSPACED}]", last):
        return f'"{" ".join(words)}"'
    if len(words) > 1 and re.fullmatch(f"[{UNSPACED}]{last}", words[-2]):
        return f'"{" ".join(words[:-1])}"'
    return f'"{" ".join(words)}" *'


def _pattern(text: str) -> str:
    folded = NEEDLESS_SPACES.sub("", " ".join(FOLDS.sub(lambda found: FOLDED[found[0]], text).split()))
    parts: list[str] = []
    unspaced = False
    for spaces, run in groupby(folded.replace("...", "…"), key=str.isspace):
        if spaces:
            parts.append(r"\s+")
            continue
        for character in run:
            was, unspaced = unspaced, bool(re.match(f"[{UNSPACED}]", character))
            if parts and (was or unspaced):
                parts.append(r"\s*")
            parts.append(_any_form(character))
    begins = rf"(?<!{IN_WORD})" * bool(re.match(IN_WORD, folded)) + rf"(?<!\d{_POINTS})" * folded[0].isdigit()
    ends = rf"(?!{IN_WORD})" * bool(re.match(IN_WORD, folded[-1])) + rf"(?!{_POINTS}\d)" * folded[-1].isdigit()
    return begins + "".join(parts) + ends


def _any_form(character: str) -> str:
    if character == "…":
        return r"(?:…|\.\.\.)"
    forms = [character, *(form for form, plain in FOLDED.items() if plain == character)]
    return f"[{re.escape(''.join(forms))}]" if len(forms) > 1 else re.escape(character)


def _snippet(text: str, found: re.Match[str]) -> str:
    start, end = max(found.start() - _CONTEXT, 0), min(found.end() + _CONTEXT, len(text))
    before, after = text[start : found.start()], text[found.end() : end]
    # Not in the middle of a word, where there is a space to begin or end at.
    if start and " " in before:
        before = before.partition(" ")[2]
    if end < len(text) and " " in after:
        after = after.rpartition(" ")[0]
    words = f"{'…' * (start > 0)}{before}{found[0]}{after}{'…' * (end < len(text))}"
    return " ".join(words.split())
