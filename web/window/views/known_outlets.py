"""What the outlets' files say of the outlets that are shown."""

from __future__ import annotations

from dataclasses import dataclass

from storage.catalog.crawls import crawled_outlets
from web.holdings import Holdings


@dataclass(frozen=True)
class KnownOutlet:
    """An outlet as its file names it; where no file describes it, its id, UTC, and no language.

    `zone` is an IANA name, `language` a BCP 47 tag.
    """

    id: str
    name: str
    zone: str
    language: str | None


def known_outlet(holdings: Holdings, outlet: str) -> KnownOutlet:
    """Return what is known of an outlet."""
    described = holdings.outlets.get(outlet)
    if described is None:
        return KnownOutlet(outlet, outlet, "UTC", None)
    return KnownOutlet(outlet, described.name, described.timezone, described.language)


def zone_of(holdings: Holdings, outlet: str | None) -> str:
    """Return the zone of an outlet. Where none is meant it is that of all of them, or UTC if they differ."""
    if outlet is not None:
        return known_outlet(holdings, outlet).zone
    zones = {one.zone for one in known_outlets(holdings)}
    return zones.pop() if len(zones) == 1 else "UTC"


def known_outlets(holdings: Holdings) -> tuple[KnownOutlet, ...]:
    """Return the outlets that the catalog holds anything of, by name."""
    known = (known_outlet(holdings, outlet) for outlet in crawled_outlets(holdings.catalog))
    return tuple(sorted(known, key=lambda outlet: (outlet.name.casefold(), outlet.id)))
