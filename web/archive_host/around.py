"""What our banner around an archived page says, whichever way the page is shown."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from starlette.responses import RedirectResponse

from replay.lookup import Memento, leads_in_a_circle, memento_for
from replay.timestamps import EXACT, format_timestamp
from storage import keys
from storage.catalog.absences import absence_at
from storage.catalog.mementos import Captured
from storage.catalog.url_states import urls_of_article
from web.archive_host.at_once import Begun
from web.archive_host.failures import LED_ON
from web.archive_host.misses import missed
from web.archive_host.routing import Asked, view_path
from web.archive_host.timegate import wanted_by
from web.holdings import Holdings
from web.origins import Origins
from web.window.links import article_link, calendar_link

Shown = Callable[[Memento, dict[str, Any]], Begun]
"""Makes the page of a memento from the values for the template `around.html`."""


def around(holdings: Holdings, origins: Origins, asked: Asked, view: str, shown: Shown) -> Begun:
    """Return what `shown` makes of the memento that is asked for under `/{view}/{timestamp}/{url}`.

    A timestamp that is not a capture's own leads to that of the nearest one, and a redirect on to the view of what it
    led to, as it would have led a reader; in a circle it is shown as what it says. Asks the catalog, so call it
    by `at_once.completed`.
    """

    def address(captured: Captured, *, exact: bool = False) -> str:
        return view_path(*captured, view, exact=exact)

    memento = memento_for(holdings.catalog, asked.url, wanted_by(asked))
    if memento is None:
        return missed(holdings, origins, asked)
    if memento.onward is not None and not leads_in_a_circle(holdings.catalog, memento.onward):
        return RedirectResponse(address(memento.onward), 302, LED_ON)
    row, near = memento.saved.row, memento.around
    if format_timestamp(row.captured_at) != asked.timestamp[:EXACT]:
        return RedirectResponse(address((row.captured_at, asked.url), exact=memento.shares_second), 302, LED_ON)
    outlet_id = keys.parse_crawl_id(row.crawl_id).outlet
    outlet = holdings.outlets.get(outlet_id)
    absence = absence_at(holdings.catalog, outlet_id, row.url, row.captured_at, row.status)
    values = {
        "timestamp": asked.timestamp,
        "path": asked.url,
        "row": row,
        "original": memento.saved.original,
        "truncated": memento.saved.truncated,
        "zone": outlet.timezone if outlet else "UTC",
        "calendar": origins.window + calendar_link(outlet_id, row.url),
        "article": _article(holdings, origins, outlet_id, row.url),
        "absence": absence,
        "last_whole": absence and address((absence.last_seen, absence.url)),
        "before": near.before and address(near.before, exact=near.before in near.not_alone),
        "after": near.after and address(near.after, exact=near.after in near.not_alone),
    }
    return shown(memento, values)


def _article(holdings: Holdings, origins: Origins, outlet: str, url: str) -> str | None:
    """Return the address of what the window says of a URL's article; None where it never showed one."""
    known = next(iter(urls_of_article(holdings.catalog, url, outlet=outlet)), None)
    return origins.window + article_link(outlet, url) if known and known.states else None
