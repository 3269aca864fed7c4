"""The overview: how the outlets are, and how much there was on each of the last days."""

from __future__ import annotations

from dataclasses import dataclass

from web.holdings import Holdings
from web.window.views.days import DayCount, days_of_all
from web.window.views.outlets import OutletCard, outlet_cards


@dataclass(frozen=True)
class Overview:
    """What the first page shows. `days` are sums over all outlets, each counted in its own zone."""

    outlets: tuple[OutletCard, ...]
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
    cards = outlet_cards(holdings)
    return Overview(cards, days_of_all(holdings, [card.outlet for card in cards]))
