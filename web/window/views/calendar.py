"""The calendar of a URL: on which days it was captured, what came, and the captures of one day."""

from __future__ import annotations

import calendar as months_of
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from storage.catalog.calendar import (
    Came,
    came_of,
    captured_beside,
    captured_between,
    captures_between,
    count_captures,
    quarters,
)
from storage.rows import CaptureRow
from web.holdings import Holdings
from web.window.times import day_there, there
from web.window.views.known_outlets import zone_of
from web.window.views.places import PlaceInvalid

MOST_IN_DAY: Final = 500
MOST_YEARS: Final = 200
LAST_YEAR: Final = 9998
"""The year after has no end that can be told."""

_WORST: Final = (Came.FAILED, Came.NOTHING, Came.REFUSED, Came.MISSING, Came.REDIRECT, Came.PAGE)


@dataclass(frozen=True)
class DayOfCaptures:
    """A day on which the URL was asked for, in the calendar's zone: how often, and what came."""

    day: date
    captures: int
    came: Mapping[str, int]

    @property
    def worst(self) -> str:
        """What came that tells most of a bad day."""
        return next(one.value for one in _WORST if self.came.get(one.value))


@dataclass(frozen=True)
class YearOfCaptures:
    """A year of the calendar's zone, and how often the URL was asked for in it."""

    year: int
    captures: int


@dataclass(frozen=True)
class Captured:
    """One time that a URL was asked for. `url` is exactly what was asked for: http or https, with or without `www`."""

    url: str
    captured_at: datetime
    came: str
    status: int | None
    mime: str | None
    location: str | None
    outcome: str
    revisit: bool
    error: str | None
    body_length: int | None
    record_id: str


@dataclass(frozen=True)
class CapturesCalendar:
    """The days of one year on which a URL was asked for, and the years. `zone` says whose days these are.

    First and last are of all times, null where the URL was never asked for.
    """

    url: str
    zone: str
    first: datetime | None
    last: datetime | None
    captures: int
    years: tuple[YearOfCaptures, ...]
    year: int
    days: tuple[DayOfCaptures, ...]

    @property
    def year_before(self) -> int | None:
        """The last year before this one in which the URL was asked for."""
        return max((one.year for one in self.years if one.captures and one.year < self.year), default=None)

    @property
    def year_after(self) -> int | None:
        """The first year after this one in which the URL was asked for."""
        return min((one.year for one in self.years if one.captures and one.year > self.year), default=None)


@dataclass(frozen=True)
class CapturesOfDay:
    """Captures of a day by time, 500 at most, and how many there were; the days `before` and `after` with any.

    `later` is what the rest of the day goes on from, null at its end.
    """

    url: str
    zone: str
    day: date
    captures: int
    items: tuple[Captured, ...]
    later: str | None
    before: date | None
    after: date | None


Week = tuple[tuple[date, DayOfCaptures | None] | None, ...]


@dataclass(frozen=True)
class Month:
    """A month as a table of weeks that begin on Monday; None for a day of another month."""

    name: str
    captures: int
    weeks: tuple[Week, ...]


def captures_calendar(holdings: Holdings, url: str, outlet: str | None, year: int | None) -> CapturesCalendar:
    """Return the calendar of a URL for one year (up to LAST_YEAR), else for the last in which it was asked for."""
    name = zone_of(holdings, outlet)
    zone = ZoneInfo(name)
    ends = captured_between(holdings.catalog, url)
    if ends is None:
        shown = year or holdings.clock.now().astimezone(zone).year
        return CapturesCalendar(url, name, None, None, 0, (), shown, ())
    first, last = ends
    spanned = range(min(there(first, name).year, LAST_YEAR), min(there(last, name).year, LAST_YEAR) + 1)
    if len(spanned) > MOST_YEARS:  # by a date that no clock had
        spanned = spanned[-MOST_YEARS:]
    years = tuple(YearOfCaptures(one, count_captures(holdings.catalog, url, *_bounds(one, zone))) for one in spanned)
    shown = year or years[-1].year
    counted: dict[date, Counter[str]] = {}
    for quarter in quarters(holdings.catalog, url, *_bounds(shown, zone)):
        day = counted.setdefault(day_there(quarter.at, name), Counter())
        day[quarter.came.value] += quarter.captures
    return CapturesCalendar(
        url=url,
        zone=name,
        first=first,
        last=last,
        captures=sum(one.captures for one in years),
        years=years,
        year=shown,
        days=tuple(DayOfCaptures(day, came.total(), dict(came)) for day, came in sorted(counted.items())),
    )


def captures_of_day(
    holdings: Holdings, url: str, outlet: str | None, day: date, later_than: str | None = None
) -> CapturesOfDay:
    """Return captures of a day of the outlet's zone, the first or those that follow a place. Raises PlaceInvalid."""
    name = zone_of(holdings, outlet)
    begins = datetime(day.year, day.month, day.day, tzinfo=ZoneInfo(name))
    bounds = begins, _next_day(begins)
    rows = captures_between(holdings.catalog, url, *bounds, MOST_IN_DAY + 1, after=later_than)
    if rows is None:
        raise PlaceInvalid(later_than or "")
    shown = rows[:MOST_IN_DAY]
    before, after = captured_beside(holdings.catalog, url, *bounds)
    return CapturesOfDay(
        url=url,
        zone=name,
        day=day,
        captures=count_captures(holdings.catalog, url, *bounds),
        items=tuple(captured(row) for row in shown),
        later=shown[-1].record_id if len(rows) > MOST_IN_DAY else None,
        before=before and day_there(before, name),
        after=after and day_there(after, name),
    )


def months(found: CapturesCalendar) -> tuple[Month, ...]:
    """Return a year's months that have captures, as tables of weeks."""
    known = {one.day: one for one in found.days}
    shown = []
    for month in sorted({day.month for day in known}):
        weeks = tuple(
            tuple((day, known.get(day)) if day.month == month else None for day in week)
            for week in months_of.Calendar().monthdatescalendar(found.year, month)
        )
        count = sum(one.captures for one in found.days if one.day.month == month)
        shown.append(Month(months_of.month_name[month], count, weeks))
    return tuple(shown)


def captured(row: CaptureRow) -> Captured:
    """Return a capture as it is shown."""
    return Captured(
        url=row.url,
        captured_at=row.captured_at,
        came=came_of(row).value,
        status=row.status,
        mime=row.mime,
        location=row.location,
        outcome=row.outcome.value,
        revisit=row.revisit_profile is not None,
        error=row.error,
        body_length=row.body_length,
        record_id=row.record_id,
    )


def _bounds(year: int, zone: ZoneInfo) -> tuple[datetime, datetime]:
    return datetime(year, 1, 1, tzinfo=zone), datetime(year + 1, 1, 1, tzinfo=zone)


def _next_day(begins: datetime) -> datetime:
    return begins + timedelta(days=1) if begins.date() < date.max else begins
