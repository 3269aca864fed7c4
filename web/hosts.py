"""All hosts' apps with what stands before them, as they are served."""

from __future__ import annotations

from starlette.types import ASGIApp

from web.archived import archived_app
from web.freshness import Freshness
from web.holdings import Holdings
from web.security.exposure import Exposure
from web.security.gate import Gate
from web.window.app import window_app


def hosts(holdings: Holdings, exposed: Exposure, freshness: Freshness) -> tuple[ASGIApp, ASGIApp]:
    """Return the app of the window and that of archived content; with one gate before both where a token is asked."""
    gate = Gate(exposed.token) if exposed.token else None
    origins = exposed.origins
    return window_app(holdings, origins, freshness, gate), archived_app(holdings, origins, gate)
