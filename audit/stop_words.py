"""Words that join others: two of them between two edits are no reason to tell the edits apart."""

from __future__ import annotations

from functools import lru_cache

_ENGLISH = """
a an the of in on at to for by from with into over as and or but that which who than so is are was were be been being
has have had do does did it its he she they them his her their this these those there he's it's
"""
_RUSSIAN = """
и в во на с со о об к ко по из за у от до для что как это его её их он она они а но же бы
"""
STOP_WORDS = {
    "en": frozenset(_ENGLISH.split()),
    "ru": frozenset(_RUSSIAN.split()),
    "zh": frozenset("的了在是和与及等也就都而于为之其并被把对从到"),
    "ja": frozenset("のはがをにへとでもやからまでた"),
}
"""By language. Negations and quantities are not among them: they must stay in sight."""


@lru_cache(maxsize=64)
def stop_words(language: str | None) -> frozenset[str]:
    """Return the words for a BCP 47 tag, the English ones where we have none."""
    return STOP_WORDS.get((language or "en").partition("-")[0].lower(), STOP_WORDS["en"])
