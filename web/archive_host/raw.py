"""`/web/{timestamp}id_/{url}`: the stored bytes of a capture."""

from __future__ import annotations

import re

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute

from replay.headers import Headers
from replay.held import HeldAnswers
from replay.lookup import Memento, memento_for
from replay.memento_links import RAW, memento_headers
from replay.ranges import Unsatisfiable, byte_range
from replay.raw import RawAnswer
from storage.catalog.captured import SavedCapture
from web.archive_host.at_once import answering
from web.archive_host.failures import SAFE_AS_SENT
from web.archive_host.misses import missed
from web.archive_host.routing import Asked, content_location, links_of, memento_route
from web.archive_host.timegate import wanted_by
from web.holdings import Holdings
from web.origins import Origins

_TAGS = re.compile(r'"[^"]*"')


def routes(holdings: Holdings, origins: Origins) -> list[BaseRoute]:
    """Return the route of raw captures."""
    answers = HeldAnswers(holdings.archive.store)

    def look_up(asked: Asked) -> Memento | None:
        return memento_for(holdings.catalog, asked.url, wanted_by(asked))

    def made(asked: Asked, memento: Memento | None) -> Response:
        if memento is None:
            return missed(holdings, origins, asked)
        links = links_of(asked.request, origins)
        answer = answer_to(asked.request, answers, memento.saved)
        response = sent(asked.request, answer, memento_headers(memento, links, RAW))
        if its_own := content_location(asked, memento, links, RAW):
            response.headers["Content-Location"] = its_own
        if not asked.timestamp:
            response.headers.add_vary_header("accept-datetime")
        return response

    return [memento_route(RAW, answering(holdings, look_up, lambda memento: memento.saved, made))]


def answer_to(request: Request, answers: HeldAnswers, saved: SavedCapture) -> RawAnswer:
    """Return the stored bytes of a capture, in a coding that the client takes."""
    accepts = request.headers.get("accept-encoding", "")
    return answers.answer(saved, accepts, by_range=_range_of(request) is not None)


def sent(request: Request, answer: RawAnswer, more: Headers) -> Response:
    """Return the response with stored bytes: all, a range of them, or the word that the client has them already."""
    status, body = answer.status, answer.body
    headers = [
        *SAFE_AS_SENT,
        (b"etag", answer.etag.encode("latin-1", "replace")),
        (b"cache-control", b"private, no-cache"),
    ]
    headers += [(name.lower(), value) for name, value in (*more, *answer.headers)]
    if status == 200:
        headers.append((b"accept-ranges", b"bytes"))
        said = request.headers
        if not _names(said.getlist("if-match") or ["*"], answer.etag):
            status, body = 412, b""
        elif _names(said.getlist("if-none-match"), answer.etag):
            status, body = 304, b""
        elif (asked := _range_of(request)) and said.get("if-range", answer.etag) == answer.etag:
            try:
                found = byte_range(asked, len(body))
            except Unsatisfiable:
                headers.append((b"content-range", b"bytes */%d" % len(body)))
                status, body = 416, b""
            else:
                if found is not None:
                    headers.append((b"content-range", b"bytes %d-%d/%d" % (found.start, found.stop - 1, len(body))))
                    status, body = 206, body[found.start : found.stop]
    response = Response(b"" if request.method == "HEAD" else body, status)
    if status not in (204, 304):
        headers.append((b"content-length", b"%d" % len(body)))
    response.raw_headers = headers
    return response


def _range_of(request: Request) -> str | None:
    """Return the range that is asked for. It is defined for GET alone (RFC 9110 §14.2)."""
    return request.headers.get("range") if request.method == "GET" else None


def _names(fields: list[str], etag: str) -> bool:
    """Tell whether a condition names what is there: by its tag, weak or not, or any (RFC 9110 §13.1)."""
    said = ", ".join(fields)
    return said.strip() == "*" or etag in _TAGS.findall(said)
