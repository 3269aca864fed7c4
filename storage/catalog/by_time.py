"""What came to the archive day by day: captures, articles seen for the first time, changes."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta, tzinfo
from typing import Any

from sqlalchemy import ColumnElement, Select, func, select

from storage.catalog.articles import first_of_its_key
from storage.catalog.capture_counts import QUARTER, quarter_of
from storage.catalog.catalog import Catalog
from storage.catalog.findings import of_changes
from storage.catalog.kept import findings
from storage.catalog.schema import capture_counts, changes, url_state
from storage.instants import EPOCH


@dataclass(frozen=True)
class DayCount:
    """What came on one day: captures, articles that were seen for the first time, changes that were first seen."""

    day: date
    captures: int
    articles: int
    changes: int


def by_day(
    catalog: Catalog, since: datetime, until: datetime, zone: tzinfo, *, outlet: str | None = None
) -> list[DayCount]:
    """Return what came on each day of a time zone from `since` on and before `until` (aware), days without any too.

    Captures count by the quarter of an hour, so a bound that is none takes in all of its quarter. A copy of a story
    under another URL is no other article.
    """
    if since >= until:
        return []
    queries = (_captures, _first_seen, _changes)
    with catalog.reading() as connection:
        counted = [_by_day(connection.execute(query(since, until, outlet)).tuples(), zone) for query in queries]
    first, last = since.astimezone(zone).date(), (until - timedelta.resolution).astimezone(zone).date()
    days = (first + timedelta(days=number) for number in range((last - first).days + 1))
    return [DayCount(day, *(count[day] for count in counted)) for day in days]


def changes_by_day(
    catalog: Catalog, since: datetime, until: datetime, zone: tzinfo, *, outlet: str | None = None, min_weight: int
) -> Counter[date]:
    """Return how many changes of that weight at least were first seen on each day, bounded as in `by_day`."""
    query = _changes(since, until, outlet).where(
        of_changes(),
        findings.c.weight >= min_weight,
    )
    with catalog.reading() as connection:
        return _by_day(connection.execute(query).tuples(), zone)


def _by_day(quarters: Iterable[tuple[int, int]], zone: tzinfo) -> Counter[date]:
    found: Counter[date] = Counter()
    for quarter, count in quarters:
        found[(EPOCH + quarter * QUARTER).astimezone(zone).date()] += count
    return found


def _captures(since: datetime, until: datetime, outlet: str | None) -> Select[Any]:
    at = capture_counts.c.quarter_hour
    query = select(at, func.sum(capture_counts.c.captures)).group_by(at)
    query = query.where(at >= (since - EPOCH) // QUARTER, at < -((EPOCH - until) // QUARTER))
    return query if outlet is None else query.where(capture_counts.c.outlet == outlet)


def _first_seen(since: datetime, until: datetime, outlet: str | None) -> Select[Any]:
    return _per_quarter(url_state.c.first_seen, since, until, outlet).where(first_of_its_key())


def _changes(since: datetime, until: datetime, outlet: str | None) -> Select[Any]:
    query = _per_quarter(changes.c.first_seen_after, since, until, outlet)
    return query if outlet is None else query.join(url_state, url_state.c.id == changes.c.url_id)


def _per_quarter(at: ColumnElement[datetime], since: datetime, until: datetime, outlet: str | None) -> Select[Any]:
    quarter = quarter_of(at)
    query = select(quarter, func.count()).where(at >= since, at < until).group_by(quarter)
    return query if outlet is None else query.where(url_state.c.outlet == outlet)
