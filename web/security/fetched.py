"""What is refused before any work is done for it: what a page of another site fetches, and endless addresses."""

from __future__ import annotations

from typing import Final

from starlette.datastructures import Headers
from starlette.responses import Response
from starlette.types import ASGIApp, Receive, Scope, Send

from web.security.refusals import refusal

LONGEST: Final = 16 * 1024
"""Of a path with its query: a URL of 4,096 characters, each escaped, has a place in it."""

_FOREIGN: Final = ("cross-site", "same-site")


class OnlyVisited:
    """Refuses what a browser says that another origin's page asks for, but for a person following a link.

    By `Sec-Fetch-Site` and its like (W3C Fetch Metadata), which no page can set. Clients that do not send them are no
    browsers that hold anybody's session. Addresses longer than LONGEST are refused, too.
    """

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        refused = _refused(scope) if scope["type"] == "http" else None
        await (refused or self._app)(scope, receive, send)


def _refused(scope: Scope) -> Response | None:
    if len(scope.get("raw_path", b"")) + len(scope["query_string"]) > LONGEST:
        return refusal(scope, 414, "This address is too long.")
    headers = Headers(scope=scope)
    if is_foreign(headers) and not is_visit(headers, scope["method"]):
        return refusal(scope, 403, "Another site's page may lead here, and fetch nothing.")
    return None


def is_foreign(headers: Headers) -> bool:
    """Return whether a page of another origin asks."""
    return headers.get("sec-fetch-site") in _FOREIGN


def is_visit(headers: Headers, method: str) -> bool:
    """Return whether a person comes, in a window of the browser."""
    is_page = headers.get("sec-fetch-mode") == "navigate" and headers.get("sec-fetch-dest") == "document"
    return is_page and method in ("GET", "HEAD")
