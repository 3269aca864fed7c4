"""What is asked of the servers: pages, lookups and streams over what a catalog holds, drawn at random."""

from __future__ import annotations

import json
import random
import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum
from typing import Final
from urllib.parse import urlencode

from sqlalchemy import select

from bench.big_archive import END, OUTLETS
from bench.catalog_rebuild import article_urls, moments
from storage.catalog.catalog import Catalog
from storage.catalog.schema import articles, changes, url_state


class Kind(StrEnum):
    """How long an answer may take, and how it is bounded."""

    PAGE = "page"
    FILE = "file"
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


@dataclass(frozen=True)
class Drawn:
    """What is asked about: URLs and moments of captures, article URLs, the one with most states, changes, headlines."""

    captures: tuple[tuple[str, str], ...]
    articles: tuple[str, ...]
    longest: tuple[str, int]
    changes: tuple[str, ...]
    headlines: tuple[str, ...]


def drawn(catalog: Catalog, each: int, chance: random.Random) -> Drawn:
    """Draw so many of each, ten times as many captures."""
    with catalog.reading() as connection:
        most = select(url_state.c.url, url_state.c.states).order_by(url_state.c.states.desc().nulls_last()).limit(1)
        url, states = connection.execute(most).one()
        ids = connection.execute(select(changes.c.change_id)).scalars().all()
        titled = select(articles.c.headline).join(url_state, url_state.c.content_id == articles.c.content_id)
        headlines = connection.execute(titled.where(articles.c.language == "en")).scalars().all()
    return Drawn(
        captures=tuple((url, f"{at:%Y%m%d%H%M%S}") for url, at in moments(catalog, 10 * each, chance)),
        articles=tuple(article_urls(catalog, each, chance)),
        longest=(url, states),
        changes=tuple(chance.sample(sorted(ids), each)),
        headlines=tuple(chance.sample(sorted(filter(None, headlines)), each)),
    )


def window_cases(of: Drawn, each: int) -> list[Case]:
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
        cases.append(Case(f"changes, {name}", "window", (_path("/changes", query),) * each))
        cases.append(Case(f"API: changes, {name}", "window", (_path("/api/v1/changes", query),) * each))
    url, states = of.longest
    one, last = _path("/article", {"url": url}), {"url": url, "a": "1", "b": str(states), "view": "sides"}
    return [
        *cases,
        Case("changes, page by page", "window", ("/api/v1/changes",) * each, further=_older),
        Case("changes as a feed", "window", ("/changes.atom",) * each),
        Case("changes as JSON feed", "window", ("/changes.json",) * each),
        Case("changes as CSV", "window", ("/changes.csv",) * 3, Kind.STREAM),
        Case("article", "window", tuple(_path("/article", {"url": url}) for url in of.articles)),
        Case("API: article", "window", tuple(_path("/api/v1/article", {"url": url}) for url in of.articles)),
        Case(f"article of {states:,} states", "window", (one,) * each),
        Case(f"API: article of {states:,} states", "window", (_path("/api/v1/article", {"url": url}),) * each),
        Case("its first and last state, side by side", "window", (_path("/article", last),) * each),
        Case("change", "window", tuple(f"/changes/{change}" for change in of.changes)),
        Case("API: change", "window", tuple(f"/api/v1/changes/{change}" for change in of.changes)),
        Case(
            "evidence of a change",
            "window",
            tuple(f"/changes/{change}/evidence.wacz" for change in of.changes),
            Kind.FILE,
        ),
        *_searches(of, each),
    ]


def _searches(of: Drawn, each: int) -> list[Case]:
    words = [headline.strip(".").split() for headline in of.headlines]
    rare = [{"q": max(some, key=len)} for some in words]
    asked = {
        "words of a headline": [{"q": " ".join(some[:3])} for some in words],
        "a phrase": [{"q": f'"{" ".join(some[:3])}"'} for some in words],
        "a word": rare,
        "the commonest word": [{"q": "the"}] * each,
        "three common words": [{"q": "the of and"}] * each,
        "nothing there": [{"q": "zzyzx"}] * each,
        "a Chinese character": [{"q": chr(0x4E00 + 7 * number)} for number in range(each)],
        "an editor": [{"q": '"Mina Sato"', "in": "editors"}] * each,
    }
    for what in ("added", "removed"):
        asked[f"a word, {what}"] = [query | {"what": what} for query in rare]
        asked[f"the commonest word, {what}"] = [{"q": "the", "what": what}] * each
    return [
        Case(f"search: {name}", "window", tuple(_path("/search", query) for query in queries))
        for name, queries in asked.items()
    ]


def _path(path: str, query: dict[str, str]) -> str:
    return f"{path}?{urlencode(query)}" if query else path


def archive_cases(of: Drawn, each: int) -> list[Case]:
    """Return what is asked of the archive's host."""
    home = "http://north.example/"
    news = {"url": f"{home}news/", "matchType": "prefix", "limit": "50"}
    near = tuple(_path("/cdx", {"url": url, "closest": at, "limit": "5"}) for url, at in of.captures)
    longest = of.longest[0]
    return [
        Case("raw capture", "archive", tuple(f"/web/{at}id_/{url}" for url, at in of.captures), statuses=_ANY),
        Case("safe view", "archive", tuple(f"/web/{at}mp_/{url}" for url, at in of.captures), statuses=_ANY),
        Case(
            "what is put around a safe view", "archive", tuple(f"/web/2026/{url}" for url in of.articles), statuses=_ANY
        ),
        Case("TimeGate", "archive", tuple(f"/timegate/{url}" for url, _ in of.captures), statuses=(302,)),
        Case("a miss", "archive", tuple(f"/web/2026id_/{url}-not" for url in of.articles), statuses=(404,)),
        Case("a miss beside the home page", "archive", (f"/web/2026id_/{home}-",) * each, statuses=(404,)),
        Case("CDX: closest", "archive", near),
        Case("CDX: first of a prefix", "archive", (_path("/cdx", news),) * each),
        Case("CDX: first of a host", "archive", ("/cdx?url=north.example&matchType=host&limit=50",) * each),
        Case("CDX: of a status", "archive", (f"/cdx?url={home}&filter=status:404",) * 3, Kind.STREAM),
        Case("TimeMap of an article", "archive", tuple(f"/timemap/link/{url}" for url in of.articles)),
        Case("TimeMap of the longest article", "archive", (f"/timemap/link/{longest}",) * each),
        Case("TimeMap of 100,000, by pages", "archive", (f"/timemap/link/{home}",) * 99, Kind.STREAM, further=_next),
        Case("TimeMap of 100,000 as JSON", "archive", (f"/timemap/json/{home}",), Kind.STREAM),
        Case("CDX of 100,000", "archive", (f"/cdx?url={home}",) * 3, Kind.STREAM),
        Case("CDX of all", "archive", ("/cdx?url=example&matchType=domain",), Kind.STREAM),
        Case("CDX of all, backwards", "archive", ("/cdx?url=example&matchType=domain&sort=reverse",), Kind.STREAM),
    ]


_ANY: Final = tuple(range(200, 600))


_FURTHER: Final = re.compile(rb'<https?://[^/]+(/timemap/[^>]+)>; rel="timemap"')


def _older(body: bytes) -> str | None:
    older = json.loads(body)["older"]
    return f"/api/v1/changes?{urlencode({'older': older})}" if older else None


def _next(body: bytes) -> str | None:
    """Return the path of the TimeMap that a page of one names as the one that goes on from it."""
    found = _FURTHER.search(body[-2000:])
    return found[1].decode("ascii") if found else None
