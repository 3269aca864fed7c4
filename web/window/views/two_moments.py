"""A page at two moments: which captures stand for them, and those before and after."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from replay.lookup import Wanted, memento_for
from storage.catalog.calendar import captured_between
from storage.catalog.catalog import Catalog
from storage.catalog.mementos import Captured


@dataclass(frozen=True)
class MomentShown:
    """The capture that stands for a moment; `before` and `after` are captures next to it, None at the ends."""

    wanted: datetime
    captured_at: datetime
    url: str
    status: int | None
    location: str | None
    truncated: str | None
    before: datetime | None
    after: datetime | None


@dataclass(frozen=True)
class TwoMoments:
    """Both sides; None where the archive has no answer of the URL at all."""

    left: MomentShown | None
    right: MomentShown | None


def two_moments(catalog: Catalog, url: str, left: datetime | None, right: datetime | None) -> TwoMoments:
    """Return what stands for two moments; else for the first and the last."""
    ends = captured_between(catalog, url)
    if ends is None:
        return TwoMoments(None, None)
    return TwoMoments(_shown(catalog, url, left or ends[0]), _shown(catalog, url, right or ends[1]))


def _shown(catalog: Catalog, url: str, wanted: datetime) -> MomentShown | None:
    found = memento_for(catalog, url, Wanted(wanted))
    if found is None:
        return None
    row = found.saved.row
    return MomentShown(
        wanted=wanted,
        captured_at=row.captured_at,
        url=row.url,
        status=row.status,
        location=row.location,
        truncated=found.saved.truncated,
        before=_moment(found.around.before),
        after=_moment(found.around.after),
    )


def _moment(captured: Captured | None) -> datetime | None:
    return None if captured is None else captured[0]
