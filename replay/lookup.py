"""Which capture a replay URL stands for, and what else a program is told with it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Final

from replay.timestamps import EXACT, parse_timestamp
from storage.catalog.captured import SavedCapture
from storage.catalog.catalog import Catalog
from storage.catalog.mementos import Around, Captured, around, captured_in, closest, onward_from, urls_of
from storage.warc_fields import target_uri

MOST_HOPS: Final = 6
"""Of redirects that are followed; browsers follow 20, outlets' images lead once or twice."""

_LATEST: Final = datetime(9999, 1, 1, tzinfo=UTC)


@dataclass(frozen=True)
class Wanted:
    """Which moment is wanted. `named`: the second is the name of a capture, and not just some moment.

    `exact` where the fraction of the second belongs to that name.
    """

    at: datetime = _LATEST
    named: bool = False
    exact: bool = False

    @classmethod
    def by(cls, timestamp: str) -> Wanted:
        """Return what a timestamp of 1 to 20 digits wants, or none at all. Raises TimestampInvalid.

        14 digits name what was captured in that second, whatever it is; of several captures in a second more digits
        name one. So a TimeMap names every capture.
        """
        if not timestamp:
            return cls()
        return cls(parse_timestamp(timestamp), len(timestamp) >= EXACT, len(timestamp) > EXACT)


@dataclass(frozen=True)
class Memento:
    """A capture to be shown, with the captures around it.

    `onward` is where the redirect that it is leads to (storage.catalog.mementos.onward_from).
    """

    saved: SavedCapture
    around: Around
    onward: Captured | None

    @property
    def shares_second(self) -> bool:
        """Whether another capture has the same 14 digits."""
        return (self.saved.row.captured_at, self.saved.row.url) in self.around.not_alone


def capture_for(catalog: Catalog, url: str, wanted: Wanted) -> tuple[SavedCapture, Captured | None] | None:
    """Return the capture of `url` (replay.targets) that is wanted, and where it leads on to; None if there is none.

    For a moment, and for the name of a second in which nothing was captured, it is the one that is to be shown
    (storage.catalog.mementos.closest). For where it leads see `Memento.onward`.
    """
    with catalog.reading() as connection:
        urls = urls_of(connection, url)
        saved = captured_in(connection, urls, url, wanted.at, exact=wanted.exact) if wanted.named else None
        saved = saved or closest(connection, urls, wanted.at)
        return None if saved is None else (saved, onward_from(connection, urls, saved.row))


def memento_for(catalog: Catalog, url: str, wanted: Wanted) -> Memento | None:
    """Return what `capture_for` returns, with all that a memento's headers tell."""
    with catalog.reading() as connection:
        urls = urls_of(connection, url)
        saved = captured_in(connection, urls, url, wanted.at, exact=wanted.exact) if wanted.named else None
        saved = saved or closest(connection, urls, wanted.at)
        if saved is None:
            return None
        near = around(connection, urls, saved.row.captured_at)
        return Memento(saved, near, onward_from(connection, urls, saved.row))


def led_to(catalog: Catalog, memento: Memento) -> tuple[Memento | None, str]:
    """Return what a memento leads to at last, itself where it is no redirect, and the URL that was looked up for that.

    None where a URL on the way has no capture. What leads in a circle is shown as what it says: the memento itself.
    """
    end = None if memento.onward is None else _end_of(catalog, memento.onward)
    if end is None:
        return replace(memento, onward=None), target_uri(memento.saved.row.url)
    at, url = end
    return memento_for(catalog, url, Wanted(at, named=True)), url


def leads_in_a_circle(catalog: Catalog, onward: Captured) -> bool:
    """Tell whether who follows a redirect to there comes to no end; after MOST_HOPS it is taken for that."""
    return _end_of(catalog, onward) is None


def _end_of(catalog: Catalog, onward: Captured) -> Captured | None:
    """Return the first place on the way that leads no further, or has no capture."""
    for _ in range(MOST_HOPS):
        at, url = onward[0], target_uri(onward[1])
        found = capture_for(catalog, url, Wanted(at, named=True))
        if found is None or found[1] is None:
            return at, url
        onward = found[1]
    return None
