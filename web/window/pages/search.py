"""Words in articles, and where they came and went."""

from __future__ import annotations

from functools import partial
from typing import Final

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse

from storage.catalog.tokens import Part
from storage.errors import PhraseInvalid
from web.window.asked_words import AsksWords
from web.window.context import Given
from web.window.costs import costs
from web.window.rendering import page
from web.window.views.known_outlets import known_outlet, known_outlets
from web.window.views.search import search_page, terms_of

router = APIRouter(include_in_schema=False)

_PARTS: Final = {
    Part.ANYWHERE: "anywhere",
    Part.HEADLINE: "headlines",
    Part.BODY: "text, captions, notes, sources",
    Part.EDITORS: "editors",
    Part.BYLINE: "bylines",
}
_WHAT: Final = {
    "states": "articles that say it",
    "added": "changes that added it",
    "removed": "what removed it",
}


@router.get("/search", dependencies=[costs("search")])
def search(request: Request, window: Given, asks: AsksWords) -> HTMLResponse:
    """Show the form, and what was found if something was asked."""
    found, wrong = None, None
    if asks.words is not None:
        try:
            terms = terms_of(asks.words, case=asks.case, part=asks.part)
            found = search_page(window.holdings, terms, asks.what, asks.bounds)
        except PhraseInvalid as error:
            wrong = str(error)
    return page(
        request,
        "search.html",
        status=200 if wrong is None else 400,
        asks=asks,
        found=found,
        wrong=wrong,
        parts_words=_PARTS,
        what_words=_WHAT,
        outlets=known_outlets(window.holdings),
        outlet_of=partial(known_outlet, window.holdings),
    )
