"""Exchanges to write, as odd as servers send them, and WARCs made of them."""

from __future__ import annotations

import gzip
import zlib
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from storage.entity import entity_of
from storage.exchange import Exchange, Original, Outcome, Purpose, Role
from storage.http_message import is_chunked
from storage.warc import Group, encode_group, warcinfo

START = datetime(2026, 1, 23, 8, 0, 0, 123456, tzinfo=UTC)
PAGE = b"<html><body>" + b"".join(b"<p>Paragraph %d of the news.</p>" % n for n in range(40)) + b"</body></html>"
ZIPPED = gzip.compress(PAGE, mtime=0)

RESPONSES: dict[str, bytes] = {
    "plain": b"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\nContent-Length: 5\r\n\r\nhello",
    "page": b'HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nETag: "a-1"\r\nLast-Modified: Fri\r\n\r\n' + PAGE,
    "odd case": b"HTTP/1.1 200 oK\r\ncOnTeNt-tYpE:text/HTML\r\nX-a:1\r\nX-A:2\r\n\r\nhi",
    "folded": b"HTTP/1.1 200 OK\r\nContent-Type: text/plain;\r\n\tcharset=x\r\nX: a\r\n  b\r\n\r\nhi",
    "latin-1": b"HTTP/1.1 200 OK\r\nX-Caf\xe9: na\xefve\r\nContent-Type: text/html\xa0\r\n\r\nhi",
    "no colon": b"HTTP/1.1 200 OK\r\nthis is no field\r\nContent-Type: text/html\r\n\r\nhi",
    "bare line feeds": b"HTTP/1.1 200 OK\nContent-Type: text/html\n\nhi",
    "chunked": b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3;a=b\r\nabc\r\n2\r\nde\r\n0\r\nT: 1\r\n\r\n",
    "said to be chunked": b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n<p>it is not</p>",
    "gzip": b"HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Type: text/html\r\n\r\n" + ZIPPED,
    "gzip in chunks": b"HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nTransfer-Encoding: Chunked\r\n\r\n"
    + b"%x\r\n%s\r\n%x\r\n%s\r\n0\r\n\r\n" % (99, ZIPPED[:99], len(ZIPPED) - 99, ZIPPED[99:]),
    "deflate": b"HTTP/1.1 200 OK\r\nContent-Encoding: deflate\r\n\r\n" + zlib.compress(PAGE),
    "not the gzip it says": b"HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\n\r\n<p>plain</p>",
    "unknown coding": b"HTTP/1.1 200 OK\r\nContent-Encoding: x-rot13\r\n\r\nuryyb",
    "empty": b"HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n",
    "no content": b"HTTP/1.1 204 No Content\r\n\r\n",
    "redirect": b"HTTP/1.1 302 Found\r\nLocation: ../b?x=\xc3\xa9 1\r\nContent-Type: text/html\r\n\r\nmoved",
    "bad location": b"HTTP/1.1 301 Moved\r\nLocation: http://[oops/\r\n\r\n",
    "not modified": b'HTTP/1.1 304 Not Modified\r\nETag: "a-1"\r\n\r\n',
    "error": b"HTTP/1.1 503 Service Unavailable\r\nRetry-After: 120\r\n\r\nlater",
    "HTTP/1.0": b"HTTP/1.0 200 OK\r\nContent-Type: text/html\r\n\r\nuntil the end",
    "no reason": b"HTTP/1.1 200\r\nContent-Type: text/html\r\n\r\nhi",
    "a line of white space": b"HTTP/1.1 200 OK\r\nA: 1\r\n \t\r\nContent-Type: text/html\r\n\r\nhi",
    "no HTTP at all": b"SSH-2.0-OpenSSH_9.2\r\n",
    "only bytes": bytes(range(256)),
    "starts with an empty line": b"\r\nHTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\nhi",
    "a WARC in its body": b"HTTP/1.1 200 OK\r\nContent-Type: application/warc\r\n\r\n"
    b"\r\n\r\nWARC/1.1\r\nWARC-Type: response\r\nContent-Length: 0\r\n\r\n\r\n\r\n",
    "a gzipped WARC in its body": b"HTTP/1.1 200 OK\r\nContent-Type: application/gzip\r\n\r\n"
    + gzip.compress(b"WARC/1.1\r\nWARC-Type: response\r\nContent-Length: 0\r\n\r\n\r\n\r\n", mtime=0) * 3,
    "an image": b"HTTP/1.1 200 OK\r\nContent-Type: image/jpeg\r\n\r\n\xff\xd8\xff" + ZIPPED,
}

CUT_OFF: dict[str, bytes] = {
    "in the status line": b"HTTP/1.1 20",
    "in a field": b"HTTP/1.1 200 OK\r\nContent-Ty",
    "in the body": b"HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nonly so much",
    "in a chunk": b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nab",
    "in gzip": b"HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\n\r\n" + ZIPPED[:60],
}


def exchange(response: bytes = RESPONSES["plain"], **changes: Any) -> Exchange:
    """One exchange that went well, but for `changes`."""
    whole = Exchange(
        url="http://news.example/a/1.html",
        started_at=START,
        request=b"GET /a/1.html HTTP/1.1\r\nHost: news.example\r\nAccept-Encoding: gzip\r\n\r\n",
        response=response,
        interim=b"",
        complete=True,
        outcome=Outcome.RESPONSE,
        role=Role.ARTICLE,
        purpose=Purpose.NEW,
        ip="192.0.2.1",
    )
    return replace(whole, **changes)


def failure(outcome: Outcome = Outcome.TIMEOUT, **changes: Any) -> Exchange:
    """One attempt that brought no response."""
    return exchange(b"", **{"complete": False, "outcome": outcome, "error": "it did not answer", **changes})


def odd_exchanges() -> list[Exchange]:
    """Every odd response, whole and cut off, and every failure, each at a URL and a moment of its own."""
    made = [exchange(response) for response in RESPONSES.values()]
    made += [
        exchange(response, complete=False, outcome=Outcome.TRUNCATED, truncated="disconnect")
        for response in CUT_OFF.values()
    ]
    made += [failure(outcome) for outcome in list(Outcome)[3:]]
    made += [failure(Outcome.ROBOTS, request=b"", ip=None), failure(Outcome.DNS, request=b"", ip=None)]
    return [
        replace(one, url=f"http://news.example/odd/{n}.html?q={n}", started_at=START + timedelta(milliseconds=n))
        for n, one in enumerate(made)
    ]


def original_of(group: Group, recorded: Exchange) -> Original:
    """What a revisit would refer to."""
    entity = entity_of(recorded.response)
    return Original(
        group.record_id, recorded.url, recorded.started_at, entity.payload_digest, chunked=is_chunked(entity.head)
    )


@dataclass(frozen=True)
class Written:
    """A WARC file, and the groups in it with their exchanges and offsets."""

    path: Path
    groups: list[tuple[Exchange, Group, int]]
    ends: list[int]  # where a warcinfo or a group ends


def write_warc(path: Path, exchanges: Iterable[Exchange]) -> Written:
    """Write the exchanges as a WARC of the archive, none of them as a revisit."""
    warcinfo_id, data = warcinfo(path.name, START, (("software", "test"),))
    groups = []
    ends = [len(data)]
    for one in exchanges:
        group = encode_group(one, warcinfo_id=warcinfo_id)
        groups.append((one, group, len(data)))
        data += group.data
        ends.append(len(data))
    path.write_bytes(data)
    return Written(path, groups, ends)
