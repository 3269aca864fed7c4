"""Tables of captures, and of what is kept of them for the crawls to come: counts, the newest answer and body."""

from __future__ import annotations

from sqlalchemy import BigInteger, Boolean, Column, Index, Integer, Table, Text, and_, literal

from storage.catalog.column_types import Moment
from storage.catalog.metadata import metadata

captures = Table(
    "captures",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("record_id", Text, nullable=False),
    Column("url_id", Integer, nullable=False),
    Column("warc_id", Integer, nullable=False),
    Column("commit_number", Integer, nullable=False),
    Column("captured_at", Moment, nullable=False),
    Column("role", Text, nullable=False),
    Column("purpose", Text, nullable=False),
    Column("outcome", Text, nullable=False),
    Column("offset", BigInteger, nullable=False),
    Column("length", BigInteger, nullable=False),
    Column("request_id", Text),
    Column("status", Integer),
    Column("mime", Text),
    Column("block_digest", Text),
    Column("payload_digest", Text),
    Column("body_digest", Text),
    Column("body_length", BigInteger),
    Column("etag", Text),
    Column("last_modified", Text),
    Column("location", Text),
    Column("via", Text),
    Column("article_url", Text),
    Column("key", Text),
    Column("conditional", Boolean, nullable=False),
    Column("chunked", Boolean, nullable=False),
    Column("revisit_profile", Text),
    Column("refers_to_id", Text),
    Column("refers_to_url", Text),
    Column("refers_to_at", Moment),
    Column("truncated", Text),
    Column("ip", Text),
    Column("attempts", Integer, nullable=False),
    Column("error", Text),
    # The last three tell the answers from the rest: of a URL that was forbidden 10,000 times no row need be read.
    Index("captures_of_url", "url_id", "captured_at", "outcome", "status", "truncated"),
    Index("captures_of_role", "role", "warc_id"),
)

RECORD_ONCE = Index("captures_of_record", captures.c.record_id, unique=True)
_IS_PART = captures.c.role == "part"
Index("captures_of_parts", captures.c.article_url, sqlite_where=_IS_PART, postgresql_where=_IS_PART)
# Not "is a requisite", which SQLite would rather look up by `captures_of_role`, row by row.
IS_IMAGE = and_(
    captures.c.role != literal("part", literal_execute=True),
    captures.c.article_url.is_not(None),
    captures.c.body_digest.is_not(None),
)
Index(
    "captures_of_images",
    captures.c.url_id,
    captures.c.body_digest,
    sqlite_where=IS_IMAGE,
    postgresql_where=IS_IMAGE,
)

capture_counts = Table(
    "capture_counts",
    metadata,
    Column("outlet", Text, primary_key=True),
    # Since 1970: the days of all time zones begin with a quarter of an hour.
    Column("quarter_hour", Integer, primary_key=True, autoincrement=False),
    Column("captures", Integer, nullable=False),
    sqlite_with_rowid=False,
)

answers = Table(
    "answers",
    metadata,
    Column("url_id", Integer, primary_key=True, autoincrement=False),
    Column("role", Text, nullable=False),
    Column("captured_at", Moment, nullable=False),  # of the newest capture that answered for the URL
    Column("record_id", Text, nullable=False),
)

bodies = Table(
    "bodies",
    metadata,
    Column("url_id", Integer, primary_key=True, autoincrement=False),
    Column("role", Text, nullable=False),
    Column("captured_at", Moment, nullable=False),  # of the newest capture that gave the URL a body
    Column("record_id", Text, nullable=False),
    Column("own", Boolean, nullable=False),  # false where the original is another URL's
    Column("etag", Text),
    Column("last_modified", Text),
    Column("whole_record_id", Text, nullable=False),  # where that body is: of the capture itself, or its original
    # Of that response, as every crawl asks for all of them. None where the catalog does not hold it (yet).
    Column("whole_url_id", Integer),
    Column("whole_at", Moment),
    Column("payload_digest", Text),
    Column("chunked", Boolean),
)
_AWAITS_ITS_ORIGINAL = bodies.c.whole_at.is_(None)
Index(
    "bodies_without_original",
    bodies.c.whole_record_id,
    sqlite_where=_AWAITS_ITS_ORIGINAL,
    postgresql_where=_AWAITS_ITS_ORIGINAL,
)
