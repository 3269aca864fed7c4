"""Many articles of one outlet gone at once: what a crawl raises an alarm for."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any, Final

from sqlalchemy import Connection, and_, exists, func, or_, select

from storage.catalog.catalog import Catalog
from storage.catalog.looks import CONCLUSIVE, Shown
from storage.catalog.schema import absences, articles, commits, url_state
from storage.instants import to_the_minute

WINDOW: Final = timedelta(days=7)
LEAST: Final = 10
"""Fewer articles than these raise no alarm: of a handful of looks any share is chance."""

_KEY: Final = "disappeared"


@dataclass(frozen=True)
class Disappeared:
    """Of `looked_at` articles that were there, `missing` ceased to be found from `since` on, and were not found again.

    Only those count that a look from `since` on found, or found missing: what was not looked at says nothing. `kinds`
    counts the missing by what was answered in their place: gone, soft-404, moved. All that was so at `until`; as far
    as the catalog that was asked knows, `returned` of the missing were seen again since.
    """

    outlet: str
    since: datetime
    until: datetime
    looked_at: int
    kinds: Mapping[str, int]
    returned: int = 0

    @property
    def missing(self) -> int:
        """How many articles disappeared."""
        return sum(self.kinds.values())

    def is_alarming(self, most: float) -> bool:
        """Return whether that is more than a share of `most` (0 to 1), and not just a few."""
        return self.missing >= LEAST and self.missing > most * self.looked_at

    def __str__(self) -> str:
        """Say it in a sentence that claims no more than was observed."""
        kinds = ", ".join(f"{kind} {count:,}" for kind, count in self.kinds.items())
        return (
            f"mass disappearance: {self.missing:,} of {self.looked_at:,} articles that were looked at since"
            f" {to_the_minute(self.since)} were no longer found at {to_the_minute(self.until)} ({kinds})"
            f"{f'; {self.returned:,} of them have been seen again since' if self.returned else ''}"
        )

    def to_json(self) -> dict[str, Any]:
        """Return what a crawl's report keeps of it."""
        between = {"since": self.since.isoformat(), "until": self.until.isoformat()}
        return {_KEY: {**between, "looked_at": self.looked_at, "kinds": dict(self.kinds)}}


def disappeared(catalog: Catalog, outlet: str, until: datetime, window: timedelta = WINDOW) -> Disappeared:
    """Count what disappeared from an outlet in the `window` before `until`."""
    since = until - window
    is_missing = (
        absences.c.url_id == url_state.c.id,
        absences.c.kind.in_(sorted(CONCLUSIVE)),
        absences.c.first_missing >= since,
        absences.c.first_missing <= until,
        absences.c.returned_at.is_(None),
    )
    # Where a redirect leads to a URL that has shown the same article since, that is where it stands: it is not gone.
    there_now, text, its_text = url_state.alias("there_now"), articles.alias("text"), articles.alias("its_text")
    same_text = (
        exists()
        .where(
            text.c.content_id == url_state.c.content_id,
            its_text.c.content_id == there_now.c.content_id,
            text.c.text_id == its_text.c.text_id,
            text.c.has_text,
        )
        .correlate(url_state, there_now)
    )
    stands_there = exists().where(
        absences.c.url_id == url_state.c.id,
        absences.c.kind == Shown.MOVED.value,
        absences.c.returned_at.is_(None),
        there_now.c.outlet == url_state.c.outlet,
        there_now.c.url == absences.c.location,
        there_now.c.last_seen >= absences.c.first_missing,
        or_(there_now.c.article_key == url_state.c.article_key, same_text),
    )
    is_gone = and_(exists().where(*is_missing), or_(url_state.c.missing != Shown.MOVED.value, ~stands_there))
    # One that was gone and then moved has two absences; the later one is what it comes to.
    by_kind = (
        select(url_state.c.missing, func.count())
        .where(url_state.c.outlet == outlet, url_state.c.missing.is_not(None), is_gone)
        .group_by(url_state.c.missing)
        .order_by(url_state.c.missing)
    )
    still_there = select(func.count()).where(url_state.c.outlet == outlet, url_state.c.last_seen >= since, ~is_gone)
    with catalog.reading() as connection:
        kinds = {str(kind): int(count) for kind, count in connection.execute(by_kind).tuples()}
        there = int(connection.execute(still_there).scalar_one())
    return Disappeared(outlet, since, until, there + sum(kinds.values()), kinds)


def alarm_of(catalog: Catalog, outlet: str, crawl_id: str) -> Disappeared | None:
    """Return the alarm that a crawl kept in its report, if it raised one."""
    of_crawl = (commits.c.outlet == outlet, commits.c.crawl_id == crawl_id, commits.c.kind == "reading")
    query = select(commits.c.report).where(*of_crawl).order_by(commits.c.number.desc())
    with catalog.reading() as connection:
        found = [_from_json(outlet, report.get(_KEY)) for report in connection.execute(query).scalars()]
    return next((alarm for alarm in found if alarm is not None), None)


def alarms(catalog: Catalog, *, outlet: str | None = None, since: datetime | None = None) -> list[Disappeared]:
    """Return, for each outlet, the heaviest alarm that a crawl which ended from `since` on kept in its report."""
    query = select(commits.c.outlet, commits.c.report).where(commits.c.kind == "reading")
    if outlet is not None:
        query = query.where(commits.c.outlet == outlet)
    if since is not None:
        query = query.where(commits.c.finished >= since)
    found: dict[str, Disappeared] = {}
    with catalog.reading() as connection:
        for name, report in connection.execute(query.order_by(commits.c.outlet, commits.c.number)):
            alarm = _from_json(name, report.get(_KEY))
            if alarm is None:
                continue
            if name not in found or alarm.missing >= found[name].missing:
                found[name] = alarm
        told = [replace(alarm, returned=_returned(connection, alarm)) for alarm in found.values()]
    return sorted(told, key=lambda alarm: alarm.until, reverse=True)


def _returned(connection: Connection, alarm: Disappeared) -> int:
    """Count the articles that were missing at the alarm's end and have been seen since; no more than it counted."""
    query = select(func.count(absences.c.url_id.distinct())).where(
        absences.c.url_id == url_state.c.id,
        url_state.c.outlet == alarm.outlet,
        absences.c.kind.in_(sorted(CONCLUSIVE)),
        absences.c.first_missing.between(alarm.since, alarm.until),
        absences.c.returned_at > alarm.until,
    )
    return min(int(connection.execute(query).scalar_one()), alarm.missing)


def _from_json(outlet: str, kept: Any) -> Disappeared | None:
    """Return what `to_json` described; None for nothing, and for what an archive of somebody else may hold there."""
    try:
        begun, ended = (datetime.fromisoformat(kept[bound]) for bound in ("since", "until"))
        kinds = {str(kind): count for kind, count in kept["kinds"].items()}
        numbers = [kept["looked_at"], *kinds.values()]
    except (AttributeError, KeyError, TypeError, ValueError):
        return None
    if begun.tzinfo is None or ended.tzinfo is None or not all(type(number) is int for number in numbers):
        return None
    return Disappeared(outlet, begun, ended, kept["looked_at"], kinds)
