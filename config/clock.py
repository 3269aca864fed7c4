"""The clock that every room is given instead of reading the machine's own."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta


@dataclass(frozen=True)
class Clock:
    """Tells the time in UTC, shifted by `offset`.

    The demo and the tests live through days in seconds by a shifted clock. A shift that is not zero is written into
    every warcinfo as `simulated-clock`, so that nobody mistakes such an archive for real observations.
    """

    offset: timedelta = timedelta(0)

    def now(self) -> datetime:
        """Return the present moment as an aware datetime in UTC."""
        return datetime.now(UTC) + self.offset
