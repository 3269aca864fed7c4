"""Moments as replay's URLs and headers write them: 14 digits, and the dates of HTTP.

A timestamp with fewer digits means the beginning of what it names (`2026` is the first second of that year), and as
the end of a range its last second. More than 14 digits are a fraction of the second.
"""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from typing import Final

from replay.errors import TimestampInvalid

_DIGITS: Final = re.compile(r"[0-9]{1,20}")
_DAYS: Final = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
_HTTP_DATE: Final = re.compile(r"[a-z]{3}, [0-9]{2} [a-z]{3} [0-9]{4} [0-9]{2}:[0-9]{2}:[0-9]{2} GMT", re.IGNORECASE)
_MONTHS: Final = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_SECOND: Final = timedelta(seconds=1)
_LAST: Final = datetime.max.replace(tzinfo=UTC)
EXACT: Final = 14
"""From so many digits on a timestamp names one second."""


def parse_timestamp(digits: str) -> datetime:
    """Return the first moment of what the digits name. Raises TimestampInvalid.

    >>> parse_timestamp("20260123")
    datetime.datetime(2026, 1, 23, 0, 0, tzinfo=datetime.timezone.utc)
    >>> parse_timestamp("20260123160000250")
    datetime.datetime(2026, 1, 23, 16, 0, 0, 250000, tzinfo=datetime.timezone.utc)
    """
    if not _DIGITS.fullmatch(digits):
        raise TimestampInvalid(f"{digits[:40]!r} is no timestamp: it has 1 to 14 digits, YYYYMMDDhhmmss in UTC")
    padded = digits.ljust(20, "0")
    month, day = max(1, int(padded[4:6])), max(1, int(padded[6:8]))
    try:
        return datetime(
            max(1, int(padded[:4])), month, day, int(padded[8:10]), int(padded[10:12]), int(padded[12:14]),
            int(padded[14:20]), UTC,
        )  # fmt: skip
    except ValueError as wrong:
        raise TimestampInvalid(f"{digits} is no timestamp, YYYYMMDDhhmmss in UTC: {wrong}") from wrong


def end_of(digits: str) -> datetime:
    """Return the first moment after all that the digits name. Raises TimestampInvalid.

    >>> end_of("202602").isoformat(), end_of("20260123160000").isoformat()
    ('2026-03-01T00:00:00+00:00', '2026-01-23T16:00:01+00:00')
    """
    begin = parse_timestamp(digits)
    if len(digits) >= EXACT:
        last = begin.replace(microsecond=0)
        return last + min(_SECOND, _LAST - last)
    padded = digits.ljust(EXACT, "9")
    year, month = max(1, int(padded[:4])), max(1, min(12, int(padded[4:6])))
    day = max(1, min(monthrange(year, month)[1], int(padded[6:8])))
    last = datetime(
        year, month, day, min(23, int(padded[8:10])), min(59, int(padded[10:12])), min(59, int(padded[12:])), tzinfo=UTC
    )
    return last + min(_SECOND, _LAST - last)


def format_timestamp(at: datetime) -> str:
    """Return the 14 digits of the second that an aware UTC moment lies in.

    >>> format_timestamp(datetime(2026, 1, 23, 16, 0, 0, 999999, UTC))
    '20260123160000'
    """
    return f"{at.year:04d}{at.month:02d}{at.day:02d}{at.hour:02d}{at.minute:02d}{at.second:02d}"


def format_exact(at: datetime) -> str:
    """Return the 20 digits of a moment, for one of several captures within a second.

    >>> format_exact(datetime(2026, 1, 23, 16, 0, 0, 250, UTC))
    '20260123160000000250'
    """
    return f"{format_timestamp(at)}{at.microsecond:06d}"


def http_date(at: datetime) -> str:
    """Return an aware UTC moment as HTTP and Memento write it (RFC 9110 §5.6.7).

    >>> http_date(datetime(2026, 1, 23, 16, 0, 0, 999999, UTC))
    'Fri, 23 Jan 2026 16:00:00 GMT'
    """
    month, day = _MONTHS[at.month - 1], _DAYS[at.weekday()]
    return f"{day}, {at.day:02d} {month} {at.year:04d} {at.hour:02d}:{at.minute:02d}:{at.second:02d} GMT"


def parse_http_date(value: str) -> datetime:
    """Return the moment of an Accept-Datetime, which has one form only (RFC 7089 §2.1.1). Raises TimestampInvalid.

    >>> parse_http_date("Fri, 23 Jan 2026 16:00:00 GMT")
    datetime.datetime(2026, 1, 23, 16, 0, tzinfo=datetime.timezone.utc)
    """
    try:
        if not _HTTP_DATE.fullmatch(value.strip()):
            raise ValueError(value)
        return parsedate_to_datetime(value).astimezone(UTC)
    except (ValueError, OverflowError, IndexError) as wrong:
        raise TimestampInvalid(
            f"{value[:60]!r} is no date of HTTP, such as 'Fri, 23 Jan 2026 16:00:00 GMT' (RFC 7089 §2.1.1)"
        ) from wrong
