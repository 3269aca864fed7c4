"""The outlets at a glance: when they were crawled and will be, how they are, what there is of them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Final

from config.cron import next_run
from config.outlet import Outlet
from storage.catalog.disappeared import alarms
from storage.catalog.status import OutletStatus, status
from web.holdings import Holdings
from web.window.views.crawls import CUT_OFF, shown
from web.window.views.known_outlets import known_outlet

ALARM_LASTS: Final = timedelta(days=7)


class Health(StrEnum):
    """How an outlet is, the worst last."""

    OK = "ok"
    DEGRADED = "degraded"  # the last crawl is whole, and something that the outlet's file expects was missed
    CUT_OFF = "cut off"  # the last crawl left no report: it is under way, or died
    FAILED = "failed"  # it did not end, or saw no source of the outlet
    OVERDUE = "overdue"  # a run was due by its schedule, and nothing came


@dataclass(frozen=True)
class OutletCard:
    """One outlet at a glance. Without a file for it, its zone is UTC and nothing is known of its schedule.

    `next_crawl` is the next moment of its schedule, whether or not a scheduler runs. `overdue_since` is when the last
    run was due that has not come. `alarm` is the sentence of the heaviest mass disappearance of the last week.
    `missing` counts the absences that last, by kind; of blocked, server error, unreachable and disallowed nothing
    follows about the articles.
    """

    outlet: str
    name: str
    language: str | None
    zone: str
    home: str | None
    health: Health
    last_crawl: str
    started: datetime
    finished: datetime
    next_crawl: datetime | None
    overdue_since: datetime | None
    missed: tuple[str, ...]
    warnings: tuple[str, ...]
    alarm: str | None
    captures: int
    article_urls: int
    articles: int
    states: int
    changes: int
    missing: Mapping[str, int]
    missing_confirmed: int
    needs_confirming: int
    needs_rereading: int


def outlet_cards(holdings: Holdings, outlet: str | None = None) -> tuple[OutletCard, ...]:
    """Return the outlets that the archive holds, or the one named, by name. Raises CatalogUnavailable."""
    now = holdings.clock.now()
    raised = {
        one.outlet: str(one)
        for one in alarms(holdings.catalog, outlet=outlet, since=now - ALARM_LASTS)
        if one.returned < one.missing  # else it is over
    }
    cards = (_card(holdings, one, now, raised.get(one.outlet)) for one in status(holdings.catalog, outlet))
    return tuple(sorted(cards, key=lambda card: (card.name.casefold(), card.outlet)))


def never_crawled(holdings: Holdings, known: tuple[OutletCard, ...]) -> tuple[Outlet, ...]:
    """Return the outlets that have a file and no crawl in the archive."""
    there = {card.outlet for card in known}
    return tuple(outlet for name, outlet in sorted(holdings.outlets.items()) if name not in there)


def _card(holdings: Holdings, one: OutletStatus, now: datetime, alarm: str | None) -> OutletCard:
    known, described = known_outlet(holdings, one.outlet), holdings.outlets.get(one.outlet)
    crawl = shown(one.last_crawl)
    overdue = one.overdue_since(described, now) if described else None
    return OutletCard(
        outlet=one.outlet,
        name=known.name,
        language=known.language,
        zone=known.zone,
        home=described.home if described else None,
        health=Health.OVERDUE if overdue else Health.CUT_OFF if crawl.status == CUT_OFF else Health(crawl.status),
        last_crawl=crawl.crawl_id,
        started=crawl.started,
        finished=crawl.finished,
        next_crawl=next_run(described.schedule, described.timezone, now) if described else None,
        overdue_since=overdue,
        missed=crawl.missed,
        warnings=crawl.warnings,
        alarm=alarm,
        captures=one.captures,
        article_urls=one.article_urls,
        articles=one.articles,
        states=one.states,
        changes=one.changes,
        missing=one.missing,
        missing_confirmed=one.missing_confirmed,
        needs_confirming=one.needs_confirming,
        needs_rereading=one.needs_rereading,
    )
