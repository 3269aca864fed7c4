"""Typographic folding: two texts that differ only in how they are set become equal."""

from __future__ import annotations

import re
import unicodedata

_SINGLE_QUOTES = "‘’‚‛′‵´`ʼ＇"
_DOUBLE_QUOTES = "“”„‟″‶«»〝〞〟＂"
_DASHES = "‐‑‒–—―−﹘﹣－"
_INVISIBLE = "\u00ad\u200b\u200c\u200d\u2060\ufeff"
_FULL_WIDTH = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)}
_FOLDED: dict[int, str | int | None] = {
    **_FULL_WIDTH,
    **dict.fromkeys(map(ord, _SINGLE_QUOTES), "'"),
    **dict.fromkeys(map(ord, _DOUBLE_QUOTES), '"'),
    **dict.fromkeys(map(ord, _DASHES), "-"),
    **dict.fromkeys(map(ord, _INVISIBLE), None),
    ord("…"): "...",
}
_SPACES = re.compile(r"\s+")


def fold(text: str) -> str:
    """Return `text` with quote styles, dashes, full-width forms, invisible characters and all spaces evened out.

    Letters, case, digits and punctuation stay: folding never makes two different words equal, except by the space
    between them. Spaces go altogether because a full-width colon carries its own (outlets.md §0: the same story was
    posted twice, `(Video Editor: Zhang` and `（Video Editor：Zhang`).

    >>> fold("（Video Editor：Zhang Yajie）") == fold("(Video Editor: Zhang\\u00a0Yajie)")
    True
    >>> fold("re–militarization") == fold("Re-militarization")
    False
    """
    return _SPACES.sub("", unicodedata.normalize("NFC", text).translate(_FOLDED))
