"""Times that pages print."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime, timedelta, timezone, tzinfo

_PRINTED = re.compile(
    r"(?P<year>\d{4})\s?[-/.年]\s?(?P<month>\d{1,2})\s?[-/.月]\s?(?P<day>\d{1,2})(?:\s?日)?"
    r"(?:[\sT]{0,4}(?P<hour>\d{1,2}):(?P<minute>\d{2})(?::(?P<second>\d{2}))?(?:[.:]\d{1,6})?"
    r"(?:\s?(?P<zone>Z|UTC|GMT|[+-]\d{2}:?\d{2})\b)?)?",
)


@dataclass(frozen=True)
class Moment:
    """A time as printed. `at` is None where the page gives a day alone, or no possible time."""

    raw: str
    at: datetime | None = None
    zone_source: str | None = None  # "page" | "outlet"
    warning: str | None = None


def read_moment(raw: str, zone: tzinfo) -> Moment:
    """Return the first time in `raw`. A time printed without a zone is taken to be in `zone`, and says so.

    The offset becomes a fixed one, so that the time prints the same on every machine for ever.

    >>> from zoneinfo import ZoneInfo
    >>> read_moment("2026-01-23 15:59:34", ZoneInfo("Asia/Shanghai")).at.isoformat()
    '2026-01-23T15:59:34+08:00'
    >>> read_moment("2026-01-23", ZoneInfo("Asia/Shanghai")).at is None
    True
    """
    raw = " ".join(raw.split())
    found = _PRINTED.search(raw)
    if not found:
        return Moment(raw, warning=f"time: {raw[:60]!r} is none we can read")
    if found["hour"] is None:
        return Moment(raw, warning=f"time: {raw[:60]!r} is a day without a time of day")
    year, month, day, hour, minute, second = (int(found[name] or 0) for name in _PARTS)
    try:
        naive = datetime(year, month, day, hour, minute, second)  # noqa: DTZ001  the zone comes next
        at, source = (
            (naive.replace(tzinfo=_offset(found["zone"])), "page")
            if found["zone"]
            else (naive.replace(tzinfo=_fixed(naive, zone)), "outlet")
        )
    except ValueError:
        return Moment(raw, warning=f"time: {raw[:60]!r} is no possible time")
    return Moment(raw, at, source)


def printed_day(raw: str) -> date | None:
    """Return the day of a time as printed, if a day (and perhaps a time of day) is all that stands there.

    >>> printed_day("2026年1月23日") == printed_day("2026-01-23") == printed_day("2026-01-23 15:59:34")
    True
    >>> printed_day("Friday, 2026-01-23") is printed_day("yesterday") is None
    True
    """
    found = _PRINTED.fullmatch(raw.strip())
    try:
        return found and date(*(int(found[name]) for name in ("year", "month", "day")))
    except ValueError:
        return None


_PARTS = ("year", "month", "day", "hour", "minute", "second")


def _fixed(naive: datetime, zone: tzinfo) -> timezone:
    offset = naive.replace(tzinfo=zone).utcoffset()
    return timezone(offset if offset is not None else timedelta(0))


def _offset(text: str) -> timezone:
    if text in ("Z", "UTC", "GMT"):
        return timezone(timedelta(0))
    minutes = int(text[1:3]) * 60 + int(text[-2:])
    return timezone(timedelta(minutes=-minutes if text[0] == "-" else minutes))
