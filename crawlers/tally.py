"""Counting what a crawl does, at the one place that every exchange passes."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable
from typing import Final

from crawlers.recorder import Recorded, Recorder
from crawlers.revisits import Originals
from crawlers.spool_writer import SpoolWriter
from storage.exchange import Exchange

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
        self.exchanges += 1
        self.bytes += len(exchange.response)
        self.url = exchange.url
        self.roles[exchange.role.value] += 1
        self.purposes[exchange.purpose.value] += 1
        self.outcomes[recorded.outcome.value] += 1
        if status := _STATUS_LINE.match(exchange.response):
            self.statuses[status[1].decode()] += 1


class TallyingRecorder(Recorder):
    """A recorder that counts what it has recorded, and tells `after` that there is something new to say."""

    def __init__(self, writer: SpoolWriter, originals: Originals, tally: Tally, after: Callable[[], None]) -> None:
        super().__init__(writer, originals)
        self._tally = tally
        self._after = after

    def record(self, exchange: Exchange) -> Recorded:
        """Write one attempt down, then count it."""
        recorded = super().record(exchange)
        self._tally.add(exchange, recorded)
        self._after()
        return recorded
