"""Changes, as JSON."""

from __future__ import annotations

from fastapi import APIRouter

from web.window.asked_changes import AsksChanges, PlaceAsked
from web.window.context import Given
from web.window.views import changes as view

router = APIRouter(tags=["changes"])


@router.get("/changes")
def changes(window: Given, asks: AsksChanges, older: PlaceAsked = None, newer: PlaceAsked = None) -> view.ChangesPage:
    """What happened, page by page: edits, absences, returns, re-posts, images that were replaced.

    `older` and `newer` of an answer lead on: given as the parameter of the same name they bring the page beyond. Pages
    do not move when more is captured.
    """
    return view.changes_page(window.holdings, asks.asked, older_than=older, newer_than=newer)
