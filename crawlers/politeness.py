"""How long to wait before a host is asked again: the outlet's delay, robots.txt, its answers, and other crawls.

The delay is kept here and not in Scrapy's download slots, because it is shared between processes and between all that
may raise it. It adapts as Scrapy's AutoThrottle does: a host that answers slowly is asked more slowly.
"""

from __future__ import annotations

import random
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import Final

from config.outlet import Politeness as PolitenessFacts
from crawlers.host_slots import HostSlots

LONGEST_CRAWL_DELAY: Final = 120.0  # Common Crawl's cap; a longer one would make a crawl a month's work
LONGEST_THROTTLE: Final = 60.0


@dataclass
class _Host:
    throttle: float
    crawl_delay: float = 0.0
    paused_until: float = 0.0
    asked_others: bool = False  # whether the shared file was asked for a pause that an earlier crawl left


class Politeness:
    """What one crawl knows of the hosts that it asks. Times are seconds; `now` is the machine's own clock."""

    def __init__(
        self, facts: PolitenessFacts, slots: HostSlots, *, now: Callable[[], float] = time.time, seed: int | None = None
    ) -> None:
        self._base = facts.delay.total_seconds()
        self._jitter = facts.jitter
        self._concurrency = facts.concurrency
        self._slots = slots
        self._now = now
        self._random = random.Random(seed)  # noqa: S311 - spreads requests, keeps no secret
        self._hosts: dict[str, _Host] = {}

    def turn(self, host: str) -> float:
        """Take the next turn of asking a host, and return how long to wait for it."""
        known = self._host(host)
        delay = self.delay(host)
        waits = max(0.0, known.paused_until - self._now())
        if not delay:  # no politeness is owed, as on one's own machine
            return waits
        jittered = delay * (1 + self._random.uniform(-self._jitter, self._jitter))
        now = self._now()
        waits = max(waits, self._slots.reserve(host, max(jittered, known.crawl_delay), now) - now)
        if waits > LONGEST_CRAWL_DELAY:  # maybe another crawl has been told to wait since this one last asked
            known.paused_until = max(known.paused_until, self._slots.paused_until(host, now))
        return waits

    def delay(self, host: str) -> float:
        """Return the present delay between two requests to a host, before jitter."""
        known = self._host(host)
        return max(known.throttle, known.crawl_delay)

    def crawl_delay(self, host: str, seconds: float) -> None:
        """Honour a Crawl-delay of robots.txt, up to two minutes."""
        self._host(host).crawl_delay = min(max(0.0, seconds), LONGEST_CRAWL_DELAY)

    def answered(self, host: str, latency: float, *, well: bool) -> None:
        """Adapt to how long a host took to answer. Errors come quickly: they (`well` false) never shorten the delay."""
        if not self._base:
            return
        known = self._host(host)
        target = latency / self._concurrency
        adapted = min(max(target, (known.throttle + target) / 2, self._base), LONGEST_THROTTLE)
        if well or adapted > known.throttle:
            known.throttle = adapted

    def pause(self, host: str, seconds: float) -> None:
        """Ask a host nothing for a while: in this crawl, and in others of the machine."""
        now = self._now()
        known = self._host(host)
        known.paused_until = max(known.paused_until, now + seconds)
        self._slots.pause(host, known.paused_until, now)

    def paused(self, host: str) -> float:
        """Return for how long a host is not to be asked, 0 where it may be."""
        known = self._host(host)
        if not known.asked_others:
            known.asked_others = True
            known.paused_until = max(known.paused_until, self._slots.paused_until(host, self._now()))
        return max(0.0, known.paused_until - self._now())

    def close(self) -> None:
        """Let the shared file go."""
        self._slots.close()

    def _host(self, host: str) -> _Host:
        return self._hosts.setdefault(host, _Host(self._base))


def retry_after(value: str, now: datetime) -> float | None:
    """Return the seconds that a Retry-After header asks to wait (RFC 9110 §10.2.3), or None where it says nothing.

    >>> retry_after("120", datetime(2026, 1, 1, tzinfo=UTC))
    120.0
    >>> retry_after("Thu, 01 Jan 2026 00:01:00 GMT", datetime(2026, 1, 1, tzinfo=UTC))
    60.0
    >>> retry_after("soon", datetime(2026, 1, 1, tzinfo=UTC)) is None
    True
    """
    value = value.strip()
    if value.isascii() and value.isdigit():
        return float(value[:9])
    try:
        at = parsedate_to_datetime(value)
    except (ValueError, OverflowError):  # such as a year of thirty digits
        return None
    if at.tzinfo is None:
        at = at.replace(tzinfo=UTC)
    return max(0.0, (at - now).total_seconds())
