"""What the tap does with heads of any length, on a transport made of memory."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest
from twisted.web._newclient import Request
from twisted.web.http_headers import Headers

from crawlers.capture import Capture
from crawlers.wire import LONGEST_HEADS, CaptureHeaders, TapFactory
from crawlers.wire_check import _Memory


class Exchange:
    """One exchange under way."""

    def __init__(self) -> None:
        self.capture = Capture(secure=False, limit=64 << 20, now=lambda: datetime.now(UTC))
        self.transport = _Memory()
        protocol = TapFactory(lambda _: None, "test").buildProtocol(None)  # type: ignore[no-untyped-call]
        protocol.makeConnection(self.transport)  # type: ignore[no-untyped-call]
        self.protocol: Any = protocol
        headers = CaptureHeaders(Headers({b"Host": [b"a.example"]}), self.capture)
        self.response = self.protocol.request(Request(b"GET", b"/", headers, None))  # type: ignore[no-untyped-call]

    def receive(self, *, at_least: int, piece: bytes) -> None:
        """Receive a piece again and again, until that much came or the connection was cut."""
        while not self.transport.closed and len(self.capture.response) < at_least:
            self.protocol.dataReceived(piece)


@pytest.mark.parametrize("line", [b"a:\r\n", b"HTTP/1.1 103 Early Hints\r\n\r\n"])
def test_heads_without_end_are_cut_before_they_fill_the_memory(line: bytes) -> None:
    exchange = Exchange()
    exchange.protocol.dataReceived(b"HTTP/1.1 103 Early Hints\r\n" + (b"" if line == b"a:\r\n" else b"\r\n"))
    exchange.receive(at_least=2 * LONGEST_HEADS, piece=line * 4096)
    assert exchange.transport.closed
    assert exchange.capture.overrun
    assert exchange.capture.limit == LONGEST_HEADS
    assert not exchange.response.called


def test_a_body_may_be_longer_than_a_head() -> None:
    exchange = Exchange()
    exchange.protocol.dataReceived(b"HTTP/1.1 200 OK\r\nContent-Length: %d\r\n\r\n" % (8 * LONGEST_HEADS))
    exchange.receive(at_least=3 * LONGEST_HEADS, piece=b"x" * 65536)
    assert exchange.response.called
    assert not exchange.capture.overrun
