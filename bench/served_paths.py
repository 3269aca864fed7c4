"""What is asked of the servers: pages, lookups and streams over what a catalog holds, drawn at random."""

from __future__ import annotations

import json
import random
import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Final
from urllib.parse import urlencode

from bench.big_archive import END, OUTLETS
from bench.catalog_rebuild import article_urls, moments
from storage.catalog.catalog import Catalog


class Kind(StrEnum):
    """How long an answer may take, and how it is bounded."""

    PAGE = "page"
    STREAM = "stream"


@dataclass(frozen=True)
class Case:
    """Paths of one kind on one host, and the statuses that are right. With `further` each answer leads to the next."""

    what: str
    host: str
    paths: tuple[str, ...]
    kind: Kind = Kind.PAGE
    statuses: tuple[int, ...] = (200,)
    further: Callable[[bytes], str | None] | None = None


_DAY: Final = {"from": f"{END - timedelta(days=9):%Y-%m-%d}", "to": f"{END - timedelta(days=9):%Y-%m-%d}"}
_FILTERS: Final[dict[str, dict[str, str]]] = {
    "all": {},
    "of an outlet": {"outlet": "river"},
    "major": {"weight": "major"},
    "of a type": {"type": "headline"},
    "of a rare type": {"type": "correction added"},
    "undisclosed": {"disclosure": "undisclosed"},
    "with a note": {"disclosure": "explicit note"},
    "of a day": _DAY,
    "heaviest first": {"sort": "weight"},
    "re-posts": {"what": "re-post"},
    "images": {"what": "image replaced"},
}


def window_cases(each: int) -> list[Case]:
    """Return what is asked of the window."""
    cases = [
        Case("overview", "window", ("/",) * each),
        Case("outlets", "window", ("/outlets",) * each),
        Case("outlet", "window", tuple(f"/outlets/{outlet}" for outlet in OUTLETS) * (each // 3 + 1)),
        Case("API: outlets", "window", ("/api/v1/outlets",) * each),
        Case("API: days", "window", ("/api/v1/outlets/north/days",) * each),
        Case("API: crawls", "window", ("/api/v1/outlets/north/crawls",) * each),
    ]
    for name, query in _FILTERS.items():
        asked = f"?{urlencode(query)}" if query else ""
        cases.append(Case(f"changes, {name}", "window", (f"/changes{asked}",) * each))
        cases.append(Case(f"API: changes, {name}", "window", (f"/api/v1/changes{asked}",) * each))
    cases.append(Case("changes, page by page", "window", ("/api/v1/changes",) * each, further=_older))
    cases.append(Case("changes as a feed", "window", ("/changes.atom",) * each))
    cases.append(Case("changes as CSV", "window", ("/changes.csv",) * 3, Kind.STREAM))
    return cases


def archive_cases(catalog: Catalog, each: int, chance: random.Random) -> list[Case]:
    """Return what is asked of the archive's host."""
    asked = [(url, _digits(at)) for url, at in moments(catalog, 10 * each, chance)]
    articles = article_urls(catalog, each, chance)
    home = "http://north.example/"
    prefix = f"/cdx?{urlencode({'url': 'http://north.example/news/', 'matchType': 'prefix', 'limit': 50})}"
    near = [f"/cdx?{urlencode({'url': url, 'closest': at, 'limit': 5})}" for url, at in asked[:each]]
    return [
        Case("raw capture", "archive", tuple(f"/web/{at}id_/{url}" for url, at in asked), statuses=_ANY),
        Case("safe view of articles", "archive", tuple(f"/web/2026mp_/{url}" for url in articles), statuses=_ANY),
        Case("TimeGate", "archive", tuple(f"/timegate/{url}" for url, _ in asked), statuses=(302,)),
        Case("a miss", "archive", tuple(f"/web/2026/{url}-not" for url in articles), statuses=(404,)),
        Case("CDX: closest", "archive", tuple(near)),
        Case("CDX: first of a prefix", "archive", (prefix,) * each),
        Case("TimeMap of an article", "archive", tuple(f"/timemap/link/{url}" for url in articles)),
        Case("TimeMap of 100,000, by pages", "archive", (f"/timemap/link/{home}",) * 99, Kind.STREAM, further=_next),
        Case("TimeMap of 100,000 as JSON", "archive", (f"/timemap/json/{home}",), Kind.STREAM),
        Case("CDX of 100,000", "archive", (f"/cdx?{urlencode({'url': home})}",) * 3, Kind.STREAM),
        Case("CDX of all", "archive", ("/cdx?url=example&matchType=domain",), Kind.STREAM),
    ]


_ANY: Final = tuple(range(200, 600))


def _digits(at: datetime) -> str:
    return f"{at:%Y%m%d%H%M%S}"


_FURTHER: Final = re.compile(rb'<https?://[^/]+(/timemap/[^>]+)>; rel="timemap"')


def _older(body: bytes) -> str | None:
    older = json.loads(body)["older"]
    return f"/api/v1/changes?{urlencode({'older': older})}" if older else None


def _next(body: bytes) -> str | None:
    """Return the path of the TimeMap that a page of one names as the one that goes on from it."""
    found = _FURTHER.search(body[-2000:])
    return found[1].decode("ascii") if found else None
