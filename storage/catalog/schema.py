"""The catalog's tables, in SQL that SQLite and PostgreSQL share, for all queries to take from here.

The modules `*_tables.py` describe them, each those of one concept.
"""

from __future__ import annotations

from sqlalchemy import Column, Connection, Table, Text

from storage.catalog.capture_tables import IS_IMAGE, RECORD_ONCE, answers, bodies, capture_counts, captures
from storage.catalog.commit_tables import commits, warcs
from storage.catalog.history_tables import DERIVED, absences, announced, changes, states
from storage.catalog.listing_tables import ages, listings, touched_listings, unlisted, watches
from storage.catalog.metadata import metadata
from storage.catalog.reading_tables import articles, readers, readings
from storage.catalog.url_tables import onward, touched, url_state

__all__ = [
    "DERIVED",
    "IS_IMAGE",
    "RECORD_ONCE",
    "SCHEMA",
    "absences",
    "ages",
    "announced",
    "answers",
    "articles",
    "bodies",
    "capture_counts",
    "captures",
    "changes",
    "commits",
    "create_indexes",
    "drop_indexes",
    "listings",
    "meta",
    "metadata",
    "onward",
    "readers",
    "readings",
    "states",
    "touched",
    "touched_listings",
    "unlisted",
    "url_state",
    "warcs",
    "watches",
]

SCHEMA = 20
"""Raised whenever a table changes, or what is derived from the same commits: an older catalog is then made anew."""

# Its names: "schema"; "archive"; "filling", while it is made anew; "generation", another each time that it was emptied.
meta = Table(
    "meta",
    metadata,
    Column("name", Text, primary_key=True),
    Column("value", Text, nullable=False),
)


def drop_indexes(connection: Connection) -> None:
    """Drop all indexes but those of keys: many rows are inserted faster without, and indexed faster in the end."""
    for table in metadata.sorted_tables:
        for index in table.indexes:
            index.drop(connection, checkfirst=True)


def create_indexes(connection: Connection) -> None:
    """Create the indexes that are not there."""
    for table in metadata.sorted_tables:
        for index in table.indexes:
            index.create(connection, checkfirst=True)
