"""Both hosts' apps with what stands before them, as they are served."""

from __future__ import annotations

from starlette.types import ASGIApp

from web.archive_host.app import archive_app
from web.freshness import Freshness
from web.holdings import Holdings
from web.security.archive_gate import ArchiveGate
from web.security.cookies import archive_cookie
from web.security.exposure import Exposure
from web.security.gate import Gate
from web.security.names import OwnNames
from web.window.app import window_app


def hosts(holdings: Holdings, exposed: Exposure, freshness: Freshness) -> tuple[ASGIApp, ASGIApp]:
    """Return the app of the window and that of the archive's host; with one gate before both where a token is asked."""
    origins = exposed.origins
    gate = Gate(exposed.token) if exposed.token else None
    archived: ASGIApp = archive_app(holdings, origins)
    if gate is not None:
        archived = ArchiveGate(archived, gate, archive_cookie(origins), origins)
    return window_app(holdings, origins, freshness, gate), OwnNames(archived, origins.archive)
