"""Letters that lost or got their accents: Orléans, Orleans. In English they are the same word."""

from __future__ import annotations

import unicodedata


def only_accents(language: str | None, before: str, after: str) -> bool:
    """Tell whether two texts are the same but for accents. Elsewhere than in English they tell words apart, and so do
    those of kana (パリ, バリ).

    >>> only_accents("en", "café in Orléans", "cafe in Orleans"), only_accents("es", "verá", "vera")
    (True, False)
    >>> only_accents("en", "A ≠ B", "A = B"), only_accents("en", "パリ", "バリ")
    (False, False)
    """
    if (before.isascii() and after.isascii()) or not (language or "en").startswith("en"):
        return False
    return _without_accents(before) == _without_accents(after)


def _without_accents(text: str) -> str:
    return "".join([_plain(each) for each in unicodedata.normalize("NFC", text)])


def _plain(letter: str) -> str:
    base = unicodedata.normalize("NFD", letter)[0] if letter.isalpha() else letter
    return base if base.isascii() else letter
