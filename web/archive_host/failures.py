"""Errors of the domain as answers: what happened, in words, with the status that says whose fault it is."""

from __future__ import annotations

from http import HTTPStatus
from typing import Final

from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response

from config.errors import PalimpsestError
from replay.errors import ReplayError
from storage.errors import BodyTooLarge, CatalogUnavailable, StoreRefused, StoreUnavailable

SAFE: Final = {
    "X-Content-Type-Options": "nosniff",
    # An archived page that a browser opens as it is stored would else fetch its images from the live web.
    "Content-Security-Policy": "default-src 'none'; style-src 'unsafe-inline'; sandbox",
    "X-DNS-Prefetch-Control": "off",
    # Connections ahead of time, which no policy governs (Chromium). Redirects are this host's own and lead to itself or
    # to the window; without leave for them a link that leads on to the capture's own address fails.
    "Connection-Allowlist": "(response-origin);redirects=allow",
    "Referrer-Policy": "no-referrer",
    # Another site's page would learn from an image or a sheet that it embeds what the archive holds.
    "Cross-Origin-Resource-Policy": "same-origin",
}
"""Sent with everything that is neither a page of ours nor a view of its own making: nothing in it runs or fetches."""

LED_ON: Final = {**SAFE, "Cache-Control": "no-store"}
"""With a redirect: where it leads to may be another place tomorrow."""

SAFE_AS_SENT: Final = tuple((name.lower().encode("ascii"), value.encode("ascii")) for name, value in SAFE.items())

AT_LEAST: Final = {
    "X-Content-Type-Options": "nosniff",
    "Content-Security-Policy": "default-src 'none'",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Resource-Policy": "same-origin",
}
"""Sent with what says nothing of it itself, which is ours. No `Connection-Allowlist`: our pages lead to the window."""


def status_of(error: PalimpsestError) -> HTTPStatus:
    """Return the status of an answer that is an error. Damage to the archive is that of what stands behind us: 502."""
    match error:
        case ReplayError():
            return HTTPStatus.BAD_REQUEST
        case BodyTooLarge():
            return HTTPStatus.NOT_IMPLEMENTED  # nothing is damaged, and the bytes are there
        case StoreUnavailable() | StoreRefused() | CatalogUnavailable():  # rights or credentials that ended, too
            return HTTPStatus.SERVICE_UNAVAILABLE
        case _:
            return HTTPStatus.BAD_GATEWAY


def when_again(status: int) -> dict[str, str]:
    """Return the header that says when an answer with this status may be another: where we could not read just now."""
    return {"Retry-After": "10"} if status == HTTPStatus.SERVICE_UNAVAILABLE else {}


async def failed(request: Request, error: Exception) -> Response:  # noqa: ARG001  (Starlette's signature)
    """Answer with an error's words alone."""
    assert isinstance(error, PalimpsestError)
    status = status_of(error)
    return PlainTextResponse(f"{error}\n", status, SAFE | when_again(status))
