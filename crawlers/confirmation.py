"""Articles whose pages are arriving: which are missing, what they say together, and whether to look a second time.

An article that was known with another content id is looked at again, whole and unconditionally, after the outlet's
`confirm_after` in the same crawl (docs/decisions/0005). What two looks mean is derived later, from the archive; here
they only decide what to fetch, and are counted.
"""

from __future__ import annotations

import logging
from collections.abc import Iterable
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Final

from articles.article import Article
from articles.page import Page
from articles.reading import part_urls, read
from config.outlet import Outlet

MOST_PARTS: Final = 60  # the longest seen has 12

logger = logging.getLogger(__name__)


class Verdict(StrEnum):
    """What a look came to, beside what was known."""

    NEW = "new"  # nothing was known to compare with
    UNCHANGED = "unchanged"
    CHANGED = "changed"  # a second look is needed
    CONFIRMED = "confirmed"
    UNSTABLE = "unstable"  # two looks of one crawl disagree
    UNREAD = "unread"  # no article could be read from the pages


@dataclass(frozen=True)
class Seen:
    """A look that is whole: its pages in order, the article if one could be read, and what that means."""

    pages: tuple[Page, ...]
    article: Article | None
    content_id: str | None
    verdict: Verdict
    is_second: bool


@dataclass
class _Look:
    expected: str | None
    is_second: bool
    is_confirming: bool
    announced: list[str]
    pages: dict[str, Page]
    missing: set[str] = field(default_factory=set)


class Looks:
    """The looks of one crawl that wait for further pages, by the URL of the first page.

    Only these are held in memory: an article of one page never waits.
    """

    def __init__(self, outlet: Outlet) -> None:
        self._outlet = outlet
        self._waiting: dict[str, _Look] = {}

    def __len__(self) -> int:
        """Return how many articles wait for pages."""
        return len(self._waiting)

    def begin(
        self, page: Page, *, expected: str | None, is_second: bool, is_confirming: bool = False
    ) -> tuple[str, ...]:
        """Take up the first page of an article, and return the URLs of the others, to be fetched now.

        `expected` is the content id that is known, of the first look where this `is_second`. `is_confirming` marks the
        look that confirms a state seen only once before.
        """
        announced = self._parts_of(page)
        self._waiting[page.url] = _Look(
            expected, is_second, is_confirming, list(announced), {page.url: page}, set(announced)
        )
        return announced

    def add(self, first_url: str, page: Page) -> tuple[str, ...]:
        """Take up a further page, and return what it announces that was not announced before."""
        look = self._waiting.get(first_url)
        if look is None or page.url not in look.missing:
            return ()
        look.missing.discard(page.url)
        look.pages[page.url] = page
        more = tuple(url for url in self._parts_of(page) if url not in look.pages and url not in look.missing)
        more = more[: max(0, MOST_PARTS - len(look.announced))]
        look.announced += more
        look.missing |= set(more)
        return more

    def drop(self, first_url: str, url: str) -> tuple[Page, ...]:
        """Give a look up because its page `url` will not come, so that it can't be read whole; return what came."""
        look = self._waiting.get(first_url)
        if look is None or url not in look.missing:
            return ()
        del self._waiting[first_url]
        return tuple(look.pages.values())

    def whole(self, first_url: str) -> Seen | None:
        """Return what a look came to, once, when all of its pages are there; None while it waits."""
        look = self._waiting.get(first_url)
        if look is None or look.missing:
            return None
        del self._waiting[first_url]
        pages = tuple(look.pages[url] for url in (first_url, *look.announced))
        reading = read(pages, self._outlet)
        if reading.content_id is None:
            # A second look that shows no article at all disagrees with the first.
            verdict = Verdict.UNSTABLE if look.is_second else Verdict.UNREAD
            return Seen(pages, reading.article, None, verdict, look.is_second)
        return Seen(pages, reading.article, reading.content_id, _judged(look, reading.content_id), look.is_second)

    def _parts_of(self, page: Page) -> tuple[str, ...]:
        match = self._outlet.match(page.url)
        if match is None:
            return ()
        try:
            written = part_urls(page, self._outlet)
        except Exception:  # a hostile page must not end the crawl, and its bytes are safe already
            logger.exception("the parts of %s could not be found; it is read as one page", page.url)
            return ()
        return _own_parts(written, page.url, match.key, self._outlet)


def _own_parts(written: Iterable[str], url: str, key: str, outlet: Outlet) -> tuple[str, ...]:
    """Keep the URLs that are further pages of the same article."""
    found: dict[str, None] = {}
    for part in written:
        match = outlet.match(part)
        if match is not None and match.key == key and match.page > 1 and part != url:
            found[part] = None
    return tuple(found)[:MOST_PARTS]


def _judged(look: _Look, content_id: str) -> Verdict:
    if look.is_second:
        return Verdict.CONFIRMED if content_id == look.expected else Verdict.UNSTABLE
    if look.expected is None:
        return Verdict.NEW
    if content_id != look.expected:
        return Verdict.CHANGED
    return Verdict.CONFIRMED if look.is_confirming else Verdict.UNCHANGED
