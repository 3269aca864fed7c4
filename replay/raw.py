"""The payload of a capture as it is stored, for programs: pywb's `id_`.

Out of its chunks, in its content coding where the client takes that, with the status that was given and the head as
`X-Archive-Orig-*`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from replay.headers import Headers, original_headers, safe_value
from replay.timestamps import http_date
from storage.catalog.captured import SavedCapture
from storage.codings import content_decode
from storage.digests import sha256
from storage.errors import BodyTooLarge
from storage.payload import Payload, payload_of
from storage.ranged import Ranges

LARGEST: Final = 32 << 20
"""Bytes that a content coding may bring for a client that does not take it: as many as we capture of a body. What is
more goes out in its coding, which RFC 9110 §12.5.3 allows: a few kilobytes may stand for more than there is memory."""

_LIVE: Final = (b"content-type", b"content-language")
_BODILESS: Final = frozenset({204, 205, 304})
_OF_A_REQUEST: Final = frozenset({206, 416})
"""These answer to the range that the crawler asked for; whoever is sent the stored bytes asked for another or none."""

_CODINGS: Final = {"gzip": "gzip", "x-gzip": "gzip", "deflate": "deflate", "br": "br", "zstd": "zstd"}
_GZIP: Final = b"\x1f\x8b"
_OPAQUE: Final = re.compile(r"[A-Za-z0-9:+._-]{1,200}")
_REFUSED: Final = re.compile(r"q\s*=\s*0(\.0*)?")


@dataclass(frozen=True)
class RawAnswer:
    """What is sent of a capture. `headers` tell of the bytes and of the archived head; `etag` is of these very bytes.

    `location` is that of the archived head, as it stands there.
    """

    status: int
    headers: Headers
    body: bytes
    etag: str
    location: bytes | None


def raw_answer(store: Ranges, saved: SavedCapture, accepts: str = "") -> RawAnswer:
    """Return a capture as it is to be sent to a client with this Accept-Encoding.

    Raises what storage.payload.payload_of raises, and BodyTooLarge for a bomb in a content coding that can't be sent.
    """
    row = saved.row
    payload = payload_of(store, row, saved.original)
    body, coding, problem = _coded(payload, accepts)
    headers: Headers = [(b"Memento-Datetime", http_date(row.captured_at).encode("ascii"))]
    first: dict[bytes, bytes] = {}
    for name, value in payload.fields:
        first.setdefault(name.lower(), value)
    headers += [(name.title(), safe_value(first[name])) for name in _LIVE if name in first]
    if coding:
        headers.append((b"Content-Encoding", coding.encode("ascii")))
    if payload.codings:
        headers.append((b"Vary", b"Accept-Encoding"))
    headers += marks_of(saved)
    if problem:
        headers.append((b"X-Archive-Coding-Problem", safe_value(problem.encode("utf-8"))))
    headers += original_headers(payload.fields)
    etag = _etag(row.record_id, saved.whole.record_id, coding)
    return RawAnswer(_status(payload, body), headers, body, etag, first.get(b"location"))


def _etag(shown: str, whole: str, coding: str) -> str:
    """Return the validator of what is sent of a record. Ids come from strangers, too: quotes and line ends in them."""
    names = shown if whole == shown else f"{shown}+{whole}"
    if not _OPAQUE.fullmatch(names):
        names = sha256(names.encode("utf-8"))
    return f'"{names}{";" + coding if coding else ""}"'


def _coded(payload: Payload, accepts: str) -> tuple[bytes, str, str | None]:
    """Return the bytes to send, their content coding (empty: none), and why they are not what the head says."""
    body = payload.data
    if not payload.codings or not body:
        return body, "", None
    coding = _CODINGS.get(payload.codings[-1], "")
    is_so = coding and len(payload.codings) == 1 and (coding != "gzip" or body.startswith(_GZIP))
    if is_so and coding in _accepted(accepts):
        return body, coding, None
    try:
        decoded = content_decode(list(payload.codings), body, limit=LARGEST)
    except BodyTooLarge:
        if is_so:
            return body, coding, None
        raise
    if decoded.problem is None or decoded.data:
        return decoded.data, "", decoded.problem
    # Where we have not the means to undo a coding the client may: `br` without its package.
    return body, coding if is_so and coding not in ("gzip", "deflate") else "", decoded.problem


@lru_cache(maxsize=256)
def _accepted(accepts: str) -> frozenset[str]:
    """Return the codings that an Accept-Encoding takes, of those that are known here. Browsers send few of them."""
    taken: set[str] = set()
    refused: set[str] = set()
    for item in accepts.lower().split(","):
        name, _, quality = (part.strip() for part in item.partition(";"))
        named = set(_CODINGS.values()) if name == "*" else {_CODINGS.get(name, name)}
        if not _REFUSED.fullmatch(quality):
            taken |= named
        elif name != "*":
            refused |= named
    return frozenset(taken - refused)


def _status(payload: Payload, body: bytes) -> int:
    """Return the status to send: that of the capture, where it can be sent with this body."""
    status = payload.status or 200
    if not 200 <= status <= 599 or status in _OF_A_REQUEST or (status in _BODILESS and body):
        return 200
    return status


def marks_of(saved: SavedCapture) -> Headers:
    """Return what distinguishes this capture from a plain whole response."""
    row = saved.row
    marks: Headers = []
    if row.status is not None:
        marks.append((b"X-Archive-Orig-Status", b"%d" % row.status))
    if saved.original is not None:
        marks.append((b"X-Archive-Revisit", (row.revisit_profile or "unknown").encode("ascii")))
        marks.append((b"X-Archive-Revisit-Of", http_date(saved.original.captured_at).encode("ascii")))
    if saved.truncated:
        marks.append((b"X-Archive-Truncated", safe_value(saved.truncated.encode("utf-8"))))
    return marks
