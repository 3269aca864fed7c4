"""Routes by the raw bytes of the path: an archived URL stands in it as it was written, with its query.

A framework's path parameters are decoded, and with that `%2F` and `/` would become the same.
"""

from __future__ import annotations

import re
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import datetime

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Match
from starlette.types import Receive, Scope, Send

from replay.lookup import Memento
from replay.memento_links import Links
from replay.targets import target_of
from replay.timestamps import format_exact, format_timestamp
from storage.warc_fields import target_uri
from web.origins import Origins

_ASKED = "palimpsest.asked"
METHODS = ("GET", "HEAD")
ORIGIN = "palimpsest.origin"
"""In the scope of a request: the origin that was asked, where it is another than that of the archive's host."""


@dataclass(frozen=True)
class Asked:
    """A request for something about one URL. `timestamp` is digits, empty where there are none; `url` the URL."""

    request: Request
    timestamp: str
    url: str


Handler = Callable[[Asked], Awaitable[Response]]


class TargetRoute(BaseRoute):
    """A route whose path ends in a URL: everything after `prefix`, with the query of the request.

    `prefix` is a regular expression for the beginning of the path; what its group `timestamp`, if it has one, matched
    is handed on. Only GET and HEAD are answered.
    """

    def __init__(self, prefix: bytes, handler: Handler) -> None:
        self._prefix = re.compile(prefix)
        self._handler = handler

    def matches(self, scope: Scope) -> tuple[Match, Scope]:
        """Tell whether the path begins with the prefix; see starlette.routing.BaseRoute."""
        if scope["type"] != "http" or (match := self._prefix.match(raw_path(scope))) is None:
            return Match.NONE, {}
        return Match.FULL, {_ASKED: match}

    async def handle(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer with what the handler returns. Raises TargetInvalid where the rest is no URL."""
        if scope["method"] not in METHODS:
            response = Response("only GET and HEAD\n", 405, {"Allow": ", ".join(METHODS)}, "text/plain")
            await response(scope, receive, send)
            return
        match: re.Match[bytes] = scope[_ASKED]
        query: bytes = scope["query_string"]
        url = target_of(match.string[match.end() :] + (b"?" + query if query else b""))
        timestamp = (match.groupdict().get("timestamp") or b"").decode("ascii")
        response = await self._handler(Asked(Request(scope, receive), timestamp, url))
        await response(scope, receive, send)


def links_of(request: Request, origins: Origins) -> Links:
    """Return what makes links under the name by which the archive was asked."""
    return Links(request.scope.get(ORIGIN, origins.archive))


def content_location(asked: Asked, memento: Memento, links: Links, modifier: str) -> str | None:
    """Return the address of the capture that is answered with; None where it is the one that was asked for."""
    row = memento.saved.row
    url = target_uri(row.url)
    if asked.url == url and asked.timestamp in (format_timestamp(row.captured_at), format_exact(row.captured_at)):
        return None
    return links.memento_url(row.captured_at, url, modifier, exact=memento.shares_second)


def memento_route(modifier: str, handler: Handler) -> TargetRoute:
    """Return the route of `/web/{timestamp}{modifier}/{url}`; a timestamp has 20 digits at most and may be missing."""
    return TargetRoute(rb"/web/(?P<timestamp>[0-9]{0,20})%s/" % re.escape(modifier.encode("ascii")), handler)


def view_path(at: datetime, url: str, view: str = "view", *, exact: bool = False) -> str:
    """Return the path of a capture's framed view: `view`, or `replay` with its scripts. `exact`: to the microsecond."""
    return f"/{view}/{format_exact(at) if exact else format_timestamp(at)}/{target_uri(url)}"


def raw_path(scope: Scope) -> bytes:
    """Return the bytes of the path as they were sent, without the query."""
    raw: bytes = scope["raw_path"]
    return raw
