"""What looking for a phrase finds, and how much of it at once."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Final, NamedTuple


class Place(NamedTuple):
    """Where in a list by time something stands: from here a list goes on, whatever came to it meanwhile."""

    at: datetime
    url_id: int
    ordinal: int


@dataclass(frozen=True, slots=True)
class Asked:
    """Which part of a list by time is asked for: all of it where nothing is said.

    Of one outlet's articles, from `since` on and before `until`; the oldest first, or the `newest`; with `after` only
    what comes after that place.
    """

    outlet: str | None = None
    since: datetime | None = None
    until: datetime | None = None
    newest: bool = False
    after: Place | None = None


ALL: Final = Asked()


@dataclass
class Budget:
    """How many more candidates may be looked at; where it is spent a list ends after `last`, and may go on from there.

    The index only chooses candidates, and of a common phrase a change seldom adds one more.
    """

    left: int
    last: Place | None = None

    @property
    def spent(self) -> bool:
        """Whether nothing is left."""
        return self.left <= 0


@dataclass(frozen=True)
class _Holds:
    """A state that holds a phrase: in `field` first, `occurrences` times in all. `number` counts the URL's from 1."""

    outlet: str
    url: str
    article_key: str | None
    headline: str | None
    content_id: str
    number: int
    field: str
    snippet: str
    occurrences: int


@dataclass(frozen=True)
class PhraseInState(_Holds):
    """A state whose article holds a phrase.

    `not_before` is when the URL was last seen without it: None where the state before held it too, and where there is
    none before that it could be compared with, as with the first that we saw. Where the article went while it said so,
    and is not back, `missing_since` is when it was first missing and `missing_as` what was there (a looks.Shown).
    """

    not_before: datetime | None
    first_seen: datetime
    last_seen: datetime
    missing_as: str | None = None
    missing_since: datetime | None = None


@dataclass(frozen=True)
class PhraseInChange:
    """A change after which a phrase stands in the article more often, or less often, than before.

    `headline` is that of the newer state; `content_id`, `field` and `snippet` are of the state that holds it (more
    often): the newer one where it was added, the older one where it was removed.
    """

    outlet: str
    url: str
    article_key: str | None
    headline: str | None
    change_id: str
    content_id: str
    field: str
    snippet: str
    occurrences_before: int
    occurrences_after: int
    last_seen_before: datetime
    first_seen_after: datetime
    confirmed: bool


@dataclass(frozen=True)
class PhraseInAbsence(_Holds):
    """An article that went while a phrase stood in it: `shown` is what was there instead (a looks.Shown).

    It went between `last_seen` and `first_missing`. State `number`, by this `content_id`, is the last before that.
    """

    shown: str
    status: int | None
    last_seen: datetime
    first_missing: datetime
    confirmed: bool
    returned_at: datetime | None


PhraseRemoved = PhraseInChange | PhraseInAbsence
