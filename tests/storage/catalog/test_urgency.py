"""The ladder counts in microseconds and by search; here it is said again in moments and age by age."""

from __future__ import annotations

import random
from collections.abc import Sequence
from datetime import datetime, timedelta
from types import SimpleNamespace
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from storage.catalog.listed import CONFIRMED_APART
from storage.catalog.looks import CONCLUSIVE, Shown
from storage.catalog.urgency import IMPATIENCE, Ladder, Reason, Urgency
from storage.exchange import Purpose
from storage.instants import microseconds
from tests.storage.catalog.observed import at
from tests.storage.catalog.test_due import outlet

HOURS = st.integers(-200, 0).map(lambda halves: at(halves / 2))
MAYBE = st.one_of(st.none(), HOURS)
ROWS = st.builds(
    SimpleNamespace,
    first_look=HOURS, last_look=HOURS, last_shown=st.sampled_from([shown.value for shown in Shown]),
    not_shown_since=MAYBE, missing=st.one_of(st.none(), st.sampled_from([shown.value for shown in Shown])),
    missing_since=HOURS, missing_confirmed=st.booleans(), unlisted_since=MAYBE, state_since=MAYBE,
    needs_confirming=st.booleans(),
)  # fmt: skip
FAILURES = (Shown.BLOCKED, Shown.SERVER_ERROR, Shown.UNREACHABLE, Shown.INCOMPLETE, Shown.UNSTABLE)
Said = tuple[Urgency, datetime, Purpose]


def said_again(row: Any, ladder: Sequence[timedelta], share: float, now: datetime, rng: random.Random) -> Said | None:
    def reached(anchor: datetime, ages: Sequence[timedelta]) -> bool:
        return any(row.last_look < anchor + age <= now for age in ages)

    if row.last_shown == Shown.ARTICLE and row.needs_confirming:
        return Urgency.UNCONFIRMED, row.last_look, Purpose.LADDER
    unlisted = row.unlisted_since
    if row.last_shown == Shown.ARTICLE and unlisted and reached(unlisted, (timedelta(0), CONFIRMED_APART)):
        return Urgency.UNCONFIRMED, unlisted, Purpose.LADDER
    since = row.not_shown_since
    if row.last_shown in FAILURES and since and now - since <= IMPATIENCE:
        return Urgency.FAILED, since, Purpose.RETRY
    anchor, ages = since or row.state_since or row.first_look, set(ladder)
    if row.missing in CONCLUSIVE:
        anchor = row.missing_since
        ages |= set() if row.missing_confirmed else {CONFIRMED_APART}
    if reached(anchor, tuple(ages)):
        return (Urgency.FAILED, anchor, Purpose.RETRY) if since else (Urgency.LADDER, anchor, Purpose.LADDER)
    if now >= anchor + max(ages, default=timedelta(0)) and rng.random() < share:
        return Urgency.AUDIT, anchor, Purpose.AUDIT
    return None


@given(ROWS, st.sampled_from([(), ("3h",), ("3h", "6h", "12h", "1d", "2d")]), st.integers(0, 99))
def test_the_ladder_is_what_its_ages_say(row: Any, ages: tuple[str, ...], seed: int) -> None:
    facts, now = outlet(ladder=ages, audit_share=0.5), at(0)
    stored = {name: microseconds(value) if isinstance(value, datetime) else value for name, value in vars(row).items()}
    found = Ladder(facts, now, random.Random(seed)).reason(SimpleNamespace(**stored))
    expected = said_again(row, facts.ladder, 0.5, now, random.Random(seed))
    assert found == (None if expected is None else Reason(expected[0], microseconds(expected[1]), expected[2]))
