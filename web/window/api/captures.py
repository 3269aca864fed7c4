"""Captures of a URL, as JSON."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query

from web.window.asked import Day, OutletAsked, UrlAsked
from web.window.asked_captures import LaterAsked, YearAsked
from web.window.context import Given
from web.window.views import calendar as view

router = APIRouter(tags=["captures"])


@router.get("/captures/calendar")
def calendar(window: Given, url: UrlAsked, outlet: OutletAsked = None, year: YearAsked = None) -> view.CapturesCalendar:
    """On which days of a year a URL was asked for, and what came. Days are those of the outlet's zone, else of UTC.

    Captures of all URLs with the same SURT count: http and https, with and without `www`. The archive's host has the
    captures themselves, TimeMaps and a CDX server.
    """
    return view.captures_calendar(window.holdings, url, outlet, year)


@router.get("/captures")
def captures(
    window: Given,
    url: UrlAsked,
    day: Annotated[Day, Query(description="A day of the outlet's zone, else of UTC.")],
    outlet: OutletAsked = None,
    later_than: LaterAsked = None,
) -> view.CapturesOfDay:
    """The captures of a URL on one day, 500 at a time. `later` leads on."""
    return view.captures_of_day(window.holdings, url, outlet, day, later_than)
