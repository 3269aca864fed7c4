"""robots.txt as RFC 9309 has it, and its Crawl-delay.

Our own middleware and not Scrapy's: with Scrapy 2.19, of several requests that wait for one robots.txt only the first
is judged by it (each waits on the same Deferred, whose result the first one takes), and robots.txt that cannot be had
allows everything. Here an answer of 4xx forbids nothing, whatever its body says; one of 5xx (or 429, or none) forbids
everything for this crawl; and what is forbidden is written down.
"""

from __future__ import annotations

import asyncio
import logging
import re
from typing import Any, Final, Self

from scrapy import Request
from scrapy.crawler import Crawler
from scrapy.http.request import NO_CALLBACK
from scrapy.robotstxt import ProtegoRobotParser, RobotParser
from scrapy.utils.httpobj import urlparse_cached

from crawlers.context import CONTEXT, RECORDED, CaptureContext, context_of, unsent
from crawlers.not_asked import NotAsked, RobotsForbids, RobotsUnknown
from crawlers.outcomes import in_words
from crawlers.urls import host_of
from storage.exchange import Outcome, Purpose, Role

PRODUCT: Final = "Palimpsest"  # what a site writes after "User-agent:" to mean us
MOST_BYTES: Final = 512 * 1024  # RFC 9309 §2.5 asks for 500 KiB at least
_PRIORITY: Final = 1000
_AGENT: Final = re.compile(
    r"(?:user[- ]?agent\s*+:|user(?:-|\s*+)agent(?=\s)(?![^:]*+:(?:\s|$)))\s*+", re.IGNORECASE
)  # as Protego takes it, which does without the colon
_IS_ROBOTS: Final = "is_robots_txt"  # a key of request.meta

logger = logging.getLogger(__name__)


def with_few_agents(body: bytes) -> bytes:
    """Return a robots.txt that says the same of us, with one name for all whom it names besides.

    Protego gives every rule to every agent of its group by itself: 2,000 agents with 2,000 rules take it 6 s, and
    MOST_BYTES have room for eight times as many of both.

    >>> with_few_agents(b"User-agent: a\\nUser-agent: PALIMPSEST # us\\nDisallow: /x")
    b'User-agent: another\\nUser-agent: palimpsest\\nDisallow: /x'
    """
    return "\n".join(map(_with_few_agents, body.decode("utf-8", "ignore").splitlines())).encode("utf-8")


def _with_few_agents(line: str) -> str:
    line = line.partition("#")[0].strip()
    field = _AGENT.match(line)
    name = line[field.end() :].lower() if field else ""
    if field is None or name in ("", "*"):
        return line
    bare = name.replace("*", "")  # which Protego takes as well, and for us where our name begins with it
    return f"{field[0]}{bare if bare and PRODUCT.lower().startswith(bare) else 'another'}"


class RobotsMiddleware:
    """Needs a spider with `recorder`, `clock` and `politeness`."""

    def __init__(self, crawler: Crawler) -> None:
        self._crawler = crawler
        self._spider: Any = crawler.spider
        # By scheme and authority: a parser, or in words why there is none. Shared by all that wait for it.
        self._asked: dict[str, asyncio.Task[RobotParser | str]] = {}

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Return the middleware of a crawl."""
        return cls(crawler)

    async def process_request(self, request: Request) -> None:
        """Raise `RobotsForbids` or `RobotsUnknown` where the request must not be sent."""
        if request.meta.get(_IS_ROBOTS):
            return
        rules = await self._rules_for(request)
        if isinstance(rules, str):
            raise RobotsUnknown(f"it was not asked for, as robots.txt could not be had ({rules})")
        if rules.allowed(request.url, PRODUCT):
            return
        words = f"robots.txt of {host_of(request.url)} forbids {PRODUCT} this URL"
        context = context_of(request.url, request.meta)
        exchange = unsent(request.url, context, Outcome.ROBOTS, words, self._spider.clock.now())
        request.meta[RECORDED] = await self._spider.recorder.record(exchange)
        raise RobotsForbids(words)

    async def _rules_for(self, request: Request) -> RobotParser | str:
        parts = urlparse_cached(request)
        authority = f"{parts.scheme}://{parts.netloc}"
        task = self._asked.get(authority)
        if task is None:
            task = self._asked[authority] = asyncio.ensure_future(self._fetch(authority))
        return await asyncio.shield(task)

    async def _fetch(self, authority: str) -> RobotParser | str:
        request = Request(
            f"{authority}/robots.txt",
            priority=_PRIORITY,
            callback=NO_CALLBACK,
            meta={CONTEXT: CaptureContext(Role.ROBOTS, Purpose.DISCOVER), _IS_ROBOTS: True},
        )
        try:
            response = await self._crawler.engine.download_async(request)
        except NotAsked as failure:
            return str(failure)
        except Exception as failure:  # noqa: BLE001 - whatever it is, it is recorded, and robots.txt is not there
            logger.warning("robots.txt of %s could not be had: %s", authority, in_words(failure))
            return in_words(failure)[:300]
        if response.status >= 500 or response.status == 429:
            logger.warning("robots.txt of %s could not be had: HTTP %s", authority, response.status)
            return f"HTTP {response.status}"
        body = response.body[:MOST_BYTES] if response.status < 300 else b""
        rules = ProtegoRobotParser.from_crawler(self._crawler, with_few_agents(body))
        if delay := rules.crawl_delay(PRODUCT):
            self._spider.politeness.crawl_delay(host_of(authority), delay)
            logger.info("robots.txt of %s asks for %s seconds between requests", authority, delay)
        return rules
