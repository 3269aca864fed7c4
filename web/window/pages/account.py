"""Showing the token, leaving, and being handed over to the archive's host. Where nobody asks, none of it is there."""

from __future__ import annotations

from typing import Annotated, Final
from urllib.parse import parse_qs

from fastapi import APIRouter, Query, Request
from fastapi.responses import RedirectResponse, Response
from starlette.requests import ClientDisconnect

from web.security.archive_gate import ENTER, HANDOVER, is_path
from web.security.cookies import window_cookie
from web.security.gate import Gate
from web.security.limits import TooMuch, address_of
from web.security.window_gate import LOGIN
from web.window.asked import LONGEST_URL
from web.window.context import Given, Window
from web.window.costs import too_much
from web.window.errors import Missing, Refused
from web.window.links import with_query
from web.window.rendering import page

router = APIRouter(include_in_schema=False)

_LONGEST_FORM: Final = 3 * LONGEST_URL
ToAsked = Annotated[str, Query(max_length=LONGEST_URL)]


@router.get(LOGIN)
def login(request: Request, window: Given, to: ToAsked = "/") -> Response:
    """Ask for the token."""
    _gate_of(window)
    return page(request, "login.html", to=_inside(to), is_wrong=False)


@router.post(LOGIN)
async def logged_in(request: Request, window: Given) -> Response:
    """Take the token, and give a session for it."""
    gate = _gate_of(window)
    try:
        form = parse_qs(await _form(request), max_num_fields=10)
    except ValueError:
        raise Refused("This form has more fields than the window asked for.") from None
    token, to = (form.get(name, [""])[0] for name in ("token", "to"))
    try:
        is_right = gate.accepts(token, address_of(request.scope))
    except TooMuch as much:
        raise too_much(much) from None
    if not is_right:
        return page(request, "login.html", status=403, to=_inside(to), is_wrong=True)
    answer = RedirectResponse(_inside(to), 303)
    answer.headers.append("Set-Cookie", window_cookie(window.origins).set(gate.open_session()))
    return answer


@router.post("/logout")
def logged_out(request: Request, window: Given) -> Response:
    """End the session, and with it that on the archive's host."""
    cookie = window_cookie(window.origins)
    _gate_of(window).close_session(cookie.sent(request.scope))
    answer = RedirectResponse(LOGIN, 303)
    answer.headers.append("Set-Cookie", cookie.unset())
    return answer


@router.get(HANDOVER)
def handed_over(request: Request, window: Given, to: ToAsked) -> Response:
    """Lead to a path on the archive's host, with a ticket for a session there."""
    if not is_path(to):
        raise Refused("This is no path on the archive's host.")
    if window.gate is None:
        return RedirectResponse(window.origins.archive + to, 303)
    ticket = window.gate.new_ticket(window_cookie(window.origins).sent(request.scope))
    return RedirectResponse(window.origins.archive + with_query(ENTER, ticket=ticket, to=to), 303)


def _gate_of(window: Window) -> Gate:
    if window.gate is None:
        raise Missing("This window asks nobody for a token.")
    return window.gate


def _inside(to: str) -> str:
    """Return where to go on, which is a page of the window whatever was asked for."""
    return to if is_path(to) else "/"


async def _form(request: Request) -> str:
    body = b""
    try:
        async for chunk in request.stream():
            body += chunk
            if len(body) > _LONGEST_FORM:
                raise Refused("This form is too long.")
    except ClientDisconnect:
        raise Refused("This form did not come to its end.") from None
    return body.decode("latin-1")
