"""The token in a header, as programs show it: they hold no session."""

from __future__ import annotations

from base64 import b64decode
from binascii import Error
from typing import Final

from starlette.datastructures import Headers
from starlette.types import ASGIApp, Receive, Scope, Send

from web.security.gate import Gate
from web.security.limits import TooMuch, address_of, too_often
from web.security.refusals import refusal

HOW: Final = "Send the token of this window as `Authorization: Bearer …`, or as the password of any user (Basic)."
CHALLENGE: Final = {
    "WWW-Authenticate": 'Basic realm="Palimpsest", charset="UTF-8", Bearer',
    "Cache-Control": "no-store",
}


def is_from_browser(headers: Headers) -> bool:
    """Return whether a browser says that it is one (W3C Fetch Metadata), as all do by now to hosts they trust."""
    return "sec-fetch-site" in headers


def is_for_a_person(headers: Headers) -> bool:
    """Return whether a browser asks, that has shown nothing: for a page, if it is one that does not say what it is.

    By plain HTTP from another machine browsers say nothing of themselves but what they take, HTML before all else. They
    would answer a challenge with a dialog of their own, and send what was typed there along with all that follows. Feed
    readers that take HTML, too, to look for feeds in it, name feeds first.
    """
    is_page = headers.get("accept", "").lstrip().startswith("text/html") and "authorization" not in headers
    return is_page or is_from_browser(headers)


def shows_token(scope: Scope, gate: Gate) -> bool:
    """Return whether a request has the token in its head. Raises TooMuch where too many wrong ones came before.

    A password is taken from no browser: it would send one that it kept along with what other sites' pages ask for.
    """
    headers = Headers(scope=scope)
    scheme, _, shown = headers.get("authorization", "").partition(" ")
    match scheme.lower():
        case "bearer":
            return gate.accepts(shown.strip(), address_of(scope))
        case "basic" if not is_from_browser(headers):
            return gate.accepts(_password(shown), address_of(scope))
        case _:
            return False


class ByToken:
    """Passes on what has the token in its head, and asks for it where it has none."""

    def __init__(self, app: ASGIApp, gate: Gate) -> None:
        self._app = app
        self._gate = gate

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        app = self._app
        if scope["type"] == "http":
            try:
                if not shows_token(scope, self._gate):
                    app = refusal(scope, 401, HOW, CHALLENGE)
            except TooMuch as much:
                app = too_often(scope, much)
        await app(scope, receive, send)


def _password(shown: str) -> str:
    try:
        return b64decode(shown.strip(), validate=True).decode("utf-8").partition(":")[2]
    except (Error, ValueError):  # no base64, or no UTF-8
        return ""
