"""Answers that are written while they are made. What goes wrong before the first piece is an answer of its own."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable, Iterator
from dataclasses import dataclass
from typing import Final

from anyio import CapacityLimiter
from anyio.to_thread import run_sync
from starlette.requests import Request
from starlette.responses import Response, StreamingResponse

from web.archive_host.failures import SAFE

_PIECE: Final = 1 << 16
_MOST_PAGES: Final = 16


@dataclass(frozen=True)
class Begun:
    """An answer whose pages are still to be made."""

    pages: Iterator[bytes]
    media_type: str


class Streams:
    """Long answers. So many have a thread at a time: more would contend for the interpreter, and answer fewer."""

    def __init__(self, at_once: int = 2) -> None:
        self._threads = CapacityLimiter(at_once)

    async def response(self, request: Request, begin: Callable[[], Begun | Response]) -> Response:
        """Return the answer that `begin` begins in a thread, or that it gives instead.

        The next pages are made when the last were sent. An answer of little is sent at once, with its length. To HEAD
        no more is read than it takes to know that.
        """
        found = await run_sync(_begun, begin, limiter=self._threads)
        if isinstance(found, Response):
            return found
        begun, first, ended = found
        headers = {**SAFE, "Cache-Control": "private, no-cache"}
        if ended:
            return Response(first, headers=headers, media_type=begun.media_type)
        if request.method == "HEAD":
            response = Response(headers=headers, media_type=begun.media_type)
            del response.headers["Content-Length"]
            return response
        return StreamingResponse(self._all(first, begun.pages), headers=headers, media_type=begun.media_type)

    async def _all(self, first: bytes, pages: Iterator[bytes]) -> AsyncIterator[bytes]:
        yield first
        ended = False
        while not ended:
            piece, ended = await run_sync(_some, pages, limiter=self._threads)
            yield piece


def _begun(begin: Callable[[], Begun | Response]) -> Response | tuple[Begun, bytes, bool]:
    begun = begin()
    return begun if isinstance(begun, Response) else (begun, *_some(begun.pages))


def _some(pages: Iterator[bytes]) -> tuple[bytes, bool]:
    """Return some pages, and whether these were the last. Where they have nothing to tell few are made at a time."""
    made = []
    size = 0
    for page in pages:
        made.append(page)
        size += len(page)
        if size >= _PIECE or len(made) == _MOST_PAGES:
            return b"".join(made), False
    return b"".join(made), True
