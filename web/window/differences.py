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
    (" added", " in the other alone"),
    (" removed", " in the one alone"),
    (" dropped", " in the one alone"),
    (" moved", " in another place"),
    (" changed", ""),
)


def as_difference(kind: str) -> str:
    """Return what a type of edits is called where the older side is the one article and the newer the other.

    >>> [as_difference(kind) for kind in ("image removed", "correction added", "published time moved", "headline")]
    ['image in the one alone', 'correction in the other alone', 'published time', 'headline']
    """
    if kind in _OTHERWISE:
        return _OTHERWISE[kind]
    return next((kind.removesuffix(end) + instead for end, instead in _ENDS if kind.endswith(end)), kind)
