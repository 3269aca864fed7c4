"""Before the archive's host: only a session that the window handed over."""

from __future__ import annotations

import re
from typing import Final
from urllib.parse import parse_qs, quote

from starlette.responses import HTMLResponse, RedirectResponse, Response
from starlette.types import ASGIApp, Receive, Scope, Send

from web.origins import Origins
from web.security.cookies import SessionCookie
from web.security.gate import Gate

ENTER: Final = "/enter"
HANDOVER: Final = "/handover"
_SAFE: Final = {
    "Content-Security-Policy": "default-src 'none'; frame-ancestors 'none'",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cache-Control": "no-store",
}
_TURNED_AWAY: Final = """<!doctype html>
<html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>A session is needed</title>
<h1>A session is needed</h1>
<p>Archived pages are shown to whoever is known to the window. <a href="{window}">Come in by the window</a>.</p>
"""


def is_path(text: str) -> bool:
    r"""Return whether this is a path on the same host, as it may stand in a header: nothing leads elsewhere from it.

    >>> [is_path(text) for text in ("/web/2026id_/http://a/?b", "//evil.example", "/\\evil.example", "/a\r\nb", "x")]
    [True, False, False, False, False]
    """
    return re.fullmatch(r"/(?![/\\])[\x21-\x7e]*", text) is not None


class ArchiveGate:
    """Opens a session for whoever brings a ticket, passes on what has one, and leads the rest to the window."""

    def __init__(self, app: ASGIApp, gate: Gate, cookie: SessionCookie, origins: Origins) -> None:
        self._app = app
        self._gate = gate
        self._cookie = cookie
        self._window = origins.window

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
        elif scope["path"] == ENTER:
            await self._enter(scope)(scope, receive, send)
        elif self._gate.knows_in_archive(self._cookie.sent(scope)):
            await self._app(scope, receive, send)
        else:
            await self._turned_away(scope)(scope, receive, send)

    def _enter(self, scope: Scope) -> Response:
        asked = parse_qs(scope["query_string"].decode("latin-1"), max_num_fields=10)
        ticket, to = (asked.get(name, [""])[0] for name in ("ticket", "to"))
        session = self._gate.redeem(ticket) if is_path(to) else None
        if session is None:
            return self._turned_away(scope)
        answer = RedirectResponse(to, 303, _SAFE)
        answer.headers.append("Set-Cookie", self._cookie.set(session))
        return answer

    def _turned_away(self, scope: Scope) -> Response:
        query = scope["query_string"].decode("latin-1")
        path = scope.get("raw_path", b"/").decode("latin-1")
        to = path + (f"?{query}" if query else "")
        is_page = scope["path"] != ENTER and is_path(to)
        back = f"{self._window}{HANDOVER}?to={quote(to, safe='')}" if is_page else f"{self._window}/"
        return HTMLResponse(_TURNED_AWAY.format(window=back), 401, _SAFE)
