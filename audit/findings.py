"""What a comparison of two states found, as a whole."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from enum import StrEnum

from audit.body_diff import BodyDiff
from audit.edit import Edit, EditType, Weight

ENGINE = "audit/7"
"""Name and version of all that turns two articles into findings. N rises whenever findings may come out differently."""


class Disclosure(StrEnum):
    """What the newer page, as captured, tells its reader about having been edited."""

    NONE = "none"
    TIMESTAMP = "timestamp only"
    UPDATED_TAG = "updated tag"
    NOTE = "explicit note"


@dataclass(frozen=True, slots=True)
class ScorePart:
    """One addend of the score, and why."""

    points: int
    why: str


@dataclass(frozen=True, slots=True)
class Findings:
    """The edits between two states, the heaviest first, and what they come to.

    `weight` is that of the heaviest edit, or more where all of them together weigh more (audit.weigh.score); COSMETIC
    where there is none. `score` (0 to 100) only sorts; it is the sum
    of `parts`, cut at 100. `body` is the alignment that reports show.
    """

    edits: tuple[Edit, ...]
    weight: Weight
    score: int
    parts: tuple[ScorePart, ...]
    disclosure: Disclosure
    body: BodyDiff
    engine: str = ENGINE

    @property
    def undisclosed(self) -> bool:
        """Substantive or more, and the page as captured says nothing of it, or only bears another time."""
        return self.weight >= Weight.SUBSTANTIVE and self.disclosure in (Disclosure.NONE, Disclosure.TIMESTAMP)

    @property
    def types(self) -> tuple[EditType, ...]:
        """Every type that occurs, in edits or within them, in the order of `EditType`."""
        seen = {found for edit in self.edits for found in (edit.type, *edit.within)}
        return tuple(kind for kind in EditType if kind in seen)


def findings_id(change_id: str, engine: str, times: str = "") -> str:
    """Return the permanent id of what an engine makes of a change: `sha256:` over both, joined by a line feed.

    `change_id` is the catalog's (storage.catalog.derivation): over the URL and both content ids. `times` is what the
    pages' own times say by their words alone (articles.written_times.told_by_words): a third line where it is anything.

    >>> findings_id("sha256:ab", "audit/1") == findings_id("sha256:ab", "audit/2")
    False
    """
    named = "\n".join(filter(None, (change_id, engine, times)))
    return f"sha256:{hashlib.sha256(named.encode()).hexdigest()}"
