"""What readers may know of an outlet. The rest of its file does not reach them."""

from __future__ import annotations

import hashlib
import json
from dataclasses import asdict, dataclass
from functools import cached_property
from typing import Self
from zoneinfo import ZoneInfo

from config.outlet import Outlet


@dataclass(frozen=True)
class OutletFacts:
    """The facts of an outlet file that may decide what a reading says.

    They are part of every reader id (`articles.readers.reader.reader_id`): a fact that is corrected in the outlet's
    file makes what was read with the wrong one out of date, as a new version of a reader does. So does a field that is
    added here, for every outlet.
    """

    timezone: str
    language: str

    @classmethod
    def of(cls, outlet: Outlet) -> Self:
        """Return the facts that the outlet's file states."""
        return cls(outlet.timezone, outlet.language)

    @cached_property
    def zone(self) -> ZoneInfo:
        """The time zone of times that a page prints without one."""
        return ZoneInfo(self.timezone)

    @property
    def digest(self) -> str:
        """Eight hex digits over all of them."""
        return hashlib.sha256(json.dumps(asdict(self), sort_keys=True).encode()).hexdigest()[:8]
