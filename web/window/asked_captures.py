"""Which captures are meant, as pages and the API take it from an address."""

from __future__ import annotations

import re
from datetime import datetime
from typing import Annotated, Any, Final
from zoneinfo import ZoneInfo

from fastapi import Query
from pydantic import BeforeValidator, Field, StringConstraints

from replay.errors import TimestampInvalid
from replay.timestamps import parse_timestamp
from web.window.asked import LONGEST_URL, FilledIn

_WRITTEN_OUT: Final = re.compile(r"[0-9]{4}-")
_Year = Annotated[int, Field(ge=1970, le=9998)]
YearAsked = Annotated[_Year | None, FilledIn, Query(description="A year of the outlet's zone; else the last with any.")]

LaterAsked = Annotated[
    Annotated[str, StringConstraints(max_length=LONGEST_URL)]
    | None,  # the id of a record, and strangers make them long
    FilledIn,
    Query(alias="later", description="A place in the day that an earlier page gave."),
]


def _named(value: Any) -> Any:
    """Take digits for a timestamp, as everywhere in replay: pydantic would take seconds since 1970 for a moment."""
    if isinstance(value, str) and not _WRITTEN_OUT.match(value):
        try:
            return parse_timestamp(value)
        except TimestampInvalid:
            raise ValueError("a moment, YYYY-MM-DDThh:mm:ss, or YYYYMMDDhhmmss in UTC") from None
    return value


MomentAsked = Annotated[
    Annotated[datetime, BeforeValidator(_named)] | None,
    FilledIn,
    Query(description="A moment, YYYY-MM-DDThh:mm:ss, in the outlet's zone where it names none; or YYYYMMDDhhmmss."),
]


def moment_in(moment: datetime | None, zone: str) -> datetime | None:
    """Return a moment that may name no zone as one that does.

    >>> moment_in(datetime(2026, 1, 24, 10), "Asia/Shanghai").isoformat()
    '2026-01-24T10:00:00+08:00'
    """
    if moment is None or moment.tzinfo is not None:
        return moment
    return moment.replace(tzinfo=ZoneInfo(zone))
