"""The odd exchanges: what the server sends, what of it is the response, and how the attempt must be recorded.

`interim` and `surplus` are the bytes before and after the response, which stay out of the response's record.
"""

from __future__ import annotations

import gzip
from collections.abc import Sequence
from dataclasses import dataclass, field

from tests.crawlers.odd_server import Answer, Close, End, Pause, Ragged, Reset

CLOSE, RESET, RAGGED = End(Close), End(Reset), End(Ragged)
LIMIT = 200_000  # the crawl's DOWNLOAD_MAXSIZE
TIMEOUT = 1.5  # and its DOWNLOAD_TIMEOUT

GZIPPED = gzip.compress(b"<p>squeezed</p>" * 20, mtime=0)
PAGE = b"<html><body>" + b"A paragraph of the news. " * 400 + b"</body></html>"


@dataclass(frozen=True)
class Odd:
    """One odd exchange: `parts` is what the server does; a list in `earlier` is what it did for the requests before."""

    name: str
    parts: Answer
    outcome: str = "response"
    truncated: str | None = None
    status: int | None = 200  # what the spider sees; None: an error
    interim: bytes = b""
    surplus: bytes = b""
    method: str = "GET"
    headers: dict[str, str] = field(default_factory=dict)
    body: bytes = b""
    earlier: Sequence[Answer] = ()
    attempts: int = 1
    only: str | None = None  # "http" or "https"

    @property
    def response(self) -> bytes:
        """The bytes that the response's record must have: what was sent, without what comes before and after."""
        sent = b"".join(part for part in self.parts if isinstance(part, bytes))
        assert sent.startswith(self.interim)
        assert sent.endswith(self.surplus)
        return sent[len(self.interim) : len(sent) - len(self.surplus)]


def ok(body: bytes, *lines: bytes, status: bytes = b"200 OK") -> bytes:
    """A response with a Content-Length."""
    head = b"".join(line + b"\r\n" for line in (*lines, b"Content-Length: %d" % len(body)))
    return b"HTTP/1.1 " + status + b"\r\n" + head + b"\r\n" + body


def chunked(*chunks: bytes, extension: bytes = b"", trailers: bytes = b"") -> bytes:
    """A body in chunks, with its end."""
    framed = b"".join(b"%x%s\r\n%s\r\n" % (len(chunk), extension, chunk) for chunk in chunks)
    return framed + b"0\r\n" + trailers + b"\r\n"


_CHUNKED = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nTransfer-Encoding: chunked\r\n\r\n"
_HINTS = b"HTTP/1.1 103 Early Hints\r\nLink: </style.css>; rel=preload\r\n\r\n"
_CONTINUE = b"HTTP/1.1 100 Continue\r\n\r\n"

