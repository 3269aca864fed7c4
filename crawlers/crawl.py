"""One crawl from its plan to its result, in a process that does nothing else (`crawlers.child`)."""

from __future__ import annotations

import logging
import os
import signal
import sys
import time
from collections import Counter
from contextlib import ExitStack
from pathlib import Path
from typing import Any, Final

from scrapy.crawler import AsyncCrawlerProcess, Crawler
from scrapy.utils.defer import deferred_from_coro

from articles.reading import current_reader_ids
from crawlers.frontier import Frontier
from crawlers.host_slots import HostSlots
from crawlers.plan import Plan
from crawlers.politeness import Politeness
from crawlers.progress import Teller
from crawlers.requisites import MOST_OF_A_PAGE
from crawlers.result import CrawlResult, write_result
from crawlers.settings import scrapy_settings
from crawlers.spiders.outlet import OutletSpider
from crawlers.spool_writer import SpoolWriter
from crawlers.tally import Tally, TallyingRecorder
from crawlers.warcinfo import warcinfo_fields

GRACE_SECONDS: Final = 10.0  # for what is under way when the crawl is ended; the parent waits longer
HOSTS_SQLITE: Final = "hosts.sqlite"
_FINISHED: Final = "finished"

logger = logging.getLogger(__name__)


def run_crawl(folder: Path) -> CrawlResult:
    """Run the crawl that is planned in `folder`, and return its result, which is written there last of all.

    Raises a `PalimpsestError` where it cannot begin: no plan, a spool that another process writes or has written, an
    outlet whose reader does not exist, a Scrapy that the capture does not know.
    """
    with ExitStack() as stack:
        plan = Plan.open(folder)
        stack.callback(plan.close)
        current_reader_ids(plan.crawl.outlet)  # raises for a reader that does not exist, before anything is fetched
        return _Run(folder, plan, stack).run()


class _Run:
    """The parts of one crawl, put together."""

    def __init__(self, folder: Path, plan: Plan, stack: ExitStack) -> None:
        self._folder = folder
        self._plan = plan
        crawl = plan.crawl
        fields = warcinfo_fields(
            crawl_id=crawl.crawl_id,
            outlet=crawl.outlet.id,
            software=crawl.software,
            user_agent=crawl.user_agent,
            clock_offset=crawl.clock_offset,
        )
        writer = SpoolWriter(folder, crawl.crawl_id, fields, clock=crawl.clock)  # takes the lock
        stack.callback(writer.close)
        originals = plan.originals()
        stack.callback(originals.close)
        self._frontier = Frontier(folder / "frontier.sqlite")
        stack.callback(self._frontier.close)
        politeness = Politeness(crawl.outlet.politeness, HostSlots(crawl.state / HOSTS_SQLITE))
        stack.callback(politeness.close)
        self._tally = Tally()
        self._teller = Teller(sys.stdout.fileno(), self._tally, lambda: len(self._frontier))
        self._recorder = TallyingRecorder(writer, originals, self._tally, self._teller.tell)
        self._ended: str | None = None
        self._ends_at = None if crawl.deadline is None else time.monotonic() + crawl.deadline.total_seconds()
        self._politeness = politeness
        self._crawler: Crawler | None = None

    def run(self) -> CrawlResult:
        process = AsyncCrawlerProcess(scrapy_settings(self._plan.crawl, self._folder))
        self._crawler = process.create_crawler(OutletSpider)
        process.crawl(
            self._crawler,
            plan=self._plan,
            recorder=self._recorder,
            frontier=self._frontier,
            politeness=self._politeness,
            ends_at=self._ends_at,
        )
        from twisted.internet import reactor

        loop: Any = reactor
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, lambda *_: loop.callFromThread(self._end, "shutdown"))
        if self._ends_at is not None:
            loop.callLater(max(0.0, self._ends_at - time.monotonic()), self._end, "deadline")
        process.start(install_signal_handlers=False)
        return self._finish()

    def _finish(self) -> CrawlResult:
        self._recorder.close()
        self._teller.tell(now=True)
        result = self._result()
        write_result(self._folder, result)
        return result

    def _end(self, reason: str) -> None:
        """End the crawl in order: let what is under way end, but not wait for it for long."""
        from twisted.internet import reactor

        assert self._crawler is not None
        if self._ended is not None:
            return
        self._ended = reason
        spider: Any = self._crawler.spider
        if spider is not None:
            spider.ending.set()
        loop: Any = reactor
        loop.callLater(GRACE_SECONDS, self._force)
        if self._crawler._engine is not None and self._crawler.engine.spider is not None:
            closing = deferred_from_coro(self._crawler.engine.close_spider_async(reason=reason))
            closing.addErrback(lambda failure: logger.critical("the crawl could not be closed: %s", failure))

    def _force(self) -> None:
        """Seal what was recorded and leave: a response that still drips is not worth the parent's patience."""
        logger.warning("what was under way did not end in %s seconds: it is cut off", GRACE_SECONDS)
        self._finish()
        logging.shutdown()
        os._exit(0)

    def _result(self) -> CrawlResult:
        crawler, crawl, tally = self._crawler, self._plan.crawl, self._tally
        spider: Any = crawler.spider if crawler is not None else None
        said = crawler._stats.get_value("finish_reason") if crawler is not None and crawler._stats else None
        reason = self._ended or said or "start_error"
        left: Counter[str] = Counter(spider.left if spider is not None else {})
        not_taken = self._plan.article_count() - spider.due_taken if spider is not None else 0
        if waiting := len(self._frontier) + not_taken:
            left[f"the crawl was ended: {reason}"] += waiting
        sources = tuple(walk.result() for walk in spider.walks.values()) if spider is not None else ()
        errors = tuple(spider.errors) if spider is not None else ("the spider could not be made (crawl.log)",)
        incomplete = [] if reason == _FINISHED else [f"it was ended before it was done: {reason}"]
        incomplete += [f"{source.url}: {source.error}" for source in sources if not source.ok]
        incomplete += [f"{count} URLs are left: {why}" for why, count in left.items()]
        incomplete += [f"{len(errors)} errors of the spider (crawl.log)"] if errors else []
        return CrawlResult(
            crawl_id=crawl.crawl_id,
            outlet=crawl.outlet.id,
            started=crawl.started,
            finished=crawl.clock.now(),
            finish_reason=reason,
            complete=not incomplete,
            incomplete=tuple(incomplete),
            exchanges=tally.exchanges,
            bytes=tally.bytes,
            roles=dict(tally.roles),
            purposes=dict(tally.purposes),
            outcomes=dict(tally.outcomes),
            statuses=dict(tally.statuses),
            looks=dict(spider.looked) if spider is not None else {},
            left=dict(left),
            sources=sources,
            warnings=_warnings(spider) if spider is not None else (),
            errors=errors,
        )


def _warnings(spider: OutletSpider) -> tuple[str, ...]:
    dropped = spider.wanted.dropped
    more = f"{dropped} requisites were left out: their pages need more than {MOST_OF_A_PAGE}"
    return (*spider.warned, more) if dropped else tuple(spider.warned)
