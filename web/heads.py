"""Requests whose head is too long, or that do not end: uvicorn keeps as much of a head as is sent, as long (0.54)."""

from __future__ import annotations

from asyncio import TimerHandle, Transport
from typing import Final

from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

MOST_BYTES: Final = 64 * 1024
MOST_SECONDS: Final = 20.0


class BoundedHeads(HttpToolsProtocol):
    """uvicorn's protocol, which ends a connection where a head goes on beyond MOST_BYTES, or a request MOST_SECONDS.

    Its body, too: a form that comes for hours holds a place among those that are taken at once (web.window.costs).
    """

    _head_bytes = 0
    _in_head = True
    _timer: TimerHandle | None = None

    def connection_made(self, transport: Transport) -> None:  # type: ignore[override]
        """Give a new connection its time for a first request."""
        super().connection_made(transport)
        self._time_request()

    def data_received(self, data: bytes) -> None:
        """Take bytes, unless too many of them have come for one head."""
        if self._in_head:
            if self._head_bytes > MOST_BYTES:
                self.send_400_response("The head of this request is too long.")
                return
            self._head_bytes += len(data)
            self._time_request()
        super().data_received(data)

    def on_headers_complete(self) -> None:
        """Note that the head has ended."""
        self._in_head = False
        self._head_bytes = 0
        super().on_headers_complete()

    def on_message_complete(self) -> None:
        """Note that another head may come; until it begins, uvicorn's keep-alive limits how long that takes."""
        self._in_head = True
        self._stop_timer()
        super().on_message_complete()

    def connection_lost(self, exc: Exception | None) -> None:
        """Forget the connection."""
        self._stop_timer()
        super().connection_lost(exc)

    def _time_request(self) -> None:
        if self._timer is None:
            self._timer = self.loop.call_later(MOST_SECONDS, self.transport.close)

    def _stop_timer(self) -> None:
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None
