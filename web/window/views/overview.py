"""The overview: how the outlets are, what was edited and what disappeared lately, and how much there was each day."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Final

from audit.edit import Weight
from storage.catalog.changes import ChangeFilter, Order, count_changes
from storage.catalog.happened import Kind, count_urls
from web.holdings import Holdings
from web.window.views.changes import Asked, changes_page
from web.window.views.days import DayCount, days_of_all
from web.window.views.happenings import InList
from web.window.views.outlets import OutletCard, outlet_cards

LATELY: Final = timedelta(hours=24)
GONE_LATELY: Final = timedelta(days=7)
EDITS: Final = 8
GONE: Final = 8
DISAPPEARED: Final = (Kind.ABSENCE, Kind.WITHDRAWN)


@dataclass(frozen=True)
class Overview:
    """What the first page shows.

    `edits` are the heaviest of the `substantive` edits of the last 24 hours (substantive or major), of which
    `undisclosed` are not disclosed on the page as captured; where there was none, the last ones before. `gone` are
    the last of those that were found missing within 7 days (`missing` articles: gone, moved, or another page in their
    place) or withdrawn from listings (`withdrawn` articles). `days` are sums over all outlets, each counted in its own
    zone.
    """

    outlets: tuple[OutletCard, ...]
    substantive: int
    undisclosed: int
    edits: tuple[InList, ...]
    missing: int
    withdrawn: int
    gone: tuple[InList, ...]
    days: tuple[DayCount, ...]

    @property
    def captures(self) -> int:
        """Captures of all outlets."""
        return sum(one.captures for one in self.outlets)

    @property
    def articles(self) -> int:
        """Articles of all outlets."""
        return sum(one.articles for one in self.outlets)

    @property
    def changes(self) -> int:
        """Changes of all outlets."""
        return sum(one.changes for one in self.outlets)


def overview(holdings: Holdings) -> Overview:
    """Return how the archive is. Raises CatalogUnavailable."""
    now = holdings.clock.now()
    substantive = ChangeFilter(min_weight=int(Weight.SUBSTANTIVE))
    lately = replace(substantive, since=now - LATELY)
    count = count_changes(holdings.catalog, lately)
    edits = Asked(lately, (Kind.EDIT,), Order.WEIGHT) if count else Asked(substantive, (Kind.EDIT,))
    disappeared = ChangeFilter(since=now - GONE_LATELY)
    gone = Asked(disappeared, DISAPPEARED)
    cards = outlet_cards(holdings)
    return Overview(
        outlets=cards,
        substantive=count,
        undisclosed=count_changes(holdings.catalog, replace(lately, undisclosed=True)) if count else 0,
        edits=changes_page(holdings, edits).items[:EDITS],
        missing=count_urls(holdings.catalog, disappeared, Kind.ABSENCE),
        withdrawn=count_urls(holdings.catalog, disappeared, Kind.WITHDRAWN),
        gone=changes_page(holdings, gone).items[:GONE],
        days=days_of_all(holdings, [card.outlet for card in cards]),
    )
