"""One article: its states at every URL, what led from one to the next, when it did not show itself."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from audit.announcements import returns
from audit.errors import StateUnknown
from storage.catalog.changes import ChangeFound
from storage.catalog.history import History, StateFound, UrlHistory, history
from web.holdings import Holdings
from web.window.views.happenings import AbsentInList, LedTo, RepostInList, ReturnedInList
from web.window.views.in_list import absent_in_list, led_to, repost_in_list, returned_in_list


@dataclass(frozen=True)
class StateShown:
    """A state of one URL. `number` counts from 1; `change` led to it, null where it cannot be compared with the one
    before (none is, or another reader made it)."""

    number: int
    content_id: str
    headline: str | None
    first_seen: datetime
    last_seen: datetime
    sightings: int
    weak_sightings: int
    confirmed: bool
    reader_id: str
    outdated: bool
    first_record_id: str
    last_record_id: str
    change: LedTo | None


@dataclass(frozen=True)
class UrlShown:
    """What was observed at one URL, by time. `tallies` counts looks by what they showed; `last_shown` is the last."""

    url: str
    article_key: str | None
    first_look: datetime | None
    last_look: datetime | None
    last_shown: str | None
    tallies: Mapping[str, int]
    states: tuple[StateShown, ...]
    absences: tuple[AbsentInList, ...]
    returns: tuple[ReturnedInList, ...]

    @property
    def missing(self) -> tuple[AbsentInList, ...]:
        """What lasts: the last absence that tells of the article, and what our looks came to since."""
        lasting = [one for one in self.absences if one.returned_at is None]
        telling = [one for one in lasting if one.conclusive][-1:]
        return (*telling, *(one for one in lasting[-1:] if one not in telling))


@dataclass(frozen=True)
class ArticleShown:
    """An article: the URL that was asked for first, its variants after it, and re-posts of its texts."""

    outlet: str
    article_key: str | None
    urls: tuple[UrlShown, ...]
    reposts: tuple[RepostInList, ...]

    @property
    def chosen(self) -> UrlShown:
        """The URL that is shown."""
        return self.urls[0]


def article_history(holdings: Holdings, key_or_url: str, outlet: str | None = None) -> History:
    """Return the history of an article by its key or URL, the URL to be shown first: of a key the first with several
    states. Raises StateUnknown, CatalogUnavailable.
    """
    found = history(holdings.catalog, key_or_url, outlet=outlet, values=False)
    if found is None:
        raise StateUnknown(f"The archive has never looked at {key_or_url} as an article.")
    if found.article_key != key_or_url:
        return found
    return with_first(found, next((url for url in found.urls if len(url.states) > 1), found.urls[0]))


def with_first(found: History, shown: UrlHistory) -> History:
    """Return a history with one of its URLs as the first."""
    rest = tuple(url for url in found.urls if url.url != shown.url)
    return History(found.outlet, found.article_key, (shown, *rest), found.reposts)


def article_shown(found: History) -> ArticleShown:
    """Return an article as it is shown."""
    return ArticleShown(
        outlet=found.outlet,
        article_key=found.article_key,
        urls=tuple(_url(url) for url in found.urls),
        reposts=tuple(map(repost_in_list, found.reposts)),
    )


def _url(found: UrlHistory) -> UrlShown:
    # By both contents and the moment: a page that goes to and fro has the same change several times.
    led = {(change.new_content_id, change.first_seen_after): change for change in found.changes}
    return UrlShown(
        url=found.url,
        article_key=found.article_key,
        first_look=found.first_look,
        last_look=found.last_look,
        last_shown=found.last_shown.value if found.last_shown else None,
        tallies=found.tallies,
        states=tuple(
            _state(number, state, led.get((state.content_id, state.first_seen)))
            for number, state in enumerate(found.states, 1)
        ),
        absences=tuple(map(absent_in_list, found.absences)),
        returns=tuple(map(returned_in_list, returns(found.absences))),
    )


def _state(number: int, state: StateFound, change: ChangeFound | None) -> StateShown:
    return StateShown(
        number=number,
        content_id=state.content_id,
        headline=state.headline,
        first_seen=state.first_seen,
        last_seen=state.last_seen,
        sightings=state.sightings,
        weak_sightings=state.weak_sightings,
        confirmed=state.confirmed,
        reader_id=state.reader_id,
        outdated=state.outdated,
        first_record_id=state.first_record_id,
        last_record_id=state.last_record_id,
        change=None if change is None else led_to(change),
    )


@dataclass(frozen=True)
class Event:
    """A state, an absence or a return in the order in which they came; the other two are None."""

    at: datetime
    kind: str
    state: StateShown | None = None
    absence: AbsentInList | None = None
    back: ReturnedInList | None = None


def events_of(url: UrlShown) -> tuple[Event, ...]:
    """Return all that happened at a URL by time, the oldest first."""
    found = [Event(one.first_seen, "state", state=one) for one in url.states]
    found += [Event(one.at, "absence", absence=one) for one in url.absences]
    # A return that begins a state is told by it.
    begun = {one.first_seen for one in url.states}
    found += [Event(one.at, "return", back=one) for one in url.returns if one.at not in begun]
    return tuple(sorted(found, key=lambda event: event.at))
