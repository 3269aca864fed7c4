"""Search, as JSON."""

from __future__ import annotations

from fastapi import APIRouter

from web.window.asked_words import AsksWords
from web.window.context import Given
from web.window.costs import costs
from web.window.errors import Refused
from web.window.views import search as view

router = APIRouter(tags=["search"])


@router.get("/search", dependencies=[costs("search")])
def search(window: Given, asks: AsksWords) -> view.SearchPage:
    """Where words stand or stood: states that hold them, or changes that added or removed them, the newest first.

    Articles that went while they said so removed them, too (`kind` is `absence`). The first page also tells of the
    first appearance and the first vanishing. `older` leads on.
    """
    if asks.words is None:
        raise Refused("Say what is looked for (q=…).")
    terms = view.terms_of(asks.words, case=asks.case, part=asks.part)
    return view.search_page(window.holdings, terms, asks.what, asks.bounds)
