"""What programs ask of the archive's host, and their own way to it on this machine.

Few programs know that names below `localhost` are their own machine, as browsers do. So they are answered under its
address, too, where browsers are led to the host's name: what is archived must not stand beside the window.
"""

from __future__ import annotations

import re
from typing import Final

from starlette.datastructures import Headers
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from web.archive_host.failures import SAFE_AS_SENT
from web.archive_host.routing import ORIGIN, raw_path
from web.security.shown_token import is_from_browser

_PATHS: Final = re.compile(rb"/cdx\Z|/timegate/|/timemap/|/web/[0-9]{0,20}(?:id_|mp_|if_|cs_|im_)?/")
_OURS: Final = frozenset((*(name for name, _ in SAFE_AS_SENT), b"set-cookie"))


def is_for_programs(scope: Scope) -> bool:
    """Return whether the path is one that programs ask for: CDX, Memento, captures and what a TimeGate leads to."""
    return _PATHS.match(raw_path(scope)) is not None


class ProgramsOnly:
    """Answers programs under `origin`, by which its links go, and passes everything else to `others`.

    All that comes is in a sandbox, out of reach of any origin, whatever the app says; for a browser that does not tell
    that it is one.
    """

    def __init__(self, app: ASGIApp, others: ASGIApp, origin: str) -> None:
        self._app = app
        self._others = others
        self._origin = origin

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        if scope["type"] != "http" or not is_for_programs(scope) or is_from_browser(Headers(scope=scope)):
            await self._others(scope, receive, send)
            return

        async def sending(message: Message) -> None:
            if message["type"] == "http.response.start":
                kept = [header for header in message["headers"] if header[0].lower() not in _OURS]
                message["headers"] = [*kept, *SAFE_AS_SENT]
            await send(message)

        await self._app({**scope, ORIGIN: self._origin}, receive, sending)
