"""The progress of a crawl as lines in the log of its run."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable
from dataclasses import dataclass, field

from flows.steps.progress import Progress, ProgressEvent

SECONDS_BETWEEN_LINES = 30.0


@dataclass
class LoggedProgress:
    """Logs where a stage begins and ends, and every half minute between; passes every event on to `also`.

    Every line is stored in Prefect's database, so there must not be one a page.
    """

    logger: logging.Logger | logging.LoggerAdapter[logging.Logger]
    also: Progress
    now: Callable[[], float] = time.monotonic
    _last: dict[str, float] = field(default_factory=dict)

    def __call__(self, event: ProgressEvent) -> None:
        """Take one event."""
        self.also(event)
        now = self.now()
        last = self._last.get(event.stage)
        ended = event.total is not None and event.done == event.total
        if last is None or ended or now - last >= SECONDS_BETWEEN_LINES:
            self._last[event.stage] = now
            of = "" if event.total is None else f" of {event.total}"
            self.logger.info("%s: %d%s %s", event.stage, event.done, of, event.message[:200])
