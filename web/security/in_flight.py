"""How many bytes of answers are on their way at once: whoever reads slowly makes us hold what he has not taken."""

from __future__ import annotations

from typing import Final

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from web.security.refusals import refusal

PIECE: Final = 256 * 1024
"""Bytes that are handed to the server at once, which waits until most of them are taken; shorter bodies go whole."""

MOST: Final = 256 * 1024 * 1024
_AGAIN_SECONDS: Final = 5


class InFlight:
    """Sends the large bodies of an app in pieces, and no more than `most` bytes of them at once.

    uvicorn takes a body of any size and keeps what the client has not read. What would be too much is answered 503,
    but for one that is larger than all may be together: by itself it is sent.
    """

    def __init__(self, app: ASGIApp, most: int = MOST) -> None:
        self._app = app
        self._most = most
        self._held = 0

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        started: Message | None = None
        refused = False

        async def sending(message: Message) -> None:
            nonlocal started, refused
            if message["type"] == "http.response.start":
                started = message  # held back until it is known that what it tells of can be sent
                return
            body: bytes = message.get("body", b"")
            large = len(body) > PIECE
            if large and started is not None and 0 < self._held > self._most - len(body):
                refused = True
                await _too_much(scope)(scope, receive, send)
            if refused:
                return
            if started is not None:
                begun, started = started, None
                await send(begun)
            if not large:
                await send(message)
                return
            self._held += len(body)
            try:
                await _in_pieces(body, message, send)
            finally:
                self._held -= len(body)

        await self._app(scope, receive, sending)


async def _in_pieces(body: bytes, message: Message, send: Send) -> None:
    view = memoryview(body)
    for begin in range(0, len(body), PIECE):
        more = begin + PIECE < len(body) or message.get("more_body", False)
        await send({"type": message["type"], "body": bytes(view[begin : begin + PIECE]), "more_body": more})


def _too_much(scope: Scope) -> ASGIApp:
    words = f"Too many large answers are being sent; this may be asked again in {_AGAIN_SECONDS} s."
    return refusal(scope, 503, words, {"Retry-After": str(_AGAIN_SECONDS)})
