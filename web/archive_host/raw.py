"""`/web/{timestamp}id_/{url}`: the stored bytes of a capture."""

from __future__ import annotations

from starlette.concurrency import run_in_threadpool
from starlette.responses import PlainTextResponse, Response
from starlette.routing import BaseRoute

from replay.lookup import LATEST, capture_for
from replay.raw import RawAnswer, raw_answer
from web.archive_host.failures import SAFE
from web.archive_host.routing import Asked, memento_route
from web.holdings import Holdings
from web.origins import Origins


def routes(holdings: Holdings, origins: Origins) -> list[BaseRoute]:  # noqa: ARG001  (all route modules' signature)
    """Return the routes of raw captures."""

    def found(asked: Asked) -> RawAnswer | None:
        saved = capture_for(holdings.catalog, asked.url, asked.timestamp or LATEST)
        return None if saved is None else raw_answer(holdings.archive.store, saved)

    async def raw(asked: Asked) -> Response:
        answer = await run_in_threadpool(found, asked)
        if answer is None:
            return PlainTextResponse(f"the archive has no capture of {asked.url}\n", 404, SAFE)
        response = Response(answer.payload.data, answer.status, SAFE)
        response.raw_headers += [(name.lower(), value) for name, value in answer.headers]
        return response

    return [memento_route("id_", raw)]
