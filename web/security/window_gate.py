"""Before the window: only who showed the token comes further than to the page that asks for it."""

from __future__ import annotations

from typing import Final
from urllib.parse import urlencode

from starlette.datastructures import Headers
from starlette.responses import RedirectResponse, Response
from starlette.types import ASGIApp, Receive, Scope, Send

from web.security.cookies import SessionCookie
from web.security.gate import Gate
from web.security.refusals import refusal

LOGIN: Final = "/login"
KNOWN: Final = "palimpsest.known"
"""In the scope of a request: whether whoever asks showed the token."""

_OPEN: Final = (LOGIN, "/static/window.css", "/static/icon.svg")
_BEARER: Final = "bearer "


class WindowGate:
    """Passes on what has a session, or under /api/ the token (`Authorization: Bearer`); leads the rest to the login."""

    def __init__(self, app: ASGIApp, gate: Gate, cookie: SessionCookie) -> None:
        self._app = app
        self._gate = gate
        self._cookie = cookie

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        scope[KNOWN] = self._knows(scope)
        if scope[KNOWN] or scope["path"] in _OPEN:
            await self._app(scope, receive, send)
        else:
            await _turned_away(scope)(scope, receive, send)

    def _knows(self, scope: Scope) -> bool:
        if self._gate.knows("window", self._cookie.sent(scope)):
            return True
        shown = Headers(scope=scope).get("authorization", "")
        is_token = shown[: len(_BEARER)].lower() == _BEARER and self._gate.accepts(shown[len(_BEARER) :].strip())
        return is_token and scope["path"].startswith("/api/")


def _turned_away(scope: Scope) -> Response:
    if scope["path"].startswith("/api/"):
        detail = "Send the token of this window as `Authorization: Bearer …`."
        return refusal(scope, 401, detail, {"WWW-Authenticate": "Bearer"})
    query = scope["query_string"].decode("latin-1")
    path = scope.get("raw_path", b"/").decode("latin-1")
    to = path + (f"?{query}" if query else "")
    return RedirectResponse(LOGIN if to == "/" else f"{LOGIN}?{urlencode({'to': to})}", 303)
