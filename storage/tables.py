"""The archive's two tables as Parquet: `captures.parquet` and `readings.parquet`.

Each file says in its metadata which table it is and the number of its schema. The rules of change: a column never goes
and never changes its meaning; a new one comes with a new number and a default that old files are read with. A file of a
later schema is read too, without the columns that are not known here.

Moments are microseconds in UTC. Words with few values, and what repeats from row to row, are dictionary-encoded; pages
are compressed with zstd. The same rows give the same bytes with the same pyarrow.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import MISSING, fields
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from itertools import pairwise
from pathlib import Path
from typing import Any, Final, TypeVar

import pyarrow as pa
import pyarrow.parquet as pq

from storage.errors import FormatTooNew, TableInvalid
from storage.exchange import Outcome, Purpose, Role
from storage.rows import CaptureRow, ReadingRow

CAPTURES_SCHEMA: Final = 1
READINGS_SCHEMA: Final = 1
_TABLE: Final = b"palimpsest.table"
_NUMBER: Final = b"palimpsest.schema"

_INSTANT: Final[pa.DataType] = pa.timestamp("us", tz="UTC")
_TEXT: Final[pa.DataType] = pa.string()
_TEXTS: Final = pa.list_(pa.string())
_CAPTURES: Final = pa.schema(
    [
        *((name, _TEXT) for name in ("url", "surt")),
        ("captured_at", _INSTANT),
        *((name, _TEXT) for name in ("crawl_id", "role", "purpose", "outcome", "record_id", "warc_key")),
        ("offset", pa.int64()),
        ("length", pa.int64()),
        ("request_id", _TEXT),
        ("status", pa.int32()),
        *((name, _TEXT) for name in ("mime", "block_digest", "payload_digest", "body_digest")),
        ("body_length", pa.int64()),
        *((name, _TEXT) for name in ("etag", "last_modified", "location", "via", "article_url", "key")),
        ("conditional", pa.bool_()),
        ("chunked", pa.bool_()),
        *((name, _TEXT) for name in ("revisit_profile", "refers_to_id", "refers_to_url")),
        ("refers_to_at", _INSTANT),
        *((name, _TEXT) for name in ("truncated", "ip")),
        ("attempts", pa.int32()),
        ("error", _TEXT),
    ]
)
_READINGS: Final = pa.schema(
    [
        *((name, _TEXT) for name in ("url", "article_key", "reader_id")),
        ("captures", pa.list_(pa.struct([("role", _TEXT), ("record_id", _TEXT)]))),
        ("captured_at", _INSTANT),
        *((name, _TEXT) for name in ("crawl_id", "outcome")),
        ("weak", pa.bool_()),
        *((name, _TEXT) for name in ("content_id", "text_id")),
        ("field_hashes", pa.list_(pa.struct([("field", _TEXT), ("hash", _TEXT)]))),
        ("warnings", _TEXTS),
        ("headline", _TEXT),
        ("byline", _TEXTS),
        ("editors", _TEXTS),
        *((name, _TEXT) for name in ("agency", "published_at", "language")),
        ("article_json", pa.binary()),
    ]
)
_REPEATING: Final = {
    *(
        "crawl_id",
        "role",
        "purpose",
        "outcome",
        "warc_key",
        "mime",
        "via",
        "revisit_profile",
        "truncated",
        "ip",
        "error",
    ),
    *("reader_id", "agency", "language"),
}
_WORDS: Final[dict[str, type[StrEnum]]] = {"role": Role, "purpose": Purpose, "outcome": Outcome}
_EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)
_Row = TypeVar("_Row", CaptureRow, ReadingRow)


def write_captures(rows: Sequence[CaptureRow]) -> bytes:
    """Return the rows as a Parquet file. Raises ValueError for none: no empty table is written."""
    return _write(rows, _CAPTURES, "captures", CAPTURES_SCHEMA)


def write_readings(rows: Sequence[ReadingRow]) -> bytes:
    """Return the rows as a Parquet file. Raises ValueError for none: no empty table is written."""
    return _write(rows, _READINGS, "readings", READINGS_SCHEMA)


def read_captures(source: bytes | Path) -> list[CaptureRow]:
    """Read the bytes or the file of a `captures.parquet`.

    Raises TableInvalid, and FormatTooNew where a later schema has a word in a column that is not known here.
    """
    return _read(source, CaptureRow, _CAPTURES, "captures", CAPTURES_SCHEMA, _WORDS)


def read_readings(source: bytes | Path) -> list[ReadingRow]:
    """Read the bytes or the file of a `readings.parquet`. Raises TableInvalid."""
    return _read(source, ReadingRow, _READINGS, "readings", READINGS_SCHEMA, {})


def _write(rows: Sequence[CaptureRow] | Sequence[ReadingRow], schema: pa.Schema, table: str, number: int) -> bytes:
    if not rows:
        raise ValueError(f"no {table}: an empty table is not written")
    columns = []
    for column in schema:
        values = [getattr(row, column.name) for row in rows]
        if column.type == _INSTANT and any(value is not None and value.tzinfo is None for value in values):
            raise ValueError(f"a {column.name} has no time zone, so it is no moment")
        if pa.types.is_list(column.type) and pa.types.is_struct(column.type.value_type):
            names = [part.name for part in column.type.value_type]
            values = [[dict(zip(names, pair, strict=True)) for pair in pairs] for pairs in values]
        columns.append(pa.array(values, column.type))
    stated = schema.with_metadata({_TABLE: table.encode(), _NUMBER: str(number).encode()})
    sink = pa.BufferOutputStream()
    pq.write_table(
        pa.Table.from_arrays(columns, schema=stated),
        sink,
        compression="zstd",
        use_dictionary=[column.name for column in schema if column.name in _REPEATING],  # type: ignore[arg-type]
    )
    return sink.getvalue().to_pybytes()


def _read(
    source: bytes | Path,
    row_type: type[_Row],
    schema: pa.Schema,
    table: str,
    number: int,
    words: dict[str, type[StrEnum]],
) -> list[_Row]:
    where = source.name if isinstance(source, Path) else f"a {table} table"
    data, found = _load(source, schema, table, where)
    columns: dict[str, list[Any]] = {}
    for field in fields(row_type):
        if field.name in data.column_names:
            columns[field.name] = _values(data[field.name], schema.field(field.name).type, f"{field.name} of {where}")
            if field.default is not None and None in columns[field.name]:
                columns[field.name] = _without_nulls(columns[field.name], field.default, f"{field.name} of {where}")
        elif field.default is not MISSING:
            columns[field.name] = [field.default] * data.num_rows
        else:
            raise TableInvalid(f"{where} has no column {field.name}")
    for name, enum in words.items():
        columns[name] = _as_words(columns[name], enum, f"{name} of {where}", found, number)
    # The __init__ of a frozen dataclass sets its 33 fields one by one: 11 us a row against 4, measured here.
    names = tuple(columns)
    rows = [row_type.__new__(row_type) for _ in range(data.num_rows)]
    for row, values in zip(rows, zip(*columns.values(), strict=True), strict=True):
        object.__setattr__(row, "__dict__", dict(zip(names, values, strict=True)))
    return rows


def _load(source: bytes | Path, schema: pa.Schema, table: str, where: str) -> tuple[pa.Table, int]:
    """Return the columns that are known here, and the file's schema number."""
    try:
        stored = pq.read_metadata(_opened(source))
        arrow = stored.schema.to_arrow_schema()
        said = arrow.metadata or {}
        stated = said.get(_NUMBER, b"")
        if said.get(_TABLE) != table.encode() or not stated.isdigit():
            raise TableInvalid(f"{where} is no table of {table}: its metadata does not say so")
        known = [name for name in arrow.names if name in schema.names]
        repeating = [name for name in known if name in _REPEATING]
        data = pq.ParquetFile(_opened(source), metadata=stored, read_dictionary=repeating).read(columns=known)
    except (pa.ArrowException, OSError) as broken:
        raise TableInvalid(f"{where} cannot be read as Parquet: {broken}") from broken
    return data, int(stated)


