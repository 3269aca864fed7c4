"""Tables of what happened to articles: states, changes and absences, and what of it was announced."""

from __future__ import annotations

from sqlalchemy import Boolean, Column, Index, Integer, Table, Text

from storage.catalog.column_types import Json, Moment
from storage.catalog.metadata import metadata

states = Table(
    "states",
    metadata,
    Column("url_id", Integer, primary_key=True, autoincrement=False),
    Column("ordinal", Integer, primary_key=True, autoincrement=False),  # from 0, by time
    Column("content_id", Text, nullable=False),
    Column("first_seen", Moment, nullable=False),
    Column("last_seen", Moment, nullable=False),
    Column("sightings", Integer, nullable=False),
    Column("weak_sightings", Integer, nullable=False),
    Column("confirmed", Boolean, nullable=False),
    Column("reader_id", Text, nullable=False),  # of the last sighting
    Column("outdated_reader", Text),  # the reader, where it is no longer current
    Column("first_record_id", Text, nullable=False),
    Column("last_record_id", Text, nullable=False),
    Index("states_of_content", "content_id"),
    Index("states_by_time", "first_seen"),
)

changes = Table(
    "changes",
    metadata,
    Column("url_id", Integer, primary_key=True, autoincrement=False),
    Column("ordinal", Integer, primary_key=True, autoincrement=False),  # that of the state it leads to
    Column("change_id", Text, nullable=False),
    Column("old_content_id", Text, nullable=False),
    Column("new_content_id", Text, nullable=False),
    Column("fields", Json, nullable=False),
    Column("times", Text, nullable=False),  # what the pages' own times say by their words alone, "" for nothing
    Column("last_seen_before", Moment, nullable=False),
    Column("first_seen_after", Moment, nullable=False),
    Column("confirmed", Boolean, nullable=False),
    Column("oscillating", Boolean, nullable=False),
    Index("changes_by_id", "change_id"),
    Index("changes_by_time", "first_seen_after"),
)

absences = Table(
    "absences",
    metadata,
    Column("url_id", Integer, primary_key=True, autoincrement=False),
    Column("ordinal", Integer, primary_key=True, autoincrement=False),
    Column("kind", Text, nullable=False),
    Column("last_seen", Moment, nullable=False),
    Column("first_missing", Moment, nullable=False),
    Column("last_missing", Moment, nullable=False),
    Column("observations", Integer, nullable=False),
    Column("confirmed", Boolean, nullable=False),
    Column("returned_at", Moment),
    Column("status", Integer),  # the last HTTP status, where there was an answer
    Column("location", Text),  # where it moved to
    Column("last_record_id", Text, nullable=False),
    Index("absences_by_time", "first_missing"),
    Index("absences_by_return", "returned_at"),
)

announced = Table(
    "announced",
    metadata,
    Column("outlet", Text, primary_key=True),
    Column("id", Text, primary_key=True),
    Column("kind", Text, nullable=False),  # an announced.AnnouncedKind
    Column("url", Text, nullable=False),
    Column("at", Moment, nullable=False),
    Column("article_key", Text),
    Column("after", Moment),
    Column("change_id", Text),
    Column("findings_id", Text),
    Column("engine", Text),
    Column("weight", Text),
    Column("types", Json, nullable=False),
    Column("disclosure", Text),
    Column("undisclosed", Boolean),
    Column("shown", Text),
    Column("earlier_url", Text),
    Column("similar", Integer),
    Column("image_url", Text),
    Column("old_digest", Text),
    Column("new_digest", Text),
    Column("articles", Integer),
    Column("looked_at", Integer),
    Column("repeats", Text),
    Column("commit_number", Integer, nullable=False),  # the first that has it
    Index("announced_of_change", "change_id"),
    Index("announced_of_url", "url"),
)

DERIVED = (states, changes, absences)
