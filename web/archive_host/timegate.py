"""`/timegate/{url}`: which memento is the one for a moment (RFC 7089 §4). `/web/{timestamp}/{url}`: the same by digits.

Both lead to the memento by a 302, whose URL names its second, and so leads nowhere else.
"""

from __future__ import annotations

from starlette.concurrency import run_in_threadpool
from starlette.responses import Response
from starlette.routing import BaseRoute

from replay.lookup import Wanted, memento_for
from replay.timestamps import parse_http_date
from storage.warc_fields import target_uri
from web.archive_host.failures import SAFE
from web.archive_host.misses import missed
from web.archive_host.routing import Asked, TargetRoute, links_of
from web.holdings import Holdings
from web.origins import Origins


def routes(holdings: Holdings, origins: Origins) -> list[BaseRoute]:
    """Return the routes that lead to a memento."""

    def lead(asked: Asked) -> Response:
        memento = memento_for(holdings.catalog, asked.url, wanted_by(asked))
        if memento is None:
            response = missed(holdings, origins, asked)
        else:
            links = links_of(asked.request, origins)
            row = memento.saved.row
            url = target_uri(row.url)
            head = links.head(asked.url, memento.around, (row.captured_at, row.url))
            location = links.memento_url(row.captured_at, url, exact=memento.shares_second)
            response = Response(b"", 302, {**SAFE, "Location": location, "Cache-Control": "no-store"})
            if head:
                response.headers["Link"] = head
        if not asked.timestamp:
            response.headers.add_vary_header("accept-datetime")
        return response

    async def timegate(asked: Asked) -> Response:
        return await run_in_threadpool(lead, asked)

    return [TargetRoute(rb"/timegate/", timegate), TargetRoute(rb"/web/(?P<timestamp>[0-9]{1,20})/", timegate)]


def wanted_by(asked: Asked) -> Wanted:
    """Return what the timestamp in the URL wants, else Accept-Datetime, else the latest. Raises TimestampInvalid."""
    at = asked.request.headers.get("accept-datetime")
    return Wanted.by(asked.timestamp) if asked.timestamp or at is None else Wanted(parse_http_date(at))
