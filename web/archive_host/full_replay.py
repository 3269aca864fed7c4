"""`/replay/{timestamp}/{url}`: an archived page with its scripts, in a frame of another host, and around it our banner.

The banner says what the server looked up. The frame is of another origin and sandboxed, so that nothing archived can
change the banner, and is left for another page only by way of it: docs/replay.md.
"""

from __future__ import annotations

from functools import partial
from http import HTTPStatus
from typing import Any

from starlette.responses import RedirectResponse, Response
from starlette.routing import BaseRoute

from replay.lookup import Memento
from replay.safe_view import Form, form_of
from web.archive_host.around import around
from web.archive_host.at_once import completed
from web.archive_host.failures import LED_ON
from web.archive_host.rendering import page
from web.archive_host.routing import Asked, TargetRoute
from web.holdings import Holdings
from web.origins import Origins
from web.replay_host.policy import SANDBOX
from web.replay_host.wabac import wabac


def routes(holdings: Holdings, origins: Origins) -> list[BaseRoute]:
    """Return the route of full replays."""
    policy = {"script-src": "'self'", "frame-src": origins.replay}

    def shown(memento: Memento, values: dict[str, Any]) -> Response:
        mime = memento.saved.mime
        if mime and form_of(mime) is Form.FILE:
            # A PDF, say: Chromium shows a grey page in its place, and we can't tell.
            return RedirectResponse(f"/view/{values['timestamp']}/{values['path']}", 302, LED_ON)
        if wabac() is None:
            return page("no_replay.html", origins, status=HTTPStatus.SERVICE_UNAVAILABLE, policy={}, **values)
        return page("full_replay.html", origins, policy=policy, sandbox=SANDBOX, **values)

    async def replayed(asked: Asked) -> Response:
        return await completed(holdings, partial(around, holdings, origins, asked, "replay", shown))

    return [TargetRoute(rb"/replay/(?:(?P<timestamp>[0-9]{0,20})/)?", replayed)]
