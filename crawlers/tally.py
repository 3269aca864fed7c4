"""Counting what a crawl does, at the one place that every exchange passes."""

from __future__ import annotations

import re
from collections import Counter
from typing import Any, Final

from crawlers.recorder import Recorded
from storage.exchange import Exchange

_LONGEST_URL: Final = 1000  # a line of progress stays below PIPE_BUF (4,096 bytes)
_STATUS_LINE: Final = re.compile(rb"\S+ +(\d{3})(?!\d)")


class Tally:
    """Counts of all exchanges of a crawl, failed attempts included. `bytes` are those of the responses."""

    def __init__(self) -> None:
        self.exchanges = 0
        self.bytes = 0
        self.url = ""  # of the last exchange
        self.roles: Counter[str] = Counter()
        self.purposes: Counter[str] = Counter()
        self.outcomes: Counter[str] = Counter()
        self.statuses: Counter[str] = Counter()

    def add(self, exchange: Exchange, recorded: Recorded) -> None:
        """Count one exchange as it was recorded."""
        status = _STATUS_LINE.match(exchange.response)
        self.exchanges += 1
        self.bytes += len(exchange.response)
        self.url = exchange.url
        self.roles[exchange.role.value] += 1
        self.purposes[exchange.purpose.value] += 1
        self.outcomes[recorded.outcome.value] += 1
        if status:
            self.statuses[status[1].decode()] += 1

    def told(self) -> dict[str, Any]:
        """Return what is told of the progress."""
        return {
            "fetched": self.exchanges,
            "bytes": self.bytes,
            "outcomes": dict(self.outcomes),
            "url": self.url[:_LONGEST_URL],
        }
