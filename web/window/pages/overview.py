"""The first page."""

from __future__ import annotations

from functools import partial

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse

from web.window.charts import days_chart
from web.window.context import Given
from web.window.rendering import page
from web.window.views import overview as view
from web.window.views.known_outlets import known_outlet

router = APIRouter(include_in_schema=False)


@router.get("/")
def overview(request: Request, window: Given) -> HTMLResponse:
    """Show how the outlets are and what happened lately."""
    found = view.overview(window.holdings)
    outlet_of = partial(known_outlet, window.holdings)
    return page(
        request,
        "overview.html",
        overview=found,
        disappeared=[kind.value for kind in view.DISAPPEARED],
        chart=days_chart(found.days),
        outlet_of=outlet_of,
    )
