"""The spider of every outlet: sources, what is new on them, what is due, and what pages need to be shown.

It knows no outlet: where pages are announced and what an article's URL looks like is in the outlet's file, what a page
says is the readers' work. It decides what is asked for next, and nothing else: each exchange was written down by the
download handler before a callback here sees it.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator, Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import replace
from typing import Any, Final, Self

from scrapy import Request, Spider, signals
from scrapy.crawler import Crawler
from scrapy.exceptions import DontCloseSpider
from scrapy.http import Response
from twisted.python.failure import Failure

from articles.page import Page
from crawlers.account import Account
from crawlers.confirmation import Looks, Verdict
from crawlers.context import CONTEXT, RECORDED, CaptureContext
from crawlers.frontier import Frontier
from crawlers.not_asked import NotAsked, RobotsForbids
from crawlers.outcomes import in_words
from crawlers.plan import Plan
from crawlers.politeness import Politeness
from crawlers.recording import RecordingProcess
from crawlers.redirects import target_of
from crawlers.source_walks import SourceWalk
from crawlers.sources import Link
from crawlers.spiders.requests import DUE, ONLY_NEEDED, SOURCE, SOURCE_ROLES, Requests
from crawlers.wanted import WantedRequisites
from storage.exchange import Purpose, Role

LONGEST_PATIENCE: Final = 900.0  # seconds that a crawl waits for a host that asked it to
OVER_THE_LIMIT: Final = "more articles than the crawl's limit"
_MOST_DUE_WAITING: Final = 200
_SECONDS_BETWEEN_LOOKS: Final = 0.05


class OutletSpider(Spider):
    """Follows one plan. `ending` is set when the crawl is to end; `ends_at` is a moment of time.monotonic()."""

    name = "outlet"

    def __init__(
        self,
        *,
        plan: Plan,
        recorder: RecordingProcess,
        frontier: Frontier,
        politeness: Politeness,
        account: Account,
        ends_at: float | None = None,
    ) -> None:
        super().__init__()
        self.plan = plan
        self.recorder = recorder
        self.frontier = frontier
        self.politeness = politeness
        self.account = account
        self.outlet = plan.crawl.outlet
        self.clock = plan.crawl.clock
        self.allow_private = self.outlet.allow_private
        self.concurrency = self.outlet.politeness.concurrency
        self.ending = asyncio.Event()
        self.walks = {source.url: SourceWalk(source) for source in self.outlet.sources}
        self.wanted = WantedRequisites(plan, frontier, account.warn)
        self.due_taken = 0  # of the plan's due articles
        self._looks = Looks(self.outlet)
        self._requests = Requests(self)
        self._ends_at = ends_at
        self._may_look_at = plan.crawl.limit
        self._due_waits = self._may_look_at is not None  # new articles come first where there is a limit

    @classmethod
    def from_crawler(cls, crawler: Crawler, *args: Any, **kwargs: Any) -> Self:
        """Return the spider of a crawl, which hears of its own errors."""
        spider = super().from_crawler(crawler, *args, **kwargs)
        crawler.signals.connect(spider._idle, signals.spider_idle)
        crawler.signals.connect(spider._error, signals.spider_error)
        return spider

    def patience(self) -> float:
        """Return how many seconds this crawl can wait for a host."""
        return min(LONGEST_PATIENCE, LONGEST_PATIENCE if self._ends_at is None else self._ends_at - time.monotonic())

    def leave(self, reason: str, counts: Mapping[int, int]) -> None:
        """Count requests, by priority, that are left for the next crawl. Sources account for themselves."""
        for priority, count in counts.items():
            if priority != SOURCE:
                self.account.leave(reason, count, requisites=priority in ONLY_NEEDED)

    async def start(self) -> AsyncIterator[Request]:
        """Ask for all sources, and for the articles that are due."""
        for walk in self.walks.values():
            yield self._requests.source(walk, walk.source.url, 1, None)
        if self._due_waits:
            return
        for request in self._due():
            # What is due is long and on disk already: only the next of it stand in the frontier's queue.
            while self.frontier.waiting(DUE) >= _MOST_DUE_WAITING:
                with suppress(TimeoutError):
                    await asyncio.wait_for(self.ending.wait(), _SECONDS_BETWEEN_LOOKS)
                    return
            yield request

    # Sources

    def parse_source(self, response: Response) -> Iterator[Request]:
        """Take up what a source announces, and go on to its next page."""
        walk, number = self.walks[response.meta["source"]], response.meta["number"]
        if not walk.answered(response.status, number, response.url):
            return
        page, thorough = page_of(response), self.plan.crawl.thorough
        announced = walk.read(page, number, self.outlet, is_known=self.plan.is_known, thorough=thorough)
        if announced is None:
            return
        for warning in announced.warnings:
            self.account.warn(warning)
        for link in announced.unknown:
            yield from self._discovered(link, page.url)
        for url in announced.further:
            if self.frontier.first_time(f"source {url}"):
                yield self._requests.source(walk, url, 1, page.url)
        if announced.next_page is not None:
            yield self._requests.source(walk, announced.next_page, number + 1, page.url)
        if walk.source.kind == "listing":
            yield from self._requisites_of([page])

    # Articles

    def _discovered(self, link: Link, via: str) -> Iterator[Request]:
        if self.frontier.first_time(f"article {link.url}") and self._may_look():
            self.account.looks["new"] += 1
            yield self._requests.new(link, via)

    def _due(self) -> Iterator[Request]:
        for due in self.plan.articles():
            self.due_taken += 1
            if self.frontier.first_time(f"article {due.url}") and self._may_look():
                self.account.looks["due"] += 1
                yield self._requests.due(due)

    def parse_article(self, response: Response) -> Iterator[Request]:
        """Look at the first page of an article: at the others too, again, or no further."""
        context: CaptureContext = response.meta[CONTEXT]
        expected, is_second = response.meta.get("expected"), "expected" in response.meta
        if response.status != 200:
            if is_second:
                self.account.looks[Verdict.UNSTABLE] += 1
            elif response.status == 304:
                self.account.looks[Verdict.UNCHANGED] += 1
            yield from self._moved(response, context)
            return
        due = self.plan.last_look(response.meta.get("redirect_urls", [response.url])[0])
        if due is not None and not is_second:
            expected = due.content_id
        page = page_of(response)
        is_confirming = context.purpose is Purpose.CONFIRM and not is_second
        announced = self._looks.begin(page, expected=expected, is_second=is_second, is_confirming=is_confirming)
        # Parts that were there and are no longer announced: that they are gone is to be seen, not inferred.
        formerly = (part for part in (due.parts if due else ()) if part not in announced)
        for part in (*announced, *formerly):
            yield self._requests.part(part, page.url, context)
        yield from self._looked_at(page.url, context)

    def parse_part(self, response: Response) -> Iterator[Request]:
        """Take up a further page of an article."""
        context: CaptureContext = response.meta[CONTEXT]
        first_url = context.article_url or ""
        if response.status != 200:
            yield from self._requisites_of(self._looks.drop(first_url, response.meta["asked_for"]))
            return
        page = replace(page_of(response), url=response.meta["asked_for"])  # also where that redirects to the same page
        for part in self._looks.add(first_url, page):
            yield self._requests.part(part, first_url, context)
        yield from self._looked_at(first_url, context)

    def _looked_at(self, first_url: str, context: CaptureContext) -> Iterator[Request]:
        seen = self._looks.whole(first_url)
        if seen is None:
            return
        if seen.verdict is not Verdict.NEW:
            self.account.looks[seen.verdict] += 1
        if seen.is_second:
            return
        if seen.verdict is Verdict.CHANGED:
            yield self._requests.second_look(first_url, context.via, seen.content_id)
        images = [image.url for image in seen.article.images] if seen.article else []
        yield from map(self._requests.requisite, self.wanted.of_article(images, first_url))
        yield from self._requisites_of(seen.pages)

    def _moved(self, response: Response, context: CaptureContext) -> Iterator[Request]:
        """Go after a redirect that leads away from the article: to another article, or once to whatever it is."""
        target = target_of(response) if 300 <= response.status < 400 else None
        if target is None:
            return
        if (match := self.outlet.match(target)) is not None:
            if not self.plan.is_known(match.first_url):
                yield from self._discovered(Link(match.first_url), response.url)
        elif self.frontier.first_time(f"target {target}"):
            yield self._requests.other(target, response.url, context.purpose)

    def _may_look(self) -> bool:
        if self._may_look_at is None:
            return True
        if self._may_look_at > 0:
            self._may_look_at -= 1
            return True
        self.account.leave(OVER_THE_LIMIT)
        return False

    # Requisites

    def _requisites_of(self, pages: Iterable[Page]) -> Iterator[Request]:
        for page in pages:
            yield from map(self._requests.requisite, self.wanted.of_page(page))

    def parse_sheet(self, response: Response) -> Iterator[Request]:
        """Go on to what a style sheet needs."""
        kind = (response.headers.get("Content-Type") or b"").decode("latin-1").lower()
        if response.status == 200 and "html" not in kind:
            charset = kind.partition("charset=")[2].strip("\"' ;") or None
            page_url, depth = response.meta["page_url"], response.meta["css_depth"]
            needs = self.wanted.of_sheet(response.body, response.url, charset, page_url, depth)
            yield from map(self._requests.requisite, needs)

    def parse_nothing(self, response: Response) -> None:
        """Leave a response to the archive."""

    # What goes wrong, and the end

    def failed(self, failure: Failure) -> Iterator[Request]:
        """Account for a request without a response. If anything was sent, the attempt is in the archive."""
        request: Request = failure.request  # type: ignore[attr-defined]
        context: CaptureContext = request.meta[CONTEXT]
        if isinstance(failure.value, NotAsked) and not isinstance(failure.value, RobotsForbids):
            self.leave(failure.value.reason, {request.priority: 1})
        if context.role in SOURCE_ROLES.values():
            walk = self.walks[request.meta["source"]]
            walk.open -= 1
            why = failure.value
            walk.fail(f"{request.url}: {why if why is None or isinstance(why, NotAsked) else in_words(why)}")
        elif context.role is Role.PART and context.article_url is not None:
            yield from self._requisites_of(self._looks.drop(context.article_url, request.meta["asked_for"]))
        elif "expected" in request.meta:
            self.account.looks["unconfirmed"] += 1

    def _idle(self) -> None:
        """Go on to what is due, after all that is new, where a limit makes the order matter."""
        if self._due_waits:
            self._due_waits = False
            for request in self._due():
                self.crawler.engine.crawl(request)
            raise DontCloseSpider

    def _error(self, failure: Failure, response: Response | None) -> None:
        self.account.fail(response.url if response is not None else "start", failure.value)


def page_of(response: Response) -> Page:
    """Return a response as a reader is given it."""
    recorded = response.meta[RECORDED]
    headers = tuple(
        (name.decode("latin-1"), value.decode("latin-1"))
        for name, values in response.headers.items()
        for value in values
    )
    return Page(response.url, response.body, recorded.captured_at, response.status, headers, recorded.record_id)
