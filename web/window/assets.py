"""Our own files, and HEAD for whatever answers GET."""

from __future__ import annotations

from typing import Any

from starlette.responses import Response
from starlette.staticfiles import StaticFiles
from starlette.types import ASGIApp, Receive, Scope, Send


class Assets(StaticFiles):
    """Static files whose address has a part of their hash (`rendering.asset`): a browser need not ask again."""

    def file_response(self, *told: Any, **more: Any) -> Response:
        """Return a file."""
        answer = super().file_response(*told, **more)
        answer.headers["Cache-Control"] = "public, max-age=31536000, immutable"
        return answer


class AnswersHead:
    """Lets HEAD be answered as GET, as RFC 9110 wants it and FastAPI does not. The server leaves the body out."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        if scope["type"] == "http" and scope["method"] == "HEAD":
            scope = {**scope, "method": "GET"}
        await self._app(scope, receive, send)
