"""`/web/{timestamp}ir_/{url}`: captures as the worker of wabac.js takes them.

It asks by `fetch`, which would follow a redirect and could not see a 204. So every capture comes as a 200 whose true
status and place of redirection stand in headers (wabac: liveproxy.ts, response.ts), out of its content coding.
"""

from __future__ import annotations

from typing import Final

from starlette.concurrency import run_in_threadpool
from starlette.responses import PlainTextResponse, Response

from replay.headers import safe_value
from replay.lookup import Wanted, capture_for
from replay.raw import RawAnswer, raw_answer
from web.archive_host.failures import SAFE
from web.archive_host.routing import Asked, TargetRoute, memento_route
from web.holdings import Holdings
from web.security.fetched import is_foreign

_NEVER_A_PAGE: Final = {**SAFE, "Content-Security-Policy": "default-src 'none'; sandbox", "Cache-Control": "no-store"}


def worker_route(holdings: Holdings) -> TargetRoute:
    """Return the route. What is asked for in another way than by `fetch` is refused: no browser shows or runs it.

    So is what other origins' pages ask for, who could tell from how it fails whether it is there.
    """

    def found(asked: Asked) -> RawAnswer | None:
        saved = capture_for(holdings.catalog, asked.url, Wanted.by(asked.timestamp))
        return None if saved is None else raw_answer(holdings.archive.store, saved)

    async def raw(asked: Asked) -> Response:
        headers = asked.request.headers
        if headers.get("sec-fetch-dest", "empty") != "empty" or is_foreign(headers):
            return PlainTextResponse("for the service worker only\n", 403, _NEVER_A_PAGE)
        answer = await run_in_threadpool(found, asked)
        if answer is None:
            return PlainTextResponse(f"Not in this archive: {asked.url}\n", 404, _NEVER_A_PAGE)
        response = Response(answer.body, 200, _NEVER_A_PAGE)
        response.raw_headers += [(name.lower(), value) for name, value in (*answer.headers, *_redirection(answer))]
        return response

    return memento_route("ir_", raw)


def _redirection(answer: RawAnswer) -> list[tuple[bytes, bytes]]:
    headers = [(b"x-redirect-status", b"%d" % answer.status)]
    if answer.location is not None and 300 <= answer.status < 400:
        headers.append((b"x-orig-location", safe_value(answer.location)))
    return headers
