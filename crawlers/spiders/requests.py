"""The requests of a crawl: for each kind its callback, its place in the queue, and how the capture came about."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Final

from scrapy import Request
from scrapy.http import Response

from crawlers.context import CONTEXT, CaptureContext
from crawlers.plan import KnownRequisite
from crawlers.scheduler import NOT_BEFORE
from crawlers.source_walks import SourceWalk
from crawlers.sources import Link
from crawlers.wanted import Wanted
from storage.due import Due
from storage.exchange import Purpose, Role

if TYPE_CHECKING:
    from crawlers.spiders.outlet import OutletSpider

SOURCE_ROLES: Final = {"listing": Role.LISTING, "feed": Role.FEED, "sitemap": Role.SITEMAP}

# Which request comes first where several wait for one host.
SOURCE, CONFIRM, PART, NEW, DUE, BODY_IMAGE, SHEET, REQUISITE, OTHER = 100, 90, 80, 70, 60, 50, 40, 30, 20

ONLY_NEEDED: Final = frozenset({BODY_IMAGE, SHEET, REQUISITE, OTHER})  # a crawl without them is complete


class Requests:
    """Makes the requests of one spider. What the callbacks need beside the context is in `request.meta`:

    source, number      of a source's page: the URL of the source, and which page it is
    expected            of an article's second look: the content id of the first
    asked_for           of a part: its URL before redirects
    page_url, css_depth of a style sheet: the page that needs it, and how many sheets are between
    """

    def __init__(self, spider: OutletSpider) -> None:
        self._spider = spider

    def source(self, walk: SourceWalk, url: str, number: int, via: str | None) -> Request:
        """Ask for a page of a source; if the plan says how, only for a changed one."""
        walk.open += 1
        plan = self._spider.plan
        known = None if plan.crawl.thorough else plan.last_look(url)
        context = CaptureContext(SOURCE_ROLES[walk.source.kind], Purpose.DISCOVER, via=via)
        meta = {"source": walk.source.url, "number": number}
        return self._request(url, self._spider.parse_source, context, SOURCE, _if_conditional(known), meta)

    def new(self, link: Link, via: str) -> Request:
        """Ask for an article that was never captured."""
        context = CaptureContext(Role.ARTICLE, Purpose.NEW, via, self._key(link.url), link.announced)
        return self._request(link.url, self._spider.parse_article, context, NEW)

    def due(self, due: Due) -> Request:
        """Ask for an article again. One of several pages is fetched whole: "not modified" speaks of one page."""
        context = CaptureContext(Role.ARTICLE, due.purpose, None, self._key(due.url))
        known = None if due.parts else _if_conditional(due)
        return self._request(due.url, self._spider.parse_article, context, DUE, known)

    def second_look(self, url: str, via: str | None, expected: str | None) -> Request:
        """Ask for an article unconditionally, later in this crawl, to confirm what the first look saw."""
        context = CaptureContext(Role.ARTICLE, Purpose.CONFIRM, via, self._key(url))
        at = time.time() + self._spider.outlet.confirm_after.total_seconds()
        meta = {"expected": expected, NOT_BEFORE: at}
        return self._request(url, self._spider.parse_article, context, CONFIRM, meta=meta)

    def part(self, url: str, first_url: str, first: CaptureContext) -> Request:
        """Ask for a further page of an article, for the reason that its first page was asked for."""
        context = CaptureContext(Role.PART, first.purpose, first_url, first.key, article_url=first_url)
        return self._request(url, self._spider.parse_part, context, PART, meta={"asked_for": url})

    def requisite(self, wanted: Wanted) -> Request:
        """Ask for something that a page needs, if it is known only for a changed one."""
        context = CaptureContext(Role.REQUISITE, Purpose.REQUISITE, wanted.via, article_url=wanted.article_url)
        if wanted.is_sheet:
            meta = {"page_url": wanted.page_url, "css_depth": wanted.depth}
            return self._request(wanted.url, self._spider.parse_sheet, context, SHEET, wanted.known, meta)
        priority = BODY_IMAGE if wanted.article_url else REQUISITE
        return self._request(wanted.url, self._spider.parse_nothing, context, priority, wanted.known)

    def other(self, url: str, via: str, purpose: Purpose) -> Request:
        """Ask for something else: where an article's URL leads now."""
        return self._request(url, self._spider.parse_nothing, CaptureContext(Role.OTHER, purpose, via), OTHER)

    def _key(self, url: str) -> str | None:
        match = self._spider.outlet.match(url)
        return match.key if match else None

    def _request(
        self,
        url: str,
        callback: Callable[[Response], Any],
        context: CaptureContext,
        priority: int,
        known: Due | KnownRequisite | None = None,
        meta: Mapping[str, Any] = MappingProxyType({}),
    ) -> Request:
        validators = (
            {"If-None-Match": known.etag, "If-Modified-Since": known.last_modified} if known is not None else {}
        )
        return Request(
            url,
            callback=callback,
            errback=self._spider.failed,
            headers={name: value for name, value in validators.items() if value},
            priority=priority,
            meta={CONTEXT: context, **meta},
        )


def _if_conditional(due: Due | None) -> Due | None:
    return due if due is not None and due.conditional else None
