"""What the tap sees of one attempt at an exchange, while it happens."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from time import monotonic

# A head ends at the first empty line. Lines end in LF, with or without CR before it, as Twisted's parser reads them:
# the wire's bytes are kept whichever it is.
_END_OF_HEAD = re.compile(rb"\n\r?\n")
_INTERIM = re.compile(rb"HTTP/\d+\.\d+ 1\d\d(?:[ \r\n]|$)")


@dataclass(frozen=True)
class Security:
    """The TLS connection under an exchange. `certificates` are DER, the server's own first."""

    version: str
    cipher: str | None
    certificates: tuple[bytes, ...]


class Capture:
    """Collects the bytes of one exchange, and what happened to its connection.

    `limit` is the most response bytes that are taken (framing included); the tap cuts the connection beyond it, and
    lowers it where that many are still no body. When Twisted sends the request once more because a kept connection had
    gone stale, everything starts again but `attempts`. `now` tells the time in UTC.
    """

    started_at: datetime
    request: bytearray
    response: bytearray
    security: Security | None
    connected: bool
    complete: bool
    surplus: int  # bytes received after the end of the message
    overrun: bool  # more than `limit` came
    lost: BaseException | None  # why the connection ended, where it did before the message
    lost_cleanly: bool
    duration_ms: int

    def __init__(self, *, secure: bool, limit: int, now: Callable[[], datetime]) -> None:
        self.secure = secure
        self.limit = limit
        self.now = now
        self.attempts = 0
        self.ip: str | None = None
        self._start()

    def begin(self, ip: str | None, security: Security | None) -> None:
        """Start anew on a connection: nothing was sent on it for this exchange yet."""
        self.attempts += 1
        self._start()
        self.connected = True
        self.ip = ip
        self.security = security

    def secured(self, security: Security) -> None:
        """Note that the TLS handshake is done: the request leaves now, and not before."""
        self.security = security
        self._stamp()

    def finish(self, surplus: int) -> None:
        """Note that the message has ended, `surplus` bytes before the end of what was received."""
        if surplus:
            del self.response[-surplus:]
        self.surplus = surplus
        # A body that ends with its connection is whole only if the server closed it in order (RFC 9112 §8).
        self.complete = self.lost is None or self.lost_cleanly
        self.stop()

    def stop(self) -> None:
        """Note the moment of the end."""
        self.duration_ms = round((monotonic() - self._clock) * 1000)

    def sent(self) -> bytes:
        """Return the request's bytes, empty where they never left: TLS holds them back until the handshake is done."""
        return b"" if self.secure and self.security is None else bytes(self.request)

    def received(self) -> tuple[bytes, bytes]:
        """Return the interim responses (1xx heads) and the final response, whole or not, as received."""
        return split_interim(self.response)

    def _start(self) -> None:
        self.request = bytearray()
        self.response = bytearray()
        self.security = None
        self.connected = False
        self.complete = False
        self.surplus = 0
        self.overrun = False
        self.lost = None
        self.lost_cleanly = False
        self.duration_ms = 0
        self._stamp()

    def _stamp(self) -> None:
        self.started_at = self.now()
        self._clock = monotonic()


def split_interim(received: bytes | bytearray) -> tuple[bytes, bytes]:
    """Part the 1xx heads at the front from the final response. An interim head that was cut off is interim still.

    >>> split_interim(b"HTTP/1.1 103 Early Hints\\r\\nLink: </a>\\r\\n\\r\\nHTTP/1.1 200 OK\\r\\n\\r\\n")
    (b'HTTP/1.1 103 Early Hints\\r\\nLink: </a>\\r\\n\\r\\n', b'HTTP/1.1 200 OK\\r\\n\\r\\n')
    >>> split_interim(b"HTTP/1.1 100 Continue\\r\\n")
    (b'HTTP/1.1 100 Continue\\r\\n', b'')
    """
    end = 0
    while _INTERIM.match(received, end):
        head = _END_OF_HEAD.search(received, end)
        end = head.end() if head else len(received)
    return bytes(received[:end]), bytes(received[end:]) if end else bytes(received)
