"""Text of strangers, made safe to show in a terminal or in plain text."""

from __future__ import annotations

import unicodedata

_SHAPING = "\u200d\u200c\u00ad"  # joiners and the soft hyphen shape words and steer nothing


def visible(text: str) -> str:
    r"""Return `text` with everything that could steer a terminal made visible.

    Article text comes from strangers. Control characters (C0, C1, DEL) and the bidirectional overrides would let a
    page move the cursor, rename the window or show a sentence that is not there.

    >>> visible("a\x1b[31mred\u202e")
    'a\\x1b[31mred\\u202e'
    """
    return text if text.isprintable() else text.translate(_SHOWN)


class _Shown(dict[int, str]):
    """How each character is shown. Filled as they are met, because texts have few different ones; a hostile text that
    has all of them fills 65,536 places and no more."""

    def __missing__(self, number: int) -> str:
        character = chr(number)
        shown = character
        if unicodedata.category(character) in ("Cc", "Cf", "Cs", "Zl", "Zp") and character not in _SHAPING:
            shown = f"\\x{number:02x}" if number < 0x100 else f"\\u{number:04x}"
        if number < 0x10000:
            self[number] = shown
        return shown


_SHOWN = _Shown()
