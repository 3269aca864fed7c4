"""Why a URL was not asked for, although it was wanted. Scrapy hands these to a request's errback.

`RobotsForbids` is an observation: it is in the archive as a capture with the outcome "robots". The others say nothing
of the page: the URL is left for the next crawl, and the result counts it under `reason`.
"""

from __future__ import annotations

from typing import ClassVar

from scrapy.exceptions import IgnoreRequest


class NotAsked(IgnoreRequest):
    """Nothing was sent."""

    reason: ClassVar[str] = "not asked"


class RobotsForbids(NotAsked):
    """robots.txt forbids the URL."""

    reason = "robots.txt forbids it"


class RobotsUnknown(NotAsked):
    """robots.txt could not be had, and RFC 9309 §2.3.1.4 then forbids everything."""

    reason = "robots.txt could not be had"


class HostPaused(NotAsked):
    """The host asked to wait (Retry-After) for longer than this crawl can."""

    reason = "the host asked to wait"


class CrawlEnding(NotAsked):
    """The crawl is being closed."""

    reason = "the crawl was ended"
