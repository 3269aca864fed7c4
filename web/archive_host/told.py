"""What the archive's host says in its own words: a page for people, JSON for programs that ask for it, else text."""

from __future__ import annotations

import json
import re
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from http import HTTPStatus
from typing import Any, Final

from starlette.requests import Request
from starlette.responses import Response

from articles.visible import visible
from config.errors import PalimpsestError
from replay.errors import TimestampInvalid
from replay.safe_view import FRAME
from web.archive_host.failures import SAFE, status_of, when_again
from web.archive_host.rendering import page
from web.origins import Origins

Handler = Callable[[Request, Exception], Awaitable[Response]]

_HEADERS: Final = {"Cache-Control": "no-store", "Vary": "Accept, Sec-Fetch-Dest"}
_FRAMES: Final = frozenset({"iframe", "frame", "object", "embed"})
_OF_A_FRAME: Final = re.compile(rf"/web/[0-9]*+{FRAME}/")


@dataclass(frozen=True)
class Line:
    """One thing that is told. `href` is an address of ours, or None."""

    text: str
    href: str | None = None


@dataclass(frozen=True)
class Section:
    """Things that are told under one heading."""

    heading: str
    lines: Sequence[Line]


def told(
    request: Request,
    origins: Origins,
    status: int,
    title: str,
    sections: Sequence[Section] = (),
    *,
    data: dict[str, Any] | None = None,
) -> Response:
    """Return an answer in our own words. `data` is what the JSON has besides `status` and `error`."""
    if wants_page(request):
        if is_framed(request):
            return told_page("in_frame.html", origins, status, told=title, url=None)
        return told_page("told.html", origins, status, told=title, sections=sections)
    if "json" in request.headers.get("accept", ""):
        body = json.dumps({"status": status, "error": visible(title), **(data or {})}, ensure_ascii=False, indent=1)
        return Response(body + "\n", status, SAFE | _HEADERS, "application/json")
    lines = [title]
    for section in sections:
        lines += ["", section.heading, *(f"  {line.text} {line.href or ''}".rstrip() for line in section.lines)]
    text = "".join(f"{visible(line)}\n" for line in lines)
    return Response(text, status, SAFE | _HEADERS, "text/plain; charset=utf-8")


def wants_page(request: Request) -> bool:
    """Return whether a person asks: browsers say that they take HTML."""
    return "text/html" in request.headers.get("accept", "")


def is_framed(request: Request) -> bool:
    """Return whether what is asked for stands in a frame of a page: browsers say so, and a frame's address does."""
    path: str = request.scope["path"]
    return request.headers.get("sec-fetch-dest") in _FRAMES or _OF_A_FRAME.match(path) is not None


def told_page(template: str, origins: Origins, status: int, **values: Any) -> Response:
    """Return a page in our own words, which is only for this request."""
    response = page(template, origins, status=status, policy={}, **values)
    response.headers.update(_HEADERS)
    return response


def session_needed(origins: Origins, window: str) -> Response:
    """Return the page for whoever has no session; `window` is the address by which one comes in."""
    response = page("session_needed.html", origins, status=HTTPStatus.UNAUTHORIZED, policy={}, back=window)
    response.headers["Cache-Control"] = "no-store"
    return response


def failing(origins: Origins) -> Handler:
    """Return what answers with the words of an error of the domain; see starlette's exception handlers."""

    async def failed(request: Request, error: Exception) -> Response:
        assert isinstance(error, PalimpsestError)
        status = status_of(error)
        response = told(request, origins, status, str(error))
        response.headers.update(when_again(status))
        if isinstance(error, TimestampInvalid):
            response.headers.add_vary_header("accept-datetime")  # which may be what is wrong (RFC 7089 §4.5.3)
        return response

    return failed


def nothing_at(origins: Origins) -> Handler:
    """Return what answers for a path that no route knows."""

    async def nothing(request: Request, error: Exception) -> Response:  # noqa: ARG001  (Starlette's signature)
        return told(request, origins, HTTPStatus.NOT_FOUND, "There is nothing at this address of the archive's host")

    return nothing
