"""What is told where there is no capture: what is nearest to it, and what the archive knows of it all the same."""

from __future__ import annotations

from datetime import datetime
from functools import partial
from http import HTTPStatus
from typing import Any

from starlette.responses import Response

from config.words import counted
from replay.lookup import Wanted, memento_for
from replay.memento_links import Links
from replay.timestamps import parse_timestamp
from storage.catalog.absences import AbsenceFound
from storage.catalog.known import MOST_COUNTED, Elsewhere, Known, known_of
from storage.catalog.mementos import Captured
from storage.warc_fields import target_uri
from web.archive_host.routing import Asked, links_of, view_path
from web.archive_host.told import Line, Section, is_framed, told, told_page, wants_page
from web.holdings import Holdings
from web.origins import Origins
from web.window.links import article_link, outlet_link, with_query
from web.window.views.known_outlets import known_outlets, zone_of


def missed(holdings: Holdings, origins: Origins, asked: Asked, *, since: str = "") -> Response:
    """Return the 404 for a URL that the archive has no capture of, or none from the timestamp `since` on.

    Asks the catalog, so call it in a thread.
    """
    links = links_of(asked.request, origins)
    url = asked.url
    if wants_page(asked.request) and is_framed(asked.request):
        at = f"{asked.timestamp}/" if asked.timestamp else ""
        words = "The archive has no capture of"
        return told_page(
            "in_frame.html", origins, HTTPStatus.NOT_FOUND, told=words, url=url, href=f"/view/{at}{target_uri(url)}"
        )
    known = known_of(holdings.catalog, url, _article_keys(holdings, url))
    latest = memento_for(holdings.catalog, url, Wanted()) if since else None
    last = latest.around.last if latest else None
    begins = parse_timestamp(since) if last else None
    if wants_page(asked.request):
        return _page(holdings, origins, url, known, last, begins)
    sections = [
        Section("The last before that", _captured(links, last)),
        Section("What the archive knows", _observed(known)),
        Section("The same article under other addresses", _elsewhere(links, known.variants)),
        Section("The nearest captures", _elsewhere(links, known.near)),
    ]
    return told(
        asked.request,
        origins,
        HTTPStatus.NOT_FOUND,
        f"The archive has no capture of {url}{f' from {_told(begins)} on' if begins else ''}",
        [section for section in sections if section.lines],
        data=_data(links, url, known) | _last_data(links, last),
    )


def _page(
    holdings: Holdings, origins: Origins, url: str, known: Known, last: Captured | None, begins: datetime | None
) -> Response:
    """Return the page for a person: moments in the outlet's zone, links to what can be looked at."""
    return told_page(
        "missed.html",
        origins,
        HTTPStatus.NOT_FOUND,
        url=url,
        known=known,
        most=MOST_COUNTED,
        last=last,
        begins=begins,
        zone=zone_of(holdings, _matching(holdings, url)),
        zone_of=partial(zone_of, holdings),
        view=view_path,
        calendar=calendar_of(holdings, url),
        article=article_link,
        outlets=[(outlet_link(outlet.id), outlet.name) for outlet in known_outlets(holdings)],
    )


def calendar_of(holdings: Holdings, url: str) -> str:
    """Return the path, on the window, of the calendar of a URL's captures."""
    return with_query("/calendar", outlet=_matching(holdings, url), url=url)


def _matching(holdings: Holdings, url: str) -> str | None:
    return next((outlet.id for outlet in holdings.outlets.values() if outlet.match(url)), None)


def _article_keys(holdings: Holdings, url: str) -> list[str]:
    """Return the keys that outlets give the article of a URL, by http or https."""
    spellings = {url, url.replace("http:", "https:", 1), url.replace("https:", "http:", 1)}
    found = {match.key for outlet in holdings.outlets.values() for one in spellings if (match := outlet.match(one))}
    return sorted(found)


def _observed(known: Known) -> list[Line]:
    lines = []
    if known.attempts:
        attempts = known.attempts
        times = "once" if attempts.count == 1 else counted(attempts.count, "time", most=MOST_COUNTED)
        why = f" ({attempts.error})" if attempts.error else ""
        lines.append(Line(f"asked {times} without an answer, last at {_told(attempts.last)}: {attempts.outcome}{why}"))
    return lines + [Line(_absence(absence)) for absence in known.absences]


def _absence(absence: AbsenceFound) -> str:
    said = (
        f"{absence.url}: {absence.kind.value}, last seen {_told(absence.last_seen)},"
        f" first missing {_told(absence.first_missing)}, last missing {_told(absence.last_missing)}"
    )
    return f"{said}, seen again {_told(absence.returned_at)}" if absence.returned_at else said


def _elsewhere(links: Links, found: tuple[Elsewhere, ...]) -> list[Line]:
    return [
        Line(
            f"{one.headline + ' · ' if one.headline else ''}{one.url}"
            f" · {counted(one.captures, 'capture', most=MOST_COUNTED)}, {_told(one.first)} to {_told(one.last)}",
            links.memento_url(one.shown, target_uri(one.url)),
        )
        for one in found
    ]


def _captured(links: Links, captured: Captured | None) -> list[Line]:
    return [] if captured is None else [Line(_told(captured[0]), _memento_url(links, captured))]


def _memento_url(links: Links, captured: Captured) -> str:
    at, url = captured
    return links.memento_url(at, target_uri(url))


def _last_data(links: Links, captured: Captured | None) -> dict[str, Any]:
    if captured is None:
        return {}
    return {"last": {"at": _told(captured[0]), "memento": _memento_url(links, captured)}}


def _data(links: Links, url: str, known: Known) -> dict[str, Any]:
    def elsewhere(found: tuple[Elsewhere, ...]) -> list[dict[str, Any]]:
        return [
            {
                "url": one.url,
                "headline": one.headline,
                "captures": min(one.captures, MOST_COUNTED),
                "more": one.captures > MOST_COUNTED,
                "first": _told(one.first),
                "last": _told(one.last),
                "memento": links.memento_url(one.shown, target_uri(one.url)),
                "timemap": links.timemap_url(target_uri(one.url)),
            }
            for one in found
        ]

    attempts = known.attempts
    return {
        "url": url,
        "attempts": attempts
        and {
            "count": min(attempts.count, MOST_COUNTED),
            "more": attempts.count > MOST_COUNTED,
            "last": _told(attempts.last),
            "outcome": attempts.outcome,
            "error": attempts.error,
        },
        "absences": [
            {
                "url": absence.url,
                "kind": absence.kind.value,
                "last_seen": _told(absence.last_seen),
                "first_missing": _told(absence.first_missing),
                "last_missing": _told(absence.last_missing),
                "returned_at": absence.returned_at and _told(absence.returned_at),
            }
            for absence in known.absences
        ],
        "variants": elsewhere(known.variants),
        "near": elsewhere(known.near),
    }


def _told(at: datetime) -> str:
    return f"{at:%Y-%m-%dT%H:%M:%SZ}"
