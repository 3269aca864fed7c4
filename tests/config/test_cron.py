from __future__ import annotations

import pytest

from config.cron import check_cron


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
