"""Outlets, as JSON."""

from __future__ import annotations

from fastapi import APIRouter

from web.window.context import Given
from web.window.views import overview as view

router = APIRouter(tags=["outlets"])


@router.get("/outlets")
def outlets(window: Given) -> list[view.OutletCard]:
    """Every outlet that the archive holds, by id, and how it is."""
    return list(view.overview(window.holdings).outlets)
