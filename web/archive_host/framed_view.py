"""`/view/{timestamp}/{url}`: the safe view of a capture in a frame, and around it our banner.

The banner is a page of ours, out of reach of whatever styles the archived page brings.
"""

from __future__ import annotations

from functools import partial
from typing import Any

from starlette.responses import Response
from starlette.routing import BaseRoute

from replay.composition import Composition, composition_of
from replay.lookup import Memento
from replay.safe_view import SANDBOX, Form, form_of, stored_page
from web.archive_host.around import around
from web.archive_host.at_once import Begun, completed
from web.archive_host.rendering import page
from web.archive_host.routing import Asked, TargetRoute, view_path
from web.holdings import Holdings
from web.origins import Origins

_Seen = tuple[Form, Composition | None, bool]
"""What a capture is shown as, what a page is put together from, and whether it came without a body."""


def routes(holdings: Holdings, origins: Origins) -> list[BaseRoute]:
    """Return the route of framed views."""
    # Of scripts that one: what is captured has addresses of this host, too.
    policy = {"frame-src": origins.archive, "script-src": f"{origins.archive}/static/place.js"}

    def shown(memento: Memento, values: dict[str, Any]) -> Begun:
        if form_of(memento.saved.mime) is Form.MEDIA:
            return framing(memento, values, (Form.MEDIA, None, False))
        return lambda: framing(memento, values, _seen(holdings, memento))

    def framing(memento: Memento, values: dict[str, Any], seen: _Seen) -> Response:
        form, composed, is_empty = seen
        onward = composed and composed.onward and view_path(memento.saved.row.captured_at, composed.onward.url)
        values |= {
            "sandbox": SANDBOX,
            "is_file": form is Form.FILE,
            "is_empty": is_empty,
            "composed": composed,
            "onward": onward,
        }
        return page("framed_view.html", origins, policy=policy, mime=memento.saved.mime, **values)

    async def framed(asked: Asked) -> Response:
        return await completed(holdings, partial(around, holdings, origins, asked, "view", shown))

    return [TargetRoute(rb"/view/(?:(?P<timestamp>[0-9]{0,20})/)?", framed)]


def _seen(holdings: Holdings, memento: Memento) -> _Seen:
    """Return what is seen of a capture, by reading it."""
    stored = stored_page(holdings.archive.store, memento.saved)
    form = form_of(memento.saved.mime, stored.body)
    composed = composition_of(holdings.archive.store, holdings.catalog, stored) if form is Form.PAGE else None
    return form, composed, not stored.body
