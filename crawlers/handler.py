"""Scrapy's HTTP/1.1 download handler, with every attempt captured: the recorder has it before Scrapy sees the response.

One path for all that Scrapy fetches: robots.txt, redirects, retries, page requisites. An attempt that fails, and one
that Scrapy calls failed although bytes came, ends in the recorder too, exactly once.
"""

from __future__ import annotations

import logging
from asyncio import CancelledError
from typing import Any, Final, cast
from urllib.parse import urldefrag

from scrapy import Request
from scrapy.core.downloader.handlers import http11
from scrapy.crawler import Crawler
from scrapy.http import Response
from scrapy.settings import BaseSettings
from scrapy.utils._download_handlers import wrap_twisted_exceptions
from scrapy.utils.defer import deferred_from_coro, maybe_deferred_to_future
from scrapy.utils.httpobj import urlparse_cached
from twisted.internet.defer import Deferred
from twisted.internet.task import LoopingCall
from twisted.web.client import HostnameCachingHTTPSPolicy
from twisted.web.iweb import IPolicyForHTTPS

from config.clock import Clock
from crawlers.agent import CapturingAgent
from crawlers.capture import Capture
from crawlers.context import RECORDED, context_of
from crawlers.errors import CaptureStopped, WireUnavailable
from crawlers.outcomes import in_words, outcome_of
from crawlers.recording import RecordingProcess
from crawlers.resolver import FilteringResolver
from crawlers.wire import TapFactory
from crawlers.wire_check import require_wire
from storage.exchange import Exchange

logger = logging.getLogger(__name__)

MAX_BODY: Final = 32 * 1024 * 1024
STOP_REASON: Final = "capture_failed"
_SECONDS_BETWEEN_TICKS: Final = 5.0
# Chunk framing adds to a body; one-byte chunks make six of one. Beyond this a server plays with us.
_FRAMING: Final = 1024 * 1024
_HOSTS_WITH_CONTEXT: Final = 50
_VALIDATORS: Final = frozenset((b"if-none-match", b"if-modified-since"))


def capture_settings() -> dict[str, Any]:
    """Return the Scrapy settings without which a crawl would fetch past the capture."""
    handler = f"{CaptureHandler.__module__}.{CaptureHandler.__qualname__}"
    return {
        "DOWNLOAD_HANDLERS": {
            "http": handler,
            "https": handler,
            **dict.fromkeys(("data", "file", "ftp", "s3")),  # nothing that has no HTTP exchange
        },
        "DOWNLOAD_MAXSIZE": MAX_BODY,
        "DOWNLOAD_WARNSIZE": 0,
        "DOWNLOAD_FAIL_ON_DATALOSS": True,  # a truncated page is an error to the spider, and in the archive anyway
        "DOWNLOAD_VERIFY_CERTIFICATES": True,
        "COOKIES_ENABLED": False,  # Scrapy's cookies would fetch the public suffix list, by a client of their own
        "HTTPCACHE_ENABLED": False,  # it would answer without an exchange
        "HTTPPROXY_ENABLED": False,  # a proxy resolves names beyond the filtering resolver
        "TWISTED_REACTOR_ENABLED": True,
        # IPv6 too; Scrapy's default resolver gives the first IPv4 address only. The handler puts its filter over it.
        "TWISTED_DNS_RESOLVER": "scrapy.resolver.CachingHostnameResolver",
    }


def require_capture(settings: BaseSettings) -> None:
    """Return if a crawl with these settings fetches nothing past the capture.

    Else raises `WireUnavailable`, which names the setting. The handler asks too, but Scrapy goes on without a handler
    that cannot be made, and a crawl whose settings name another handler never makes ours: so ask before the crawl.
    """
    require_wire()
    wanted = capture_settings()
    wanted["DOWNLOAD_MAXSIZE"] = settings.getint("DOWNLOAD_MAXSIZE") or MAX_BODY  # the outlet's, but not none
    handlers = settings.getwithbase("DOWNLOAD_HANDLERS")
    wrong = [
        f"{name} is {settings.get(name)!r}, not {value!r}"
        for name, value in wanted.items()
        if name != "DOWNLOAD_HANDLERS" and settings.get(name) != value
    ]
    wrong += [
        f"DOWNLOAD_HANDLERS gives {scheme}: to {handlers[scheme]!r}"
        for scheme in handlers
        if handlers[scheme] not in (wanted["DOWNLOAD_HANDLERS"].get(scheme), None)
    ]
    if wrong:
        raise WireUnavailable(
            f"this crawl would fetch past the capture: {'; '.join(wrong)}. "
            "Build its settings from crawlers.handler.capture_settings"
        )


