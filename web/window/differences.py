"""Types of edits as what they are between two articles: differences, which nobody made. Pure."""

from __future__ import annotations

from typing import Final

_OTHERWISE: Final = {
    "published time moved": "published time",
    "modified time moved": "modified time",
    "modified time moved alone": "modified time",
    "image replaced": "image",
    "paragraph split": "paragraph in several",
    "paragraphs merged": "paragraphs in one",
}
_ENDS: Final = (
    (" added", " only in the other"),
    (" removed", " only in the one"),
    (" dropped", " only in the one"),
    (" moved", " in another place"),
    (" changed", ""),
)


def as_difference(kind: str) -> str:
    """Return what a type of edits is called where the older side is the one article and the newer the other.

    >>> [as_difference(kind) for kind in ("image removed", "correction added", "published time moved", "headline")]
    ['image only in the one', 'correction only in the other', 'published time', 'headline']
    """
    if kind in _OTHERWISE:
        return _OTHERWISE[kind]
    return next((kind.removesuffix(end) + instead for end, instead in _ENDS if kind.endswith(end)), kind)
