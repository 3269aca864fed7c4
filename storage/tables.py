"""The archive's tables as Parquet: `captures.parquet`, `readings.parquet` and `listings.parquet`.

Each file says in its metadata which table it is and the number of its schema. The rules of change: a column never goes
and never changes its meaning; a new one comes with a new number and a default that old files are read with. A file of a
later schema is read too, without the columns that are not known here.

Moments are microseconds in UTC. Words with few values, and what repeats from row to row, are dictionary-encoded; pages
are compressed with zstd. The same rows give the same bytes with the same pyarrow.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from enum import StrEnum
from pathlib import Path
from typing import Final, TypeVar

import pyarrow as pa
import pyarrow.parquet as pq

from storage.exchange import Outcome, Purpose, Role
from storage.instants import EPOCH
from storage.rows import CaptureRow, ListingRow, ReadingRow
from storage.table_columns import INSTANT, NUMBER, TABLE, Columns, Form, read_columns

CAPTURES_SCHEMA: Final = 1
READINGS_SCHEMA: Final = 2
LISTINGS_SCHEMA: Final = 1

_TEXT: Final[pa.DataType] = pa.string()
_TEXTS: Final = pa.list_(pa.string())
_CAPTURES: Final = pa.schema(
    [
        *((name, _TEXT) for name in ("url", "surt")),
        ("captured_at", INSTANT),
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
        ("refers_to_at", INSTANT),
        *((name, _TEXT) for name in ("truncated", "ip")),
        ("attempts", pa.int32()),
        ("error", _TEXT),
    ]
)
_READINGS: Final = pa.schema(
    [
        *((name, _TEXT) for name in ("url", "article_key", "reader_id")),
        ("captures", pa.list_(pa.struct([("role", _TEXT), ("record_id", _TEXT)]))),
        ("captured_at", INSTANT),
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
        *((name, _TEXT) for name in ("published_raw", "modified_raw")),
    ]
)
_LISTINGS: Final = pa.schema(
    [
        *((name, _TEXT) for name in ("url", "record_id")),
        ("captured_at", INSTANT),
        *((name, _TEXT) for name in ("crawl_id", "role", "reader_id", "outcome")),
        ("named", pa.list_(pa.struct([("box", _TEXT), ("url", _TEXT)]))),
        ("warnings", _TEXTS),
    ]
)
_REPEATING: Final = frozenset(
    {
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
)
_WORDS: Final[dict[str, type[StrEnum]]] = {"role": Role, "purpose": Purpose, "outcome": Outcome}
_Row = TypeVar("_Row", CaptureRow, ReadingRow, ListingRow)


CAPTURES: Final = Form("captures", CAPTURES_SCHEMA, _CAPTURES, CaptureRow, _WORDS, _REPEATING)
READINGS: Final = Form("readings", READINGS_SCHEMA, _READINGS, ReadingRow, {}, _REPEATING)
LISTINGS: Final = Form("listings", LISTINGS_SCHEMA, _LISTINGS, ListingRow, {}, _REPEATING)


def write_captures(rows: Sequence[CaptureRow]) -> bytes:
    """Return the rows as a Parquet file. Raises ValueError for none: no empty table is written."""
    return _write(rows, CAPTURES)


def write_readings(rows: Sequence[ReadingRow]) -> bytes:
    """Return the rows as a Parquet file. Raises ValueError for none: no empty table is written."""
    return _write(rows, READINGS)


def write_listings(rows: Sequence[ListingRow]) -> bytes:
    """Return the rows as a Parquet file. Raises ValueError for none: no empty table is written."""
    return _write(rows, LISTINGS)


def read_captures(source: bytes | Path) -> list[CaptureRow]:
    """Read the bytes or the file of a `captures.parquet`.

    Raises TableInvalid, and FormatTooNew where a later schema has a word in a column that is not known here.
    """
    return _rows(read_columns(source, CAPTURES), CAPTURES, CaptureRow)


def read_readings(source: bytes | Path) -> list[ReadingRow]:
    """Read the bytes or the file of a `readings.parquet`. Raises TableInvalid."""
    return _rows(read_columns(source, READINGS), READINGS, ReadingRow)


def read_listings(source: bytes | Path) -> list[ListingRow]:
    """Read the bytes or the file of a `listings.parquet`. Raises TableInvalid."""
    return _rows(read_columns(source, LISTINGS), LISTINGS, ListingRow)


def _write(rows: Sequence[CaptureRow] | Sequence[ReadingRow] | Sequence[ListingRow], form: Form) -> bytes:
    if not rows:
        raise ValueError(f"no {form.table}: an empty table is not written")
    columns = []
    for column in form.schema:
        values = [getattr(row, column.name) for row in rows]
        if column.type == INSTANT and any(value is not None and value.tzinfo is None for value in values):
            raise ValueError(f"a {column.name} has no time zone, so it is no moment")
        if pa.types.is_list(column.type) and pa.types.is_struct(column.type.value_type):
            names = [part.name for part in column.type.value_type]
            values = [[dict(zip(names, pair, strict=True)) for pair in pairs] for pairs in values]
        columns.append(pa.array(values, column.type))
    stated = form.schema.with_metadata({TABLE: form.table.encode(), NUMBER: str(form.number).encode()})
    sink = pa.BufferOutputStream()
    pq.write_table(
        pa.Table.from_arrays(columns, schema=stated),
        sink,
        compression="zstd",
        use_dictionary=[column.name for column in form.schema if column.name in form.repeating],  # type: ignore[arg-type]
    )
    return sink.getvalue().to_pybytes()


def _rows(columns: Columns, form: Form, row_type: type[_Row]) -> list[_Row]:
    values = dict(columns.values)
    for name in (field.name for field in form.schema if field.type == INSTANT):
        values[name] = [None if micros is None else EPOCH + timedelta(0, 0, micros) for micros in values[name]]
    for name, enum in form.words.items():
        words: dict[str, StrEnum] = {word.value: word for word in enum}
        values[name] = [words[value] for value in values[name]]
    # The __init__ of a frozen dataclass sets its 33 fields one by one: 11 us a row against 4, measured here.
    names = tuple(values)
    rows = [row_type.__new__(row_type) for _ in range(len(columns))]
    for row, fields in zip(rows, zip(*values.values(), strict=True), strict=True):
        object.__setattr__(row, "__dict__", dict(zip(names, fields, strict=True)))
    return rows
