"""The window's app, put together from its topics."""

from __future__ import annotations

from typing import Final

from fastapi import APIRouter, Depends, FastAPI
from starlette.types import ASGIApp

from web.freshness import Freshness
from web.holdings import Holdings
from web.origins import Origins
from web.security.cookies import window_cookie
from web.security.fetched import OnlyVisited
from web.security.gate import Gate
from web.security.headers import SecurityHeaders
from web.security.limits import Limits
from web.security.names import OwnNames
from web.security.window_gate import WindowGate
from web.window.api import articles as articles_api
from web.window.api import captures as captures_api
from web.window.api import changes as changes_api
from web.window.api import outlets as outlets_api
from web.window.api import search as search_api
from web.window.api.problems import PROBLEMS, document
from web.window.asked_unknown import no_unknown_outlet, nothing_unknown
from web.window.assets import AnswersHead, Assets
from web.window.context import Window
from web.window.costs import RATES
from web.window.errors import tell_errors
from web.window.pages import account, article, calendar, changes, docs, outlets, overview, search, two_articles
from web.window.rendering import STATIC

PAGES: Final = (overview, changes, article, two_articles, calendar, search, outlets, docs, account)
"""Modules of `web.window.pages`, each with its `router`."""

API: Final = (outlets_api, changes_api, articles_api, captures_api, search_api)
"""Modules of `web.window.api`, each with its `router`."""

API_PREFIX: Final = "/api/v1"


def window_app(
    holdings: Holdings, origins: Origins, freshness: Freshness | None = None, gate: Gate | None = None
) -> ASGIApp:
    """Return the window as an ASGI app: pages, and the JSON API with its OpenAPI document under /api/v1.

    It answers under the name of `origins.window` only, and sends security headers with everything. Without `freshness`
    the catalog is shown as it is, and nobody looks for new commits; whoever serves the app starts it. With a `gate`
    only those see anything who showed its token.
    """
    app = FastAPI(
        title="Palimpsest",
        version="1.0",
        description="What an archive of news outlets holds: outlets, crawls, articles, states and changes. Read-only."
        " A parameter that an operation does not know is refused.",
        openapi_url=f"{API_PREFIX}/openapi.json",
        docs_url=None,
        redoc_url=None,
        dependencies=[Depends(nothing_unknown), Depends(no_unknown_outlet)],
    )
    app.state.window = Window(
        holdings=holdings,
        origins=origins,
        freshness=freshness or Freshness(holdings.archive, holdings.catalog, holdings.clock),
        limits=Limits(RATES),
        gate=gate,
    )
    for module in PAGES:
        app.include_router(module.router)
    api = APIRouter(prefix=API_PREFIX, responses=PROBLEMS)
    for module in API:
        api.include_router(module.router)
    app.include_router(api)
    app.mount("/static", Assets(directory=STATIC), name="static")
    app.openapi = lambda: document(app)  # type: ignore[method-assign]
    tell_errors(app)
    inner: ASGIApp = AnswersHead(app)
    if gate is not None:
        inner = WindowGate(inner, gate, window_cookie(origins))
    named = OwnNames(OnlyVisited(inner), origins.window, origins.window_aliases)
    # After signing out, going back must show nothing.
    return SecurityHeaders(named, origins, caching="private, no-cache" if gate is None else "no-store")
