"""What one look at an article's URL showed. Pure.

A look is the attempts of one crawl at one URL: retries, redirects to another spelling of it and what stood there, and
the second fetch that confirms a new content id. It is judged as a whole, because what a URL shows is what it showed in
the end.

Named tuples, because a rebuild makes millions: a frozen dataclass takes four times as long to make.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Final, NamedTuple

from articles.leads import Leads
from articles.written_times import UNKNOWN, WrittenTimes
from storage.exchange import Outcome, Purpose

LONGEST_LOOK: Final = timedelta(hours=6)
"""Attempts of one crawl that are further apart are two looks: an import brings years under one crawl id."""


class Shown(StrEnum):
    """What a URL showed. Only ARTICLE makes states; the absences say that an article did not show itself, and how."""

    ARTICLE = "article"
    UNSTABLE = "unstable"  # an article, but the fetch that should have confirmed it showed another one
    GONE = "gone"
    SOFT_404 = "soft-404"
    MOVED = "moved"
    BLOCKED = "blocked"
    SERVER_ERROR = "server error"
    UNREACHABLE = "unreachable"
    DISALLOWED = "disallowed"
    WITHDRAWN = "withdrawn"  # no look at a URL shows it: its listings ceased to name it (storage.catalog.listed)
    INCOMPLETE = "incomplete"
    DOUBTFUL = "doubtful"
    NOT_AN_ARTICLE = "not an article"
    EMPTIED = "emptied"  # an article's page with nothing where its text would stand; `derive` knows what that means
    READING_FAILED = "reading failed"
    UNREAD = "unread"  # a page that nothing has read yet


CONCLUSIVE: Final = frozenset({Shown.GONE, Shown.SOFT_404, Shown.MOVED})
"""The outlet answered, and what it answered is not the article. The other absences that a look
can show tell of us or of a bad day."""

TELLING: Final = CONCLUSIVE | {Shown.WITHDRAWN}
"""From these absences something follows about what the outlet did."""

ABSENCES: Final = CONCLUSIVE | {Shown.BLOCKED, Shown.SERVER_ERROR, Shown.UNREACHABLE, Shown.DISALLOWED}

_REDIRECTS: Final = frozenset({301, 302, 303, 307, 308})


class Attempt(NamedTuple):
    """What the table of captures says of one attempt at an article's URL. `leads` is there where `location` is.

    `place` tells the spellings of the URL apart, where it was asked for by several.
    """

    record_id: str
    captured_at: datetime
    crawl_id: str
    purpose: Purpose
    outcome: Outcome
    status: int | None = None
    location: str | None = None
    leads: Leads | None = None
    place: int = 0


class Read(NamedTuple):
    """What the table of readings says of one reading. `record_id` is that of the first page's capture.

    `commit_number` is that of the commit that brought it: of two readings of one capture the later one counts.
    """

    record_id: str
    captured_at: datetime
    crawl_id: str
    commit_number: int
    reader_id: str
    outcome: str
    weak: bool = False
    content_id: str | None = None
    challenged: bool = False  # the page asks for proof of being a person
    emptied: bool = False  # an article's page with nothing where its text would stand
    published_raw: str | None = None
    modified_raw: str | None = None
    place: int = 0


class Sighting(NamedTuple):
    """An observation of an article. `outdated_reader` is None where the reader is current."""

    at: datetime
    record_id: str
    content_id: str
    weak: bool
    reader_id: str
    outdated_reader: str | None
    place: int = 0
    times: WrittenTimes = UNKNOWN


class Look(NamedTuple):
    """One look: its article observations (none where it is unstable), and what it showed in the end, and when."""

    first_at: datetime
    at: datetime
    record_id: str
    shown: Shown
    sightings: tuple[Sighting, ...] = ()
    status: int | None = None
    location: str | None = None
    outdated: bool = False  # it rests on a reading by a reader that is no longer current


class _Event(NamedTuple):
    at: datetime
    record_id: str
    crawl_id: str
    shown: Shown
    confirms: bool
    status: int | None
    location: str | None
    sighting: Sighting | None
    outdated: bool
    place: int
    passes_on: bool  # a redirect to another spelling of the URL: what comes of that is what the URL shows


def reader_name(reader_id: str) -> str:
    """Return the part of a reader's id that stays when its output changes.

    >>> reader_name("pla-2022/3"), reader_name("unclaimed/0badcafe")
    ('pla-2022', 'unclaimed')
    """
    return reader_id.rpartition("/")[0]


def looks_of(attempts: Iterable[Attempt], reads: Iterable[Read], current: Collection[str]) -> list[Look]:
    """Return the looks at one URL by the time they ended.

    `current` are the ids of the current readers. Of several readings of one capture the one by a current reader
    counts, then the latest. Those by a reader that the outlet has no more, with whatever N, count for nothing: their
    captures wait to be read. The order of the arguments' items makes no difference.
    """
    names = set(map(reader_name, current))
    chosen: dict[str, Read] = {}
    for read in reads:
        if reader_name(read.reader_id) not in names:
            continue
        rival = chosen.get(read.record_id)
        if rival is None or _rank(read, current) > _rank(rival, current):
            chosen[read.record_id] = read
    events = [_event(attempt, chosen.pop(attempt.record_id, None), current) for attempt in attempts]
    # A reading whose capture is not here (it comes with a later commit) is an observation all the same.
    events += [_event(None, read, current) for read in chosen.values()]
    by_crawl: dict[str, list[_Event]] = {}
    for event in sorted(events, key=lambda event: (event.at, event.record_id)):
        by_crawl.setdefault(event.crawl_id, []).append(event)
    found = [_judged(group) for events in by_crawl.values() for group in _grouped(events)]
    return sorted(found, key=lambda look: (look.at, look.record_id))


def _rank(read: Read, current: Collection[str]) -> tuple[bool, int, str, str]:
    return read.reader_id in current, read.commit_number, read.reader_id, read.content_id or ""


def _grouped(events: list[_Event]) -> list[list[_Event]]:
    groups: list[list[_Event]] = []
    for event in events:
        if not groups or event.at - groups[-1][0].at > LONGEST_LOOK:
            groups.append([])
        groups[-1].append(event)
    return groups


def _judged(events: list[_Event]) -> Look:
    last = _last_of(events) if len(events) > 1 else events[0]
    shown = last.shown
    sightings = tuple(event.sighting for event in events if event.sighting is not None)
    if sightings:
        # A failure after the article was seen is a bad moment; "not found" after it is news.
        shown = shown if shown in CONCLUSIVE else Shown.ARTICLE
        if _is_unstable(events):
            shown, sightings = Shown.UNSTABLE, ()
    return Look(
        first_at=events[0].at,
        at=last.at,
        record_id=last.record_id,
        shown=shown,
        sightings=sightings,
        status=last.status,
        location=last.location,
        outdated=any(event.outdated for event in events),
    )


def _last_of(events: list[_Event]) -> _Event:
    """Return what tells how a look ended: where the article showed itself by one spelling in the end, it is there."""
    telling = [event for event in events if not event.passes_on] or events
    in_the_end = {event.place: event for event in telling}
    return next((event for event in in_the_end.values() if event.shown is Shown.ARTICLE), telling[-1])


def _is_unstable(events: list[_Event]) -> bool:
    if not any(event.confirms for event in events):
        return False
    seen = {(event.sighting.outdated_reader, event.sighting.content_id) for event in events if event.sighting}
    return any(
        event.confirms
        and any(
            reader == event.sighting.outdated_reader and content != event.sighting.content_id
            for reader, content in seen
        )
        for event in events
        if event.sighting
    )


def _event(attempt: Attempt | None, read: Read | None, current: Collection[str]) -> _Event:
    known = attempt or read
    assert known is not None
    shown = shown_by(attempt, read)
    outdated = read is not None and read.reader_id not in current
    sighting = None
    if shown is Shown.ARTICLE:
        assert read is not None
        assert read.content_id is not None
        sighting = Sighting(
            at=known.captured_at,
            record_id=known.record_id,
            content_id=read.content_id,
            weak=read.weak,
            reader_id=read.reader_id,
            outdated_reader=read.reader_id if outdated else None,
            place=known.place,
            times=WrittenTimes(read.published_raw, read.modified_raw),
        )
    return _Event(
        at=known.captured_at,
        record_id=known.record_id,
        crawl_id=known.crawl_id,
        shown=shown,
        confirms=attempt is not None and attempt.purpose is Purpose.CONFIRM,
        status=attempt.status if attempt else None,
        location=attempt.location if attempt else None,
        sighting=sighting,
        outdated=outdated,
        place=known.place,
        passes_on=attempt is not None and attempt.status in _REDIRECTS and attempt.leads is Leads.SAME,
    )


def shown_by(attempt: Attempt | None, read: Read | None) -> Shown:
    """Return what one attempt showed by itself, with the reading of it if there is one.

    "Not an article" and "emptied" are told as such; on a URL that has shown one they are soft 404s, which is for
    `derive` to see.
    """
    if read is not None and read.outcome == "article" and read.content_id is not None:
        return Shown.ARTICLE
    if attempt is None or attempt.outcome in _WITH_STATUS:
        if read is not None and read.challenged:
            return Shown.BLOCKED
        if attempt is not None and attempt.status is not None and not _is_whole_page(attempt):
            return _shown_by_status(attempt)
        if read is not None and read.emptied:
            return Shown.EMPTIED
        if read is not None:
            return _BY_READING.get(read.outcome, Shown.DOUBTFUL)
        return Shown.INCOMPLETE if attempt and attempt.outcome is Outcome.TRUNCATED else Shown.UNREAD
    return Shown.DISALLOWED if attempt.outcome is Outcome.ROBOTS else Shown.UNREACHABLE


def _is_whole_page(attempt: Attempt) -> bool:
    return attempt.status == 200 or (attempt.status == 304 and attempt.outcome is Outcome.REVISIT)


def _shown_by_status(attempt: Attempt) -> Shown:
    status = attempt.status or 0
    if status in (404, 410):
        return Shown.GONE
    if status in _REDIRECTS:
        return _BY_REDIRECT[attempt.leads]
    if status < 400 or status >= 500:
        return Shown.SERVER_ERROR  # 202, 300, or 304 to a page that was not there: nothing an outlet means to say
    return Shown.BLOCKED  # 401, 403, 429, 451 and whatever else says that it is our request that is not welcome


_BY_REDIRECT: Final[Mapping[Leads | None, Shown]] = {
    Leads.ITSELF: Shown.BLOCKED,
    Leads.SAME: Shown.UNREAD,  # and nobody has looked behind it
    Leads.GATE: Shown.BLOCKED,
    Leads.FRONT: Shown.SOFT_404,
    Leads.ELSEWHERE: Shown.MOVED,
    None: Shown.SOFT_404,  # it leads nowhere
}
_WITH_STATUS: Final = frozenset({Outcome.RESPONSE, Outcome.REVISIT, Outcome.TRUNCATED})
_BY_READING: Final[Mapping[str, Shown]] = {
    "incomplete": Shown.INCOMPLETE,
    "doubtful": Shown.DOUBTFUL,
    "not an article": Shown.NOT_AN_ARTICLE,
    "reading failed": Shown.READING_FAILED,
}
