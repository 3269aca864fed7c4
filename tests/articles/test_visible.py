"""Every character there is, shown so that it steers nothing."""

from __future__ import annotations

import sys
import unicodedata

from articles.visible import visible

STEERING = {"Cc", "Cf", "Cs", "Zl", "Zp"}
SHAPING = {"\u200d", "\u200c", "\u00ad"}
"""Joiners and the soft hyphen: Persian and emoji need them."""


def test_each_character_is_shown_as_it_is_or_as_its_number() -> None:
    for number in range(sys.maxunicode + 1):
        character = chr(number)
        shown = visible(f"{character}\u00a0")  # a text with a space that is no ASCII
        if unicodedata.category(character) in STEERING and character not in SHAPING:
            assert shown == (f"\\x{number:02x}\u00a0" if number < 0x100 else f"\\u{number:04x}\u00a0")
        else:
            assert shown == f"{character}\u00a0"
        assert visible(character) == shown[:-1]
