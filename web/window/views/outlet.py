"""One outlet: what its file says, what its crawls came to."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from config.outlet import Outlet
from storage.catalog.readers import articles_by_reader, current_readers
from web.holdings import Holdings
from web.window.views.crawls import CrawlShown, crawls_page
from web.window.views.days import DayCount, days_of
from web.window.views.outlets import OutletCard, outlet_cards

_SHOWN: Final = {
    "headline": "a headline",
    "byline": "a byline",
    "editors": "an editor",
    "agency": "a source",
    "published_at": "a time of publication",
    "modified_at": "a time of change",
    "blocks": "text",
}
"""Fields that an outlet's file expects, in words; others are called by their names."""


@dataclass(frozen=True)
class SourceShown:
    """A source of the outlet's file, and what the last crawl with a report saw of it: null where it did not say."""

    url: str
    kind: str
    pages: int
    ok: bool | None
    links: int
    new: int
    error: str | None


@dataclass(frozen=True)
class ReaderShown:
    """A reader, whether it is current, and how many article URLs were last read by it."""

    reader_id: str
    current: bool
    article_urls: int


@dataclass(frozen=True)
class Expected:
    """What the outlet's file expects of a crawl: in words, with the value."""

    what: str
    value: str


@dataclass(frozen=True)
class OutletDetails:
    """One outlet. What comes from its file is empty where none describes it.

    `recent` are its last crawls, the last begun first. `schedule` is a line of crontab(5), meant in its zone.
    """

    card: OutletCard
    schedule: str | None
    sources: tuple[SourceShown, ...]
    readers: tuple[ReaderShown, ...]
    expectations: tuple[Expected, ...]
    days: tuple[DayCount, ...]
    recent: tuple[CrawlShown, ...]


def outlet_details(holdings: Holdings, outlet: str) -> OutletDetails | None:
    """Return what is known of an outlet; None where the archive holds nothing of it. Raises CatalogUnavailable."""
    cards = outlet_cards(holdings, outlet)
    if not cards:
        return None
    described = holdings.outlets.get(outlet)
    recent = crawls_page(holdings, outlet).crawls
    return OutletDetails(
        card=cards[0],
        schedule=described.schedule if described else None,
        sources=_sources(described, recent),
        readers=_readers(holdings, outlet),
        expectations=_expectations(described) if described else (),
        days=days_of(holdings, outlet),
        recent=recent,
    )


def _sources(described: Outlet | None, recent: tuple[CrawlShown, ...]) -> tuple[SourceShown, ...]:
    seen = {one.url: one for one in next((crawl.sources for crawl in recent if crawl.sources), ())}
    found = []
    for source in described.sources if described else ():
        last = seen.get(source.url)
        found.append(
            SourceShown(
                url=source.url,
                kind=source.kind,
                pages=source.pages,
                ok=last.ok if last else None,
                links=last.links if last else 0,
                new=last.new if last else 0,
                error=last.error if last else None,
            )
        )
    return tuple(found)


def _readers(holdings: Holdings, outlet: str) -> tuple[ReaderShown, ...]:
    current = current_readers(holdings.catalog, outlet)
    counts: Mapping[str, int] = articles_by_reader(holdings.catalog, outlet)
    return tuple(ReaderShown(name, name in current, counts.get(name, 0)) for name in sorted({*current, *counts}))


def _expectations(described: Outlet) -> tuple[Expected, ...]:
    expected = described.expectations
    found = []
    if expected.new_articles_a_day is not None:
        least, most = expected.new_articles_a_day
        found.append(Expected("new articles in a day", f"{least} to {most}"))
    found += [
        Expected(f"articles with {_SHOWN.get(field, field.replace('_', ' '))}", f"at least {share:.0%}")
        for field, share in expected.filled.items()
    ]
    found.append(Expected("exchanges that fail", f"at most {expected.max_failed_share:.0%}"))
    found.append(Expected("articles that disappear in a week", f"at most {expected.max_disappeared_share:.0%}"))
    return tuple(found)
