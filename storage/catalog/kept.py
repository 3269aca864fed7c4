"""Tables of what costs more to make than to keep: findings, the index of phrases, texts that are alike.

Deriving states and changes anew leaves them alone, because their rows are named by contents. Making the catalog anew
drops them like all others.
"""

from __future__ import annotations

from typing import Any

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    Connection,
    Float,
    Index,
    Integer,
    Table,
    Text,
    UniqueConstraint,
    event,
)

from storage.catalog.column_types import Json
from storage.catalog.schema import metadata

findings = Table(
    "findings",
    metadata,
    Column("id", Integer, primary_key=True),  # the number in `edit_hunks`
    Column("change_id", Text, nullable=False),
    Column("times", Text, nullable=False),  # as the change has it
    Column("engine", Text, nullable=False),
    Column("weight", Integer),  # as audit.edit.Weight counts; this and the rest are None where the comparison failed
    Column("score", Integer),
    Column("disclosure", Text),
    Column("undisclosed", Boolean),
    Column("types", Json),
    Column("edits_digest", Text),
    Column("hunks", Json),  # digests of the edits, each by itself
    Column("error", Text),  # why it failed
    UniqueConstraint("change_id", "times", "engine"),
    Index("findings_of_edits", "edits_digest"),
)
# Which findings hold an edit: what is alike over years is found by it, and not by reading the edits of years.
edit_hunks = Table(
    "edit_hunks",
    metadata,
    Column("hunk", Text, primary_key=True),
    Column("finding", Integer, primary_key=True, autoincrement=False),
    Column("edits", Integer, nullable=False),  # how many that finding holds: whether one edit is all, say
    sqlite_with_rowid=False,
)
# Apart from the others: changes are chosen and sorted by those, and of ten thousand of them no text need be read.
findings_texts = Table(
    "findings_texts",
    metadata,
    Column("change_id", Text, primary_key=True),
    Column("times", Text, primary_key=True),
    Column("engine", Text, primary_key=True),
    Column("findings_json", Text, nullable=False),
)

# Texts by the hashes of their sketches (audit.near_texts): those that share some are compared.
sketched = Table(
    "sketched",
    metadata,
    Column("id", Integer, primary_key=True),  # the text's number in `sketches`
    Column("text_id", Text, nullable=False, unique=True),
    Column("compared", Boolean, nullable=False),
)
sketches = Table(
    "sketches",
    metadata,
    Column("hash", BigInteger, primary_key=True, autoincrement=False),
    Column("text_number", Integer, primary_key=True, autoincrement=False),
    sqlite_with_rowid=False,
)
near_texts = Table(
    "near_texts",
    metadata,
    Column("text_id", Text, primary_key=True),
    Column("other", Text, primary_key=True),  # each pair both ways round
    Column("similarity", Float, nullable=False),
)

# The numbers of contents and of changes in the indexes of phrases.
indexed = Table(
    "indexed",
    metadata,
    Column("id", Integer, primary_key=True),  # the row of `phrase_index`
    Column("content_id", Text, nullable=False, unique=True),
)
indexed_changes = Table(
    "indexed_changes",
    metadata,
    Column("id", Integer, primary_key=True),  # the row of `change_index`
    Column("change_id", Text, nullable=False, unique=True),
)

# SQLite's full-text search over tokens of our own (storage.catalog.tokens), which its tokenizer takes as they are. It
# keeps no texts: those are in `articles`. PostgreSQL would have a `tsvector` of the same tokens under a GIN index here.
# Of a change the texts that only one of its states has are indexed: most of what holds a word never gained or lost it.
_LIKE_OURS = "content = '', columnsize = 0, tokenize = \"ascii tokenchars '_'\""
_INDEXES = {
    indexed: f"CREATE VIRTUAL TABLE phrase_index USING fts5(headline, byline, editors, body, {_LIKE_OURS})",
    indexed_changes: f"CREATE VIRTUAL TABLE change_index USING fts5(added, removed, {_LIKE_OURS})",
}
_NAMES = {indexed: "phrase_index", indexed_changes: "change_index"}


@event.listens_for(indexed, "after_create")
@event.listens_for(indexed_changes, "after_create")
def _create_index(table: Table, connection: Connection, **_: Any) -> None:
    if connection.dialect.name == "sqlite":
        connection.exec_driver_sql(_INDEXES[table])


@event.listens_for(indexed, "before_drop")
@event.listens_for(indexed_changes, "before_drop")
def _drop_index(table: Table, connection: Connection, **_: Any) -> None:
    if connection.dialect.name == "sqlite":
        connection.exec_driver_sql(f"DROP TABLE IF EXISTS {_NAMES[table]}")
