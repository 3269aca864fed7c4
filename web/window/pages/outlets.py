"""The list of outlets, and the page of each."""

from __future__ import annotations

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse

from web.window.asked import OutletNamed, PageAsked
from web.window.charts import days_chart
from web.window.context import Given
from web.window.errors import Missing
from web.window.links import outlet_link
from web.window.rendering import page
from web.window.views.crawls import crawls_page
from web.window.views.outlet import outlet_details
from web.window.views.outlets import never_crawled, outlet_cards

router = APIRouter(include_in_schema=False)


@router.get("/outlets")
def outlets(request: Request, window: Given) -> HTMLResponse:
    """Show all outlets: those with crawls, and those that only have a file."""
    cards = outlet_cards(window.holdings)
    return page(request, "outlets.html", cards=cards, waiting=never_crawled(window.holdings, cards))


@router.get("/outlets/{outlet}")
def outlet(request: Request, window: Given, outlet: OutletNamed, page_number: PageAsked = 1) -> HTMLResponse:
    """Show one outlet, and a page of its crawls."""
    found = outlet_details(window.holdings, outlet)
    if found is None:
        raise Missing(f"The archive holds no crawl of an outlet {outlet!r}.")
    listed = crawls_page(window.holdings, outlet, page_number)
    if page_number > listed.pages:
        said = f"The crawls of {outlet} end on page {listed.pages}."
        raise Missing(said, onward=(outlet_link(outlet), "To the outlet and its last crawls"))
    return page(request, "outlet.html", outlet=found, listed=listed, chart=days_chart(found.days))
