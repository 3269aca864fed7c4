"""One article: its states at every URL, what led from one to the next, when it did not show itself."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from audit.announcements import returns
from audit.errors import StateUnknown
from storage.catalog.absences import AbsenceFound
from storage.catalog.changes import ChangeFound
from storage.catalog.history import StateFound
from storage.catalog.url_states import (
    NumberedState,
    UrlOfArticle,
    absences_between,
    changes_to,
    lasting_absences,
    reposts_of,
    states_between,
    urls_of_article,
)
from web.holdings import Holdings
from web.window.views.happenings import AbsentInList, LedTo, RepostInList, ReturnedInList
from web.window.views.in_list import absent_in_list, led_to, repost_in_list, returned_in_list

STATES: Final = 100
MOST_VARIANTS: Final = 100


class ArticleUnknown(StateUnknown):
    """No look at a URL was for an article: nobody looked, or it is a listing, an image or the like."""


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
    """What was observed at one URL, by time. `tallies` counts looks by what they showed; `last_shown` is the last.

    `states` are 100 at most, of `states_in_all`; absences and returns are those between the first and the last of them.
    `lasting` are absences that have not ended: the last that tells of the article, and what looks came to since.
    """

    url: str
    article_key: str | None
    first_look: datetime | None
    last_look: datetime | None
    last_shown: str | None
    tallies: Mapping[str, int]
    states_in_all: int
    states: tuple[StateShown, ...]
    absences: tuple[AbsentInList, ...]
    returns: tuple[ReturnedInList, ...]
    lasting: tuple[AbsentInList, ...]

    @property
    def earlier(self) -> int | None:
        """Around which state those before the first of these are; None where there are none."""
        first = self.states[0].number if self.states else 1
        return None if first == 1 else max(1, first - 1 - STATES // 4)

    @property
    def later(self) -> int | None:
        """Around which state those after the last of these are; None where there are none."""
        last = self.states[-1].number if self.states else 0
        return None if last >= self.states_in_all else last + STATES - STATES // 4


@dataclass(frozen=True)
class VariantShown:
    """Another URL that shows the article."""

    url: str
    states: int
    last_look: datetime | None


@dataclass(frozen=True)
class ArticleShown:
    """An article at the URL that was asked for; its variants, and re-posts of the texts of the states."""

    outlet: str
    article_key: str | None
    shown: UrlShown
    variants: tuple[VariantShown, ...]
    reposts: tuple[RepostInList, ...]


def article_urls(holdings: Holdings, key_or_url: str, outlet: str | None = None) -> list[UrlOfArticle]:
    """Return the URLs of an article by its key or one of them, which is the first; of a key the first with several
    states. Raises ArticleUnknown, CatalogUnavailable.
    """
    found = urls_of_article(holdings.catalog, key_or_url, outlet=outlet)
    if not found:
        raise ArticleUnknown(f"The archive has never looked at {key_or_url} as an article.")
    return found


def article_shown(holdings: Holdings, urls: list[UrlOfArticle], around: int | None = None) -> ArticleShown:
    """Return an article as it is shown: of many states 100 with the one that has the number `around`, else the last."""
    url = urls[0]
    last = min(url.states, max(STATES, (around or url.states) + STATES // 4))
    first = max(1, last - STATES + 1)
    found = states_between(holdings.catalog, url, first, last)
    led = changes_to(holdings.catalog, url, range(first, last + 1))
    absences = _absences(holdings, url, found, is_last=last == url.states)
    return ArticleShown(
        outlet=url.outlet,
        article_key=url.article_key,
        shown=UrlShown(
            url=url.url,
            article_key=url.article_key,
            first_look=url.first_look,
            last_look=url.last_look,
            last_shown=url.last_shown.value if url.last_shown else None,
            tallies=url.tallies,
            states_in_all=url.states,
            states=tuple(_state(one.number, one.found, led.get(one.number)) for one in found),
            absences=tuple(map(absent_in_list, absences)),
            returns=tuple(map(returned_in_list, returns(absences))),
            lasting=_lasting(holdings, url),
        ),
        variants=tuple(VariantShown(one.url, one.states, one.last_look) for one in urls[1 : MOST_VARIANTS + 1]),
        reposts=tuple(map(repost_in_list, reposts_of(holdings.catalog, urls, found))),
    )


def _absences(
    holdings: Holdings, url: UrlOfArticle, shown: list[NumberedState], *, is_last: bool
) -> list[AbsenceFound]:
    since = None if not shown or shown[0].number == 1 else shown[0].found.first_seen
    until = None
    if not is_last:
        (following,) = states_between(holdings.catalog, url, shown[-1].number + 1, shown[-1].number + 1)
        until = following.found.first_seen
    return absences_between(holdings.catalog, url, since, until)


def _lasting(holdings: Holdings, url: UrlOfArticle) -> tuple[AbsentInList, ...]:
    lasting = [absent_in_list(one) for one in lasting_absences(holdings.catalog, url)]
    telling = [one for one in lasting if one.conclusive][-1:]
    return (*telling, *(one for one in lasting[-1:] if one not in telling))


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
