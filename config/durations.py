"""Lengths of time as people write them in an outlet file: `90s`, `15m`, `3h`, `1d`, `2w`, or a number of seconds."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Annotated

from pydantic import BeforeValidator, PlainSerializer

_UNITS = {
    "s": timedelta(seconds=1),
    "m": timedelta(minutes=1),
    "h": timedelta(hours=1),
    "d": timedelta(days=1),
    "w": timedelta(weeks=1),
}
_WRITTEN = re.compile(r"(?P<number>[0-9]{1,9}(?:\.[0-9]{1,6})?) ?(?P<unit>[smhdw])", re.ASCII)


def parse_duration(value: object) -> timedelta:
    """Return the length of time that `value` writes: text with a unit, a number of seconds, or a timedelta as it is.

    Raises ValueError for anything else, and for a length below zero.

    >>> parse_duration("3h"), parse_duration(0.5)
    (datetime.timedelta(seconds=10800), datetime.timedelta(microseconds=500000))
    """
    if isinstance(value, timedelta):
        length = value
    elif isinstance(value, int | float) and not isinstance(value, bool):
        try:
            length = timedelta(seconds=value)
        except (OverflowError, ValueError):  # too many days; not a number
            raise ValueError(f"{value!r} seconds is no length of time that we can count") from None
    elif isinstance(value, str) and (written := _WRITTEN.fullmatch(value.strip())):
        length = float(written["number"]) * _UNITS[written["unit"]]
    else:
        raise ValueError(f"{value!r} is no length of time: write 90s, 15m, 3h, 1d or 2w, or a number of seconds")
    if length < timedelta(0):
        raise ValueError(f"{value!r} is less than nothing")
    return length


def write_duration(length: timedelta) -> str:
    """Return the shortest text with a whole number and one unit, such that parse_duration gives `length` back.

    >>> write_duration(timedelta(hours=36)), write_duration(timedelta(days=14)), write_duration(timedelta(0))
    ('36h', '14d', '0s')
    """
    for unit in ("d", "h", "m"):
        if length and not length % _UNITS[unit]:
            return f"{length // _UNITS[unit]}{unit}"
    if not length % _UNITS["s"]:
        return f"{length // _UNITS['s']}s"
    return f"{length.total_seconds():.6f}".rstrip("0") + "s"


Duration = Annotated[
    timedelta,
    BeforeValidator(parse_duration),
    PlainSerializer(write_duration, return_type=str, when_used="json"),
]
