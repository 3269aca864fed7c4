"""Why an article is to be looked at again, and how urgently. Pure.

A look is due when the article has reached the next age on the outlet's ladder, counted from when it was first seen or
last changed. What failed is looked at again by the next crawl; after a day of failing it goes by the ladder too,
counted from the first failure, so that a URL that is broken for good costs no request at every crawl for ever.

Moments and ages are in microseconds here, as they are stored: every crawl asks this of every article of its outlet.
"""

from __future__ import annotations

import random
from bisect import bisect_right
from collections.abc import Sequence
from datetime import datetime, timedelta
from enum import IntEnum
from typing import Any, Final, NamedTuple

from config.outlet import Outlet
from storage.catalog.column_types import Moment
from storage.catalog.listed import CONFIRMED_APART
from storage.catalog.looks import CONCLUSIVE, Shown
from storage.exchange import Purpose

IMPATIENCE: Final = timedelta(days=1)
"""How long a failing URL is tried again by every crawl."""

ASKED: Final = (
    *("first_look", "last_look", "last_shown", "not_shown_since", "missing", "missing_since", "missing_confirmed"),
    *("unlisted_since", "state_since", "needs_confirming"),
)
"""What of a URL's state tells whether it is due."""

_MICROSECOND: Final = timedelta(microseconds=1)
_FAILURES: Final = frozenset({Shown.BLOCKED, Shown.SERVER_ERROR, Shown.UNREACHABLE, Shown.INCOMPLETE, Shown.UNSTABLE})


class Urgency(IntEnum):
    """The most urgent first."""

    UNCONFIRMED = 0
    FAILED = 1
    LADDER = 2
    AUDIT = 3


class Reason(NamedTuple):
    """Why a look is due. Of equal urgency the one with the later `anchor` is more urgent: most edits come early."""

    urgency: Urgency
    anchor: int
    purpose: Purpose


class Ladder:
    """The ages at which an outlet's articles are looked at again, at a moment. `rng` draws the share of old ones."""

    def __init__(self, outlet: Outlet, now: datetime, rng: random.Random) -> None:
        stored = Moment.stored(now)
        assert stored is not None
        self._now = stored
        self._rng = rng
        self._audit_share = outlet.audit_share
        self._impatience = IMPATIENCE // _MICROSECOND
        apart = CONFIRMED_APART // _MICROSECOND
        self._ages: Sequence[int] = sorted({age // _MICROSECOND for age in outlet.ladder})
        self._ages_of_missing: Sequence[int] = sorted({*self._ages, apart})
        self._ages_of_unlisted: Sequence[int] = (0, apart)  # it is to be seen that it is still there, and a day later

    def reason(self, row: Any) -> Reason | None:
        """Return why the URL of a row with `ASKED` is to be looked at, None where it is not."""
        shown = row.last_shown
        if shown == Shown.ARTICLE:
            if row.needs_confirming:
                return Reason(Urgency.UNCONFIRMED, row.last_look, Purpose.LADDER)
            if row.unlisted_since is not None and self._reached(self._ages_of_unlisted, row.unlisted_since, row):
                return Reason(Urgency.UNCONFIRMED, row.unlisted_since, Purpose.LADDER)
        failing_since: int | None = row.not_shown_since
        if failing_since is not None and self._now - failing_since <= self._impatience and shown in _FAILURES:
            return Reason(Urgency.FAILED, failing_since, Purpose.RETRY)
        anchor: int = failing_since or row.state_since or row.first_look
        ages = self._ages
        if row.missing in CONCLUSIVE:
            anchor = row.missing_since
            if not row.missing_confirmed:
                ages = self._ages_of_missing
        if self._reached(ages, anchor, row):
            if failing_since is None:
                return Reason(Urgency.LADDER, anchor, Purpose.LADDER)
            return Reason(Urgency.FAILED, anchor, Purpose.RETRY)
        if self._now >= anchor + (ages[-1] if ages else 0) and self._rng.random() < self._audit_share:
            return Reason(Urgency.AUDIT, anchor, Purpose.AUDIT)
        return None

    def _reached(self, ages: Sequence[int], anchor: int, row: Any) -> bool:
        """Tell whether one of the ages was reached since the last look, counted from the anchor."""
        reached = bisect_right(ages, self._now - anchor)
        return reached > 0 and bool(row.last_look < anchor + ages[reached - 1])
