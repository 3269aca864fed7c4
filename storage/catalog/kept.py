"""Tables of what costs more to make than to keep: findings, and the index of phrases.

Deriving states and changes anew leaves them alone, because their rows are named by contents. Making the catalog anew
drops them like all others.
"""

from __future__ import annotations

from typing import Any

from sqlalchemy import Boolean, Column, Connection, Integer, Table, Text, event

from storage.catalog.column_types import Json
from storage.catalog.schema import metadata

findings = Table(
    "findings",
    metadata,
    Column("change_id", Text, primary_key=True),
    Column("engine", Text, primary_key=True),
    Column("weight", Integer),  # as audit.edit.Weight counts; this and the rest are None where the comparison failed
    Column("score", Integer),
    Column("disclosure", Text),
    Column("undisclosed", Boolean),
    Column("types", Json),
    Column("findings_json", Text),
    Column("error", Text),  # why it failed
)

indexed = Table(
    "indexed",
    metadata,
    Column("id", Integer, primary_key=True),  # the row of `phrase_index`
    Column("content_id", Text, nullable=False, unique=True),
)

# SQLite's full-text search over tokens of our own (storage.catalog.phrase), which its tokenizer takes as they are. It
# keeps no texts: those are in `articles`. PostgreSQL would have a `tsvector` of the same tokens under a GIN index here.
_INDEX = (
    "CREATE VIRTUAL TABLE phrase_index USING fts5"
    "(tokens, content = '', columnsize = 0, tokenize = \"ascii tokenchars '_'\")"
)


@event.listens_for(indexed, "after_create")
def _create_index(table: Table, connection: Connection, **_: Any) -> None:  # noqa: ARG001
    if connection.dialect.name == "sqlite":
        connection.exec_driver_sql(_INDEX)


@event.listens_for(indexed, "before_drop")
def _drop_index(table: Table, connection: Connection, **_: Any) -> None:  # noqa: ARG001
    if connection.dialect.name == "sqlite":
        connection.exec_driver_sql("DROP TABLE IF EXISTS phrase_index")
