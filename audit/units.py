"""The unit behind a number, whichever way it is spelled."""

from __future__ import annotations

import re

from audit.rules.units import UNITS

_UNIT_OF = {
    spelled.strip().lower(): line.split(",")[0].strip().lower()
    for line in UNITS.strip().splitlines()
    for spelled in line.split(",")
}
_BY_LENGTH = [re.escape(spelled).replace(r"\ ", r"[ \u00a0-]") for spelled in sorted(_UNIT_OF, key=len, reverse=True)]
_LETTERS = "|".join(spelled for spelled in _BY_LENGTH if spelled[0].isascii() and spelled[0].isalpha())
_SIGNS = "|".join(spelled for spelled in _BY_LENGTH if not (spelled[0].isascii() and spelled[0].isalpha()))
_BEHIND = re.compile(rf"[ \u00a0\u202f‑-]?(?:({_LETTERS})(?![^\W_])|({_SIGNS}))", re.IGNORECASE)
_GLUED = re.compile(rf"(?<=\d)(?:{_LETTERS})\Z")

WORDS_OF_UNITS = frozenset(
    word
    for spelled in _UNIT_OF
    for word in ([*spelled] if ord(spelled[0]) > 0x3000 else re.findall(r"[^\W\d_]+", spelled))
)
"""Words, and characters of Chinese and Japanese, of which units are made."""


def unit_behind(text: str, at: int) -> tuple[int, str]:
    """Return where the unit ends that stands at a place, and which it is; the place and "" where none does.

    >>> [unit_behind(text, 2) for text in ("20 kilometres", "20-km", "20 men", "20海里")]
    [(13, 'km'), (5, 'km'), (2, ''), (4, 'nautical mile')]
    """
    found = _BEHIND.match(text, at)
    if found is None or (len(found[1] or "") == 1 and found[1].isupper()):
        return at, ""
    return found.end(), _UNIT_OF[re.sub(r"[ \u00a0-]", " ", (found[1] or found[2]).lower())]


def unit_of_number(value: str) -> tuple[str, str]:
    """Part a number as it is worth from the unit that was written onto it.

    >>> unit_of_number("20km"), unit_of_number("7%")
    (('20', 'km'), ('7%', ''))
    """
    found = _GLUED.search(value)
    return (value[: found.start()], _UNIT_OF[found[0]]) if found else (value, "")
