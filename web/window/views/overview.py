"""The overview: how each outlet is."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from storage.catalog.status import OutletStatus, status
from web.holdings import Holdings


@dataclass(frozen=True)
class OutletCard:
    """One outlet at a glance. `zone` is that of its file, UTC where no file describes it."""

    outlet: str
    name: str
    zone: str
    last_crawl: datetime
    degraded: bool
    captures: int
    articles: int
    changes: int


@dataclass(frozen=True)
class Overview:
    """What the first page shows."""

    outlets: tuple[OutletCard, ...]


def overview(holdings: Holdings) -> Overview:
    """Return how the outlets of the archive are. Raises CatalogUnavailable."""
    return Overview(tuple(_card(holdings, one) for one in status(holdings.catalog)))


def _card(holdings: Holdings, one: OutletStatus) -> OutletCard:
    described = holdings.outlets.get(one.outlet)
    return OutletCard(
        outlet=one.outlet,
        name=described.name if described else one.outlet,
        zone=described.timezone if described else "UTC",
        last_crawl=one.last_crawl.finished,
        degraded=one.degraded,
        captures=one.captures,
        articles=one.articles,
        changes=one.changes,
    )
