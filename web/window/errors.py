"""What goes wrong, in words: a page for people, application/problem+json (RFC 9457) under /api/."""

from __future__ import annotations

import logging
from http import HTTPStatus
from typing import Final

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse, Response
from starlette.exceptions import HTTPException

from articles.visible import visible
from audit.errors import EvidenceMissing, NoChange, StateUnknown
from config.errors import ConfigError, OutletUnknown, PalimpsestError
from storage.errors import ObjectMissing, PhraseInvalid
from web.window.links import article_link
from web.window.misasked import said_of
from web.window.onward import Onward, to_article, to_captures
from web.window.rendering import page
from web.window.views.article import ArticleUnknown
from web.window.views.comparison import NotTwo
from web.window.views.places import PlaceInvalid

_log = logging.getLogger(__name__)

_WORDS: Final = {
    400: "That could not be understood",
    401: "A token is needed",
    403: "That is not allowed",
    404: "There is no such page",
    405: "That cannot be done here",
    414: "That address is too long",
    421: "This is not the host that was asked",
    429: "Too much at once",
    500: "Something is wrong here",
    503: "The archive cannot be read just now",
}
_OVERVIEW: Final = ("/", "To the overview")


class Missing(HTTPException):
    """What was asked for is not in the archive. The detail is a sentence for whoever asked; `onward` as of `told`."""

    def __init__(self, detail: str, onward: Onward | None = None) -> None:
        super().__init__(404, detail)
        self.onward = onward


class Refused(HTTPException):
    """What was asked makes no sense. The detail is a sentence for whoever asked. A page leads `onward`, as `told`."""

    def __init__(self, detail: str, onward: Onward | None = None) -> None:
        super().__init__(400, detail)
        self.onward = onward


def tell_errors(app: FastAPI) -> None:
    """Let the app answer errors in words."""
    app.add_exception_handler(HTTPException, _http)
    app.add_exception_handler(RequestValidationError, _invalid)
    app.add_exception_handler(PalimpsestError, _domain)
    app.add_exception_handler(Exception, _bug)


def told(
    request: Request,
    status: int,
    detail: str,
    headers: dict[str, str] | None = None,
    *,
    title: str | None = None,
    onward: Onward | None = None,
) -> Response:
    """Return the answer that says what is wrong, of several things each on a line of `detail`.

    A page leads `onward` to an address, and says where that is; else to the overview.
    """
    title = title or _WORDS.get(status) or HTTPStatus(status).phrase
    if request.url.path.startswith("/api/"):
        problem = {
            "type": "about:blank",
            "title": title,
            "status": status,
            "detail": visible(detail.replace("\n", " ")),
        }
        answer: Response = JSONResponse(problem, status, media_type="application/problem+json")
    else:
        answer = page(
            request, "error.html", status=status, title=title, detail=detail, code=status, onward=onward or _OVERVIEW
        )
    answer.headers.update(headers or {})
    return answer


def _http(request: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)
    detail = error.detail
    if error.status_code == 404 and not isinstance(error, Missing):
        detail = "Nothing is at this address. Addresses of the window begin at the overview."
    onward = error.onward if isinstance(error, (Refused, Missing)) else None
    return told(request, error.status_code, detail, dict(error.headers or {}), onward=onward)


def _invalid(request: Request, error: Exception) -> Response:
    assert isinstance(error, RequestValidationError)
    wrong = error.errors()
    onward = to_article(request.url.path, request.query_params, {str(one["loc"][-1]) for one in wrong})
    return told(request, 400, "\n".join(map(said_of, wrong)), onward=onward)


def _domain(request: Request, error: Exception) -> Response:
    assert isinstance(error, PalimpsestError)
    if isinstance(error, ArticleUnknown):
        return told(request, 404, str(error), onward=to_captures(request.query_params))
    if isinstance(error, StateUnknown):
        return told(request, 404, str(error), onward=to_article(request.url.path, request.query_params))
    if isinstance(error, (OutletUnknown, ObjectMissing, EvidenceMissing)):
        return told(request, 404, str(error))
    if isinstance(error, NotTwo):
        onward = article_link(error.outlet, error.url), "To the article and its states"
        return told(request, 400, str(error), title=error.title, onward=onward)
    if isinstance(error, NoChange):
        return told(request, 400, str(error), onward=to_article(request.url.path, request.query_params))
    if isinstance(error, (PhraseInvalid, PlaceInvalid, ConfigError)):
        return told(request, 400, str(error))
    _log.warning("%s %s: %s", request.method, visible(request.url.path), visible(str(error)))
    return told(request, 503, str(error), {"Retry-After": "10"})


def _bug(request: Request, error: Exception) -> Response:
    _log.error("%s %s failed", request.method, visible(request.url.path), exc_info=error)
    return told(request, 500, "This is a defect of Palimpsest, not of the archive. The window's log has the rest.")
