"""What another site's page asks of a host: fetched or embedded it is refused, and a visit is let in by our own step."""

from __future__ import annotations

from dataclasses import dataclass
from html import escape
from typing import Final

from starlette.datastructures import Headers
from starlette.responses import HTMLResponse, Response
from starlette.types import ASGIApp, Receive, Scope, Send

from web.security.fetched import is_foreign, is_visit
from web.security.refusals import refusal

_HEADERS: Final = {
    "Content-Security-Policy": "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cache-Control": "no-store",
}
_STEP: Final = """<!doctype html>
<html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<meta name="color-scheme" content="light dark"><meta http-equiv="refresh" content="0;url={to}">
<title>Going on</title>
<p>A page of another site led here. <a href="{to}">Go on</a></p>
"""


def doorstep(scope: Scope) -> Response:
    """Return a page that leads on to the very address that was asked for, now from a page of the same origin.

    Which does two things. Cookies that are sent with nothing that another site leads to (`SameSite=Strict`) come with
    the second request. And whoever opened the window has lost hold of it (`Cross-Origin-Opener-Policy`) before
    anything is looked up: how many frames the answer has, or whether it is kept as a file, can't be seen from there.
    An answer in a sandbox could not do that itself: browsers show no page that has both.
    """
    return HTMLResponse(_STEP.format(to=escape(address_of_request(scope))), 200, _HEADERS)


def address_of_request(scope: Scope) -> str:
    """Return the path and query of a request as they were sent."""
    query = scope["query_string"].decode("latin-1")
    path: str = scope.get("raw_path", b"/").decode("latin-1")
    return path + (f"?{query}" if query else "")


@dataclass(frozen=True)
class Neighbours:
    """Which frames of another origin may show something of this host: those of the `window`, which say so (`Referer`).

    `same_site` is whether those of all hosts of its domain may: where a session is handed over on the way nothing says
    whose a frame is, and no other site's has one. What is not the window's no browser shows (`frame-ancestors`); but
    that an answer is kept as a file instead can be told from without.
    """

    window: str
    same_site: bool

    def have(self, headers: Headers) -> bool:
        """Return whether a frame's request is from one of them."""
        is_near = self.same_site and headers.get("sec-fetch-site") == "same-site"
        return is_near or headers.get("referer") == f"{self.window}/"


class Doorstep:
    """Lets another origin's page lead here and the neighbours' have frames, and nothing else.

    By `Sec-Fetch-Site` and its like, as web.security.fetched. `but` is a path where a visit needs no step.
    """

    def __init__(self, app: ASGIApp, neighbours: Neighbours, but: str) -> None:
        self._app = app
        self._neighbours = neighbours
        self._but = but

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        instead = self._instead(scope) if scope["type"] == "http" else None
        await (instead or self._app)(scope, receive, send)

    def _instead(self, scope: Scope) -> Response | None:
        headers = Headers(scope=scope)
        if not is_foreign(headers):
            return None
        if is_visit(headers, scope["method"]):
            return None if scope["path"] == self._but else doorstep(scope)
        is_frame = headers.get("sec-fetch-mode") == "navigate" and headers.get("sec-fetch-dest") in ("iframe", "frame")
        if is_frame and self._neighbours.have(headers):
            return None
        return refusal(scope, 403, "Another site's page may lead here, and fetch nothing.")
