"""Which capture a replay URL stands for."""

from __future__ import annotations

from typing import Final

from replay.timestamps import EXACT, parse_timestamp
from storage.catalog.captured import SavedCapture
from storage.catalog.catalog import Catalog
from storage.catalog.mementos import captured_in, closest

LATEST: Final = "9999"
"""The timestamp of whoever names none."""


def capture_for(catalog: Catalog, url: str, timestamp: str) -> SavedCapture | None:
    """Return the capture of `url` (replay.targets) for a timestamp of 1 to 20 digits; None where there is none at all.

    A timestamp of 14 digits names what was captured in that second, whatever it is: that is how a TimeMap names every
    capture. All others, and those of seconds without a capture, mean the one that is to be shown for that moment
    (storage.catalog.mementos.closest). Raises TimestampInvalid.
    """
    at = parse_timestamp(timestamp)
    if len(timestamp) >= EXACT and (found := captured_in(catalog, url, at)) is not None:
        return found
    return closest(catalog, url, at)
