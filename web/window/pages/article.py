"""One article: its history, its states, any two of them against each other, and the evidence."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from typing import Annotated, Any, Literal

from fastapi import APIRouter, Query, Request
from fastapi.responses import HTMLResponse, StreamingResponse
from markupsafe import Markup

from audit.errors import EvidenceMissing, StateUnknown
from audit.evidence.bundle import bundle
from audit.evidence.collect import collect
from audit.report.html_body import inline, side_by_side
from audit.states import Compared, compared, states_of_change
from storage.catalog.history import History
from web.window.asked import OutletAsked
from web.window.asked_article import ArticleAsked, ChangeNamed, KeyAsked, NumberAsked, article_asked
from web.window.context import Given, Window
from web.window.costs import costs
from web.window.rendering import page
from web.window.timeline import timeline
from web.window.views import article as view
from web.window.views.comparison import compared_states, comparison, facts
from web.window.views.evidence import evidence_of
from web.window.views.known_outlets import known_outlet
from web.window.views.state import state_shown

router = APIRouter(include_in_schema=False)

LookAsked = Annotated[Literal["inline", "sides"], Query(alias="view", description="How two states are shown.")]
WholeAsked = Annotated[bool, Query(description="Unchanged paragraphs unfolded, too.")]
_WACZ = "application/wacz+zip"


@router.get("/article", dependencies=[costs("diff")])
def article(
    request: Request,
    window: Given,
    outlet: OutletAsked = None,
    url: ArticleAsked = None,
    key: KeyAsked = None,
    a: NumberAsked = None,
    b: NumberAsked = None,
    state: NumberAsked = None,
    look: LookAsked = "inline",
    whole: WholeAsked = False,
) -> HTMLResponse:
    """Show an article: its last change, or the states that are asked for."""
    found = article_asked(window.holdings, outlet, url, key)
    if state is not None or (a is None and b is None and len(found.urls[0].states) < 2):
        return _page(request, window, found, look, whole=whole, state=state or 1)
    try:
        pair, _, older, newer = compared_states(window.holdings.catalog, found, a, b)
    except StateUnknown as wrong:
        if a is not None or b is not None:
            raise
        return _page(request, window, found, look, whole=whole, state=len(found.urls[0].states), why=str(wrong))
    return _page(request, window, found, look, whole=whole, pair=pair, numbers=(older, newer))


@router.get("/changes/{change_id}", dependencies=[costs("diff")])
def change(
    request: Request, window: Given, change_id: ChangeNamed, look: LookAsked = "inline", whole: WholeAsked = False
) -> HTMLResponse:
    """Show a change: the article with the two states that it leads from and to."""
    found, shown, a, b = states_of_change(window.holdings.catalog, change_id)
    found = view.with_first(found, shown)
    pair = compared(window.holdings.catalog, found, shown, a, b)
    return _page(request, window, found, look, whole=whole, pair=pair, numbers=(a, b), change_id=change_id)


@router.get("/changes/{change_id}/evidence.wacz", dependencies=[costs("evidence")])
def evidence_of_change(window: Given, change_id: ChangeNamed) -> StreamingResponse:
    """Give everything that proves a change in one file."""
    catalog = window.holdings.catalog
    return _evidence(window, compared(catalog, *states_of_change(catalog, change_id)), change_id[7:19])


@router.get("/article/evidence.wacz", dependencies=[costs("evidence")])
def evidence_of_states(
    window: Given, url: ArticleAsked, a: NumberAsked, b: NumberAsked, outlet: OutletAsked = None
) -> StreamingResponse:
    """Give everything that proves what differs between two states in one file."""
    found = article_asked(window.holdings, outlet, url, None)
    pair, _, older, newer = compared_states(window.holdings.catalog, found, a, b)
    return _evidence(window, pair, f"states-{older}-{newer}")


def _page(
    request: Request,
    window: Window,
    found: History,
    look: str,
    *,
    whole: bool,
    pair: Compared | None = None,
    numbers: tuple[int, int] = (0, 0),
    state: int | None = None,
    why: str | None = None,
    change_id: str | None = None,
) -> HTMLResponse:
    shown = view.article_shown(found)
    given: dict[str, Any] = {"article": shown, "timeline": timeline(shown.chosen), "look": look, "whole": whole}
    given["events"] = view.events_of
    given |= {"outlet": known_outlet(window.holdings, found.outlet), "change_id": change_id, "why": why}
    if pair is not None:
        text = side_by_side if look == "sides" else inline
        given |= {
            "compared": comparison(pair, found.urls[0], *numbers),
            "facts": facts(pair.report),
            "text": Markup(text(pair.report, fold=not whole)),  # noqa: S704  (its own module escapes all of the pages')
            "sightings": evidence_of(window.holdings.catalog, pair, *numbers),
        }
    elif state is not None and shown.chosen.states:
        given["state"] = state_shown(window.holdings.catalog, shown.chosen, state)
    return page(request, "article.html", **{"compared": None, "state": None, **given})


def _evidence(window: Window, pair: Compared, name: str) -> StreamingResponse:
    outlet = window.holdings.outlets.get(pair.outlet)
    if outlet is None:
        raise EvidenceMissing(f"No file describes the outlet {pair.outlet}, and evidence holds the outlet's file.")
    data = bundle(
        collect(window.holdings.archive, window.holdings.catalog, outlet, pair), created=window.holdings.clock.now()
    )
    # A slow client holds a file, not our memory.
    file = tempfile.TemporaryFile()  # noqa: SIM115  (the stream closes it)
    file.write(data)
    file.seek(0)
    headers = {
        "Content-Disposition": f'attachment; filename="evidence-{name}.wacz"',
        "Content-Length": str(len(data)),
    }

    def stream() -> Iterator[bytes]:
        with file:
            while chunk := file.read(1 << 16):
                yield chunk

    return StreamingResponse(stream(), media_type=_WACZ, headers=headers)
