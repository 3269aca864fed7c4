"""The ASGI app of the host where archived pages run their scripts."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path
from typing import Final

from starlette.applications import Starlette
from starlette.datastructures import Headers
from starlette.requests import Request
from starlette.responses import PlainTextResponse, RedirectResponse, Response
from starlette.routing import Route
from starlette.types import ASGIApp, Receive, Scope, Send

from config.errors import PalimpsestError
from web.archive_host.failures import SAFE, failed
from web.archive_host.routing import Asked, TargetRoute
from web.holdings import Holdings
from web.origins import Origins
from web.replay_host.policy import WORKER_POLICY, archived_policy, boot_policy
from web.replay_host.raw import worker_route
from web.replay_host.wabac import wabac

_STATIC: Final = Path(__file__).parent / "static"
_SCRIPTS: Final = ("boot.js", "prelude.js", "worker.js")
_FRESH: Final = {"Cache-Control": "no-cache", "X-Content-Type-Options": "nosniff"}
_FOR_EVER: Final = {"Cache-Control": "public, max-age=31536000, immutable", "X-Content-Type-Options": "nosniff"}
_JAVASCRIPT: Final = "text/javascript; charset=utf-8"
_BOOT: Final = """<!doctype html>
<html lang="en" data-parent="{parent}" data-version="{version}">
<meta charset="utf-8">
<title>Replay is starting</title>
<script src="/boot.js"></script>
"""


def replay_app(holdings: Holdings, origins: Origins) -> ASGIApp:
    """Return the app. It answers the browser's worker and the first page in a frame, and shows nothing by itself."""
    scripts = {f"/{name}": (_STATIC / name).read_bytes() for name in _SCRIPTS}

    def settings() -> dict[str, object]:
        installed = wabac()
        values = {
            "POLICY": archived_policy(origins),
            "PARENT": origins.archive,
            "WABAC": installed.path if installed else "/wabac/missing/sw.js",
        }
        all_of_it = scripts["/worker.js"] + json.dumps(values).encode("ascii")
        return {**values, "VERSION": hashlib.sha256(all_of_it).hexdigest()[:16]}

    async def started(request: Request) -> Response:  # noqa: ARG001
        boot = _BOOT.format(parent=origins.archive, version=settings()["VERSION"])
        return Response(boot, 200, boot_policy(origins) | _FRESH, "text/html")

    async def script(request: Request) -> Response:
        return Response(scripts[request.url.path], 200, WORKER_POLICY | _FRESH, _JAVASCRIPT)

    async def policy(request: Request) -> Response:  # noqa: ARG001
        lines = (f"const {name} = {json.dumps(value)};\n" for name, value in settings().items())
        return Response("".join(lines), 200, _FRESH, _JAVASCRIPT)

    async def library(request: Request) -> Response:
        installed = wabac()
        if installed is None or request.url.path != installed.path:
            return PlainTextResponse("not this version\n", 404, SAFE)
        return Response(installed.script, 200, _FOR_EVER, _JAVASCRIPT)

    async def elsewhere(asked: Asked) -> Response:
        """Lead whoever asks for a page of the worker without the worker to where a replay begins."""
        return RedirectResponse(f"{origins.archive}/replay/{asked.timestamp}/{asked.url}", 307, SAFE)

    app = Starlette(
        routes=[
            Route("/boot", started),
            *(Route(path, script) for path in scripts),
            Route("/policy.js", policy),
            Route("/wabac/{version}/sw.js", library),
            worker_route(holdings),
            TargetRoute(rb"/w/[0-9a-f]{32}/(?P<timestamp>[0-9]{1,20})[a-z]{2,4}_/", elsewhere),
        ],
        exception_handlers={PalimpsestError: failed},
    )
    return _OneWorker(app)


class _OneWorker:
    """Gives the script of our service worker under its one address, and nothing else to whoever wants to register one.

    Archived scripts are of this origin, and might register an archived file, or ours with a query that wabac obeys.
    """

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        registering = scope["type"] == "http" and "service-worker" in Headers(scope=scope)
        if registering and (scope["path"] != "/worker.js" or scope["query_string"]):
            await PlainTextResponse("no service worker\n", 403, SAFE)(scope, receive, send)
        else:
            await self._app(scope, receive, send)
