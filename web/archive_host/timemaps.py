"""`/timemap/{link|json|cdxj}/{url}`: every capture of a URL; `/timemap/{timestamp}{…}/{url}`: a further page of it."""

from __future__ import annotations

from functools import partial

from starlette.responses import Response
from starlette.routing import BaseRoute

from replay.timemap import MEDIA_TYPES, timemap
from web.archive_host.misses import missed
from web.archive_host.routing import Asked, TargetRoute, links_of
from web.archive_host.streaming import Begun, Streams
from web.holdings import Holdings
from web.origins import Origins


def routes(holdings: Holdings, origins: Origins) -> list[BaseRoute]:
    """Return the routes of TimeMaps."""
    streams = Streams()

    def begin(output: str, asked: Asked) -> Begun | Response:
        pages = timemap(holdings.catalog, asked.url, output, asked.timestamp, links_of(asked.request, origins))
        if pages is None:
            return missed(holdings, origins, asked, since=asked.timestamp)
        return Begun(pages, MEDIA_TYPES[output])

    async def answer(output: str, asked: Asked) -> Response:
        return await streams.response(asked.request, partial(begin, output, asked))

    return [
        TargetRoute(rb"/timemap/(?P<timestamp>[0-9]{0,20})%s/" % output.encode("ascii"), partial(answer, output))
        for output in MEDIA_TYPES
    ]
