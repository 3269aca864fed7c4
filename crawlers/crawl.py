"""One crawl from its plan to its result, in a process that does nothing else (`crawlers.child`)."""

from __future__ import annotations

import logging
import os
import signal
import sys
import time
from contextlib import ExitStack
from pathlib import Path
from typing import Any, Final

from scrapy.crawler import AsyncCrawlerProcess
from scrapy.utils.defer import deferred_from_coro

from articles.reading import current_reader_ids
from config.errors import PalimpsestError
from crawlers.account import Account
from crawlers.frontier import Frontier
from crawlers.host_slots import HostSlots
from crawlers.plan import Plan
from crawlers.politeness import Politeness
from crawlers.progress import Teller
from crawlers.recorder import Recorded, Recorder
from crawlers.recording import RecordingProcess
from crawlers.requisites import MOST_OF_A_PAGE
from crawlers.result import CrawlResult, SourceResult, unseen_in_words, write_result
from crawlers.settings import scrapy_settings
from crawlers.spiders.outlet import OutletSpider
from crawlers.spool_writer import SpoolWriter
from crawlers.tally import Tally
from crawlers.warcinfo import warcinfo_fields
from storage.exchange import Exchange

# For what is under way when the crawl is ended. Scrapy waits for each download up to its timeout; somebody pressed
# Ctrl-C, and what is cut off is asked for again by the next crawl. The parent waits longer.
GRACE_SECONDS: Final = 3.0
DEADLINE: Final = "deadline"
HOSTS_SQLITE: Final = "hosts.sqlite"
FRONTIER_SQLITE: Final = "frontier.sqlite"
_IN_ORDER: Final = ("finished", DEADLINE)
_CUT_OFF: Final = "requests that were under way were cut off"
_SECONDS_BETWEEN_TRIES: Final = 0.1

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
        self._recorder = RecordingProcess(self._make_recorder, self._count)  # takes the lock
        stack.callback(self._recorder.close)
        self._frontier = Frontier(folder / FRONTIER_SQLITE)
        stack.callback(self._frontier.close)
        self._politeness = Politeness(crawl.outlet.politeness, HostSlots(crawl.state / HOSTS_SQLITE))
        stack.callback(self._politeness.close)
        self._account = Account()
        self._due_count = plan.article_count()
        self._tally = Tally()
        self._teller = Teller(sys.stdout.fileno(), self._tally, lambda: len(self._frontier) + self._due_not_taken())
        self._ends_at = None if crawl.deadline is None else time.monotonic() + crawl.deadline.total_seconds()
        self._process = AsyncCrawlerProcess(scrapy_settings(crawl, folder))
        self._crawler = self._process.create_crawler(OutletSpider)
        self._reason: str | None = None  # why it is being ended, if it is
        self._is_forced = False

    def _make_recorder(self) -> Recorder:
        crawl = self._plan.crawl
        fields = warcinfo_fields(
            crawl_id=crawl.crawl_id,
            outlet=crawl.outlet.id,
            software=crawl.software,
            user_agent=crawl.user_agent,
            clock_offset=crawl.clock_offset,
        )
        writer = SpoolWriter(self._folder, crawl.crawl_id, fields, clock=crawl.clock)
        return Recorder(writer, self._plan.originals())

    def _count(self, exchange: Exchange, recorded: Recorded) -> None:
        self._tally.add(exchange, recorded)
        self._teller.tell()

    def run(self) -> CrawlResult:
        from twisted.internet import reactor

        task = self._process.crawl(
            self._crawler,
            plan=self._plan,
            recorder=self._recorder,
            frontier=self._frontier,
            politeness=self._politeness,
            account=self._account,
            ends_at=self._ends_at,
        )
        loop: Any = reactor
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, lambda *_: loop.callFromThread(self._end, "shutdown"))
        if self._ends_at is not None:
            loop.callLater(max(0.0, self._ends_at - time.monotonic()), self._end, DEADLINE)
        self._process.start(install_signal_handlers=False)
        failure = task.exception() if task.done() and not task.cancelled() else None
        if failure is not None:
            self._account.fail("the crawl could not be started", failure)
        result = self._finish()
        if isinstance(failure, PalimpsestError):
            raise failure
        return result

    def _end(self, reason: str) -> None:
        """End the crawl in order: what is under way may end, but it is not waited for for long."""
        from twisted.internet import reactor

        if self._reason is None:
            self._reason = reason
            loop: Any = reactor
            loop.callLater(GRACE_SECONDS, self._force)
            self._close()

    def _close(self) -> None:
        from twisted.internet import reactor

        engine, spider = self._crawler._engine, self._crawler.spider
        if engine is None or engine.spider is None:  # it has not opened yet; where it has closed, the reactor stops
            loop: Any = reactor
            loop.callLater(_SECONDS_BETWEEN_TRIES, self._close)
            return
        assert isinstance(spider, OutletSpider)
        spider.ending.set()
        closing = deferred_from_coro(engine.close_spider_async(reason=self._reason or ""))
        closing.addErrback(lambda failure: logger.critical("the crawl could not be closed: %s", failure))

    def _force(self) -> None:
        """Seal what was recorded and leave: a response that still drips is not worth the parent's patience."""
        logger.warning("what was under way did not end in %s seconds: it is cut off", GRACE_SECONDS)
        self._is_forced = True
        self._finish()
        logging.shutdown()
        os._exit(0)

    def _finish(self) -> CrawlResult:
        self._recorder.close()
        self._teller.tell(now=True)
        result = self._result()
        write_result(self._folder, result)
        return result

    def _due_not_taken(self) -> int:
        """Return how many due articles the spider has not taken out of the plan yet."""
        spider = self._crawler.spider
        return self._due_count - (spider.due_taken if isinstance(spider, OutletSpider) else 0)

    def _result(self) -> CrawlResult:
        crawl, tally, account = self._plan.crawl, self._tally, self._account
        spider = self._crawler.spider
        reason = (
            self._reason or (self._crawler._stats and self._crawler.stats.get_value("finish_reason")) or "start_error"
        )
        sources: tuple[SourceResult, ...] = ()
        if isinstance(spider, OutletSpider):
            sources = tuple(walk.result() for walk in spider.walks.values())
            ended = f"the crawl was ended: {reason}"
            spider.leave(ended, self._frontier.by_priority())
            account.leave(ended, self._due_not_taken())
            if dropped := spider.wanted.dropped:
                account.warn(f"{dropped} requisites were left out: their pages need more than {MOST_OF_A_PAGE}")
        # At the deadline it is complete if nothing but requisites were left. A signal may have cut anything off.
        incomplete = [] if reason in _IN_ORDER else [f"it was ended before it was done: {reason}"]
        incomplete += [_CUT_OFF] if self._is_forced else []
        incomplete += unseen_in_words(sources)
        incomplete += [f"{count} URLs are left: {why}" for why, count in account.left.items()]
        incomplete += [f"{len(account.errors)} errors of the crawler itself (crawl.log)"] if account.errors else []
        # An error of ours may have ended the work on a page in the middle of its links.
        cut_short = reason not in _IN_ORDER or self._is_forced or bool(account.left) or bool(account.errors)
        next_thorough = cut_short or any(source.pages and not source.ok for source in sources)
        return CrawlResult(
            crawl_id=crawl.crawl_id,
            outlet=crawl.outlet.id,
            started=crawl.started,
            finished=crawl.clock.now(),
            finish_reason=reason,
            complete=not incomplete,
            next_thorough=next_thorough,
            thorough=crawl.thorough and not next_thorough,
            incomplete=tuple(incomplete),
            exchanges=tally.exchanges,
            bytes=tally.bytes,
            roles=dict(tally.roles),
            purposes=dict(tally.purposes),
            outcomes=dict(tally.outcomes),
            statuses=dict(tally.statuses),
            looks=dict(account.looks),
            left=dict(account.left),
            left_requisites=dict(account.left_requisites),
            sources=sources,
            warnings=tuple(account.warnings),
            errors=tuple(account.errors),
        )
