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
        if _is_for_the_safe_view(memento):
            return RedirectResponse(f"/view/{values['timestamp']}/{values['path']}", 302, LED_ON)
        if wabac() is None:
            return page("no_replay.html", origins, status=HTTPStatus.SERVICE_UNAVAILABLE, policy={}, **values)
        return page("full_replay.html", origins, policy=policy, sandbox=SANDBOX, **values)

    async def replayed(asked: Asked) -> Response:
        return await completed(holdings, partial(around, holdings, origins, asked, "replay", shown))

    return [TargetRoute(rb"/replay/(?:(?P<timestamp>[0-9]{0,20})/)?", replayed)]


def _is_for_the_safe_view(memento: Memento) -> bool:
    """Return whether a browser would show nothing of a capture in the frame, and we can't tell.

    Of a PDF Chromium shows a grey page, of a feed or a sitemap an empty one, and at a 204 it stays where it was.
    """
    mime, status = memento.saved.mime or "", memento.saved.row.status
    if status in (HTTPStatus.NO_CONTENT, HTTPStatus.RESET_CONTENT):
        return True
    form = form_of(mime)
    return bool(mime) and (form is Form.FILE or (form is Form.TEXT and mime.lower().endswith(("/xml", "+xml"))))
