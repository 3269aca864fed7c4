"""Moments as the archive's JSON writes them: UTC, microseconds, of one length, so that their texts sort as they do; and
as databases keep them: whole microseconds since 1970 in UTC."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Final

EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND: Final = timedelta(microseconds=1)
_SECOND: Final = timedelta(seconds=1)


def format_instant(moment: datetime) -> str:
    """Return an aware datetime as the archive writes it. Raises ValueError for a naive one.

    >>> from datetime import timedelta, timezone
    >>> format_instant(datetime(2026, 1, 23, 15, 59, 34, tzinfo=timezone(timedelta(hours=8))))
    '2026-01-23T07:59:34.000000Z'
    """
    if moment.tzinfo is None:
        raise ValueError("a moment without a time zone is no moment")
    return moment.astimezone(UTC).isoformat(timespec="microseconds").removesuffix("+00:00") + "Z"


def parse_instant(text: str) -> datetime:
    """Return the aware UTC datetime of an instant. Raises ValueError for anything but what `format_instant` writes.

    >>> parse_instant("2026-01-23T07:59:34.000000Z").isoformat()
    '2026-01-23T07:59:34+00:00'
    """
    moment = datetime.strptime(text, "%Y-%m-%dT%H:%M:%S.%fZ").replace(tzinfo=UTC)
    if format_instant(moment) != text:
        raise ValueError(f"{text!r} is not a moment as the archive writes it, like 2026-01-23T07:59:34.000000Z")
    return moment


def microseconds(moment: datetime) -> int:
    """Return an aware datetime as databases keep it."""
    return (moment - EPOCH) // _MICROSECOND


def from_microseconds(stored: int) -> datetime:
    """Return the aware UTC datetime that `microseconds` wrote.

    >>> from_microseconds(microseconds(parse_instant("2026-01-23T07:59:34.000001Z"))).isoformat()
    '2026-01-23T07:59:34.000001+00:00'
    """
    return EPOCH + stored * _MICROSECOND


def to_the_minute(moment: datetime) -> str:
    """Return an aware moment as people read it, in UTC.

    >>> to_the_minute(parse_instant("2026-01-23T07:59:34.000000Z"))
    '2026-01-23 07:59Z'
    """
    return f"{moment.astimezone(UTC):%Y-%m-%d %H:%M}Z"


def same_second(moment: datetime, other: datetime) -> bool:
    """Tell whether two aware moments of one zone lie in the same second, as WARC-Dates and 14 digits tell moments.

    >>> at = parse_instant("2026-01-23T07:59:34.900000Z")
    >>> same_second(at, at.replace(microsecond=0)), same_second(at, at + timedelta(seconds=0.1))
    (True, False)
    """
    return moment.second == other.second and abs(moment - other) < _SECOND
