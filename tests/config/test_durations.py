from __future__ import annotations

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from config.durations import parse_duration, write_duration


@pytest.mark.parametrize(
    ("written", "seconds"),
    [("90s", 90), ("15m", 900), ("3h", 10800), ("1d", 86400), ("2w", 1209600), ("1.5 h", 5400), (60, 60), (0.25, 0.25)],
)
def test_people_may_write_a_unit_or_seconds(written: object, seconds: float) -> None:
    assert parse_duration(written) == timedelta(seconds=seconds)


@pytest.mark.parametrize(
    "written", ["", "3", "h", "3 hours", "-1h", -1, None, True, "1h30m", "٣h", float("nan"), float("inf"), [1]]
)
def test_anything_else_is_refused(written: object) -> None:
    with pytest.raises(ValueError, match=r"length of time|less than nothing"):
        parse_duration(written)


@given(st.timedeltas(min_value=timedelta(0), max_value=timedelta(days=3660)))
def test_what_is_written_reads_back_as_the_same_length(length: timedelta) -> None:
    assert parse_duration(write_duration(length)) == length
