"""`/replay/{timestamp}/{url}`: an archived page with its scripts, in a frame of another host, and around it our banner.

The banner says what the server looked up. The frame is of another origin and sandboxed, so that nothing archived can
change the banner, and is left for another page only by way of it: docs/replay.md.
"""

from __future__ import annotations

from datetime import UTC

from starlette.concurrency import run_in_threadpool
from starlette.responses import RedirectResponse, Response
from starlette.routing import BaseRoute

from replay.lookup import Wanted, capture_for
from storage import keys
from web.archive_host.failures import SAFE
from web.archive_host.misses import missed
from web.archive_host.rendering import page
from web.archive_host.routing import Asked, TargetRoute
from web.holdings import Holdings
from web.origins import Origins
from web.replay_host.policy import SANDBOX
from web.replay_host.wabac import wabac
from web.window.links import calendar_link


def routes(holdings: Holdings, origins: Origins) -> list[BaseRoute]:
    """Return the route of full replays. A timestamp that is not a capture's own leads to that of the nearest one."""
    policy = {"script-src": "'self'", "frame-src": origins.replay}

    async def around(asked: Asked) -> Response:
        saved = await run_in_threadpool(capture_for, holdings.catalog, asked.url, Wanted.by(asked.timestamp))
        if saved is None:
            return await run_in_threadpool(missed, holdings, origins, asked)
        row = saved.row
        timestamp = f"{row.captured_at.astimezone(UTC):%Y%m%d%H%M%S}"
        if timestamp != asked.timestamp:
            return RedirectResponse(f"/replay/{timestamp}/{asked.url}", 302, SAFE)
        if wabac() is None:
            return page("no_replay.html", origins, status=503, policy={}, timestamp=timestamp, path=asked.url)
        outlet_id = keys.parse_crawl_id(row.crawl_id).outlet
        outlet = holdings.outlets.get(outlet_id)
        return page(
            "full_replay.html",
            origins,
            policy=policy,
            timestamp=timestamp,
            url=row.url,
            path=asked.url,
            captured_at=row.captured_at,
            zone=outlet.timezone if outlet else "UTC",
            calendar=origins.window + calendar_link(outlet_id, row.url),
            sandbox=SANDBOX,
        )

    return [TargetRoute(rb"/replay/(?P<timestamp>[0-9]{0,20})/", around)]
