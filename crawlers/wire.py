"""The byte-exact tap: Twisted's HTTP/1.1 client, with everything that it sends and receives noted on the way.

Scrapy's download handler asks a connection pool for a connection, and the pool makes its protocols by a factory. Ours
makes `TapProtocol`s: the one place where the bytes of both directions pass, after TLS was undone and before anything is
parsed. Which exchange a request belongs to travels in its headers object (`CaptureHeaders`), which Twisted hands down
unchanged, also when it sends the request again because a kept connection had gone stale.

This stands on names that Scrapy and Twisted do not promise; `crawlers.wire_check` refuses to start without them.
"""

from __future__ import annotations

import logging
from collections.abc import Iterable
from typing import Any, Final, cast

from OpenSSL import SSL, crypto
from scrapy.core.downloader.handlers.http11 import (
    _LenientHTTP11ClientFactory,
    _LenientHTTP11ClientProtocol,
    _LenientHTTPClientParser,
)
from twisted.internet.defer import Deferred
from twisted.internet.error import ConnectionDone
from twisted.internet.interfaces import IHandshakeListener
from twisted.internet.protocol import connectionDone
from twisted.python.failure import Failure
from twisted.web._newclient import HEADER, STATUS, Request
from twisted.web.http_headers import Headers, InvalidHeaderName
from twisted.web.iweb import IResponse
from zope.interface import implementer  # type: ignore[import-untyped]

from crawlers.capture import Capture, Security
from crawlers.errors import WireUnavailable

# Twisted ends a connection over a header line of more than 16 KiB. Browsers take 256 KiB of headers (Chromium), and
# long Content-Security-Policy lines exist.
LONGEST_LINE: Final = 256 * 1024
# All heads of one exchange, 1xx too. Twisted takes 14 s for 4 MiB of short lines (measured, two cores shared),
# and keeps them all; the limit of a response would let 65 MiB come.
LONGEST_HEADS: Final = 1024 * 1024

logger = logging.getLogger(__name__)


class TapParser(_LenientHTTPClientParser):
    """Twisted's parser, with less to fall over: the archive has the bytes, the spider what can be understood."""

    MAX_LENGTH = LONGEST_LINE

    def headerReceived(self, name: bytes, value: bytes) -> None:  # noqa: N802 - Twisted's name
        """Take a header; leave one whose name is no token (RFC 9110 §5.1) out, where Twisted ends the connection."""
        try:
            super().headerReceived(name.rstrip(b" \t"), value)  # type: ignore[no-untyped-call]
        except InvalidHeaderName:
            logger.debug("a header named %r is left out", name)


class CaptureHeaders(Headers):
    """The headers of one request, with the capture that its bytes belong to."""

    __slots__ = ("capture",)

    def __init__(self, headers: Headers, capture: Capture) -> None:
        super().__init__()
        self.capture = capture
        for name, values in headers.getAllRawHeaders():
            self.setRawHeaders(name, values)

    def copy(self) -> CaptureHeaders:
        """Return a copy for the same capture: the agent copies them to add the Host."""
        return CaptureHeaders(self, self.capture)


class TapRequest(Request):
    """A request that writes itself into its capture, too."""

    def writeTo(self, transport: Any) -> Deferred[None]:  # noqa: N802 - Twisted's name
        """Write the request to the connection."""
        return cast("Deferred[None]", super().writeTo(_Tee(transport, self.headers.capture)))  # type: ignore[no-untyped-call]


@implementer(IHandshakeListener)
class TapProtocol(_LenientHTTP11ClientProtocol):
    """One connection of the client, which notes what passes in the capture of the request that it is working on."""

    _capture: Capture | None = None
    _security: Security | None = None

    def request(self, request: Request) -> Deferred[IResponse]:
        """Send a request whose headers carry a capture."""
        if not isinstance(request.headers, CaptureHeaders):
            raise WireUnavailable(f"a request to {request.absoluteURI!r} came past the capture: it was not sent")
        self._capture = request.headers.capture
        # An IPv6 address may come with the zone it was reached through, which is this machine's affair.
        peer = getattr(cast("Any", self.transport).getPeer(), "host", None)
        self._capture.begin(peer.partition("%")[0] if peer else None, self._security)
        request.__class__ = TapRequest  # the agent makes its requests itself; the class adds no state
        response = super().request(request)
        if self._parser is not None:
            self._parser.__class__ = TapParser  # as Scrapy does it: the parser that was made has no state of its own
        return response

    def handshakeCompleted(self) -> None:  # noqa: N802 - Twisted's name
        """Note the TLS connection; called once for it, by the TLS layer below."""
        self._security = _security_of(cast("Any", self.transport).getHandle())
        if self._capture is not None:
            self._capture.secured(self._security)

    def dataReceived(self, data: bytes) -> None:  # noqa: N802 - Twisted's name
        """Note what came, then let it be parsed."""
        capture = self._capture
        if capture is not None:
            if capture.overrun:
                return
            before = len(capture.response)
            capture.response += data
            if before > LONGEST_HEADS and self._parser is not None and self._parser.state in (STATUS, HEADER):
                capture.limit = LONGEST_HEADS
            if len(capture.response) > capture.limit:
                capture.overrun = True
                self.transport.abortConnection()  # type: ignore[union-attr]
                return
        super().dataReceived(data)  # type: ignore[no-untyped-call]

    def connectionLost(self, reason: Failure = connectionDone) -> None:  # noqa: N802 - Twisted's name
        """Note how the connection ended, then let what waits for it know."""
        if self._capture is not None:
            self._capture.lost = reason.value
            self._capture.lost_cleanly = isinstance(reason.value, ConnectionDone)
        super().connectionLost(reason)  # type: ignore[no-untyped-call]

    def _finishResponse(self, rest: bytes) -> None:  # noqa: N802 - Twisted's name
        capture, self._capture = self._capture, None
        if capture is not None:
            capture.finish(len(rest))
        if rest and self._currentRequest is not None:
            # A server that says more than it was asked would have its surplus read as the next response.
            self._currentRequest.persistent = False
        super()._finishResponse(rest)


class TapFactory(_LenientHTTP11ClientFactory):
    """Makes the connections of the pool."""

    def buildProtocol(self, addr: object) -> TapProtocol:  # noqa: ARG002, N802 - Twisted's name
        """Return a connection's protocol."""
        return TapProtocol(self._quiescentCallback)  # type: ignore[no-untyped-call]


class _Tee:
    """The part of a transport that a request is written to."""

    def __init__(self, transport: Any, capture: Capture) -> None:
        self._transport = transport
        self._sent = capture.request

    def write(self, data: bytes) -> None:
        self._sent += data
        self._transport.write(data)

    def writeSequence(self, parts: Iterable[bytes]) -> None:  # noqa: N802 - Twisted's name
        self.write(b"".join(parts))

    def registerProducer(self, producer: object, streaming: bool) -> None:  # noqa: N802 - Twisted's name
        self._transport.registerProducer(producer, streaming)

    def unregisterProducer(self) -> None:  # noqa: N802 - Twisted's name
        self._transport.unregisterProducer()


def _security_of(connection: SSL.Connection) -> Security:
    return Security(
        version=connection.get_protocol_version_name(),
        cipher=connection.get_cipher_name(),
        certificates=tuple(
            crypto.dump_certificate(crypto.FILETYPE_ASN1, certificate)
            for certificate in connection.get_peer_cert_chain() or ()
        ),
    )
