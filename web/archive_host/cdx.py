"""`/cdx?url=…`: the CDX server, for pywb and whoever else reads an index (replay.cdx_query has the parameters)."""

from __future__ import annotations

from functools import partial
from urllib.parse import parse_qsl

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from replay.cdx_answer import MEDIA_TYPES, answer
from replay.cdx_query import CdxQuery, parse_query
from replay.errors import QueryInvalid
from web.archive_host.routing import METHODS, links_of
from web.archive_host.streaming import Begun, Streams
from web.holdings import Holdings
from web.origins import Origins

_MOST_PARAMETERS = 100


def routes(holdings: Holdings, origins: Origins) -> list[BaseRoute]:
    """Return the route of the CDX server."""
    streams = Streams()

    def begin(request: Request) -> Begun:
        query = _parsed(request.scope["query_string"])
        return Begun(answer(holdings.catalog, query, links_of(request, origins)), MEDIA_TYPES[query.output])

    async def cdx(request: Request) -> Response:
        return await streams.response(request, partial(begin, request))

    return [Route("/cdx", cdx, methods=list(METHODS))]


def _parsed(query_string: bytes) -> CdxQuery:
    try:
        parameters = parse_qsl(query_string.decode("latin-1"), max_num_fields=_MOST_PARAMETERS, errors="replace")
    except ValueError as wrong:
        raise QueryInvalid(f"there are more than {_MOST_PARAMETERS} parameters") from wrong
    return parse_query(parameters)
