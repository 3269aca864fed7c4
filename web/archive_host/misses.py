"""What is told where there is no capture: what is nearest to it, and what the archive knows of it all the same."""

from __future__ import annotations

from datetime import datetime
from http import HTTPStatus
from typing import Any

from starlette.responses import Response

from replay.memento_links import Links
from storage.catalog.absences import AbsenceFound
from storage.catalog.known import Elsewhere, Known, known_of
from storage.warc_fields import target_uri
from web.archive_host.routing import Asked
from web.archive_host.told import Line, Section, told
from web.holdings import Holdings
from web.origins import Origins


def missed(holdings: Holdings, origins: Origins, asked: Asked) -> Response:
    """Return the 404 for a URL that the archive has no capture of. Asks the catalog, so call it in a thread."""
    links = Links(origins.archive)
    known = known_of(holdings.catalog, asked.url, _article_keys(holdings, asked.url))
    sections = [
        Section("What the archive knows", _observed(known)),
        Section("The same article under other addresses", _elsewhere(links, known.variants)),
        Section("The nearest captures", _elsewhere(links, known.near)),
    ]
    return told(
        asked.request,
        origins,
        HTTPStatus.NOT_FOUND,
        f"The archive has no capture of {asked.url}",
        [section for section in sections if section.lines],
        data=_data(links, asked.url, known),
    )


def _article_keys(holdings: Holdings, url: str) -> list[str]:
    """Return the keys that outlets give the article of a URL, by http or https."""
    spellings = {url, url.replace("http:", "https:", 1), url.replace("https:", "http:", 1)}
    found = {match.key for outlet in holdings.outlets.values() for one in spellings if (match := outlet.match(one))}
    return sorted(found)


def _observed(known: Known) -> list[Line]:
    lines = []
    if known.attempts:
        attempts = known.attempts
        times = "once" if attempts.count == 1 else f"{attempts.count} times"
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
            f"{one.headline + ' · ' if one.headline else ''}{one.url} · {one.captures} captures,"
            f" {_told(one.first)} to {_told(one.last)}",
            links.memento_url(one.last, target_uri(one.url)),
        )
        for one in found
    ]


def _data(links: Links, url: str, known: Known) -> dict[str, Any]:
    def elsewhere(found: tuple[Elsewhere, ...]) -> list[dict[str, Any]]:
        return [
            {
                "url": one.url,
                "headline": one.headline,
                "captures": one.captures,
                "first": _told(one.first),
                "last": _told(one.last),
                "memento": links.memento_url(one.last, target_uri(one.url)),
                "timemap": links.timemap_url(target_uri(one.url)),
            }
            for one in found
        ]

    attempts = known.attempts
    return {
        "url": url,
        "attempts": attempts
        and {
            "count": attempts.count,
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
