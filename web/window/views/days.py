"""How much there was on each of the last days: captures, new articles, changes."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from audit.edit import Weight
from storage.catalog.by_day import articles_by_day, captures_by_day, changes_by_day
from web.holdings import Holdings
from web.window.views.known_outlets import zone_of

DAYS: Final = 30


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
    zone = zone_of(holdings, outlet)
    today = holdings.clock.now().astimezone(ZoneInfo(zone)).date()
    first = today - timedelta(days=days - 1)
    since = datetime(first.year, first.month, first.day, tzinfo=ZoneInfo(zone))
    catalog = holdings.catalog
    captures = captures_by_day(catalog, outlet, zone, since)
    articles = articles_by_day(catalog, outlet, zone, since)
    changes = changes_by_day(catalog, outlet, zone, since)
    return tuple(
        DayCount(
            day=day,
            captures=captures.get(day, 0),
            articles=articles.get(day, 0),
            changes=sum(changes.get(day, {}).values()),
            substantive=sum(
                count
                for weight, count in changes.get(day, {}).items()
                if weight is not None and weight >= Weight.SUBSTANTIVE
            ),
        )
        for day in (first + timedelta(days=number) for number in range(days))
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
