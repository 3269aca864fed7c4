"""Whether the tap works with the Scrapy and the Twisted that are installed: names first, then a rehearsal.

The tap stands on internals, so pins alone would be a promise of others. A crawl that would not be captured exactly must
not start: the names and signatures are looked at, and one exchange with the traps of the framing is played through the
tap on a transport made of memory, which takes about a millisecond.
"""

from __future__ import annotations

import inspect
from datetime import UTC, datetime
from importlib import import_module
from importlib.metadata import version
from typing import Any, Final

from crawlers.capture import Capture
from crawlers.errors import WireUnavailable

PINNED: Final = {"scrapy": "2.19.*", "twisted": "26.10.*"}  # in pyproject.toml, for this reason

_HTTP11: Final = "scrapy.core.downloader.handlers.http11"
_NEWCLIENT: Final = "twisted.web._newclient"
_CLIENT: Final = "twisted.web.client"

# What we call or override: module, name, parameters (None: only that it is there).
_INTERNALS: Final[tuple[tuple[str, str, str | None], ...]] = (
    (_HTTP11, "_LenientHTTP11ClientProtocol", "quiescentCallback"),
    (_HTTP11, "_LenientHTTP11ClientFactory", "quiescentCallback metadata"),
    (_HTTP11, "_LenientHTTPClientParser.headerReceived", "self name value"),
    (_HTTP11, "_ScrapyAgent._get_agent", "self request timeout"),
    (_HTTP11, "_ScrapyAgent.download_request", "self request"),
    (
        _HTTP11,
        "_ScrapyAgent",
        "contextFactory connectTimeout bindAddress pool maxsize warnsize fail_on_dataloss crawler tls_verbose_logging",
    ),
    ("scrapy.utils._download_handlers", "wrap_twisted_exceptions", ""),
    (_CLIENT, "HTTPConnectionPool._factory", "quiescentCallback metadata"),
    (_CLIENT, "HTTPConnectionPool._newConnection", "self key endpoint"),
    (_CLIENT, "_HTTP11ClientFactory.buildProtocol", "self addr"),
    (_NEWCLIENT, "HTTP11ClientProtocol.request", "self request"),
    (_NEWCLIENT, "HTTP11ClientProtocol.dataReceived", "self bytes"),
    (_NEWCLIENT, "HTTP11ClientProtocol.connectionLost", "self args kwargs"),
    (_NEWCLIENT, "HTTP11ClientProtocol._finishResponse", "self args kwargs"),
    (_NEWCLIENT, "HTTP11ClientProtocol._parser", None),
    (_NEWCLIENT, "HTTP11ClientProtocol._currentRequest", None),
    (_NEWCLIENT, "HTTPClientParser.MAX_LENGTH", None),
    (_NEWCLIENT, "STATUS", None),
    (_NEWCLIENT, "HEADER", None),
    (_NEWCLIENT, "Request.writeTo", "self transport"),
)

_INTERIM: Final = b"HTTP/1.1 103 Early Hints\r\nLink: </a.css>\r\n\r\n"
_RESPONSE: Final = (
    b"HTTP/1.1 200 Fine\r\nx-ODD:1\r\nno colon\r\nc\xe9d : e\r\nTransfer-Encoding: chunked\r\n\r\n"
    b'5;name="value"\r\nabcde\r\n0\r\nX-Trailer: t\r\n\r\n'
)
_SURPLUS: Final = b"HTTP/1.1 200 not asked for"


def require_wire() -> None:
    """Return if the tap captures exactly; else raise `WireUnavailable`, which says what is missing or changed."""
    problems = [problem for internal in _INTERNALS if (problem := _problem(*internal)) is not None]
    if problems:
        raise _unavailable("; ".join(problems))
    try:
        _rehearse()
    except WireUnavailable:
        raise
    except Exception as failure:  # what an unknown Twisted raises, nobody knows
        raise _unavailable(f"a rehearsed exchange failed with {failure!r}") from failure


def _problem(module: str, name: str, parameters: str | None) -> str | None:
    try:
        thing: Any = import_module(module)
        for part in name.split("."):
            thing = getattr(thing, part)
    except (ImportError, AttributeError):
        return f"{module}.{name} is missing"
    if parameters is not None and " ".join(inspect.signature(thing).parameters) != parameters:
        return f"{module}.{name} takes {inspect.signature(thing)}, not ({parameters.replace(' ', ', ')})"
    return None


def _rehearse() -> None:
    from twisted.web._newclient import Request
    from twisted.web.http_headers import Headers

    from crawlers.wire import CaptureHeaders, TapFactory

    kept: list[object] = []
    capture = Capture(secure=False, limit=1 << 20, now=lambda: datetime.now(UTC))
    transport = _Memory()
    protocol = TapFactory(kept.append, "rehearsal").buildProtocol(None)  # type: ignore[no-untyped-call]
    protocol.makeConnection(transport)  # type: ignore[no-untyped-call]
    headers = CaptureHeaders(Headers({b"Host": [b"rehearsal.invalid"]}), capture).copy()
    response = protocol.request(Request(b"GET", b"/", headers, None, persistent=True))  # type: ignore[no-untyped-call]
    received = _INTERIM + _RESPONSE
    for cut in range(0, len(received) - 7, 7):
        protocol.dataReceived(received[cut : cut + 7])
    protocol.dataReceived(received[cut + 7 :] + _SURPLUS)
    if not response.called:
        raise _unavailable("a rehearsed response was not noticed")
    wrong = [
        what
        for what, holds in (
            ("the request", transport.written and capture.sent() == bytes(transport.written)),
            ("the response", capture.received() == (_INTERIM, _RESPONSE)),
            ("the end of the response", capture.complete and capture.surplus == len(_SURPLUS)),
            ("a connection with surplus bytes was kept", transport.closed and not kept),
        )
        if not holds
    ]
    if wrong:
        raise _unavailable(f"a rehearsed exchange was not captured exactly: {', '.join(wrong)}")


class _Memory:
    """A connection to nobody."""

    def __init__(self) -> None:
        self.written = bytearray()
        self.closed = False

    def write(self, data: bytes) -> None:
        self.written += data

    def getPeer(self) -> None:  # noqa: N802 - Twisted's name
        return None

    def loseConnection(self) -> None:  # noqa: N802 - Twisted's name
        self.closed = True

    abortConnection = loseConnection  # noqa: N815 - Twisted's name

    def pauseProducing(self) -> None:  # noqa: N802 - Twisted's name
        """Nobody sends."""

    resumeProducing = pauseProducing  # noqa: N815 - Twisted's name


def _unavailable(what: str) -> WireUnavailable:
    return WireUnavailable(
        f"the byte-exact tap does not work here: {what}. It is made for "
        f"{' and '.join(f'{name} {pin}' for name, pin in PINNED.items())}; installed are "
        f"{' and '.join(f'{name} {version(name)}' for name in PINNED)}. "
        "Install the pinned versions (requirements/main.txt); nothing was fetched"
    )
