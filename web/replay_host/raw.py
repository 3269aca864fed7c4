"""`/web/{timestamp}ir_/{url}`: captures as the worker of wabac.js takes them.

It asks by `fetch`, which would follow a redirect and could not see a 204. So every capture comes as a 200 whose true
status and place of redirection stand in headers (wabac: liveproxy.ts, response.ts), out of its content coding. Sound
and film come by range where that is asked for: wabac passes the range on, cuts nothing out of a whole answer, and a
browser that is sent everything lets nobody move to another place in it.
"""

from __future__ import annotations

import re
from typing import Final

from starlette.responses import PlainTextResponse, Response

from replay.headers import Headers, safe_value
from replay.held import HeldAnswers
from replay.lookup import Wanted, capture_for, leads_in_a_circle
from replay.ranges import Unsatisfiable, byte_range
from replay.raw import RawAnswer
from storage.catalog.captured import SavedCapture
from web.archive_host.at_once import answering
from web.archive_host.failures import SAFE
from web.archive_host.routing import Asked, TargetRoute, memento_route
from web.holdings import Holdings
from web.security.fetched import is_foreign

_NEVER_A_PAGE: Final = {**SAFE, "Content-Security-Policy": "default-src 'none'; sandbox", "Cache-Control": "no-store"}
_HTML: Final = re.compile(rb"\s*text/html\s*(?:;|$)", re.IGNORECASE)
_MARKED: Final = (b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff")  # UTF-8 and both of UTF-16
_PLAYED: Final = re.compile(rb"(?:audio|video)/(?!.*(?:mpegurl|dash))", re.IGNORECASE)  # what wabac does not rewrite


def worker_route(holdings: Holdings) -> TargetRoute:
    """Return the route. What is asked for in another way than by `fetch` is refused: no browser shows or runs it.

    So is what other origins' pages ask for, who could tell from how it fails whether it is there.
    """

    answers = HeldAnswers(holdings.archive.store)

    def look_up(asked: Asked) -> tuple[SavedCapture, bool] | None:
        found = capture_for(holdings.catalog, asked.url, Wanted.by(asked.timestamp))
        if found is None:
            return None
        saved, onward = found
        return saved, onward is not None and not leads_in_a_circle(holdings.catalog, onward)

    def made(asked: Asked, found: tuple[SavedCapture, bool] | None) -> tuple[RawAnswer, bool] | None:
        by_range = "range" in asked.request.headers
        return found and (answers.answer(found[0], by_range=by_range), found[1])

    answer_to = answering(holdings, look_up, lambda found: found[0], made)

    async def raw(asked: Asked) -> Response:
        headers = asked.request.headers
        if headers.get("sec-fetch-dest", "empty") != "empty" or is_foreign(headers):
            return PlainTextResponse("for the service worker only\n", 403, _NEVER_A_PAGE)
        there = await answer_to(asked)
        if there is None:
            return PlainTextResponse(f"Not in this archive: {asked.url}\n", 404, _NEVER_A_PAGE)
        answer, leads_on = there
        body, told = _part_of(answer, headers.get("range")) or (answer.body, _redirection(answer, leads_on=leads_on))
        response = Response(body, 200, _NEVER_A_PAGE)
        response.raw_headers += [(name.lower(), value) for name, value in (*_in_utf8(answer), *told)]
        return response

    return memento_route("ir_", raw)


def _in_utf8(answer: RawAnswer) -> Headers:
    """Return the headers of an answer, where its bytes begin with a mark of their order (BOM) as of UTF-8.

    Of such a page the worker makes UTF-8 without a mark, under whatever type it came.
    """
    if not answer.body.startswith(_MARKED):
        return list(answer.headers)
    return [
        (name, b"text/html; charset=utf-8" if name.lower() == b"content-type" and _HTML.match(value) else value)
        for name, value in answer.headers
    ]


def _part_of(answer: RawAnswer, asked: str | None) -> tuple[bytes, Headers] | None:
    """Return the bytes of sound or film that are asked for, and what the worker is told of them; None for all of it."""
    size = len(answer.body)
    kind = next((value for name, value in answer.headers if name.lower() == b"content-type"), b"")
    if asked is None or answer.status != 200 or not _PLAYED.match(kind):
        return None
    try:
        found = byte_range(asked, size)
    except Unsatisfiable:
        return b"", [(b"x-redirect-status", b"416"), (b"content-range", b"bytes */%d" % size)]
    if found is None:
        return None
    place = b"bytes %d-%d/%d" % (found.start, found.stop - 1, size)
    told: Headers = [(b"x-redirect-status", b"206"), (b"content-range", place), (b"accept-ranges", b"bytes")]
    return answer.body[found.start : found.stop], told


def _redirection(answer: RawAnswer, *, leads_on: bool) -> list[tuple[bytes, bytes]]:
    """Return what the worker is told of the status. A redirect that leads in a circle is shown as what it says.

    Browsers end such a circle themselves, but each step of it would be a replay of its own.
    """
    is_redirect = answer.location is not None and 300 <= answer.status < 400
    if is_redirect and not leads_on:
        return [(b"x-redirect-status", b"200")]
    told = [(b"x-redirect-status", b"%d" % answer.status)]
    return [*told, (b"x-orig-location", safe_value(answer.location))] if is_redirect and answer.location else told
