"""Several phrases that must all stand in an article, as people write them into a search box. Pure."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from storage.catalog.phrase import Phrase, Standing
from storage.catalog.tokens import Part, Texts, tokens
from storage.errors import PhraseInvalid

MOST: Final = 12
"""So many phrases may be looked for at once: each is looked for in every candidate."""

LONGEST: Final = 300  # characters

_PIECES: Final = re.compile(r"[\"“”„«»](?P<phrase>[^\"“”„«»]*)[\"“”„«»]|(?P<word>[^\s\"“”„«»]+)|.", re.DOTALL)


class Terms:
    """Words that must all stand in one article; those in quotation marks must stand together, as a `Phrase` does.

    >>> [phrase.text for phrase in Terms('drill "South China Sea" 军事演习').phrases]
    ['drill', 'South China Sea', '军事演习']
    """

    def __init__(self, text: str, *, case: bool = False, part: Part = Part.ANYWHERE) -> None:
        """Take what somebody wrote. Raises PhraseInvalid where it holds no word, or too much."""
        if len(text) > LONGEST:
            raise PhraseInvalid(f"{len(text):,} characters are too many to look for. Give at most {LONGEST}")
        pieces = [found["phrase"] or found["word"] or "" for found in _PIECES.finditer(text)]
        wanted = list(dict.fromkeys(piece for piece in pieces if any(tokens(piece))))
        if not wanted:
            raise PhraseInvalid(f"{text!r} holds no word that could be looked for. Give at least one letter or digit")
        if len(wanted) > MOST:
            raise PhraseInvalid(f"{len(wanted)} words are too many to look for at once. Give at most {MOST}")
        self.phrases: Final[Sequence[Phrase]] = tuple(Phrase(piece, case=case, part=part) for piece in wanted)
        self.match: Final = " AND ".join(f"({phrase.match})" for phrase in self.phrases)
        self.part: Final = part
        self.plain: Final = all(phrase.plain for phrase in self.phrases)

    def gain(self, old: Texts, new: Texts) -> int:
        """Return how much more often the rarest of them stands in the newer article, where all stand there more often;
        less than zero where all stand there less often; else 0."""
        gains = [phrase.gain(old, new) for phrase in self.phrases]
        return min(gains) if min(gains) > 0 else min(0, max(gains))

    def standing(self, texts: Texts) -> Standing | None:
        """Return where the first of them stands in an article, and how often they do; None where not all stand."""
        return _together([phrase.standing(texts) for phrase in self.phrases])

    def gained(self, old: Texts, new: Texts) -> Standing | None:
        """Return where the first of them came to stand in the newer article; None where not all stand there more often
        than in the older one."""
        return _together([phrase.gained(old, new) for phrase in self.phrases])

    def spans(self, text: str) -> list[tuple[int, int]]:
        """Return the stretches of a text in which any of them stands, in order; those that overlap are one."""
        found: list[tuple[int, int]] = []
        for start, end in sorted(span for phrase in self.phrases for span in phrase.spans(text)):
            if found and start <= found[-1][1]:
                found[-1] = found[-1][0], max(end, found[-1][1])
            else:
                found.append((start, end))
        return found


def _together(found: Sequence[Standing | None]) -> Standing | None:
    standing = [one for one in found if one is not None]
    if len(standing) < len(found):
        return None
    return Standing(standing[0].field, standing[0].snippet, sum(one.occurrences for one in standing))
