"""`/web/{timestamp}mp_/{url}`: a capture to look at, with nothing in it that runs.

`if_`, `cs_` and `im_`: the frames, sheets and media that it embeds. These are answered in place, whatever redirects led
to them, and `Content-Location` names what is shown: browsers may refuse redirects to what such a page embeds, as
Chromium does from 152 on where a Connection-Allowlist gives no leave for them.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import partial

from starlette.responses import RedirectResponse, Response
from starlette.routing import BaseRoute

from articles.page import Page
from replay.headers import Headers
from replay.held import HeldAnswers
from replay.lookup import Memento, leads_in_a_circle, led_to, memento_for
from replay.memento_links import SAFE_VIEW, Links, memento_headers
from replay.raw import marks_of
from replay.safe_view import (
    FRAME,
    MEDIA,
    STYLE,
    Form,
    form_of,
    inert_type,
    page_view,
    policy_of,
    stored_page,
    style_view,
    text_view,
    within,
)
from replay.timestamps import EXACT, format_timestamp, http_date
from web.archive_host.at_once import Begun, completed
from web.archive_host.failures import LED_ON, SAFE
from web.archive_host.misses import missed
from web.archive_host.raw import answer_to, sent
from web.archive_host.routing import Asked, content_location, links_of, memento_route
from web.archive_host.timegate import wanted_by
from web.holdings import Holdings
from web.origins import Origins

_KEPT = {**SAFE, "Cache-Control": "private, no-cache"}


def routes(holdings: Holdings, origins: Origins) -> list[BaseRoute]:
    """Return the routes of the safe view."""
    store, catalog = holdings.archive.store, holdings.catalog
    answers = HeldAnswers(store)
    shown = {**_KEPT, "Content-Security-Policy": policy_of(origins.archive, origins.window)}

    def view(asked: Asked) -> Begun:
        memento = memento_for(catalog, asked.url, wanted_by(asked))
        if memento is None:
            return missed(holdings, origins, asked)
        links = links_of(asked.request, origins)
        row = memento.saved.row
        if asked.timestamp[:EXACT] != format_timestamp(row.captured_at):
            address = links.memento_url(row.captured_at, asked.url, exact=memento.shares_second)
            return RedirectResponse(address, 302, LED_ON)
        if memento.onward is not None and not leads_in_a_circle(catalog, memento.onward):
            return _memento(Response(b"", 302, LED_ON), memento, links)
        if form_of(memento.saved.mime) is Form.MEDIA:
            exact = len(asked.timestamp) > EXACT
            led = RedirectResponse(links.memento_url(row.captured_at, asked.url, MEDIA, exact=exact), 302, LED_ON)
            led.raw_headers += [(name.lower(), value) for name, value in memento_headers(memento, links, MEDIA)]
            return led
        return partial(looked_at, asked, memento)

    def looked_at(asked: Asked, memento: Memento) -> Response:
        mime = memento.saved.mime
        if form_of(mime) is Form.MEDIA:
            return media(asked, memento)
        if mime and form_of(mime) is Form.FILE:
            return kept(asked, memento)
        page = stored_page(store, memento.saved)
        form = form_of(mime, page.body)
        if form is Form.FILE:
            return kept(asked, memento)
        status = _status(page)
        seen = page_view(page, within(page.captured_at)) if form is Form.PAGE else text_view(page)
        response = Response(seen.body, status, shown, seen.content_type)
        return _memento(response, memento, links_of(asked.request, origins))

    def style(asked: Asked, memento: Memento) -> Response:
        page = stored_page(store, memento.saved)
        sheet = style_view(page, within(page.captured_at))
        return _memento(
            Response(sheet.body, _status(page), _KEPT, sheet.content_type),
            memento,
            links_of(asked.request, origins),
            STYLE,
        )

    def media(asked: Asked, memento: Memento) -> Response:
        return inert(asked, memento, MEDIA, memento.saved.mime)

    def kept(asked: Asked, memento: Memento) -> Response:
        return inert(asked, memento, SAFE_VIEW, None, (b"Content-Disposition", b"attachment"))

    def inert(asked: Asked, memento: Memento, modifier: str, mime: str | None, *more: tuple[bytes, bytes]) -> Response:
        answer = answer_to(asked.request, answers, memento.saved)
        unrun = replace(answer, headers=[*_inert(answer.headers, mime), *more])
        return sent(asked.request, unrun, memento_headers(memento, links_of(asked.request, origins), modifier))

    def embedded(modifier: str, show: Callable[[Asked, Memento], Response]) -> BaseRoute:
        def found(asked: Asked) -> Begun:
            memento, url = memento_for(catalog, asked.url, wanted_by(asked)), asked.url
            if memento is not None:
                memento, url = led_to(catalog, memento)
            if memento is None:
                return missed(holdings, origins, replace(asked, url=url))
            return partial(in_place, asked, memento)

        def in_place(asked: Asked, memento: Memento) -> Response:
            response = show(asked, memento)
            its_name = SAFE_VIEW if modifier == FRAME else modifier
            if its_own := content_location(asked, memento, links_of(asked.request, origins), its_name):
                response.headers["Content-Location"] = its_own
            return response

        async def answer(asked: Asked) -> Response:
            return await completed(holdings, partial(found, asked))

        return memento_route(modifier, answer)

    async def safe(asked: Asked) -> Response:
        return await completed(holdings, partial(view, asked))

    return [
        memento_route(SAFE_VIEW, safe),
        embedded(FRAME, looked_at),
        embedded(STYLE, style),
        embedded(MEDIA, media),
    ]


def _status(page: Page) -> int:
    """Return the status to send: an error's own. Some outlets make up numbers beyond those of HTTP, as 999."""
    return page.status if 400 <= page.status < 600 else 200


def _memento(response: Response, memento: Memento, links: Links, modifier: str = SAFE_VIEW) -> Response:
    """Return the response with what a memento's head tells (RFC 7089)."""
    row = memento.saved.row
    more: Headers = [(b"memento-datetime", http_date(row.captured_at).encode("ascii"))]
    told = (*marks_of(memento.saved), *memento_headers(memento, links, modifier))
    more += [(name.lower(), value) for name, value in told]
    response.raw_headers.extend(more)
    return response


def _inert(headers: Headers, mime: str | None) -> Headers:
    """Return the head of stored bytes with a type that can't run."""
    kept = [(name, value) for name, value in headers if name.lower() != b"content-type"]
    return [*kept, (b"Content-Type", inert_type(mime).encode("ascii"))]
