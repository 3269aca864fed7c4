"""How much there was on each of the last days: captures, new articles, changes."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from audit.edit import Weight
from storage.catalog.by_time import by_day, changes_by_day
from web.holdings import Holdings
from web.window.views.known_outlets import zone_of

DAYS: Final = 30
_DAY: Final = timedelta(days=1)


@dataclass(frozen=True)
class DayCount:
    """One day of an outlet's zone. `articles` were first seen on it, `changes` too; `substantive` are those of them
    that are substantive or major."""

    day: date
    captures: int
    articles: int
    changes: int
    substantive: int


def days_of(holdings: Holdings, outlet: str, days: int = DAYS) -> tuple[DayCount, ...]:
    """Return the last `days` days up to today, in the outlet's zone. Raises CatalogUnavailable."""
    zone = ZoneInfo(zone_of(holdings, outlet))
    today = holdings.clock.now().astimezone(zone).date()
    since, until = (datetime.combine(day, time(), zone) for day in (today - (days - 1) * _DAY, today + _DAY))
    heavy = changes_by_day(holdings.catalog, since, until, zone, outlet=outlet, min_weight=int(Weight.SUBSTANTIVE))
    return tuple(
        DayCount(one.day, one.captures, one.articles, one.changes, heavy[one.day])
        for one in by_day(holdings.catalog, since, until, zone, outlet=outlet)
    )


def days_of_all(holdings: Holdings, outlets: Iterable[str], days: int = DAYS) -> tuple[DayCount, ...]:
    """Return the sums over outlets, each counted in its own zone; a day that has begun for any of them is there."""
    found: dict[date, DayCount] = {}
    for outlet in outlets:
        for one in days_of(holdings, outlet, days):
            sofar = found.get(one.day, DayCount(one.day, 0, 0, 0, 0))
            found[one.day] = DayCount(
                one.day,
                sofar.captures + one.captures,
                sofar.articles + one.articles,
                sofar.changes + one.changes,
                sofar.substantive + one.substantive,
            )
    return tuple(found[day] for day in sorted(found)[-days:])
