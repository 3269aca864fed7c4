"""One article: its history, its states, any two of them against each other, and the evidence."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import partial
from typing import Annotated, Any, Literal

from fastapi import APIRouter, Query, Request
from fastapi.responses import HTMLResponse, StreamingResponse
from markupsafe import Markup
from starlette.concurrency import run_in_threadpool

from audit.errors import EvidenceMissing, StateUnknown
from audit.evidence.bundle import bundle
from audit.evidence.collect import collect
from audit.report.html_body import inline, side_by_side
from audit.states import Compared, compared, compared_by_change, state_after_change
from storage.catalog.url_states import UrlOfArticle
from web.window.asked import OutletAsked
from web.window.asked_article import ArticleAsked, ChangeNamed, KeyAsked, NumberAsked, article_asked
from web.window.context import Given, Window
from web.window.costs import costs
from web.window.rendering import page
from web.window.timeline import timelines
from web.window.views import article as view
from web.window.views.comparison import compared_states, comparison
from web.window.views.evidence import came_instead, evidence_of
from web.window.views.facts import facts
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
    around: NumberAsked = None,
    look: LookAsked = "inline",
    whole: WholeAsked = False,
) -> HTMLResponse:
    """Show an article: its last change, or the states that are asked for."""
    urls = article_asked(window.holdings, outlet, url, key)
    shown = _Shown(urls, look, whole, around)
    if state is not None or (a is None and b is None and urls[0].states < 2):
        return _page(request, window, replace(shown, state=state or (1 if urls[0].states else None)))
    try:
        pair = compared_states(window.holdings.catalog, urls[0], a, b)
    except StateUnknown as wrong:
        if a is not None or b is not None:
            raise
        return _page(request, window, replace(shown, state=urls[0].states, why=str(wrong)))
    return _page(request, window, replace(shown, pair=pair))


@router.get("/changes/{change_id}", dependencies=[costs("diff")])
def change(
    request: Request, window: Given, change_id: ChangeNamed, look: LookAsked = "inline", whole: WholeAsked = False
) -> HTMLResponse:
    """Show a change: the article with the two states that it leads from and to."""
    url, newer = state_after_change(window.holdings.catalog, change_id)
    pair = compared(window.holdings.catalog, url, newer - 1, newer)
    urls = article_asked(window.holdings, url.outlet, url.url, None)
    shown = _Shown(urls, look, whole, pair=pair, change_id=change_id)
    return _page(request, window, shown)


@router.get("/changes/{change_id}/evidence.wacz", dependencies=[costs("evidence")])
async def evidence_of_change(window: Given, change_id: ChangeNamed) -> StreamingResponse:
    """Give everything that proves a change in one file."""
    pair = await run_in_threadpool(compared_by_change, window.holdings.catalog, change_id)
    return await window.holdings.reads.run(partial(_evidence, window, pair, change_id[7:19]))


@router.get("/article/evidence.wacz", dependencies=[costs("evidence")])
async def evidence_of_states(
    window: Given, url: ArticleAsked, a: NumberAsked, b: NumberAsked, outlet: OutletAsked = None
) -> StreamingResponse:
    """Give everything that proves what differs between two states in one file."""

    def pair_asked() -> Compared:
        return compared_states(window.holdings.catalog, article_asked(window.holdings, outlet, url, None)[0], a, b)

    pair = await run_in_threadpool(pair_asked)
    return await window.holdings.reads.run(partial(_evidence, window, pair, "states-{}-{}".format(*pair.numbers)))


@dataclass(frozen=True)
class _Shown:
    """What is to be shown of an article: two states against each other, or one to be read, or neither."""

    urls: list[UrlOfArticle]
    look: str
    whole: bool
    around: int | None = None
    pair: Compared | None = None
    state: int | None = None
    why: str | None = None
    change_id: str | None = None


def _page(request: Request, window: Window, asked: _Shown) -> HTMLResponse:
    url, catalog = asked.urls[0], window.holdings.catalog
    newest = asked.pair.numbers[1] if asked.pair else None
    article = view.article_shown(window.holdings, asked.urls, asked.around or asked.state or newest)
    given: dict[str, Any] = {"article": article, "timelines": timelines(article.shown), "events": view.events_of}
    given["instead"] = came_instead(catalog, (*article.shown.absences, *article.shown.lasting))
    given |= {"outlet": known_outlet(window.holdings, url.outlet), "asked": asked, "compared": None, "state": None}
    if asked.pair is not None:
        given |= {
            "compared": comparison(catalog, asked.pair, url.article_key),
            "facts": facts(asked.pair.report),
            "text": compared_text(asked.pair, asked.look, whole=asked.whole),
            "sightings": evidence_of(catalog, asked.pair),
        }
    elif asked.state is not None:
        given["state"] = state_shown(catalog, url.outlet, article.shown, asked.state)
    return page(request, "article.html", **given)


def compared_text(pair: Compared, look: str, *, whole: bool) -> Markup:
    """Return the text of both states against each other, `inline` or by `sides`."""
    text = side_by_side if look == "sides" else inline
    # The module that makes it escapes all that is of the pages.
    return Markup(text(pair.report, fold=not whole))  # noqa: S704


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
