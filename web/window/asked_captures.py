"""Which captures are meant, as pages and the API take it from an address."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated
from zoneinfo import ZoneInfo

from fastapi import Query
from pydantic import Field

from web.window.asked import FilledIn

_Year = Annotated[int, Field(ge=1970, le=9998)]
YearAsked = Annotated[_Year | None, FilledIn, Query(description="A year of the outlet's zone; else the last with any.")]
MomentAsked = Annotated[
    datetime | None,
    FilledIn,
    Query(description="A moment, YYYY-MM-DDThh:mm:ss; in the outlet's zone where it names none."),
]


def moment_in(moment: datetime | None, zone: str) -> datetime | None:
    """Return a moment that may name no zone as one that does.

    >>> moment_in(datetime(2026, 1, 24, 10), "Asia/Shanghai").isoformat()
    '2026-01-24T10:00:00+08:00'
    """
    if moment is None or moment.tzinfo is not None:
        return moment
    return moment.replace(tzinfo=ZoneInfo(zone))
