from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from prefect._vendor.croniter import CroniterBadDateError, croniter  # what Prefect plans runs with

from config.cron import check_cron, last_run, next_run


@pytest.mark.parametrize(
    "line",
    ["* * * * *", "0 */3 * * *", "5,35 6-22/2 1-7 jan-mar MON,7", "20 */3 * * *", "0 0 29 2 *", "7 0-23 * * sun-sat"],
)
def test_schedules_of_crontab_are_taken(line: str) -> None:
    assert check_cron(line) == line


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("", "has 5 fields"),
        ("@daily", "has 5 fields"),
        ("0 0 * * * *", "this one 6"),
        ("60 * * * *", "60 is outside 0-59, the values of the minute"),
        ("* 24 * * *", "hour"),
        ("* * 0 * *", "day of the month"),
        ("* * * 13 *", "month"),
        ("* * * foo *", "'foo' is no value of the month"),
        ("* * * * 8", "day of the week"),
        ("*/0 * * * *", "'0' is no step"),
        ("*/ * * * *", "'' is no step"),
        ("9-5 * * * *", "runs backwards"),
        ("1,,2 * * * *", "'' is no value"),
        ("-5 * * * *", "'' is no value"),
        ("٣ * * * *", "no value"),
    ],
)
def test_what_is_wrong_names_the_field(line: str, said: str) -> None:
    with pytest.raises(ValueError, match=said):
        check_cron(line)


def moments(line: str, zone: str, after: datetime, count: int) -> list[str]:
    found = []
    for _ in range(count):
        run = next_run(line, zone, after)
        assert run is not None
        found.append(f"{run:%Y-%m-%dT%H:%M}")
        after = run
    return found


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("20 */3 * * *", ["2026-01-23T10:20", "2026-01-23T13:20"]),
        ("0 6 * * *", ["2026-01-23T22:00", "2026-01-24T22:00"]),  # 6 in the morning in Shanghai
        ("0 0 29 2 *", ["2028-02-28T16:00", "2032-02-28T16:00"]),
        ("0 0 13 * fri", ["2026-01-29T16:00", "2026-02-05T16:00"]),  # either is enough: Fridays, and the 13th
        ("59 23 31 12 *", ["2026-12-31T15:59", "2027-12-31T15:59"]),
    ],
)
def test_when_it_says(line: str, expected: list[str]) -> None:
    assert moments(line, "Asia/Shanghai", datetime(2026, 1, 23, 8, 30, tzinfo=UTC), 2) == expected


def test_a_day_that_never_comes() -> None:
    assert next_run("0 0 30 2 *", "UTC", datetime(2026, 1, 1, tzinfo=UTC)) is None
    assert last_run("0 0 30 2 *", "UTC", datetime(2026, 1, 1, tzinfo=UTC)) is None


def test_hours_that_the_clocks_pass_over_or_show_twice() -> None:
    berlin = "Europe/Berlin"
    # 2026-03-29 has no 2:30; 2026-10-25 has two of them.
    assert moments("30 2 * * *", berlin, datetime(2026, 3, 28, tzinfo=UTC), 2) == [
        "2026-03-28T01:30",
        "2026-03-30T00:30",
    ]
    assert moments("30 2 * * *", berlin, datetime(2026, 10, 24, 12, tzinfo=UTC), 2) == [
        "2026-10-25T00:30",
        "2026-10-26T01:30",
    ]


_BEGIN = datetime(2020, 1, 1, 0, 0, 30, tzinfo=UTC)
_LISTS = st.tuples(
    st.lists(st.integers(0, 59), min_size=1, max_size=3),
    st.one_of(st.just("*"), st.integers(2, 12).map("*/{}".format), st.integers(0, 23).map(str)),
    st.one_of(st.just("*"), st.just("*/2"), st.integers(1, 31).map(str), st.just("10-20/3")),
    st.one_of(st.just("*"), st.sampled_from(["2", "1-6", "jan,dec"])),
    st.one_of(st.just("*"), st.sampled_from(["mon-fri", "0", "7", "1-5/2", "5,sun"])),
)


@given(_LISTS, st.integers(0, 20 * 366 * 1440).map(lambda minutes: _BEGIN + timedelta(minutes=minutes)))
@settings(max_examples=200, deadline=None)
def test_it_means_the_moments_at_which_the_scheduler_runs(
    fields: tuple[list[int], str, str, str, str], after: datetime
) -> None:
    minutes, *others = fields
    line = check_cron(" ".join([",".join(map(str, minutes)), *others]))
    try:
        expected = croniter(line, after, day_or=True).get_next(datetime)
    except CroniterBadDateError:  # 30 February
        assume(others[3] == "*")  # croniter gives up on such a day even where a weekday would do as well
        expected = None
    ours = next_run(line, "UTC", after)
    assert ours == expected
    if ours is not None:
        assert last_run(line, "UTC", ours) == ours
        before = last_run(line, "UTC", ours - timedelta(seconds=1))
        assert before is None or before <= after
