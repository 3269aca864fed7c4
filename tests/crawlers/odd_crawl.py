"""The child of the wire's tests: a real Scrapy crawl of the requests in FOLDER/job.json, recorded in FOLDER/spool.

A reactor lives once in a process, so each crawl has its own. What the spider saw is written to FOLDER/saw.json.
"""

from __future__ import annotations

import base64
import json
import resource
import signal
import sys
from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import scrapy
from scrapy.crawler import AsyncCrawlerProcess
from scrapy.http import Response
from twisted.internet.address import IPv4Address
from twisted.internet.interfaces import IHostnameResolver
from twisted.python.failure import Failure
from zope.interface import implementer

import crawlers.resolver
from config.clock import Clock
from crawlers.context import CaptureContext
from crawlers.errors import SpoolWriteFailed
from crawlers.handler import capture_settings
from crawlers.recorder import Recorder
from crawlers.recording import RecordingProcess
from crawlers.revisits import CommittedOriginals, NoOriginals
from crawlers.spool_writer import SpoolWriter
from storage.exchange import Purpose, Role


class OddSpider(scrapy.Spider):
    name = "odd"

    def __init__(
        self, job: dict[str, Any], recorder: RecordingProcess, clock: Clock, allow_private: bool, saw: list[Any]
    ) -> None:
        super().__init__()
        self.job, self.recorder, self.clock, self.allow_private, self.saw = job, recorder, clock, allow_private, saw

    async def start(self) -> AsyncIterator[scrapy.Request]:
        for wanted in self.job["requests"]:
            yield scrapy.Request(
                wanted["url"],
                method=wanted.get("method", "GET"),
                headers=wanted.get("headers", {}),
                body=base64.b64decode(wanted.get("body", "")),
                callback=self.answered,
                errback=self.failed,
                dont_filter=True,
                meta={
                    "capture": CaptureContext(
                        Role(wanted.get("role", "article")), Purpose.NEW, via="http://via.example/"
                    ),
                    "handle_httpstatus_all": not wanted.get("follow"),
                    "dont_redirect": not wanted.get("follow"),
                    "name": wanted["name"],
                },
            )

    def answered(self, response: Response) -> None:
        self._note(response.request, status=response.status, length=len(response.body), flags=response.flags)

    def failed(self, failure: Failure) -> None:
        self._note(failure.request, error=type(failure.value).__name__, words=str(failure.value))

    def _note(self, request: scrapy.Request, **facts: Any) -> None:
        recorded = request.meta.get("recorded")
        self.saw.append(
            {
                "name": request.meta["name"],
                "url": request.url,
                "record_id": recorded and recorded.record_id,
                "outcome": recorded and recorded.outcome,
                "revisit_of": recorded and recorded.original and recorded.original.record_id,
                **facts,
            }
        )


@implementer(IHostnameResolver)
class Names:
    """Resolves the names of a job: each name to the next of its address lists, the last one for ever."""

    def __init__(self, names: dict[str, list[list[str]]], below: Any) -> None:
        self.names, self.below = names, below

    def resolveHostName(self, receiver: Any, name: str, port: int = 0, *rest: Any) -> Any:  # noqa: N802 - Twisted's name
        if name not in self.names:
            return self.below.resolveHostName(receiver, name, port, *rest)
        lists = self.names[name]
        receiver.resolutionBegan(self)
        for address in lists.pop(0) if len(lists) > 1 else lists[0]:
            receiver.addressResolved(IPv4Address("TCP", address, port))
        receiver.resolutionComplete()
        return self

    def cancel(self) -> None:
        raise NotImplementedError


def pretend_public(addresses: list[str]) -> None:
    """Let the tests have a public address: 127.0.0.2, say, which the filter would refuse like any loopback."""
    judge = crawlers.resolver.why_private
    crawlers.resolver.why_private = lambda address: None if address in addresses else judge(address)


def main(folder: Path) -> None:
    job = json.loads((folder / "job.json").read_text())
    pretend_public(job.get("pretend_public", []))
    if "file_limit" in job:  # as a full disk: write(2) takes what fits and then fails
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, (job["file_limit"], resource.RLIM_INFINITY))
    clock = Clock(timedelta(seconds=job.get("offset", 0)))
    spool = folder / "spool"
    spool.mkdir(exist_ok=True)
    plan = folder / "plan.sqlite"

    def make() -> Recorder:
        writer = SpoolWriter(spool, "20260123T000000Z-odd-abc123", (("software", "test"),), clock=clock)
        return Recorder(writer, CommittedOriginals(plan) if plan.exists() else NoOriginals())

    recorder = RecordingProcess(make)
    settings = {
        **capture_settings(),
        "DOWNLOAD_TIMEOUT": 5,
        "RETRY_ENABLED": False,
        "LOG_LEVEL": "WARNING",
        "TELNETCONSOLE_ENABLED": False,
        "REMOTE_CONTROL_ENABLED": False,
        "CONCURRENT_REQUESTS": 1,
        "DEFAULT_REQUEST_HEADERS": {"Accept-Encoding": "gzip"},
        **job.get("settings", {}),
    }
    saw: list[Any] = []
    process = AsyncCrawlerProcess(settings)
    if "names" in job:
        from twisted.internet import reactor

        reactor.installNameResolver(Names(job["names"], reactor.nameResolver))
    crawler = process.create_crawler(OddSpider)
    process.crawl(crawler, job, recorder, clock, job.get("allow_private", True), saw)
    process.start()
    try:
        recorder.close()
    except SpoolWriteFailed as failed:
        print(failed, file=sys.stderr)
    reason = crawler.stats.get_value("finish_reason")
    (folder / "saw.json").write_text(json.dumps({"saw": saw, "reason": reason}))


if __name__ == "__main__":
    main(Path(sys.argv[1]))
