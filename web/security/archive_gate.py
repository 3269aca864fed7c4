"""Before the archive's host: only a session that the window handed over, or for programs the token in a header."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Final
from urllib.parse import parse_qs, quote

from starlette.datastructures import Headers
from starlette.responses import RedirectResponse, Response
from starlette.types import ASGIApp, Receive, Scope, Send

from web.security.cookies import SessionCookie
from web.security.doorstep import address_of_request
from web.security.gate import Gate
from web.security.shown_token import ByToken, is_for_a_person

ENTER: Final = "/enter"
HANDOVER: Final = "/handover"
_SAFE: Final = {
    "Content-Security-Policy": "default-src 'none'; frame-ancestors 'none'",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cache-Control": "no-store",
}
_OUR_FILES: Final = "/static/"


def is_path(text: str) -> bool:
    r"""Return whether this is a path on the same host, as it may stand in a header: nothing leads elsewhere from it.

    >>> [is_path(text) for text in ("/web/2026id_/http://a/?b", "//evil.example", "/\\evil.example", "/a\r\nb", "x")]
    [True, False, False, False, False]
    """
    return re.fullmatch(r"/(?![/\\])[\x21-\x7e]*", text) is not None


class ArchiveGate:
    """Opens a session for whoever brings a ticket, passes on what has one, and leads the rest to the window.

    `asking` makes the page that does, from an address of the window. `for_programs` tells for what a token in a header
    counts as well; it opens no session.
    """

    def __init__(
        self,
        app: ASGIApp,
        gate: Gate,
        cookie: SessionCookie,
        window: str,
        *,
        asking: Callable[[str], Response],
        for_programs: Callable[[Scope], bool],
    ) -> None:
        self._app = app
        self._gate = gate
        self._cookie = cookie
        self._window = window
        self._asking = asking
        self._for_programs = for_programs

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
        elif scope["path"] == ENTER:
            await self._enter(scope)(scope, receive, send)
        elif scope["path"].startswith(_OUR_FILES) or self._gate.knows_in_archive(self._cookie.sent(scope)):
            await self._app(scope, receive, send)
        else:
            await self._by_token(scope)(scope, receive, send)

    def _by_token(self, scope: Scope) -> ASGIApp:
        if is_for_a_person(Headers(scope=scope)) or not self._for_programs(scope):
            return self._turned_away(scope)
        return ByToken(self._app, self._gate)

    def _enter(self, scope: Scope) -> Response:
        try:
            asked = parse_qs(scope["query_string"].decode("latin-1"), max_num_fields=10)
        except ValueError:  # more of them
            return self._turned_away(scope)
        ticket, to = (asked.get(name, [""])[0] for name in ("ticket", "to"))
        session = self._gate.redeem(ticket) if is_path(to) else None
        if session is None:
            return self._turned_away(scope)
        answer = RedirectResponse(to, 303, _SAFE)
        answer.headers.append("Set-Cookie", self._cookie.set(session))
        return answer

    def _turned_away(self, scope: Scope) -> Response:
        to = address_of_request(scope)
        is_page = scope["path"] != ENTER and is_path(to)
        back = f"{self._window}{HANDOVER}?to={quote(to, safe='')}" if is_page else f"{self._window}/"
        return self._asking(back)
