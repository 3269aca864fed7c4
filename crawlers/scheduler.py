"""Scrapy's scheduler on the frontier: hands out a request when its host is free, and waits for those of later.

There is no filter of duplicates: the spider asks the frontier for that, since some URLs are meant to be asked twice.
"""

from __future__ import annotations

import pickle
import time
from typing import Any, Final, Self

from scrapy import Request
from scrapy.core.scheduler import BaseScheduler
from scrapy.crawler import Crawler
from scrapy.http.request import Request as HttpRequest
from scrapy.utils.asyncio import CallLaterResult, call_later
from scrapy.utils.request import request_from_dict

from crawlers.context import RECORDED
from crawlers.not_asked import HostPaused
from crawlers.urls import host_of

NOT_BEFORE: Final = "not_before"  # a key of request.meta: seconds since 1970
_SHORTEST_WAKE: Final = 0.01


class FrontierScheduler(BaseScheduler):
    """Needs a spider with `frontier`, `politeness`, `concurrency`, `leave(reason, counts)` and `patience()`."""

    def __init__(self, crawler: Crawler) -> None:
        self._crawler = crawler
        self._spider: Any = crawler.spider
        self._wake: CallLaterResult | None = None
        self._wake_at = 0.0

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Return the scheduler of a crawl."""
        return cls(crawler)

    def close(self, reason: str) -> None:  # noqa: ARG002 - Scrapy's signature
        """Wake nobody any more."""
        if self._wake is not None:
            self._wake.cancel()
            self._wake = None

    def has_pending_requests(self) -> bool:
        """Return whether any request waits, for a host or for its time."""
        return len(self._spider.frontier) > 0

    def enqueue_request(self, request: HttpRequest) -> bool:
        """Take a request up."""
        host = host_of(request.url)
        at = request.meta.pop(NOT_BEFORE, 0.0)
        if times := request.meta.get("retry_times", 0):
            at = max(at, time.time() + self._spider.politeness.delay(host) * 2 ** (times - 1))
        request.meta.pop("download_slot", None)  # Scrapy's, of the host before a redirect
        request.meta.pop(RECORDED, None)  # of the attempt before
        # Our own objects, in a file that this process made and that goes with it.
        self._spider.frontier.put(host, request.priority, pickle.dumps(request.to_dict(spider=self._spider)), at=at)
        return True

    def next_request(self) -> Request | None:
        """Return a request whose host may be asked now, or None; then the engine is woken when there may be one."""
        now = time.time()
        frontier = self._spider.frontier
        wakes = [frontier.promote(now)]
        busy = self._busy()
        for host in frontier.hosts():
            if paused := self._spider.politeness.paused(host):
                if paused > self._spider.patience():
                    self._spider.leave(f"{HostPaused.reason}: {host}", frontier.drop(host))
                else:
                    busy.add(host)
                    wakes.append(now + paused)
        taken = frontier.take(busy=busy)
        if taken is None:
            self._wake_engine(now, [wake for wake in wakes if wake is not None])
            return None
        return request_from_dict(pickle.loads(taken), spider=self._spider)  # noqa: S301 - see enqueue_request

    def _busy(self) -> set[str]:
        """Return the hosts that are being asked as much as the outlet allows."""
        asked: dict[str, int] = {}
        for request in self._crawler.engine.downloader.active:
            host = host_of(request.url)
            asked[host] = asked.get(host, 0) + 1
        return {host for host, count in asked.items() if count >= self._spider.concurrency}

    def _wake_engine(self, now: float, wakes: list[float]) -> None:
        """Make the engine ask again at the earliest of these times; by itself it would every five seconds."""
        if not wakes:
            return
        at = min(wakes)
        if self._wake is not None:
            if self._wake_at <= at:
                return
            self._wake.cancel()
        self._wake_at = at
        self._wake = call_later(max(_SHORTEST_WAKE, at - now), self._woken)

    def _woken(self) -> None:
        self._wake = None
        slot = self._crawler.engine._slot  # the engine has no public way to be told "look again" (Scrapy 2.19)
        if slot is not None:
            slot.nextcall.schedule()
