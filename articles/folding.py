"""Typographic folding: two texts that differ only in how they are set become equal."""

from __future__ import annotations

import re
import unicodedata

_SINGLE_QUOTES = "‘’‚‛′‵´`ʼ＇"
_DOUBLE_QUOTES = "“”„‟″‶«»〝〞〟＂"
_DASHES = "‐‑‒–—―−﹘﹣－"
INVISIBLE = "\u00ad\u200b\u200c\u200d\u2060\ufeff"
FOLDED = {
    **{chr(code): chr(code - 0xFEE0) for code in range(0xFF01, 0xFF5F)},  # full width to ASCII
    **dict.fromkeys(_SINGLE_QUOTES, "'"),
    **dict.fromkeys(_DOUBLE_QUOTES, '"'),
    **dict.fromkeys(_DASHES, "-"),
    **dict.fromkeys(INVISIBLE, ""),
    "…": "...",
}
"""What is typographic about a character: its plain form, "" for those that nobody sees."""
_ASCII_SPACES = b" \t\n\r\x0b\x0c\x1c\x1d\x1e\x1f"  # what str.isspace calls so
_FOLDS = re.compile(f"[{re.escape(''.join(FOLDED))}]")


def fold(text: str) -> str:
    """Return `text` with quote styles, dashes, full-width forms, invisible characters and all spaces evened out.

    Letters, case, digits and punctuation stay: folding never makes two different words equal, except by the space
    between them. Spaces go altogether because a full-width colon carries its own (seen on chinamil: the same story was
    posted twice, `(Video Editor: Zhang` and `（Video Editor：Zhang`).

    >>> fold("（Video Editor：Zhang Yajie）") == fold("(Video Editor: Zhang\\u00a0Yajie)")
    True
    >>> fold("re–militarization") == fold("Re-militarization")
    False
    """
    if text.isascii():  # most of what we read, and ten times as fast
        return text.encode().translate(None, _ASCII_SPACES).decode().replace("`", "'")
    folded = _FOLDS.sub(lambda found: FOLDED[found[0]], unicodedata.normalize("NFC", text))
    return "".join(folded.split())
