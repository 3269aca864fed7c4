"""How an outlet is: when it was last crawled, what the archive holds of it, and what waits for somebody."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final

from sqlalchemy import Connection, Integer, Select, func, select, type_coerce

from config.cron import last_run
from config.outlet import Outlet
from storage.catalog.catalog import Catalog
from storage.catalog.crawls import CrawlFound, crawls
from storage.catalog.schema import capture_counts, commits, url_state

GRACE: Final = timedelta(hours=2)
"""So long after a run was due its first commit may take to be there: a WARC is sealed after a quarter of an hour."""


@dataclass(frozen=True)
class OutletStatus:
    """The state of an outlet's part of the archive, as far as the catalog has been brought up to date.

    `last_shown` counts article URLs by what the last look at them showed; `missing` those of the absences that last, by
    kind, and `missing_confirmed` how many of these are confirmed. What a current reader has not read is counted by
    `storage.catalog.unread.count_unread`, because the catalog does not know which readers are current.
    """

    outlet: str
    first_crawl: datetime
    last_crawl: CrawlFound
    last_commit: int
    captures: int
    article_urls: int
    articles: int  # article keys that were seen at least once
    states: int
    changes: int
    needs_confirming: int
    needs_rereading: int
    last_shown: Mapping[str, int]
    missing: Mapping[str, int]
    missing_confirmed: int

    @property
    def degraded(self) -> bool:
        """Whether the last crawl did not end well, or missed what the outlet's file expects."""
        report = self.last_crawl.report
        return bool(report.get("missed")) or report.get("status", "ok") != "ok"

    def overdue_since(self, outlet: Outlet, now: datetime) -> datetime | None:
        """Return when the last run was due that has not come, by the outlet's schedule; None where all came."""
        due = last_run(outlet.schedule, outlet.timezone, now - GRACE)
        return due if due is not None and self.last_crawl.started < due else None


def status(catalog: Catalog, outlet: str | None = None) -> list[OutletStatus]:
    """Return how each outlet that the archive holds is, or the one named, by id."""
    with catalog.reading() as connection:
        query = select(
            commits.c.outlet,
            func.min(commits.c.started).label("first"),
            func.max(commits.c.number).label("number"),
        ).group_by(commits.c.outlet)
        if outlet is not None:
            query = query.where(commits.c.outlet == outlet)
        rows = connection.execute(query.order_by(commits.c.outlet)).all()
        counted = {row.outlet: _counted(connection, row.outlet) for row in rows}
    return [
        OutletStatus(
            outlet=row.outlet,
            first_crawl=row.first,
            last_crawl=crawls(catalog, row.outlet, limit=1)[0],
            last_commit=row.number,
            **counted[row.outlet],
        )
        for row in rows
    ]


_SUMMED: Final = ("states", "changes", "needs_confirming", "needs_rereading", "missing_confirmed")


def _counted(connection: Connection, outlet: str) -> dict[str, Any]:
    def number(query: Select[Any]) -> int:
        return int(connection.execute(query).scalar_one())

    of_outlet = url_state.c.outlet == outlet
    told = url_state.c.last_shown, url_state.c.missing
    sums = (func.coalesce(func.sum(type_coerce(url_state.c[name], Integer)), 0).label(name) for name in _SUMMED)
    looked_at = (
        select(*told, func.count().label("urls"), *sums)
        .where(of_outlet, url_state.c.first_look.is_not(None))
        .group_by(*told)
        .order_by(*told)
    )
    by_shown: Counter[str] = Counter()
    by_missing: Counter[str] = Counter()
    totals: Counter[str] = Counter(dict.fromkeys(_SUMMED, 0))
    for row in connection.execute(looked_at):
        by_shown[row.last_shown] += row.urls
        if row.missing is not None:
            by_missing[row.missing] += row.urls
        totals.update({name: int(getattr(row, name)) for name in _SUMMED})
    seen = of_outlet, url_state.c.first_seen.is_not(None)
    # Distinct in a query of its own, which goes along the index; count(distinct …) sorts.
    stories = select(url_state.c.article_key).where(*seen, url_state.c.article_key.is_not(None)).distinct().subquery()
    without_key = select(func.count()).where(*seen, url_state.c.article_key.is_(None))
    captures = select(func.coalesce(func.sum(capture_counts.c.captures), 0)).where(capture_counts.c.outlet == outlet)
    return {
        "captures": number(captures),
        "article_urls": by_shown.total(),
        "articles": number(select(func.count()).select_from(stories)) + number(without_key),
        "last_shown": dict(sorted(by_shown.items())),
        "missing": dict(sorted(by_missing.items())),
        **totals,
    }
