"""What a stranger may ask in a query, bounded. An empty field of a form is one that was not filled in."""

from __future__ import annotations

import re
from datetime import date, datetime, timedelta
from typing import Annotated, Any, Final
from zoneinfo import ZoneInfo

from fastapi import Path, Query
from pydantic import BeforeValidator, GetCoreSchemaHandler, GetJsonSchemaHandler, StringConstraints
from pydantic.json_schema import JsonSchemaValue
from pydantic_core.core_schema import CoreSchema, no_info_before_validator_function

LONGEST_URL: Final = 4096
LONGEST_TEXT: Final = 300
MOST_PAGES: Final = 10_000

_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
OUTLET: Final = r"^[a-z0-9]([a-z0-9_-]{0,61}[a-z0-9])?$"


class _FilledIn:
    """Lets an empty field of a form be one that was not filled in, and lets the API's document say so."""

    def __get_pydantic_core_schema__(self, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        return no_info_before_validator_function(lambda value: None if value == "" else value, handler(source))

    def __get_pydantic_json_schema__(self, schema: CoreSchema, handler: GetJsonSchemaHandler) -> JsonSchemaValue:
        found = handler(schema)
        return {**found, "anyOf": [*found["anyOf"], {"type": "string", "const": ""}]}


FilledIn: Final = _FilledIn()
"""Put this into a page's `Annotated[T | None, FilledIn, Query(…)]`. What bounds a text stands in T: a bound on the
whole would be held against the None as well, and fail (pydantic 2)."""


def _written_out(value: Any) -> Any:
    """Refuse a number: pydantic would take seconds since 1970 for a day."""
    if isinstance(value, str) and not _DAY.fullmatch(value):
        raise ValueError("a day of the calendar, YYYY-MM-DD")
    return value


OutletAsked = Annotated[
    Annotated[str, StringConstraints(pattern=OUTLET)] | None, FilledIn, Query(description="Only this outlet.")
]
OutletNamed = Annotated[str, Path(pattern=OUTLET, description="The id of an outlet.")]
UrlAsked = Annotated[str, Query(min_length=1, max_length=LONGEST_URL, description="The URL, as it was captured.")]
TextAsked = Annotated[Annotated[str, StringConstraints(max_length=LONGEST_TEXT)] | None, FilledIn, Query()]
Day = Annotated[date, BeforeValidator(_written_out)]
DayAsked = Annotated[Day | None, FilledIn, Query(description="A day, YYYY-MM-DD.")]
PageAsked = Annotated[int, Query(alias="page", ge=1, le=MOST_PAGES, description="Which page, from 1.")]


def beginning_of(day: date | None, zone: str) -> datetime | None:
    """Return the moment at which a day begins in a zone; None for None.

    >>> beginning_of(date(2026, 1, 23), "Asia/Shanghai").isoformat()
    '2026-01-23T00:00:00+08:00'
    """
    return None if day is None else datetime(day.year, day.month, day.day, tzinfo=ZoneInfo(zone))


def end_of(day: date | None, zone: str) -> datetime | None:
    """Return the moment at which the day after begins; None for None, and for the last day that there is."""
    return None if day is None or day == date.max else beginning_of(day + timedelta(days=1), zone)
