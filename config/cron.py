"""Whether a line is a schedule, and when it says: the five fields of crontab(5), as the scheduler that we hand it to
reads them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from typing import Final
from zoneinfo import ZoneInfo

_DAY: Final = timedelta(days=1)
_YEARS: Final = 9  # a 29th of February may be eight years away


@dataclass(frozen=True)
class _Field:
    name: str
    low: int
    high: int
    words: tuple[str, ...] = ()  # in order, the first meaning `low`

    def number(self, text: str) -> int:
        """Return the number that one value means; raises ValueError in words."""
        if text.lower() in self.words:
            return self.low + self.words.index(text.lower())
        if not re.fullmatch(r"[0-9]{1,4}", text):
            raise ValueError(f"{text!r} is no value of the {self.name}")
        if not self.low <= int(text) <= self.high:
            raise ValueError(f"{text} is outside {self.low}-{self.high}, the values of the {self.name}")
        return int(text)

    def check(self, text: str) -> None:
        """Raise ValueError in words unless `text` is a list of values, ranges and steps of this field."""
        for part in text.split(","):
            values, slash, step = part.partition("/")
            if slash and not (re.fullmatch(r"[0-9]{1,4}", step) and int(step) > 0):
                raise ValueError(f"{step!r} is no step of the {self.name}")
            first, dash, last = values.partition("-")
            if values == "*":
                continue
            start = self.number(first)
            if dash and self.number(last) < start:
                raise ValueError(f"{values!r} runs backwards in the {self.name}")

    def values(self, text: str) -> frozenset[int]:
        """Return all values that a text means which `check` has passed."""
        found: set[int] = set()
        for part in text.split(","):
            values, slash, step = part.partition("/")
            first, dash, last = values.partition("-")
            start = self.low if values == "*" else self.number(first)
            end = self.number(last) if dash else start if values != "*" and not slash else self.high
            found.update(range(start, end + 1, int(step) if slash else 1))
        return frozenset(found)


_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_DAYS = ("sun", "mon", "tue", "wed", "thu", "fri", "sat")
_FIELDS = (
    _Field("minute", 0, 59),
    _Field("hour", 0, 23),
    _Field("day of the month", 1, 31),
    _Field("month", 1, 12, _MONTHS),
    _Field("day of the week", 0, 7, _DAYS),
)


def check_cron(line: str) -> str:
    """Return `line` with single spaces if it is a schedule of five fields (crontab(5)), else raise ValueError.

    The message says which field is wrong and why. Names of months and days may be used; `@daily` and seconds may not.

    >>> check_cron("0 */3  * * mon-fri")
    '0 */3 * * mon-fri'
    """
    fields = line.split()
    if len(fields) != len(_FIELDS):
        names = ", ".join(field.name for field in _FIELDS)
        raise ValueError(f"a schedule has {len(_FIELDS)} fields ({names}), this one {len(fields)}: {line!r}")
    for field, text in zip(_FIELDS, fields, strict=True):
        field.check(text)
    return " ".join(fields)


def next_run(line: str, zone: str, after: datetime) -> datetime | None:
    """Return the first moment after `after` that the schedule means in a zone, in UTC; None if there is none.

    A time that the clocks pass over on a day is left out; of one that they show twice the first is meant.

    >>> next_run("20 */3 * * *", "Asia/Shanghai", datetime(2026, 1, 23, 8, tzinfo=UTC)).isoformat()
    '2026-01-23T10:20:00+00:00'
    """
    there = after.astimezone(ZoneInfo(zone)).date()
    days = (there + number * _DAY for number in range(-1, 366 * _YEARS))
    return next((moment for day in days for moment in _on(line, zone, day) if moment > after), None)


def last_run(line: str, zone: str, until: datetime) -> datetime | None:
    """Return the last moment up to `until` that the schedule means, in UTC; None if there is none in years."""
    there = until.astimezone(ZoneInfo(zone)).date()
    days = (there - number * _DAY for number in range(-1, 366 * _YEARS))
    return next((moment for day in days for moment in reversed([*_on(line, zone, day)]) if moment <= until), None)


def _on(line: str, zone: str, day: date) -> Iterator[datetime]:
    """Yield the moments of one day, in order."""
    minutes, hours, days, months, weekdays = _meant(line)
    every_day, every_weekday = len(days) == 31, len(weekdays) == 7
    in_days, in_weekdays = day.day in days, day.isoweekday() % 7 in weekdays
    # Where both are given, either is enough (crontab(5)).
    is_meant = (in_days and in_weekdays) if every_day or every_weekday else (in_days or in_weekdays)
    if day.month not in months or not is_meant:
        return
    found = set()
    for hour in hours:
        for minute in minutes:
            there = datetime.combine(day, time(hour, minute), ZoneInfo(zone))
            moment = there.astimezone(UTC)
            if moment.astimezone(ZoneInfo(zone)).time() == there.time():  # else the clocks pass it over
                found.add(moment)
    yield from sorted(found)


@lru_cache(maxsize=256)
def _meant(line: str) -> tuple[frozenset[int], ...]:
    minutes, hours, days, months, weekdays = (
        field.values(text) for field, text in zip(_FIELDS, check_cron(line).split(), strict=True)
    )
    return minutes, hours, days, months, frozenset(weekday % 7 for weekday in weekdays)
