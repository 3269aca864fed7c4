"""Counting what a crawl does, at the one place that every exchange passes."""

from __future__ import annotations

import re
import threading
from collections import Counter
from collections.abc import Callable
from typing import Any, Final

from crawlers.recorder import Recorded, Recorder
from crawlers.revisits import Originals
from crawlers.spool_writer import SpoolWriter
from storage.exchange import Exchange

_LONGEST_URL: Final = 1000  # a line of progress stays below PIPE_BUF (4,096 bytes)
_STATUS_LINE: Final = re.compile(rb"\S+ +(\d{3})(?!\d)")


class Tally:
    """Counts of all exchanges of a crawl, failed attempts included. `bytes` are those of the responses.

    Exchanges are recorded in a thread beside the crawl's own, so `add` and `told` may be called from any.
    """

    def __init__(self) -> None:
        self._guard = threading.Lock()
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
        with self._guard:
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
        with self._guard:
            return {
                "fetched": self.exchanges,
                "bytes": self.bytes,
                "outcomes": dict(self.outcomes),
                "url": self.url[:_LONGEST_URL],
            }


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
