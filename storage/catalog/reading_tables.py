"""Tables of what readers read: readings, and the articles that they found."""

from __future__ import annotations

from sqlalchemy import Boolean, Column, Index, Integer, Table, Text

from storage.catalog.column_types import Json, Moment
from storage.catalog.metadata import metadata

readings = Table(
    "readings",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("url_id", Integer, nullable=False),
    Column("record_id", Text, nullable=False),  # of the first page's capture
    Column("commit_number", Integer, nullable=False),
    Column("reader_id", Text, nullable=False),
    Column("article_key", Text, nullable=False),
    Column("captured_at", Moment, nullable=False),
    Column("crawl_id", Text, nullable=False),
    Column("outcome", Text, nullable=False),
    Column("weak", Boolean, nullable=False),
    Column("content_id", Text),
    Column("published_raw", Text),  # the page's words; "" where it prints none, None where nobody kept them
    Column("modified_raw", Text),
    Column("captures", Json, nullable=False),  # [[role, record id], …], the first page first
    Column("warnings", Json, nullable=False),
    Column("challenged", Boolean, nullable=False),  # the page asks for proof of being a person
    Column("emptied", Boolean, nullable=False),  # an article's page with nothing where its text would stand
    Index("readings_of_url", "url_id"),
    Index("readings_of_record", "record_id"),
    Index("readings_of_content", "content_id"),
)
_IS_INCOMPLETE = readings.c.outcome == "incomplete"
Index("readings_incomplete", readings.c.record_id, sqlite_where=_IS_INCOMPLETE, postgresql_where=_IS_INCOMPLETE)

readers = Table(
    "readers",
    metadata,
    Column("outlet", Text, primary_key=True),
    Column("reader_id", Text, primary_key=True),  # one of those that the outlet's last `reading` commit names
)

articles = Table(
    "articles",
    metadata,
    Column("content_id", Text, primary_key=True),
    Column("text_id", Text),
    Column(
        "has_text", Boolean, nullable=False
    ),  # false where headline and nothing else: no text that could be re-posted
    Column("field_hashes", Json, nullable=False),
    Column("headline", Text),
    Column("byline", Json, nullable=False),
    Column("editors", Json, nullable=False),
    Column("agency", Text),
    Column("published_at", Text),
    Column("language", Text),
    Column("article_json", Text, nullable=False),  # UTF-8 text of the bytes that were hashed
    Index("articles_of_text", "text_id"),
)
