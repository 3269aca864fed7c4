"""Outlets, their crawls and their days, as JSON."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query

from storage.catalog.crawls import crawled_outlets
from web.window.asked import OutletNamed, PageAsked
from web.window.context import Given, Window
from web.window.errors import Missing
from web.window.views.crawls import CrawlsPage, crawls_page
from web.window.views.days import DayCount, days_of
from web.window.views.outlet import OutletDetails, outlet_details
from web.window.views.outlets import OutletCard, outlet_cards

router = APIRouter(tags=["outlets"])


@router.get("/outlets")
def outlets(window: Given) -> list[OutletCard]:
    """Return every outlet that the archive holds, by name, and how it is."""
    return list(outlet_cards(window.holdings))


@router.get("/outlets/{outlet}")
def outlet(window: Given, outlet: OutletNamed) -> OutletDetails:
    """Return one outlet: sources, readers, expectations, last days and last crawls."""
    found = outlet_details(window.holdings, outlet)
    if found is None:
        raise _unknown(outlet)
    return found


@router.get("/outlets/{outlet}/crawls")
def crawls(window: Given, outlet: OutletNamed, page: PageAsked = 1) -> CrawlsPage:
    """Return the crawls of an outlet with their reports, the last begun first."""
    _require(window, outlet)
    return crawls_page(window.holdings, outlet, page)


@router.get("/outlets/{outlet}/days")
def days(
    window: Given,
    outlet: OutletNamed,
    days: Annotated[int, Query(ge=1, le=366, description="How many days, up to today.")] = 30,
) -> list[DayCount]:
    """Return how much there was on each of the last days, in the outlet's zone."""
    _require(window, outlet)
    return list(days_of(window.holdings, outlet, days))


def _require(window: Window, outlet: str) -> None:
    if outlet not in crawled_outlets(window.holdings.catalog):
        raise _unknown(outlet)


def _unknown(outlet: str) -> Missing:
    return Missing(f"The archive holds no crawl of an outlet {outlet!r}.")
