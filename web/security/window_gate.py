"""Before the window: only who showed the token comes further than to the page that asks for it."""

from __future__ import annotations

from typing import Final
from urllib.parse import urlencode

from starlette.datastructures import Headers
from starlette.responses import RedirectResponse, Response
from starlette.types import ASGIApp, Receive, Scope, Send

from web.security.cookies import SessionCookie
from web.security.doorstep import address_of_request, doorstep
from web.security.fetched import is_foreign
from web.security.gate import Gate
from web.security.limits import TooMuch, too_often
from web.security.refusals import refusal
from web.security.shown_token import CHALLENGE, HOW, is_for_a_person, shows_token

LOGIN: Final = "/login"
KNOWN: Final = "palimpsest.known"
"""In the scope of a request: whether whoever asks showed the token."""

_OPEN: Final = (LOGIN, "/static/window.css", "/static/icon.svg")
_FEEDS: Final = ("/changes.atom", "/changes.json", "/changes.csv")


class WindowGate:
    """Passes on what has a session, or the token in a header where programs ask: the API, feeds and the table.

    Leads the rest to the login.
    """

    def __init__(self, app: ASGIApp, gate: Gate, cookie: SessionCookie) -> None:
        self._app = app
        self._gate = gate
        self._cookie = cookie

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        try:
            scope[KNOWN] = self._knows(scope)
        except TooMuch as much:
            await too_often(scope, much)(scope, receive, send)
            return
        if scope[KNOWN] or scope["path"] in _OPEN:
            await self._app(scope, receive, send)
        else:
            await _turned_away(scope)(scope, receive, send)

    def _knows(self, scope: Scope) -> bool:
        return self._gate.knows(self._cookie.sent(scope)) or (
            _is_for_programs(scope) and shows_token(scope, self._gate)
        )


def _is_for_programs(scope: Scope) -> bool:
    path: str = scope["path"]
    return path.startswith("/api/") or path in _FEEDS


def _turned_away(scope: Scope) -> Response:
    if scope["path"].startswith("/api/"):
        detail = "Send the token of this window as `Authorization: Bearer …`."
        return refusal(scope, 401, detail, {"WWW-Authenticate": "Bearer"})
    if scope["path"] in _FEEDS and not is_for_a_person(Headers(scope=scope)):
        return refusal(scope, 401, HOW, CHALLENGE)
    if is_foreign(Headers(scope=scope)):
        return doorstep(scope)  # whose session, if there is one, no browser sent: the cookie is SameSite=Strict
    to = address_of_request(scope)
    return RedirectResponse(LOGIN if to == "/" else f"{LOGIN}?{urlencode({'to': to})}", 303)
