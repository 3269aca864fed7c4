"""Answers of what stands before the hosts: words for people, application/problem+json (RFC 9457) under /api/."""

from __future__ import annotations

from collections.abc import Mapping
from http import HTTPStatus

from starlette.responses import JSONResponse, PlainTextResponse, Response
from starlette.types import Scope


def refusal(scope: Scope, status: int, detail: str, headers: Mapping[str, str] | None = None) -> Response:
    """Return the answer that says why a request goes no further. `detail` is a sentence of ours."""
    if not scope["path"].startswith("/api/"):
        return PlainTextResponse(f"{detail}\n", status, headers)
    title = HTTPStatus(status).phrase
    problem = {"type": "about:blank", "title": title, "status": status, "detail": detail}
    return JSONResponse(problem, status, headers, "application/problem+json")
