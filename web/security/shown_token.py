"""The token in a header, as programs show it: they hold no session."""

from __future__ import annotations

from base64 import b64decode
from binascii import Error
from math import ceil
from typing import Final

from starlette.datastructures import Headers
from starlette.responses import Response
from starlette.types import Scope

from web.security.gate import Gate
from web.security.limits import TooMuch, address_of
from web.security.refusals import refusal

HOW: Final = "Send the token of this window as `Authorization: Bearer …`, or as the password of any user (Basic)."
CHALLENGE: Final = {
    "WWW-Authenticate": 'Basic realm="Palimpsest", charset="UTF-8", Bearer',
    "Cache-Control": "no-store",
}


def is_from_browser(headers: Headers) -> bool:
    """Return whether a browser says that it is one (W3C Fetch Metadata), as all do by now to hosts they trust."""
    return "sec-fetch-site" in headers


def shows_token(scope: Scope, gate: Gate) -> bool:
    """Return whether a request has the token in its head. Raises TooMuch where too many wrong ones came before.

    A password is taken from no browser: it would send one that it kept along with what other sites' pages ask for.
    """
    headers = Headers(scope=scope)
    scheme, _, shown = headers.get("authorization", "").partition(" ")
    match scheme.lower():
        case "bearer":
            return gate.accepts(shown.strip(), address_of(scope))
        case "basic" if not is_from_browser(headers):
            return gate.accepts(_password(shown), address_of(scope))
        case _:
            return False


def refused_as_too_much(scope: Scope, much: TooMuch) -> Response:
    """Return the answer to who showed too many wrong tokens."""
    wait = str(ceil(much.seconds))
    return refusal(scope, 429, f"Too many wrong tokens came; ask again in {wait} s.", {"Retry-After": wait})


def _password(shown: str) -> str:
    try:
        return b64decode(shown.strip(), validate=True).decode("utf-8").partition(":")[2]
    except (Error, ValueError):  # no base64, or no UTF-8
        return ""
