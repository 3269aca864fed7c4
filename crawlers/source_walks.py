"""How far the crawl has come with each source: which page comes next, and what it adds up to."""

from __future__ import annotations

from dataclasses import dataclass

from config.outlet import Source
from crawlers.result import SourceResult
from crawlers.sources import Pager


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
        """Note why not all of it was seen; the first reason stays."""
        self.error = self.error or why

    def next_page(self, number: int, *, unknown: int, thorough: bool) -> str | None:
        """Return the URL of the page after `number`, or None where the walk ends.

        It ends at the last page that the listing announces (one later with `probe`: the PLA CMS has one page more than
        it says), at the outlet's `pages`, and at a page that shows nothing unknown: what is below it was seen by an
        earlier crawl. `thorough` does not trust that.
        """
        if self.pager is None or not (unknown or thorough):
            return None
        last = min(self.pager.pages, self.source.pages)
        if self.source.probe and self.pager.pages <= self.source.pages:
            last += 1
        return self.pager.url_of(self.source.url, number + 1) if number < last else None

    def result(self) -> SourceResult:
        """Return what the walk came to."""
        error = self.error or ("it was not seen to its end" if self.open or not self.pages else None)
        return SourceResult(self.source.url, self.source.kind, error is None, self.pages, self.links, self.new, error)
