"""The types of columns that SQLite and PostgreSQL share.

Moments are whole microseconds since 1970 in UTC: they sort, index and insert faster than text, and mean the same in
every database.
"""

from __future__ import annotations

import json
from datetime import datetime
from typing import Any, Final

from sqlalchemy import BigInteger, ColumnElement, Text, type_coerce
from sqlalchemy.types import TypeDecorator

from storage.instants import from_microseconds, microseconds

_ENCODE: Final = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode


class Moment(TypeDecorator[datetime]):
    """An aware datetime, kept as microseconds since 1970 in UTC."""

    impl = BigInteger
    cache_ok = True

    @staticmethod
    def stored(value: datetime | None) -> int | None:
        """Return what is stored."""
        return None if value is None else microseconds(value)

    def process_bind_param(self, value: datetime | None, dialect: Any) -> int | None:  # noqa: ARG002
        """Return what is stored."""
        return self.stored(value)

    def process_result_value(self, value: int | None, dialect: Any) -> datetime | None:  # noqa: ARG002
        """Return the aware datetime in UTC."""
        return None if value is None else from_microseconds(value)


def as_stored(moment: ColumnElement[datetime]) -> ColumnElement[int]:
    """Return a moment as a query for the microseconds that are stored: a datetime takes longer to make than the row."""
    return type_coerce(moment, BigInteger)


class Json(TypeDecorator[Any]):
    """A JSON value as text. (SQLAlchemy's own JSON type is another thing in every database.)"""

    impl = Text
    cache_ok = True

    @staticmethod
    def stored(value: Any) -> str | None:
        """Return what is stored."""
        return None if value is None else _ENCODE(value)

    def process_bind_param(self, value: Any, dialect: Any) -> str | None:  # noqa: ARG002
        """Return what is stored."""
        return self.stored(value)

    def process_result_value(self, value: str | None, dialect: Any) -> Any:  # noqa: ARG002
        """Return the value."""
        return None if value is None else json.loads(value)