ODD: tuple[Odd, ...] = (
    Odd("plain", [ok(PAGE, b"Content-Type: text/html")]),
    Odd(
        "odd-case",
        [b'HTTP/1.1 200 Fine\r\ncOnTeNT-tYPe:text/html\r\nX-a:   b \t\r\nCONTENT-LENGTH:2\r\nETAG:W/"x"\r\n\r\nhi'],
    ),
    Odd("duplicates", [ok(b"hi", b"Set-Cookie: a=1", b"X: 1", b"set-cookie: b=2", b"Set-Cookie: a=1", b"X: 2")]),
    Odd("folded", [ok(b"hi", b"X-Long: one", b"\t two", b"  three", b"Y: z")]),
    Odd("latin-1", [ok(b"hi", b"X-Caf\xe9: na\xefve \xff", b"Content-Disposition: inline; filename=\xfcber.html")]),
    Odd("colon-less", [ok(b"hi", b"this line has no colon", b"X: 1", b"neither has this")]),
    Odd("space-before-colon", [b"HTTP/1.1 200 OK\r\nX : 1\r\nContent-Length : 2\r\n: empty\r\n\r\nhi"]),
    Odd("no-reason", [b"HTTP/1.1 200\r\nContent-Length: 2\r\n\r\nhi"]),
    Odd("long-reason", [ok(b"hi", status=b"200 " + "ça va bien".encode("latin-1"))]),
    Odd("lf-only", [b"HTTP/1.1 200 OK\nContent-Type: text/html\nContent-Length: 2\n\nhi"]),
    Odd("huge-header", [ok(b"hi", b"Content-Security-Policy: " + b"a" * 100_000)]),
    Odd("many-headers", [ok(b"hi", *(b"X-%d: %d" % (n, n) for n in range(3000)))]),
    Odd("continue", [_CONTINUE, ok(b"hi")], interim=_CONTINUE),
    Odd("early-hints", [_HINTS, Pause(0.05), _HINTS + ok(PAGE)], interim=_HINTS + _HINTS),
    Odd(
        "early-hints-lf",
        [b"HTTP/1.1 103 E\nA: b\n\nHTTP/1.1 200 OK\nContent-Length: 2\n\nhi"],
        interim=b"HTTP/1.1 103 E\nA: b\n\n",
    ),
    Odd(
        "byte-by-byte",
        [bytes([byte]) for byte in _HINTS + _CHUNKED + chunked(b"abc", b"d", trailers=b"T: u\r\n")],
        interim=_HINTS,
    ),
    Odd("chunked", [_CHUNKED + chunked(PAGE[:5000], PAGE[5000:], b"!")]),
    Odd("chunked-pieces", [_CHUNKED, b"5\r\nab", Pause(0.05), b"cde\r", Pause(0.05), b"\n0\r\n\r\n"]),
    Odd("chunk-extensions", [_CHUNKED + chunked(b"hello", b"you", extension=b';name="v;w";flag')]),
    Odd("trailers", [_CHUNKED + chunked(b"hello", trailers=b"X-Checksum: 1\r\nx-checksum:2\r\n")]),
    Odd("chunk-upper-zeros", [_CHUNKED + b"00000A\r\n0123456789\r\n000\r\n\r\n"]),
    Odd(
        "length-and-chunked",
        [b"HTTP/1.1 200 OK\r\nContent-Length: 999\r\nTransfer-Encoding: chunked\r\n\r\n" + chunked(b"hi"), CLOSE],
    ),
    Odd("gzip", [ok(GZIPPED, b"Content-Type: text/html", b"Content-Encoding: gzip")]),
    Odd(
        "gzip-chunked",
        [
            b"HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nTransfer-Encoding: chunked\r\n\r\n"
            + chunked(GZIPPED[:20], GZIPPED[20:])
        ],
    ),
    Odd("http-1.0", [b"HTTP/1.0 200 OK\r\nContent-Type: text/html\r\n\r\n" + PAGE, CLOSE]),
    Odd("close-delimited", [b"HTTP/1.1 200 OK\r\nConnection: close\r\n\r\nuntil the end", CLOSE]),
    Odd("close-delimited-empty", [b"HTTP/1.1 200 OK\r\n\r\n", CLOSE]),
    Odd("connection-close", [ok(b"hi", b"Connection: close"), CLOSE]),
    Odd("empty", [ok(b"")]),
    Odd("head-like", [b'HTTP/1.1 200 OK\r\nContent-Length: 12345\r\nETag: "x"\r\n\r\n'], method="HEAD"),
    Odd("no-content", [b"HTTP/1.1 204 No Content\r\nX: 1\r\n\r\n"], status=204),
    Odd(
        "not-modified",
        [b'HTTP/1.1 304 Not Modified\r\nETag: "x"\r\nContent-Length: 12345\r\n\r\n'],
        status=304,
        headers={"If-None-Match": '"x"'},
    ),
    Odd(
        "post",
        [ok(b"took it")],
        method="POST",
        body=b"a=1&b=\xff",
        headers={"Content-Type": "application/x-www-form-urlencoded"},
    ),
    Odd("redirect", [ok(b"moved", b"Location: /plain", status=b"302 Found")], status=302),
    Odd("not-found", [ok(PAGE, status=b"404 Not Found")], status=404),
    Odd("server-error", [ok(b"out of order", status=b"500 Oh")], status=500),
    Odd("teapot", [ok(b"short", status=b"418 I'm a teapot")], status=418),
    Odd(
        "surplus",
        [ok(b"hi") + b"HTTP/1.1 200 OK\r\nContent-Length: 6\r\n\r\nforged"],
        surplus=b"HTTP/1.1 200 OK\r\nContent-Length: 6\r\n\r\nforged",
    ),
    Odd("surplus-chunked", [_CHUNKED + chunked(b"hi") + b"more"], surplus=b"more"),
    Odd("surplus-empty", [ok(b"") + b"more"], surplus=b"more"),
    Odd("stale", [ok(b"at last")], earlier=[[CLOSE]], attempts=2),
    Odd("stale-reset", [ok(b"at last")], earlier=[[RESET]], attempts=2),
    Odd(
        "truncated-length",
        [b"HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\nonly this", CLOSE],
        "truncated",
        "disconnect",
        None,
    ),
    Odd("truncated-chunk", [_CHUNKED + b"ff\r\nonly this", CLOSE], "truncated", "disconnect", None),
    Odd("truncated-end", [_CHUNKED + b"2\r\nhi\r\n", CLOSE], "truncated", "disconnect", None),
    Odd("truncated-head", [b"HTTP/1.1 200 OK\r\nContent-Le", CLOSE], "truncated", "disconnect", None),
    Odd(
        "truncated-reset",
        [b"HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\nonly this", Pause(0.2), RESET],
        "truncated",
        "disconnect",
        None,
    ),
    # Scrapy gives the spider what came (flag "partial"); that the connection broke is only in the record.
    Odd(
        "close-delimited-reset",
        [b"HTTP/1.1 200 OK\r\n\r\nuntil the", Pause(0.2), RESET],
        "truncated",
        "disconnect",
        200,
    ),
    Odd(
        "close-delimited-ragged",
        [b"HTTP/1.1 200 OK\r\n\r\nuntil the", Pause(0.2), RAGGED],
        "truncated",
        "disconnect",
        200,
        only="https",
    ),
    Odd("bad-chunk", [_CHUNKED + b"2\r\nhi\r\nzz\r\nnonsense\r\n", CLOSE], "truncated", "unspecified", None),
    Odd(
        "two-lengths",
        [b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\nContent-Length: 3\r\n\r\nhi!", CLOSE],
        "truncated",
        "unspecified",
        None,
    ),
    Odd(
        "slow-body",
        [b"HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\nthen nothing", Pause(TIMEOUT * 2)],
        "truncated",
        "time",
        None,
    ),
    Odd("slow-head", [b"HTTP/1.1 200 OK\r\nContent-", Pause(TIMEOUT * 2)], "truncated", "time", None),
    Odd("too-large-declared", [ok(b"x" * (LIMIT + 1))[:9000], Pause(0.3)], "truncated", "length", None),
    Odd(
        "too-large-found",
        [_CHUNKED, *[b"8000\r\n" + b"x" * 0x8000 + b"\r\n"] * 8, Pause(0.3)],
        "truncated",
        "length",
        None,
    ),
    Odd(
        "endless-head",
        [b"HTTP/1.1 200 OK\r\n", *[b"X: " + b"y" * 9000 + b"\r\n"] * 170, Pause(0.3)],
        "truncated",
        "length",
        None,
    ),
    Odd("silence", [Pause(TIMEOUT * 2)], "timeout", None, None),
    Odd("reset", [RESET], "reset", None, None),
    Odd("closed", [CLOSE], "reset", None, None),
    Odd("hints-then-nothing", [_HINTS, CLOSE], "reset", None, None, interim=_HINTS),
)
