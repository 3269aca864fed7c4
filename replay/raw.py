"""The payload of a capture as it is stored, for programs: pywb's `id_`.

Out of its chunks and in its content coding, with the status that was given and the head as `X-Archive-Orig-*`.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from replay.headers import Headers, original_headers, safe_value
from replay.timestamps import http_date
from storage.catalog.captured import SavedCapture
from storage.payload import Payload, payload_of
from storage.ranged import Ranges

_LIVE: Final = frozenset({b"content-type", b"content-language"})
_BODILESS: Final = frozenset({204, 205, 304})


@dataclass(frozen=True)
class RawAnswer:
    """What is sent of a capture. `headers` are all that tell of the capture; `payload.data` is the body."""

    status: int
    headers: Headers
    payload: Payload


def raw_answer(store: Ranges, saved: SavedCapture) -> RawAnswer:
    """Return a capture as it is to be sent. Raises what storage.payload.payload_of raises."""
    row = saved.row
    payload = payload_of(store, row, saved.original)
    headers: Headers = [(b"Memento-Datetime", http_date(row.captured_at).encode("ascii"))]
    seen = set()
    for name, value in payload.fields:
        lower = name.lower()
        if lower in _LIVE and lower not in seen:
            seen.add(lower)
            headers.append((name.title(), safe_value(value)))
    if payload.codings and payload.data:
        headers.append((b"Content-Encoding", safe_value(", ".join(payload.codings).encode("latin-1", "replace"))))
    headers += _marks(saved)
    headers += original_headers(payload.fields)
    return RawAnswer(_status(payload), headers, payload)


def _status(payload: Payload) -> int:
    """Return the status to send: that of the capture, where it can be sent with this body."""
    status = payload.status or 200
    if not 200 <= status <= 599 or (status in _BODILESS and payload.data):
        return 200
    return status


def _marks(saved: SavedCapture) -> Headers:
    """Return what distinguishes this capture from a plain whole response."""
    row = saved.row
    marks: Headers = [(b"X-Archive-Orig-Status", b"%d" % (row.status or 0))]
    if saved.original is not None:
        marks.append((b"X-Archive-Revisit", (row.revisit_profile or "unknown").encode("ascii")))
        marks.append((b"X-Archive-Revisit-Of", http_date(saved.original.captured_at).encode("ascii")))
    truncated = row.truncated or (saved.original.truncated if saved.original else None)
    if truncated:
        marks.append((b"X-Archive-Truncated", safe_value(truncated.encode("utf-8"))))
    return marks
