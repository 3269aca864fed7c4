"""Errors of the domain as answers: what happened, in words, with the status that says whose fault it is."""

from __future__ import annotations

from http import HTTPStatus

from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response

from config.errors import PalimpsestError
from replay.errors import ReplayError
from storage.errors import StoreUnavailable

SAFE = {"X-Content-Type-Options": "nosniff", "Content-Security-Policy": "sandbox", "Referrer-Policy": "no-referrer"}


async def failed(request: Request, error: Exception) -> Response:  # noqa: ARG001  (Starlette's signature)
    """Answer with an error's words. Damage to the archive is a 502: what stands behind this server is at fault."""
    assert isinstance(error, PalimpsestError)
    match error:
        case ReplayError():
            status = HTTPStatus.BAD_REQUEST
        case StoreUnavailable():
            status = HTTPStatus.SERVICE_UNAVAILABLE
        case _:
            status = HTTPStatus.BAD_GATEWAY
    return PlainTextResponse(f"{error}\n", status, SAFE)
