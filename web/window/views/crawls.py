"""Crawls and what they reported. Reports come out of the archive, which strangers may have written: nothing is taken on
trust of their shape."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from crawlers.counts import counts_in_words
from storage.catalog.crawls import CrawlFound, count_crawls, crawls
from web.holdings import Holdings

PAGE: Final = 25
_KNOWN: Final = ("ok", "degraded", "failed")
CUT_OFF: Final = "cut off"


@dataclass(frozen=True)
class SourceSeen:
    """What a crawl saw of one source. `ok` where all of it was seen that was meant to be."""

    url: str
    kind: str
    ok: bool
    links: int
    new: int
    error: str | None


@dataclass(frozen=True)
class CrawlShown:
    """One crawl. `status` is ok, degraded, failed, or "cut off" where it has no report.

    `missed` are sentences on what the outlet's file expects and did not come. `told` is what it counted, in words.
    `recovered` tells whether any of it came home late, from a spool that its writer had left.
    """

    crawl_id: str
    outlet: str
    started: datetime
    finished: datetime
    status: str
    told: str
    captures: int
    readings: int
    counts: Mapping[str, int]
    missed: tuple[str, ...]
    warnings: tuple[str, ...]
    sources: tuple[SourceSeen, ...]
    commits: tuple[int, ...]
    recovered: bool

    @property
    def seconds(self) -> float:
        """How long it took."""
        return (self.finished - self.started).total_seconds()


@dataclass(frozen=True)
class CrawlsPage:
    """A page of an outlet's crawls, the last begun first. `page` counts from 1 up to `pages`."""

    crawls: tuple[CrawlShown, ...]
    page: int
    pages: int
    total: int


def crawls_page(holdings: Holdings, outlet: str, page: int = 1) -> CrawlsPage:
    """Return a page of the crawls of an outlet; an empty one where there are not so many. Raises CatalogUnavailable."""
    total = count_crawls(holdings.catalog, outlet)
    found = crawls(holdings.catalog, outlet, limit=PAGE, offset=(page - 1) * PAGE)
    return CrawlsPage(tuple(map(shown, found)), page, max(1, -(-total // PAGE)), total)


def shown(crawl: CrawlFound) -> CrawlShown:
    """Return a crawl as it is shown."""
    report = crawl.report
    status = report.get("status")
    return CrawlShown(
        crawl_id=crawl.crawl_id,
        outlet=crawl.outlet,
        started=crawl.started,
        finished=crawl.finished,
        status=status if status in _KNOWN else CUT_OFF,
        told=counts_in_words(crawl.counts),
        captures=crawl.captures,
        readings=crawl.readings,
        counts=crawl.counts,
        missed=_sentences(report.get("missed")),
        warnings=_sentences(report.get("warnings")),
        sources=_sources(report.get("result")),
        commits=crawl.commits,
        recovered=crawl.recovered,
    )


def _sentences(value: Any) -> tuple[str, ...]:
    return tuple(one for one in value if isinstance(one, str)) if isinstance(value, list) else ()


def _sources(result: Any) -> tuple[SourceSeen, ...]:
    listed = result.get("sources") if isinstance(result, dict) else None
    return tuple(_source(one) for one in listed if isinstance(one, dict)) if isinstance(listed, list) else ()


def _source(said: Mapping[str, Any]) -> SourceSeen:
    error = said.get("error")
    return SourceSeen(
        url=str(said.get("url", "")),
        kind=str(said.get("kind", "")),
        ok=said.get("ok") is True,
        links=_number(said.get("links")),
        new=_number(said.get("new")),
        error=error if isinstance(error, str) else None,
    )


def _number(value: Any) -> int:
    return value if isinstance(value, int) and not isinstance(value, bool) else 0
