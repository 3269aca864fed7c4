"""How an outlet is: when it was last crawled, what the archive holds of it, and what waits for somebody."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Connection, func, select

from storage.catalog.catalog import Catalog
from storage.catalog.crawls import CrawlFound, crawls
from storage.catalog.schema import captures, changes, commits, states, url_state


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

    def lag(self, now: datetime) -> timedelta:
        """Return how long ago the last crawl ended."""
        return now - self.last_crawl.finished


def status(catalog: Catalog, outlet: str | None = None) -> list[OutletStatus]:
    """Return how each outlet that the archive holds is, or the one named, by id."""
    with catalog.reading() as connection:
        query = select(
            commits.c.outlet,
            func.min(commits.c.started).label("first"),
            func.max(commits.c.number).label("number"),
            func.sum(commits.c.captures).label("captures"),
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


def _counted(connection: Connection, outlet: str) -> dict[str, Any]:
    of_outlet = url_state.c.outlet == outlet
    seen = url_state.c.first_seen.is_not(None)

    def number(query: Any) -> int:
        return int(connection.execute(query.where(of_outlet)).scalar_one())

    def by(column: Any) -> dict[str, int]:
        query = select(column, func.count()).where(of_outlet, column.is_not(None)).group_by(column).order_by(column)
        return dict(connection.execute(query).tuples().all())

    urls = select(func.count()).select_from(url_state)
    return {
        "captures": number(
            select(func.count()).select_from(captures.join(url_state, url_state.c.id == captures.c.url_id))
        ),
        "article_urls": number(urls.where(url_state.c.first_look.is_not(None))),
        "articles": number(
            select(func.count(func.coalesce(url_state.c.article_key, url_state.c.url).distinct())).where(seen)
        ),
        "states": number(select(func.count()).select_from(states.join(url_state, url_state.c.id == states.c.url_id))),
        "changes": number(
            select(func.count()).select_from(changes.join(url_state, url_state.c.id == changes.c.url_id))
        ),
        "needs_confirming": number(urls.where(url_state.c.needs_confirming)),
        "needs_rereading": number(urls.where(url_state.c.needs_rereading)),
        "last_shown": by(url_state.c.last_shown),
        "missing": by(url_state.c.missing),
        "missing_confirmed": number(urls.where(url_state.c.missing_confirmed)),
    }
