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
from replay.memento_links import Links
from web.archive_host.routing import METHODS
from web.archive_host.streaming import Begun, Streams
from web.holdings import Holdings
from web.origins import Origins

_MOST_PARAMETERS = 100


def routes(holdings: Holdings, origins: Origins) -> list[BaseRoute]:
    """Return the route of the CDX server."""
    links = Links(origins.archive)
    streams = Streams()

    def begin(query_string: bytes) -> Begun:
        query = _parsed(query_string)
        return Begun(answer(holdings.catalog, query, links), MEDIA_TYPES[query.output])

    async def cdx(request: Request) -> Response:
        return await streams.response(request, partial(begin, request.scope["query_string"]))

    return [Route("/cdx", cdx, methods=list(METHODS))]


def _parsed(query_string: bytes) -> CdxQuery:
    try:
        parameters = parse_qsl(query_string.decode("latin-1"), max_num_fields=_MOST_PARAMETERS, errors="replace")
    except ValueError as wrong:
        raise QueryInvalid(f"there are more than {_MOST_PARAMETERS} parameters") from wrong
    return parse_query(parameters)
