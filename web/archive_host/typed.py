"""What people type who know other archives: `/`, `/web/{url}` for the latest capture, `/web/*/{url}` for all."""

from __future__ import annotations

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import BaseRoute, Route

from replay.lookup import Wanted, memento_for
from web.archive_host.failures import LED_ON
from web.archive_host.misses import calendar_of, missed
from web.archive_host.rendering import page
from web.archive_host.routing import METHODS, Asked, TargetRoute, view_path
from web.holdings import Holdings
from web.origins import Origins


def routes(holdings: Holdings, origins: Origins) -> list[BaseRoute]:
    """Return the routes; that of `/web/{url}` takes whatever no other route below `/web/` does, so it must be last."""

    async def home(request: Request) -> Response:  # noqa: ARG001  (Starlette's signature)
        return page("home.html", origins, policy={})

    def latest(asked: Asked) -> Response:
        memento = memento_for(holdings.catalog, asked.url, Wanted())
        if memento is None:
            return missed(holdings, origins, asked)
        address = view_path(memento.saved.row.captured_at, asked.url, exact=memento.shares_second)
        return RedirectResponse(address, 302, LED_ON)

    async def led_to_latest(asked: Asked) -> Response:
        return await run_in_threadpool(latest, asked)

    async def led_to_all(asked: Asked) -> Response:
        return RedirectResponse(origins.window + calendar_of(holdings, asked.url), 302, LED_ON)

    return [
        Route("/", home, methods=list(METHODS)),
        TargetRoute(rb"/web/(?:\*|%2[Aa])/", led_to_all),
        TargetRoute(rb"/web/(?=[^/])", led_to_latest),
    ]
