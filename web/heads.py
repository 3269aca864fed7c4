"""Requests whose head is too long, or that do not end: uvicorn keeps as much of a head as is sent, as long (0.54)."""

from __future__ import annotations

from asyncio import TimerHandle, Transport
from typing import Final

from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

MOST_BYTES: Final = 64 * 1024
MOST_SECONDS: Final = 20.0


_WORDS: Final = b"The head of this request is too long: its address, or cookies that a page left here.\n"
_TOO_LONG: Final = (
    b"HTTP/1.1 431 Request Header Fields Too Large\r\nContent-Type: text/plain; charset=utf-8\r\n"
    b"X-Content-Type-Options: nosniff\r\nContent-Length: %d\r\nConnection: close\r\n\r\n%s" % (len(_WORDS), _WORDS)
)


class _HeadTooLong(Exception):
    """Raised into the parser."""


class BoundedHeads(HttpToolsProtocol):
    """uvicorn's protocol, which ends a connection where a head goes on beyond MOST_BYTES, or a request MOST_SECONDS.

    Its body, too: a form that comes for hours holds a place among those that are taken at once (web.window.costs).
    The answer is 431, and takes no cookies away though they may be what is too long: `Clear-Site-Data` would end the
    session of the window along with those that an archived page planted, as both are of one domain.
    """

    _head_bytes = 0  # of the parts of this head that are whole
    _unread_bytes = 0  # of one that is not
    _parts = 0  # that came on this connection: of all heads, and ends of requests
    _in_head = True
    _is_too_long = False
    _timer: TimerHandle | None = None

    def connection_made(self, transport: Transport) -> None:  # type: ignore[override]
        """Give a new connection its time for a first request."""
        super().connection_made(transport)
        self._time_request()

    def data_received(self, data: bytes) -> None:
        """Take bytes, unless too many of them have come for one head."""
        if self._in_head:
            self._time_request()
        before = self._parts
        super().data_received(data)
        # A chunk that ended no line belongs to one whole; where others ended in it, the rest is at most a chunk.
        self._unread_bytes = self._unread_bytes + len(data) if self._in_head and self._parts == before else 0
        if self._unread_bytes > MOST_BYTES:
            self._is_too_long = True
            self.send_400_response("")

    def on_message_begin(self) -> None:
        """Begin to count a head."""
        self._head_bytes = 0
        super().on_message_begin()

    def on_url(self, url: bytes) -> None:
        """Count a piece of the address."""
        self._count(len(url))
        super().on_url(url)

    def on_header(self, name: bytes, value: bytes) -> None:
        """Count a field."""
        self._count(len(name) + len(value) + len(": \r\n"))
        super().on_header(name, value)

    def on_headers_complete(self) -> None:
        """Note that the head has ended."""
        self._in_head = False
        super().on_headers_complete()

    def on_message_complete(self) -> None:
        """Note that another head may come; until it begins, uvicorn's keep-alive limits how long that takes."""
        self._in_head = True
        self._parts += 1  # the end of a body is no beginning of a head
        self._stop_timer()
        super().on_message_complete()

    def connection_lost(self, exc: Exception | None) -> None:
        """Forget the connection."""
        self._stop_timer()
        super().connection_lost(exc)

    def send_400_response(self, msg: str) -> None:
        """Say what is wrong with a request that is not taken, and end the connection."""
        if self._is_too_long:
            self.transport.write(_TOO_LONG)
            self.transport.close()
        else:
            super().send_400_response(msg)

    def _unsupported_upgrade_warning(self) -> None:
        """Tell the operator nothing: anybody may ask for a WebSocket, and is answered as if he had not (RFC 9110 §7.8).

        uvicorn would advise to install a library for it.
        """

    def _count(self, size: int) -> None:
        self._parts += 1
        self._head_bytes += size
        if self._head_bytes > MOST_BYTES:
            self._is_too_long = True
            raise _HeadTooLong  # which ends the parsing, whose caller answers

    def _time_request(self) -> None:
        if self._timer is None:
            self._timer = self.loop.call_later(MOST_SECONDS, self.transport.close)

    def _stop_timer(self) -> None:
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None
