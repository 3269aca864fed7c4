"""HTTP for the site: an ASGI 3 application with validators (RFC 9110 §13), gzip where the site has it, and a log."""

from __future__ import annotations

import gzip
import hashlib
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import format_datetime, parsedate_to_datetime
from typing import Any

from demo.site import Answer, Site

Message = Mapping[str, Any]
Send = Callable[[Message], Awaitable[None]]


@dataclass(frozen=True)
class Request:
    """One request that came in, and how it was answered."""

    day: int
    method: str
    path: str
    status: int
    conditional: bool
    user_agent: str


class App:
    """Serves `site`, which the server swaps when the day turns. `requests` has all that came in, in order."""

    def __init__(self, site: Site, day: int) -> None:
        self.site = site
        self.day = day
        self.requests: list[Request] = []

    async def __call__(self, scope: Message, receive: Callable[[], Awaitable[Message]], send: Send) -> None:
        """Answer one HTTP request."""
        if scope["type"] != "http":
            raise ValueError(f"this site speaks HTTP, not {scope['type']}")
        while (await receive()).get("more_body"):  # a body means nothing here
            pass
        headers = {name.decode("latin-1").lower(): value.decode("latin-1") for name, value in scope["headers"]}
        method, path = scope["method"], scope["path"]
        if method in ("GET", "HEAD"):
            status, fields, body = _reply(self.site.answer(path), headers)
        else:
            status, fields, body = 405, [("Allow", "GET, HEAD")], b""
        asked = "if-none-match" in headers or "if-modified-since" in headers
        self.requests.append(Request(self.day, method, path, status, asked, headers.get("user-agent", "")))
        raw = [(name.encode("latin-1"), value.encode("latin-1")) for name, value in fields]
        await send({"type": "http.response.start", "status": status, "headers": raw})
        await send({"type": "http.response.body", "body": b"" if method == "HEAD" else body})


def _reply(answer: Answer, headers: Mapping[str, str]) -> tuple[int, list[tuple[str, str]], bytes]:
    """Return status, header fields and body."""
    body, fields = answer.body, [("Content-Type", answer.content_type)]
    if answer.compressible:
        fields.append(("Vary", "Accept-Encoding"))
        if "gzip" in headers.get("accept-encoding", ""):
            body = gzip.compress(body, 6, mtime=0)  # no time in it: the same page is the same bytes
            fields.append(("Content-Encoding", "gzip"))
    etag = f'"{hashlib.sha256(body).hexdigest()[:16]}"' if answer.has_etag else ""
    if etag:
        fields.append(("ETag", etag))
    if answer.last_modified:
        fields.append(("Last-Modified", format_datetime(answer.last_modified.astimezone(UTC), usegmt=True)))
    if answer.status == 200 and _is_current(headers, etag, answer.last_modified):
        return 304, [field for field in fields if field[0] not in ("Content-Type", "Content-Encoding")], b""
    if not answer.compressible:  # the others go out chunked, so that both kinds of framing are met
        fields.append(("Content-Length", str(len(body))))
    return answer.status, fields, body


def _is_current(headers: Mapping[str, str], etag: str, last_modified: datetime | None) -> bool:
    """Say whether the client has what we would send; If-None-Match decides if it is there (RFC 9110 §13.2.2)."""
    if (known := headers.get("if-none-match")) is not None:
        tags = {tag.strip().removeprefix("W/") for tag in known.split(",")}
        return bool(etag) and (etag in tags or known.strip() == "*")
    if last_modified is None or "if-modified-since" not in headers:
        return False
    try:
        since = parsedate_to_datetime(headers["if-modified-since"])
    except ValueError:  # no date: the standard says to act as if it were not there
        return False
    return since.tzinfo is not None and last_modified <= since
