"""What a page of another site fetches or embeds is refused before any work is done for it."""

from __future__ import annotations

from typing import Final

from starlette.datastructures import Headers
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Receive, Scope, Send

_FOREIGN: Final = ("cross-site", "same-site")


class OnlyVisited:
    """Refuses what a browser says that another origin's page asks for, but for a person following a link.

    By `Sec-Fetch-Site` and its like (W3C Fetch Metadata), which no page can set. Clients that do not send them are no
    browsers that hold anybody's session.
    """

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        if scope["type"] == "http" and not _is_ours(Headers(scope=scope), scope["method"]):
            await PlainTextResponse("Another site's page may lead here, and fetch nothing.\n", 403)(
                scope, receive, send
            )
        else:
            await self._app(scope, receive, send)


def _is_ours(headers: Headers, method: str) -> bool:
    if headers.get("sec-fetch-site") not in _FOREIGN:
        return True
    is_visit = headers.get("sec-fetch-mode") == "navigate" and headers.get("sec-fetch-dest") == "document"
    return is_visit and method in ("GET", "HEAD")
