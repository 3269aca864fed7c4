"""Moments as pages show them: in the outlet's zone, the zone beside them, the exact UTC in the markup."""

from __future__ import annotations

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

from markupsafe import Markup

_TIME = Markup('<time datetime="{exact}" title="{utc}">{shown}</time>')
_OWN_TIME = Markup('<time datetime="{exact}" title="on the page {exact}">{shown}</time>')


def there(value: datetime, zone: str) -> datetime:
    """Return a moment in a zone; in UTC at the ends of the calendar, which only a stranger's WARC comes near.

    >>> there(datetime.max.replace(tzinfo=UTC), "Asia/Shanghai").isoformat()
    '9999-12-31T23:59:59.999999+00:00'
    """
    try:
        return value.astimezone(ZoneInfo(zone))
    except OverflowError:
        return value.astimezone(UTC)


def zone_name(moment: datetime, zone: str) -> str:
    """Return how far a zone is from UTC at a moment.

    >>> at = datetime(2026, 1, 23, 8, tzinfo=UTC)
    >>> zone_name(at, "Asia/Shanghai"), zone_name(at, "UTC"), zone_name(at, "America/St_Johns")
    ('UTC+8', 'UTC', 'UTC−3:30')
    """
    offset = there(moment, zone).utcoffset()
    assert offset is not None
    minutes = int(offset.total_seconds() // 60)
    hours, rest = divmod(abs(minutes), 60)
    number = f"{hours}:{rest:02}" if rest else f"{hours}"
    return f"UTC{'−' if minutes < 0 else '+'}{number}" if minutes else "UTC"


def _of_which(local_time: datetime, zone: str) -> str:
    """Return the zone to be told beside a moment even in short, for the hour that comes twice; else nothing."""
    comes_twice = local_time.replace(fold=0).utcoffset() != local_time.replace(fold=1).utcoffset()
    return f" {zone_name(local_time, zone)}" if comes_twice else ""


def moment(value: datetime | None, zone: str = "UTC", *, seconds: bool = False, short: bool = False) -> Markup:
    """Return a moment as a `time` element, with its zone; `short` leaves the zone out, where a heading names it.

    It is told all the same in the hour that comes twice, when summer time ends: two moments would look alike.

    >>> at = datetime(2026, 1, 23, 7, 59, 34, tzinfo=UTC)
    >>> str(moment(at, "Asia/Shanghai", short=True))
    '<time datetime="2026-01-23T07:59:34Z" title="2026-01-23 07:59:34 UTC">2026-01-23 15:59</time>'
    """
    if value is None:
        return Markup("")
    local_time, in_utc = there(value, zone), value.astimezone(UTC)
    shown = f"{local_time:%Y-%m-%d %H:%M:%S}" if seconds else f"{local_time:%Y-%m-%d %H:%M}"
    return _TIME.format(
        exact=f"{in_utc:%Y-%m-%dT%H:%M:%SZ}",
        utc=f"{in_utc:%Y-%m-%d %H:%M:%S} UTC",
        shown=f"{shown}{_of_which(local_time, zone)}" if short else f"{shown} {zone_name(value, zone)}",
    )


def own_moment(value: datetime, zone: str) -> Markup:
    """Return a time that a page gives of itself, in a zone; as it was read stands in the markup.

    >>> at = datetime.fromisoformat("2026-01-23T07:59:34-05:00")
    >>> str(own_moment(at, "Asia/Shanghai")).partition(" title")[0]
    '<time datetime="2026-01-23T07:59:34-05:00"'
    >>> own_moment(at, "Asia/Shanghai").striptags()
    '2026-01-23 20:59:34 UTC+8'
    """
    local_time = there(value, zone)
    shown = f"{local_time:%Y-%m-%d %H:%M:%S}" if local_time.second else f"{local_time:%Y-%m-%d %H:%M}"
    return _OWN_TIME.format(exact=value.isoformat(), shown=f"{shown} {zone_name(value, zone)}")


def plain_moment(value: datetime, zone: str, *, seconds: bool = False) -> str:
    """Return a moment as plain text, for where no element may stand.

    >>> plain_moment(datetime(2026, 1, 23, 7, 59, 34, tzinfo=UTC), "Asia/Shanghai")
    '2026-01-23 15:59'
    >>> [plain_moment(datetime(2026, 11, 1, hour, 30, tzinfo=UTC), "America/New_York") for hour in (5, 6)]
    ['2026-11-01 01:30 UTC−4', '2026-11-01 01:30 UTC−5']
    """
    local_time = there(value, zone)
    shown = f"{local_time:%Y-%m-%d %H:%M:%S}" if seconds else f"{local_time:%Y-%m-%d %H:%M}"
    return f"{shown}{_of_which(local_time, zone)}"


def exact(value: datetime) -> str:
    """Return a moment to the second in UTC, as addresses hold it.

    >>> exact(datetime(2026, 1, 23, 7, 59, 34, tzinfo=UTC))
    '2026-01-23T07:59:34Z'
    """
    return f"{value.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}"


def local(value: datetime, zone: str) -> str:
    """Return a moment to the second as the field of a form holds it, in a zone that is named beside it.

    >>> local(datetime(2026, 1, 23, 7, 59, 34, tzinfo=UTC), "Asia/Shanghai")
    '2026-01-23T15:59:34'
    """
    return f"{there(value, zone):%Y-%m-%dT%H:%M:%S}"


def day(value: date) -> Markup:
    """Return a day as a `time` element."""
    return Markup('<time datetime="{0}">{0}</time>').format(f"{value:%Y-%m-%d}")


def day_there(value: datetime, zone: str) -> date:
    """Return the day that a moment lies on in a zone.

    >>> day_there(datetime(2026, 1, 23, 17, tzinfo=UTC), "Asia/Shanghai")
    datetime.date(2026, 1, 24)
    """
    return there(value, zone).date()


def long_day(value: date) -> str:
    """Return a day as people read it.

    >>> long_day(date(2026, 1, 4))
    'Sunday, 4 January 2026'
    """
    return f"{value:%A}, {value.day} {value:%B %Y}"


def ago(value: datetime, now: datetime) -> str:
    """Return roughly how long ago a moment was, or how long it is until then.

    >>> now = datetime(2026, 1, 23, 8, tzinfo=UTC)
    >>> ago(datetime(2026, 1, 23, 7, 50, tzinfo=UTC), now), ago(datetime(2026, 1, 23, 11, tzinfo=UTC), now)
    ('10 minutes ago', 'in 3 hours')
    """
    seconds = (now - value).total_seconds()
    size = abs(seconds)
    for unit, length in (("day", 86_400), ("hour", 3_600), ("minute", 60)):
        if size >= length:
            count = int(size // length)
            words = f"{count:,} {unit}{'' if count == 1 else 's'}"
            return f"{words} ago" if seconds > 0 else f"in {words}"
    return "just now"


def duration(seconds: float) -> str:
    """Return how long something took.

    >>> [duration(seconds) for seconds in (0.4, 75, 7260)]
    ['0.4 s', '1 min 15 s', '2 h 1 min']
    """
    if seconds < 60:
        return f"{seconds:.1f} s" if seconds < 10 else f"{seconds:.0f} s"
    minutes, rest = divmod(round(seconds), 60)
    return f"{minutes} min {rest} s" if minutes < 60 else f"{minutes // 60} h {minutes % 60} min"
