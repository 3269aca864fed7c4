"""Scrapy's agent for one request, which gives the request its capture on the way to the connection."""

from __future__ import annotations

from typing import Any, cast

from scrapy import Request
from scrapy.core.downloader.handlers.http11 import _ScrapyAgent
from twisted.internet.defer import Deferred
from twisted.web.client import Agent
from twisted.web.http_headers import Headers
from twisted.web.iweb import IBodyProducer, IResponse

from crawlers.capture import Capture
from crawlers.wire import CaptureHeaders


class CapturingAgent(_ScrapyAgent):
    """Downloads one request into `capture`; `rest` is what Scrapy's agent takes."""

    def __init__(self, capture: Capture, **rest: Any) -> None:
        super().__init__(**rest)
        self._capture = capture

    def _get_agent(self, request: Request, timeout: float) -> Agent:
        return cast("Agent", _MarkingAgent(super()._get_agent(request, timeout), self._capture))


class _MarkingAgent:
    def __init__(self, agent: Agent, capture: Capture) -> None:
        self._agent = agent
        self._capture = capture

    def request(
        self, method: bytes, uri: bytes, headers: Headers, body: IBodyProducer | None = None
    ) -> Deferred[IResponse]:
        """Issue the request with headers that carry the capture."""
        return self._agent.request(method, uri, CaptureHeaders(headers, self._capture), body)
