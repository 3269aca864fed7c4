"""Reading the archive's tables by columns: a tenth of the time that row objects take, and checked in the same way."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import MISSING, dataclass, fields
from enum import StrEnum
from itertools import chain, pairwise
from pathlib import Path
from typing import Any, Final

import pyarrow as pa
import pyarrow.parquet as pq

from storage.errors import FormatTooNew, TableInvalid

TABLE: Final = b"palimpsest.table"
NUMBER: Final = b"palimpsest.schema"
INSTANT: Final[pa.DataType] = pa.timestamp("us", tz="UTC")


@dataclass(frozen=True)
class Form:
    """What a table is like: its name, the number of its schema, its columns and the type of its rows.

    `words` are the columns that hold one of a few words; `repeating` those that are dictionary-encoded.
    """

    table: str
    number: int
    schema: pa.Schema
    row_type: type[Any]
    words: Mapping[str, type[StrEnum]]
    repeating: frozenset[str]


@dataclass(frozen=True)
class Columns:
    """Rows by columns: lists of the same length under the names of the row type's fields.

    Moments are microseconds since 1970 in UTC, words are plain text, all else is as the row type has it.
    """

    values: Mapping[str, list[Any]]

    def __getitem__(self, name: str) -> list[Any]:
        """Return a column."""
        return self.values[name]

    def __len__(self) -> int:
        """Return the number of rows."""
        return len(next(iter(self.values.values())))

    @classmethod
    def joined(cls, row_type: type[Any], parts: Iterable[Columns]) -> Columns:
        """Return the rows of several tables of one kind, or of none."""
        parts = list(parts)
        if len(parts) == 1:
            return parts[0]
        names = [field.name for field in fields(row_type)]
        return cls({name: list(chain.from_iterable(part[name] for part in parts)) for name in names})


def read_columns(source: bytes | Path, form: Form) -> Columns:
    """Return what the bytes or the file of a table hold.

    Raises TableInvalid, and FormatTooNew where a later schema has a word in a column that is not known here.
    """
    where = source.name if isinstance(source, Path) else f"a {form.table} table"
    data, found = _load(source, form, where)
    columns: dict[str, list[Any]] = {}
    for field in fields(form.row_type):
        if field.name in data.column_names:
            column = data[field.name]
            columns[field.name] = _values(column, form.schema.field(field.name).type, f"{field.name} of {where}")
            if column.null_count and field.default is not None:
                columns[field.name] = _without_nulls(columns[field.name], field.default, f"{field.name} of {where}")
        elif field.default is not MISSING:
            columns[field.name] = [field.default] * data.num_rows
        else:
            raise TableInvalid(f"{where} has no column {field.name}")
    for name, enum in form.words.items():
        if unknown := set(columns[name]).difference(enum):
            word = min(unknown)
            if found > form.number:
                raise FormatTooNew(f"{name} of {where} ({word!r})", found=found, known=form.number)
            raise TableInvalid(f"{name} of {where} is {word!r} in a row, which is none of its words")
    return Columns(columns)


def _load(source: bytes | Path, form: Form, where: str) -> tuple[pa.Table, int]:
    """Return the columns that are known here, and the file's schema number."""
    try:
        stored = pq.read_metadata(_opened(source))
        arrow = stored.schema.to_arrow_schema()
        said = arrow.metadata or {}
        stated = said.get(NUMBER, b"")
        if said.get(TABLE) != form.table.encode() or not stated.isdigit():
            raise TableInvalid(f"{where} is no table of {form.table}: its metadata does not say so")
        known = [name for name in arrow.names if name in form.schema.names]
        repeating = [name for name in known if name in form.repeating]
        file = pq.ParquetFile(_opened(source), metadata=stored, read_dictionary=repeating)
        # In one thread: to hand each column of a few thousand rows to another takes twice as long as to read it.
        data = file.read(columns=known, use_threads=False)
    except (pa.ArrowException, OSError) as broken:
        raise TableInvalid(f"{where} cannot be read as Parquet: {broken}") from broken
    return data, int(stated)


def _opened(source: bytes | Path) -> pa.BufferReader | Path:
    return pa.BufferReader(source) if isinstance(source, bytes) else source


def _values(column: pa.ChunkedArray[Any], wanted: pa.DataType, where: str) -> list[Any]:
    if column.null_count == len(column):
        return [None] * len(column)
    values: list[Any] = []
    for array in column.chunks:
        try:
            values += _array_values(array, wanted)
        except (pa.ArrowException, OverflowError, UnicodeDecodeError) as wrong:
            raise TableInvalid(f"{where} is not of type {wanted}: {wrong}") from wrong
    return values


def _array_values(array: Any, wanted: pa.DataType) -> list[Any]:
    """Return an array's values. pyarrow's own way is slow for moments and dictionaries."""
    if pa.types.is_dictionary(array.type):
        known = _array_values(array.dictionary, wanted)
        indices = array.indices.to_pylist()
        if array.null_count:
            return [None if index is None else known[index] for index in indices]
        return list(map(known.__getitem__, indices))
    if array.type != wanted:
        array = array.cast(wanted)
    if wanted == INSTANT:
        array = array.cast(pa.int64())
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
