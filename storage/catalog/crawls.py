"""The crawls of an outlet, each put together from its commits."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import func, select

from storage.catalog.catalog import Catalog
from storage.catalog.schema import commits


@dataclass(frozen=True)
class CrawlFound:
    """One crawl. `report` is that of its last commit that has one; `counts` adds up what its commits counted.

    `read` tells whether a reading commit ended it; a crawl without one was cut off, or had nothing to read.
    `recovered` tells whether any of it came home late, from a spool that its writer had left.
    """

    crawl_id: str
    outlet: str
    started: datetime
    finished: datetime
    commits: tuple[int, ...]
    captures: int
    readings: int
    counts: Mapping[str, int]
    report: Mapping[str, Any]
    read: bool
    recovered: bool

    @property
    def last_commit(self) -> int:
        """The number of the last commit of the crawl in the outlet's log."""
        return self.commits[-1]


def crawls(
    catalog: Catalog,
    outlet: str | None = None,
    *,
    since: datetime | None = None,
    limit: int | None = None,
    offset: int = 0,
) -> list[CrawlFound]:
    """Return the crawls begun `since` then, the last begun first: `limit` of them after the first `offset`."""
    latest = (
        select(commits.c.outlet, commits.c.crawl_id, func.min(commits.c.started).label("begun"))
        .group_by(commits.c.outlet, commits.c.crawl_id)
        .order_by(func.min(commits.c.started).desc(), commits.c.crawl_id.desc())
        .limit(limit)
        .offset(offset)
    )
    if outlet is not None:
        latest = latest.where(commits.c.outlet == outlet)
    if since is not None:
        latest = latest.having(func.min(commits.c.started) >= since)
    wanted = latest.subquery()
    query = select(commits, wanted.c.begun).join(
        wanted, (wanted.c.outlet == commits.c.outlet) & (wanted.c.crawl_id == commits.c.crawl_id)
    )
    by_crawl: dict[tuple[str, str], list[Any]] = {}
    with catalog.reading() as connection:
        for row in connection.execute(
            query.order_by(wanted.c.begun.desc(), commits.c.crawl_id.desc(), commits.c.outlet, commits.c.number)
        ):
            by_crawl.setdefault((row.outlet, row.crawl_id), []).append(row)
    return [_crawl(rows) for rows in by_crawl.values()]


def count_crawls(catalog: Catalog, outlet: str) -> int:
    """Return how many crawls of an outlet the catalog holds anything of."""
    query = select(func.count(commits.c.crawl_id.distinct())).where(commits.c.outlet == outlet)
    with catalog.reading() as connection:
        return int(connection.execute(query).scalar_one())


def crawled_outlets(catalog: Catalog) -> list[str]:
    """Return the ids of the outlets that the catalog holds commits of."""
    with catalog.reading() as connection:
        return list(connection.execute(select(commits.c.outlet).distinct().order_by(commits.c.outlet)).scalars())


def last_crawl(catalog: Catalog, outlet: str) -> CrawlFound | None:
    """Return the crawl of the outlet that was begun last; None where there is none."""
    return next(iter(crawls(catalog, outlet, limit=1)), None)


def _crawl(rows: Sequence[Any]) -> CrawlFound:
    counts: dict[str, int] = {}
    for row in rows:
        for name, count in row.counts.items():
            counts[name] = counts.get(name, 0) + count
    return CrawlFound(
        crawl_id=rows[0].crawl_id,
        outlet=rows[0].outlet,
        started=min(row.started for row in rows),
        finished=max(row.finished for row in rows),
        commits=tuple(row.number for row in rows),
        captures=sum(row.captures for row in rows),
        readings=sum(row.readings for row in rows),
        counts=counts,
        report=next((row.report for row in reversed(rows) if row.report), {}),
        read=any(row.kind == "reading" for row in rows),
        recovered=any(row.recovers is not None for row in rows),
    )
