"""The downloader middleware next to the wire: every request waits for its turn, also those that Scrapy makes itself."""

from __future__ import annotations

import asyncio
from contextlib import suppress
from typing import Any, Final, Self

from scrapy import Request
from scrapy.crawler import Crawler
from scrapy.http import Response

from crawlers.not_asked import CrawlEnding, HostPaused
from crawlers.politeness import retry_after
from crawlers.urls import host_of

_ASKS_TO_WAIT: Final = frozenset({429, 503})
_DELAYS_WITHOUT_ADVICE: Final = 6  # after "429 Too Many Requests" that does not say for how long


class TurnMiddleware:
    """Needs a spider with `politeness`, `clock`, `patience()` and `ending` (an asyncio.Event)."""

    def __init__(self, crawler: Crawler) -> None:
        self._spider: Any = crawler.spider

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Return the middleware of a crawl."""
        return cls(crawler)

    async def process_request(self, request: Request) -> None:
        """Wait for the host's next turn. Raises `HostPaused` or `CrawlEnding`."""
        host = host_of(request.url)
        self._require_unpaused(host)
        wait = self._spider.politeness.turn(host)
        self._require_unpaused(host)
        if wait > 0:
            with suppress(TimeoutError):
                await asyncio.wait_for(self._spider.ending.wait(), wait)
        if self._spider.ending.is_set():
            raise CrawlEnding("it was not asked for, as the crawl is being ended")

    def _require_unpaused(self, host: str) -> None:
        if self._spider.politeness.paused(host) > self._spider.patience():
            raise HostPaused(f"{host} is not to be asked yet")

    def process_response(self, request: Request, response: Response) -> Response:
        """Learn from the answer how soon to ask again."""
        host = host_of(request.url)
        latency = request.meta.get("download_latency")
        if latency is not None:
            self._spider.politeness.answered(host, latency, well=response.status == 200)
        if response.status in _ASKS_TO_WAIT:
            value = response.headers.get("Retry-After")
            seconds = None if value is None else retry_after(value.decode("latin-1"), self._spider.clock.now())
            if seconds is None and response.status == 429:
                seconds = _DELAYS_WITHOUT_ADVICE * self._spider.politeness.delay(host)
            if seconds:
                self._spider.politeness.pause(host, seconds)
        return response
