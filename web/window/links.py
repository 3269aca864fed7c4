"""Addresses inside the window and on the archive's host. No page makes one by hand."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from urllib.parse import quote, urlencode

from replay.timestamps import format_exact
from web.security.archive_gate import HANDOVER
from web.window.context import Window

# Captures are named to the microsecond: another one of the same second must not be taken for what is meant.

_PLAIN = "/:~!$&'()*+,;=@-._"  # what a path may hold as it is


def with_query(path: str, **query: object) -> str:
    """Return a path with a query of the values that are not None; truths are `true` and `false`, lists are repeated.

    >>> with_query("/search", q="a b", page=None, undisclosed=True)
    '/search?q=a+b&undisclosed=true'
    """
    return _joined(path, query)


def _joined(path: str, query: Mapping[str, object]) -> str:
    pairs = [
        (name, str(one).lower() if isinstance(one, bool) else str(one))
        for name, value in query.items()
        for one in (value if isinstance(value, list | tuple) else [value])
        if one is not None
    ]
    return f"{path}?{urlencode(pairs)}" if pairs else path


def outlet_link(outlet: str) -> str:
    """Return the address of an outlet's page."""
    return f"/outlets/{quote(outlet, safe='')}"


def article_link(outlet: str, url: str) -> str:
    """Return the address of the page of one URL's article."""
    return with_query("/article", outlet=outlet, url=url)


def two_articles_link(outlet: str, url: str, other: str) -> str:
    """Return the address of the page that shows what differs between the article `other` and the one at `url`."""
    return with_query("/two-articles", outlet=outlet, url=url, **{"with": other})


def change_link(change_id: str) -> str:
    """Return the address of a change, which lasts: the id follows from the URL and both content ids."""
    return f"/changes/{quote(change_id, safe=':')}"


def calendar_link(outlet: str, url: str) -> str:
    """Return the address of the calendar of a URL's captures."""
    return with_query("/calendar", outlet=outlet, url=url)


def view_link(window: Window, at: datetime, url: str) -> str:
    """Return the address of a capture's safe view on the archive's host, in its frame: for a person to look at."""
    return to_archive(window, f"/view/{format_exact(at.astimezone(UTC))}/{url}")


def latest_link(window: Window, url: str) -> str:
    """Return the address of the latest capture of a URL; where there is none it tells of the nearest that there are."""
    return to_archive(window, f"/view/{url}")


def replay_link(window: Window, at: datetime, url: str, mode: str = "mp_") -> str:
    """Return the address of a capture on the archive's host: `mp_` the bare safe view, `id_` the bytes as sent.

    The URL stands as it is at the end, its query too, as the archive's host reads it.
    """
    return to_archive(window, f"/web/{format_exact(at.astimezone(UTC))}{mode}/{url}")


def full_replay_link(window: Window, at: datetime, url: str) -> str:
    """Return the address of a capture replayed with its scripts, on the archive's host."""
    return to_archive(window, f"/replay/{format_exact(at.astimezone(UTC))}/{url}")


def to_archive(window: Window, path: str) -> str:
    """Return the address of a path on the archive's host; by way of the window's hand-over where it asks for a token.

    Cookies do not cross hosts, so that the session has to be handed over (`web.security`).
    """
    escaped = quote(path, safe=_PLAIN + "?%#")
    return with_query(HANDOVER, to=escaped) if window.gate else window.origins.archive + escaped


def live_link(url: str) -> str | None:
    """Return the URL if a browser may be led there, None where it is of another scheme: `javascript:` and the like."""
    return url if url.lower().startswith(("http://", "https://")) else None