class CaptureHandler(http11.HTTP11DownloadHandler):
    """Downloads for a spider that has a `recorder`, a `clock` and says by `allow_private` where it may go.

    Raises `WireUnavailable` where the crawl could fetch past the capture.
    """

    lazy = False  # refuse at the start, not at the first request

    def __init__(self, crawler: Crawler) -> None:
        require_capture(crawler.settings)
        super().__init__(crawler)
        spider: Any = crawler.spider
        recorder = getattr(spider, "recorder", None)
        if not isinstance(recorder, RecordingProcess):
            raise WireUnavailable(f"the spider {spider!r} has no recorder, so nothing that it fetches could be kept")
        self._recorder = recorder
        self._clock: Clock = spider.clock
        self._allow_private: bool = spider.allow_private
        self._pool._factory = TapFactory
        # Else each request makes an OpenSSL context, also where a kept connection serves it: a millisecond.
        self._contextFactory = cast(
            "IPolicyForHTTPS", HostnameCachingHTTPSPolicy(self._contextFactory, _HOSTS_WITH_CONTEXT)
        )
        self._ticking = LoopingCall(self._tick)
        self._stopping = False

    async def download_request(self, request: Request) -> Response:
        """Fetch, record, and only then return or raise what Scrapy's own handler would."""
        self._recorder.check()
        if not self._ticking.running:
            self._ticking.start(_SECONDS_BETWEEN_TICKS, now=False)
        most = request.meta.get("download_maxsize", self._default_maxsize) or MAX_BODY
        capture = Capture(
            secure=urlparse_cached(request).scheme == "https", limit=2 * most + _FRAMING, now=self._clock.now
        )
        try:
            response = await self._fetch(request, capture)
        except Exception as failure:  # whatever it was, it is recorded and raised again
            await self._record(request, capture, failure)
            raise
        except CancelledError as failure:  # the crawl is torn down, and nothing can be waited for any more
            self._recorder.record(_exchange_of(request, capture, failure))
            raise
        await self._record(request, capture, None)
        return response

    async def close(self) -> None:
        """Close the kept connections."""
        if self._ticking.running:
            self._ticking.stop()
        await super().close()

    async def _fetch(self, request: Request, capture: Capture) -> Response:
        from twisted.internet import reactor

        if request.meta.get("proxy"):
            raise WireUnavailable(f"{request.url} was to go through a proxy, which resolves names beyond our filter")
        # At each request, as Scrapy puts its own resolver in place only when the reactor starts.
        guard = None if self._allow_private else FilteringResolver.guard(reactor)
        agent = CapturingAgent(
            capture,
            contextFactory=self._contextFactory,
            bindAddress=self._bind_address,
            pool=self._pool,
            maxsize=self._default_maxsize,
            warnsize=self._default_warnsize,
            fail_on_dataloss=self._fail_on_dataloss,
            crawler=self._crawler,
            tls_verbose_logging=self._tls_verbose_logging,
        )
        try:
            with wrap_twisted_exceptions():
                return await maybe_deferred_to_future(agent.download_request(request))
        except Exception as failure:  # Twisted wraps what the resolver raised
            refusal = guard and not capture.connected and guard.refusal(urlparse_cached(request).hostname or "")
            if refusal:
                raise refusal from failure
            raise

    async def _record(self, request: Request, capture: Capture, failure: BaseException | None) -> None:
        exchange = _exchange_of(request, capture, failure)
        try:
            request.meta[RECORDED] = await self._recorder.record(exchange)
        except CaptureStopped as stopped:
            self._stop_crawl(stopped)
            raise

    def _tick(self) -> Deferred[None]:
        return deferred_from_coro(self._seal_what_is_due())

    async def _seal_what_is_due(self) -> None:
        try:
            await self._recorder.tick()
        except CaptureStopped as stopped:
            self._stop_crawl(stopped)

    def _stop_crawl(self, stopped: CaptureStopped) -> None:
        if self._stopping or self._crawler.engine is None:
            return
        self._stopping = True
        logger.critical("%s", stopped)
        closing = deferred_from_coro(self._crawler.engine.close_spider_async(reason=STOP_REASON))
        closing.addErrback(lambda failure: logger.critical("the crawl could not be stopped: %s", failure))


def _exchange_of(request: Request, capture: Capture, failure: BaseException | None) -> Exchange:
    if not capture.complete:
        capture.stop()
    interim, response = capture.received()
    outcome, truncated = outcome_of(capture, response, failure)
    context = context_of(request.url, request.meta)
    security = capture.security
    error = None if failure is None else in_words(failure)
    if capture.overrun:
        error = f"the server sent more than {capture.limit} bytes, and was cut off"
    return Exchange(
        url=urldefrag(request.url)[0],
        started_at=capture.started_at,
        request=capture.sent(),
        response=response,
        interim=interim,
        complete=capture.complete,
        outcome=outcome,
        truncated=truncated,
        role=context.role,
        purpose=context.purpose,
        ip=capture.ip,
        tls=security.version if security else None,
        tls_cipher=security.cipher if security else None,
        certificates=security.certificates if security else (),
        attempts=capture.attempts,
        duration_ms=capture.duration_ms,
        error=error,
        via=context.via,
        key=context.key,
        announced=context.announced,
        article_url=context.article_url,
        conditional=context.conditional or bool(_VALIDATORS & {name.lower() for name in request.headers}),
        extra=(("bytes-after-the-end", str(capture.surplus)),) if capture.surplus else (),
    )
