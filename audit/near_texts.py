"""How alike the texts of two articles are, and a sketch by which texts alike are found among many. Pure.

A text is sketched by the smallest hashes of its shingles (runs of five words; of five characters in Chinese and
Japanese): of two texts that share a part p of their shingles about as large a part of the sketches is the same.
docs/decisions/0013 has the figures.
"""

from __future__ import annotations

import hashlib
import re
import unicodedata
from typing import Any, Final

from rapidfuzz.distance import Indel

from audit.likeness import CELLS, Alphabet
from audit.tokens import HAN, KANA

NEAR: Final = 0.75
"""From so many words in common, in order, on (of those of both), two texts are told as similar. Different stories of
the same event or the same form have less than 0.5 (measured); one posted again with 5 words of 100 edited has 0.95."""

SHINGLE: Final = 5
SKETCH: Final = 24
SHARED: Final = 2
"""So many hashes of their sketches two texts must share to be compared."""

FEWEST: Final = 50
"""A text of fewer words is not compared: captions and notices are alike by chance."""

_UNIT: Final = re.compile(rf"[{HAN}{KANA}]|[^\W{HAN}{KANA}_]+")
_NOTE: Final = "note"


def text_of(article: dict[str, Any]) -> tuple[str, ...]:
    """Return the words of a canonical article's body, folded; notes are left out, which an outlet puts under many.

    >>> text_of({"blocks": [{"kind": "paragraph", "text": "In Ｍay 2026"}, {"kind": "note", "text": "Translated."}]})
    ('in', 'may', '2026')
    """
    blocks = (block["text"] for block in article["blocks"] if block["kind"] != _NOTE)
    return tuple(_UNIT.findall(unicodedata.normalize("NFKC", "\n".join(blocks)).lower()))


def sketch(words: tuple[str, ...]) -> tuple[int, ...]:
    """Return the sketch of a text: at most SKETCH numbers of 64 bits, signed. Too short a text has none.

    The numbers are the same on every machine.
    """
    if len(words) < FEWEST:
        return ()
    shingles = {" ".join(words[at : at + SHINGLE]) for at in range(len(words) - SHINGLE + 1)}
    return tuple(sorted({_hash(shingle) for shingle in shingles})[:SKETCH])


def similarity(one: tuple[str, ...], other: tuple[str, ...]) -> float:
    """Return the part of the words of two texts that they have in common in order, from 0 to 1.

    >>> similarity(("a", "b", "c", "d"), ("a", "c", "d", "e"))
    0.75
    """
    if not one or not other or len(one) * len(other) > CELLS:
        return 0.0
    alphabet = Alphabet()
    return Indel.normalized_similarity(alphabet.spell(one), alphabet.spell(other), score_cutoff=NEAR)


def _hash(shingle: str) -> int:
    digest = hashlib.blake2b(shingle.encode("utf-8", "surrogatepass"), digest_size=8).digest()
    return int.from_bytes(digest, "big", signed=True)
