"""The calendar of a URL's captures, and the page of two moments side by side."""

from __future__ import annotations

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse

from replay.safe_view import SANDBOX
from web.window.asked import DayAsked, OutletAsked, UrlAsked
from web.window.asked_captures import LaterAsked, MomentAsked, YearAsked, moment_in
from web.window.context import Given
from web.window.rendering import page
from web.window.views import calendar as view
from web.window.views.known_outlets import known_outlet, zone_of
from web.window.views.two_moments import two_moments

router = APIRouter(include_in_schema=False)


@router.get("/calendar")
def calendar(
    request: Request,
    window: Given,
    url: UrlAsked,
    outlet: OutletAsked = None,
    year: YearAsked = None,
    day: DayAsked = None,
    later_than: LaterAsked = None,
) -> HTMLResponse:
    """Show on which days a URL was captured, and the captures of one day."""
    asked_year = year or (day.year if day is not None and 1970 <= day.year <= 9998 else None)
    found = view.captures_calendar(window.holdings, url, outlet, asked_year)
    return page(
        request,
        "calendar.html",
        found=found,
        months=view.months(found),
        of_day=None if day is None else view.captures_of_day(window.holdings, url, outlet, day, later_than),
        later_than=later_than,
        outlet=None if outlet is None else known_outlet(window.holdings, outlet),
        url=url,
    )


@router.get("/side-by-side")
def side_by_side(
    request: Request,
    window: Given,
    url: UrlAsked,
    outlet: OutletAsked = None,
    left: MomentAsked = None,
    right: MomentAsked = None,
) -> HTMLResponse:
    """Show a page as it was at two moments, in two frames of the archive's host."""
    zone = zone_of(window.holdings, outlet)
    found = two_moments(window.holdings.catalog, url, moment_in(left, zone), moment_in(right, zone))
    return page(
        request,
        "side_by_side.html",
        framed=window.gate is None or window.origins.one_site,
        sandbox=SANDBOX,
        found=found,
        outlet=None if outlet is None else known_outlet(window.holdings, outlet),
        zone=zone,
        url=url,
    )
