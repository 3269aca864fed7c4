"""Which requisites of a page are to be fetched now: those that the archive lacks, or holds in an old copy only."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Final

from articles.page import Page
from crawlers.frontier import Frontier
from crawlers.plan import KnownRequisite, Plan
from crawlers.requisites import MOST_OF_A_PAGE, needs_of_page
from crawlers.stylesheets import needs_of_sheet
from crawlers.urls import absolute, host_of

DEEPEST_IMPORT: Final = 3  # style sheets that import style sheets that …
MOST_OF_SHEETS: Final = 4 * 1024 * 1024  # characters of a page's style sheets that are taken apart


@dataclass(frozen=True)
class Wanted:
    """A requisite to fetch. `page_url` is the page that needs it, also where a style sheet names it; `via` names it.

    `article_url` is there for an image of the article itself. `depth` counts the style sheets between.
    """

    url: str
    page_url: str
    via: str
    is_sheet: bool = False
    depth: int = 0
    article_url: str | None = None
    known: KnownRequisite | None = None


class WantedRequisites:
    """Chooses requisites for one crawl: each once, none beyond the limit of its page; `dropped` counts those.

    `warn` is told, in a sentence each, of styles that were not searched for what they need.
    """

    def __init__(self, plan: Plan, frontier: Frontier, warn: Callable[[str], None]) -> None:
        self._plan = plan
        self._frontier = frontier
        self._warn = warn
        self._outlet = plan.crawl.outlet
        self._facts = plan.crawl.outlet.requisites
        self._hosts = {host_of(url) for url in (self._outlet.home, *(source.url for source in self._outlet.sources))}
        self.dropped = 0

    def of_article(self, images: Iterable[str], first_url: str) -> Iterator[Wanted]:
        """Yield the images of an article itself: always fetched with it, however well known."""
        for image in images:
            # As it is asked for: a name in Chinese, or with a space in it, is known under its escaped form.
            if (url := absolute(first_url, image)) is not None:
                yield from self._wanted(Wanted(url, first_url, first_url, article_url=first_url), always=True)

    def of_page(self, page: Page) -> Iterator[Wanted]:
        """Yield what a page needs."""
        if not self._facts.capture:
            return
        needs = needs_of_page(page)
        self.dropped += needs.dropped
        for warning in needs.warnings:
            self._warn(warning)
        for url in needs.sheets:
            yield from self._wanted(Wanted(url, page.url, page.url, is_sheet=True))
        for url in needs.others:
            yield from self._wanted(Wanted(url, page.url, page.url))

    def of_sheet(self, body: bytes, url: str, charset: str | None, page_url: str, depth: int) -> Iterator[Wanted]:
        """Yield what a style sheet needs: requisites of the page that needs the sheet."""

        def spend(characters: int) -> bool:
            return self._frontier.spend(f"sheets of {page_url}", MOST_OF_SHEETS, characters)

        needs = needs_of_sheet(body, url, charset, spend)
        if needs.refused is not None:
            self._warn(f"{url}, a style sheet of {page_url}, was not searched: {needs.refused}")
        if depth < DEEPEST_IMPORT:
            for imported in needs.imports:
                yield from self._wanted(Wanted(imported, page_url, url, is_sheet=True, depth=depth + 1))
        for other in needs.others:
            yield from self._wanted(Wanted(other, page_url, url, depth=depth + 1))

    def _wanted(self, wanted: Wanted, *, always: bool = False) -> Iterator[Wanted]:
        url = wanted.url
        if not self._facts.capture or self._outlet.match(url) is not None:  # articles are found by sources
            return
        host = host_of(url)
        if not (self._facts.other_hosts or host in self._hosts or host == host_of(wanted.page_url)):
            return
        known = self._plan.requisite(url)
        if known is not None and not always and self._is_fresh(known):
            return
        if not self._frontier.first_time(f"requisite {url}"):
            return
        if not self._frontier.spend(f"requisites of {wanted.page_url}", MOST_OF_A_PAGE):
            self.dropped += 1
            return
        yield Wanted(url, wanted.page_url, wanted.via, wanted.is_sheet, wanted.depth, wanted.article_url, known)

    def _is_fresh(self, known: KnownRequisite) -> bool:
        return self._plan.crawl.clock.now() - known.fetched_at < self._facts.refresh
