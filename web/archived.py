"""Both hosts of archived content as one app, which one server answers for: which is asked tells the name."""

from __future__ import annotations

from functools import partial
from typing import Final

from starlette.datastructures import Headers
from starlette.responses import PlainTextResponse, Response
from starlette.types import ASGIApp, Receive, Scope, Send

from web.archive_host.app import archive_app
from web.archive_host.failures import AT_LEAST, SAFE
from web.archive_host.programs import ProgramsOnly, is_for_programs
from web.archive_host.rates import RATES, kind_of
from web.archive_host.told import session_needed
from web.holdings import Holdings
from web.origins import Origins, host_of
from web.replay_host.app import replay_app
from web.security.archive_gate import ENTER, ArchiveGate
from web.security.cookies import archive_cookie
from web.security.doorstep import Doorstep, Neighbours
from web.security.gate import Gate
from web.security.headers import AtLeast, NotKept
from web.security.in_flight import InFlight
from web.security.limits import Limited, Limits
from web.security.names import OwnNames
from web.security.shown_token import ByToken

_NO_SESSION: Final = "A session is needed: open the replay anew, by the window.\n"


def archived_app(holdings: Holdings, origins: Origins, gate: Gate | None = None) -> ASGIApp:
    """Return the app for the port of `origins.archive`. Whoever asks for any other name is refused, or led to it."""
    archive = InFlight(archive_app(holdings, origins))
    named = OwnNames(_visited(archive, origins, gate), origins.archive, origins.archive_aliases)
    hosts: dict[str, ASGIApp] = {host_of(origins.replay): _replaying(holdings, origins, gate)}
    if origins.programs is not None:
        # Programs of this machine have as much of it as they like, whichever way.
        told: ASGIApp = archive if gate is None else ByToken(archive, gate)
        programs = ProgramsOnly(told, named, origins.programs)
        hosts |= {host_of(name): programs for name in origins.archive_aliases}
    shown = {name: AtLeast(app, AT_LEAST, f"'self' {origins.archive} {origins.window}") for name, app in hosts.items()}
    otherwise = AtLeast(named, AT_LEAST, f"'self' {origins.window}")

    async def app(scope: Scope, receive: Receive, send: Send) -> None:
        named = Headers(scope=scope).getlist("host") if scope["type"] == "http" else []
        asked = named[0].lower() if len(named) == 1 else ""  # of two a server before us may take the other
        await shown.get(asked, otherwise)(scope, receive, send)

    return app


def _visited(archive: ASGIApp, origins: Origins, gate: Gate | None) -> ASGIApp:
    app: ASGIApp = Limited(archive, Limits(RATES), kind_of)
    if gate is not None:
        app = NotKept(app)
        asking = partial(session_needed, origins)
        app = ArchiveGate(
            app, gate, archive_cookie(origins), origins.window, asking=asking, for_programs=is_for_programs
        )
    return Doorstep(app, Neighbours(origins.window, same_site=gate is not None), but=ENTER)


def _replaying(holdings: Holdings, origins: Origins, gate: Gate | None) -> ASGIApp:
    app: ASGIApp = Limited(InFlight(replay_app(holdings, origins)), Limits(RATES), kind_of)
    if gate is not None:
        app = ArchiveGate(
            app, gate, archive_cookie(origins), origins.window, asking=_no_session, for_programs=lambda _: False
        )
    return OwnNames(app, origins.replay)


def _no_session(_: str) -> Response:
    return PlainTextResponse(_NO_SESSION, 401, SAFE)