def _opened(source: bytes | Path) -> pa.BufferReader | Path:
    return pa.BufferReader(source) if isinstance(source, bytes) else source


def _values(column: pa.ChunkedArray[Any], wanted: pa.DataType, where: str) -> list[Any]:
    """Return a column's values as the rows have them. pyarrow's own way is slow for moments and dictionaries."""
    values: list[Any] = []
    for array in column.chunks:
        try:
            values += _array_values(array, wanted)
        except (pa.ArrowException, OverflowError, UnicodeDecodeError) as wrong:
            raise TableInvalid(f"{where} is not of type {wanted}: {wrong}") from wrong
    return values


def _array_values(array: Any, wanted: pa.DataType) -> list[Any]:
    if pa.types.is_dictionary(array.type):
        known = _array_values(array.dictionary, wanted)
        return [None if index is None else known[index] for index in array.indices.to_pylist()]
    if array.type != wanted:
        array = array.cast(wanted)
    if wanted == _INSTANT:
        return [
            None if micros is None else _EPOCH + timedelta(0, 0, micros)
            for micros in array.cast(pa.int64()).to_pylist()
        ]
    if pa.types.is_list(wanted):
        offsets = array.offsets.to_pylist()
        items = array.values
        parts: list[Any] = (
            list(zip(*(items.field(part).to_pylist() for part in range(items.type.num_fields)), strict=True))
            if pa.types.is_struct(items.type)
            else items.to_pylist()
        )
        return [tuple(parts[start:end]) for start, end in pairwise(offsets)]
    result: list[Any] = array.to_pylist()
    return result


def _without_nulls(values: list[Any], default: Any, where: str) -> list[Any]:
    if default is MISSING:
        raise TableInvalid(f"{where} has rows without a value")
    return [default if value is None else value for value in values]


def _as_words(values: list[Any], enum: type[StrEnum], where: str, found: int, number: int) -> list[Any]:
    words: dict[str, StrEnum] = {word.value: word for word in enum}
    try:
        return [words[value] for value in values]
    except KeyError as unknown:
        if found > number:
            raise FormatTooNew(f"{where} ({unknown.args[0]!r})", found=found, known=number) from None
        raise TableInvalid(f"{where} is {unknown.args[0]!r} in a row, which is none of its words") from None
