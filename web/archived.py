"""Both hosts of archived content as one app, which one server answers for: which is asked tells the name."""

from __future__ import annotations

from starlette.datastructures import Headers
from starlette.types import ASGIApp, Receive, Scope, Send

from web.archive_host.app import archive_app
from web.holdings import Holdings
from web.origins import Origins, host_of
from web.replay_host.app import replay_app
from web.security.archive_gate import ArchiveGate
from web.security.cookies import archive_cookie
from web.security.gate import Gate
from web.security.names import OwnNames


def archived_app(holdings: Holdings, origins: Origins, gate: Gate | None = None) -> ASGIApp:
    """Return the app for the port of `origins.archive`. Whoever asks for any other name is refused."""

    def behind(app: ASGIApp, origin: str) -> ASGIApp:
        if gate is not None:
            app = ArchiveGate(app, gate, archive_cookie(origins), origins)
        return OwnNames(app, origin)

    archive = behind(archive_app(holdings, origins), origins.archive)
    replay = behind(replay_app(holdings, origins), origins.replay)
    replay_host = host_of(origins.replay)

    async def app(scope: Scope, receive: Receive, send: Send) -> None:
        named = Headers(scope=scope).get("host", "") if scope["type"] == "http" else ""
        chosen = replay if named.lower() == replay_host else archive
        await chosen(scope, receive, send)

    return app
