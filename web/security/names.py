"""Only requests for our own name are answered.

A page of a stranger's may let its own name resolve to 127.0.0.1 and then talk to the window as if it were of the same
origin (DNS rebinding). What it can't change is the Host that the browser sends.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final
from urllib.parse import urlsplit

from starlette.datastructures import Headers
from starlette.responses import RedirectResponse, Response
from starlette.types import ASGIApp, Receive, Scope, Send

from web.security.refusals import refusal

_DEFAULT_PORTS: Final = {"http": 80, "https": 443}


class OwnNames:
    """Passes on what asks for the host and port of `origin`, leads from `aliases` (origins) there, refuses the rest.

    An alias is led away and never answered, because what a browser stores for it is not the origin's.
    """

    def __init__(self, app: ASGIApp, origin: str, aliases: Iterable[str] = ()) -> None:
        self._app = app
        self._origin = origin
        self._own = _host_and_port(origin)
        self._aliases = frozenset(map(_host_and_port, aliases))
        self._default_port = _DEFAULT_PORTS[urlsplit(origin).scheme]

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        asked = self._asked(scope)
        if asked == self._own:
            await self._app(scope, receive, send)
        else:
            await self._elsewhere(scope, asked)(scope, receive, send)

    def _asked(self, scope: Scope) -> tuple[str, int] | None:
        named = Headers(scope=scope).getlist("host")
        if len(named) != 1:
            return None
        try:
            parts = urlsplit(f"//{named[0]}")
            port = parts.port or self._default_port
        except ValueError:
            return None
        return (parts.hostname or "", port) if not (parts.username or parts.path or parts.query) else None

    def _elsewhere(self, scope: Scope, asked: tuple[str, int] | None) -> Response:
        if asked in self._aliases and scope["method"] in ("GET", "HEAD"):
            query = f"?{scope['query_string'].decode('latin-1')}" if scope["query_string"] else ""
            path = scope.get("raw_path", b"/").decode("latin-1")
            return RedirectResponse(self._origin + path + query, 307)
        return refusal(scope, 421, f"This server answers for {self._origin} only.")


def _host_and_port(origin: str) -> tuple[str, int]:
    parts = urlsplit(origin)
    return parts.hostname or "", parts.port or _DEFAULT_PORTS[parts.scheme]
