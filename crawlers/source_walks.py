"""How far the crawl has come with each source: which page comes next, and what it adds up to."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from articles.page import Page
from config.outlet import Outlet, Source
from crawlers.errors import SourceUnreadable
from crawlers.feeds import read_feed
from crawlers.result import SourceResult
from crawlers.sources import Link, Pager, read_listing


@dataclass(frozen=True)
class Announced:
    """What a page of a source gives a crawl to do: articles that are not known, other sources, its next page."""

    unknown: tuple[Link, ...] = ()
    further: tuple[str, ...] = ()
    next_page: str | None = None
    warnings: tuple[str, ...] = ()


@dataclass
class SourceWalk:
    """One source of the outlet, as it is walked. `open` counts its requests that have no answer yet."""

    source: Source
    open: int = 0
    pages: int = 0
    links: int = 0
    new: int = 0
    error: str | None = None
    pager: Pager | None = None
    indexed: int = 0  # sitemaps of an index that were asked for

    def fail(self, why: str) -> None:
        """Note why not all of it was seen; the first reason stays.

        The source's own URL is left out at the beginning: whoever tells of a source's error names the source.
        """
        for end in (": ", " "):
            why = why.removeprefix(f"{self.source.url}{end}")
        self.error = self.error or why

    def answered(self, status: int, number: int, url: str) -> bool:
        """Take an answer to the request for page `number` into account; return whether it is a page to be read."""
        self.open -= 1
        if status == 304:
            self.pages += 1  # as it was when all that it named was looked at
        elif status != 200 and not (status in (404, 410) and number > 1):  # there may be fewer pages than announced
            self.fail(f"{url} answered HTTP {status}")
        return status == 200

    def read(
        self, page: Page, number: int, outlet: Outlet, *, is_known: Callable[[str], bool], thorough: bool
    ) -> Announced | None:
        """Return what page `number` of the source announces; None where it is no such page, which is noted."""
        try:
            said = read_listing(page) if self.source.kind == "listing" else read_feed(page)
        except SourceUnreadable as unreadable:
            self.fail(str(unreadable))
            return None
        self.pages += 1
        self.pager = said.pager or self.pager
        matches = [(link, match) for link in said.links if (match := outlet.match(link.url))]
        firsts = (
            Link(link.url if match.page == 1 else match.first_url, link.title, link.time) for link, match in matches
        )
        unknown = tuple(link for link in firsts if not is_known(link.url))
        self.links += len(matches)
        self.new += len(unknown)
        further = said.further[: max(0, self.source.pages - self.indexed)]
        self.indexed += len(further)
        warnings = said.warnings
        if number == 1 and not matches and not said.further:
            changed = "has its template changed, or do the outlet's URLs?"
            warnings = (*warnings, f"{page.url} names no article: {changed}")
        next_page = self._next_page(number, goes_on=bool(unknown) or thorough)
        return Announced(unknown, further, next_page, warnings)

    def _next_page(self, number: int, *, goes_on: bool) -> str | None:
        """Return the URL of the page after `number`, or None where the walk ends.

        It ends at the last page that the listing announces (one later with `probe`: the PLA CMS has one page more than
        it says), at the outlet's `pages`, and where it does not go on: at a page that shows nothing unknown, as what is
        below it was seen by an earlier crawl. A thorough crawl does not trust that.
        """
        if self.pager is None or not goes_on:
            return None
        last = min(self.pager.pages, self.source.pages)
        if self.source.probe and self.pager.pages <= self.source.pages:
            last += 1
        return self.pager.url_of(self.source.url, number + 1) if number < last else None

    def result(self) -> SourceResult:
        """Return what the walk came to."""
        error = self.error or ("it was not seen to its end" if self.open or not self.pages else None)
        return SourceResult(self.source.url, self.source.kind, error is None, self.pages, self.links, self.new, error)
