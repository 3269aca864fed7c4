"""`/view/{timestamp}/{url}`: the safe view of a capture in a frame, and around it our banner.

The banner is a page of ours, out of reach of whatever styles the archived page brings. A redirect leads on to the view
of what it led to, as it would have led a reader.
"""

from __future__ import annotations

from starlette.concurrency import run_in_threadpool
from starlette.responses import RedirectResponse, Response
from starlette.routing import BaseRoute

from replay.composition import Composition, composition_of
from replay.lookup import Memento, memento_for
from replay.safe_view import SANDBOX, Form, form_of, stored_page
from replay.timestamps import format_timestamp
from storage import keys
from storage.catalog.mementos import Captured
from storage.warc_fields import target_uri
from web.archive_host.failures import SAFE
from web.archive_host.misses import missed
from web.archive_host.rendering import page
from web.archive_host.routing import Asked, TargetRoute
from web.archive_host.timegate import wanted_by
from web.holdings import Holdings
from web.origins import Origins
from web.window.links import calendar_link

_LED_ON = {**SAFE, "Cache-Control": "no-store"}


def routes(holdings: Holdings, origins: Origins) -> list[BaseRoute]:
    """Return the route of framed views. A timestamp that is not a capture's own leads to that of the nearest one."""

    def view(asked: Asked) -> Response:
        memento = memento_for(holdings.catalog, asked.url, wanted_by(asked))
        if memento is None:
            return missed(holdings, origins, asked)
        row = memento.saved.row
        if memento.onward is not None:
            return RedirectResponse(_address(memento.onward), 302, _LED_ON)
        timestamp = format_timestamp(row.captured_at)
        if timestamp != asked.timestamp:
            return RedirectResponse(f"/view/{timestamp}/{asked.url}", 302, _LED_ON)
        outlet = holdings.outlets.get(outlet_id := keys.parse_crawl_id(row.crawl_id).outlet)
        form, composed = _seen(holdings, memento)
        return page(
            "framed_view.html",
            origins,
            policy={"frame-src": origins.archive},
            timestamp=timestamp,
            path=asked.url,
            row=row,
            original=memento.saved.original,
            zone=outlet.timezone if outlet else "UTC",
            calendar=origins.window + calendar_link(outlet_id, row.url),
            before=memento.around.before and _address(memento.around.before),
            after=memento.around.after and _address(memento.around.after),
            sandbox=SANDBOX,
            is_file=form is Form.FILE,
            composed=composed,
        )

    async def around(asked: Asked) -> Response:
        return await run_in_threadpool(view, asked)

    return [TargetRoute(rb"/view/(?P<timestamp>[0-9]{0,20})/", around)]


def _address(captured: Captured) -> str:
    at, url = captured
    return f"/view/{format_timestamp(at)}/{target_uri(url)}"


def _seen(holdings: Holdings, memento: Memento) -> tuple[Form, Composition | None]:
    """Return what the capture is shown as, and what a page is put together from."""
    row = memento.saved.row
    if (form := form_of(row.mime)) is Form.MEDIA:
        return form, None
    stored = stored_page(holdings.archive.store, memento.saved)
    form = form_of(row.mime, stored.body)
    return form, composition_of(holdings.archive.store, holdings.catalog, stored) if form is Form.PAGE else None
