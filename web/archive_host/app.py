"""The ASGI app of the archive's host."""

from __future__ import annotations

from starlette.applications import Starlette

from config.errors import PalimpsestError
from web.archive_host import cdx, framed_view, full_replay, raw, rendering, safe_view, timegate, timemaps, typed
from web.archive_host.told import failing, nothing_at
from web.holdings import Holdings
from web.origins import Origins

_MODULES = (raw, safe_view, framed_view, timegate, timemaps, cdx, full_replay, rendering, typed)
"""Modules with `routes(holdings, origins)`. The first route that matches answers."""


def archive_app(holdings: Holdings, origins: Origins) -> Starlette:
    """Return the app that shows captures. It only reads, and never asks another host for anything."""
    app = Starlette(
        routes=[route for module in _MODULES for route in module.routes(holdings, origins)],
        exception_handlers={PalimpsestError: failing(origins), 404: nothing_at(origins)},
    )
    app.router.redirect_slashes = False
    return app
