"""The catalog's tables, in SQL that SQLite and PostgreSQL share.

URLs and WARCs are interned under numbers because each stands in many captures.
"""

from __future__ import annotations

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    Connection,
    Index,
    Integer,
    MetaData,
    Table,
    Text,
    UniqueConstraint,
    and_,
    literal,
)

from storage.catalog.column_types import Json, Moment

SCHEMA = 12
"""Raised whenever a table changes, or what is derived from the same commits: an older catalog is then made anew."""

metadata = MetaData()

meta = Table(
    "meta",
    metadata,
    Column(
        "name", Text, primary_key=True
    ),  # "schema", "archive", "filling", "generation": another one each time that it is emptied
    Column("value", Text, nullable=False),
)

commits = Table(
    "commits",
    metadata,
    Column("outlet", Text, primary_key=True),
    Column("number", Integer, primary_key=True, autoincrement=False),
    Column("kind", Text, nullable=False),
    Column("crawl_id", Text, nullable=False),
    Column("started", Moment, nullable=False),
    Column("finished", Moment, nullable=False),
    Column("software", Text, nullable=False),
    Column("recovers", Text),
    Column("captures", Integer, nullable=False),
    Column("readings", Integer, nullable=False),
    Column("counts", Json, nullable=False),
    Column("report", Json, nullable=False),
    Column("complete", Boolean),  # whether the crawl that this commit ended saw all of it; None where it ended none
    Index("commits_of_crawl", "outlet", "crawl_id", "started"),  # rows are wide, with their reports
)

warcs = Table(
    "warcs",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("outlet", Text, nullable=False),
    Column("key", Text, nullable=False),
    Column("crawl_id", Text, nullable=False),
    UniqueConstraint("key", "crawl_id"),
    Index("warcs_of_crawl", "outlet", "crawl_id"),
)

url_state = Table(
    "url_state",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("outlet", Text, nullable=False),
    Column("url", Text, nullable=False),
    Column("surt", Text),  # None until a capture tells it: a reading can come first
    # What follows is derived, for the URLs of articles only.
    Column("article_key", Text),
    Column("first_look", Moment),
    Column("last_look", Moment),
    Column("last_shown", Text),  # a looks.Shown: what the last look showed
    Column("not_shown_since", Moment),  # when the looks in a row without an article began; None after one that shows it
    Column("missing", Text),  # the kind of the absence that lasts, if one does
    Column("missing_since", Moment),
    Column("missing_confirmed", Boolean),
    Column("unlisted_since", Moment),  # since when no listing names it, where that is not confirmed yet
    Column("first_seen", Moment),
    Column("last_seen", Moment),
    Column("content_id", Text),  # of the last state
    Column("reader_id", Text),  # of its last sighting
    Column("state_since", Moment),  # its first_seen
    Column("needs_confirming", Boolean),
    Column("states", Integer),
    Column("changes", Integer),
    Column("tallies", Json),  # looks by outcome
    Column("needs_rereading", Boolean),
    UniqueConstraint("outlet", "url"),
    Index("url_state_surt", "surt"),
    Index("url_state_key", "article_key"),
)
_WAS_LOOKED_AT = url_state.c.first_look.is_not(None)
_WAS_SEEN = url_state.c.first_seen.is_not(None)
# What is counted of an outlet's articles stands in an index, so that no row need be read: most are of other pages.
Index(
    "url_state_counted",
    *(
        url_state.c[name]
        for name in (
            *("outlet", "last_shown", "missing", "missing_confirmed"),
            *("needs_confirming", "needs_rereading", "states", "changes"),
        )
    ),
    sqlite_where=_WAS_LOOKED_AT,
    postgresql_where=_WAS_LOOKED_AT,
)
Index(
    "url_state_stories", url_state.c.outlet, url_state.c.article_key, sqlite_where=_WAS_SEEN, postgresql_where=_WAS_SEEN
)
Index("url_state_by_time", url_state.c.first_seen, sqlite_where=_WAS_SEEN, postgresql_where=_WAS_SEEN)

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
    Column("whole_record_id", Text, nullable=False),  # where that body is: of the capture itself, or its original
    Column("own", Boolean, nullable=False),  # false where the original is another URL's
    Column("etag", Text),
    Column("last_modified", Text),
)

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

listings = Table(
    "listings",
    metadata,
    Column("record_id", Text, primary_key=True),
    Column("reader_id", Text, primary_key=True),
    Column("outlet", Text, nullable=False),
    Column("commit_number", Integer, nullable=False),
    Column("named", Json),  # boxes in the order of the page, {box: [url_id, …]}; None where it could not be read
    Index("listings_of_outlet", "outlet", "commit_number"),
)

# Derived from the listings of an outlet, crawl by crawl (storage.catalog.listings): how far, and what is known there.
watches = Table(
    "watches",
    metadata,
    Column("outlet", Text, primary_key=True),
    Column("reader_id", Text, nullable=False),
    Column("until", Moment, nullable=False),  # the last capture that was taken up
    Column("commit_number", Integer, nullable=False),  # the outlet's last commit then
    Column("shelves", Json, nullable=False),  # [[source, box, at, disorder, [[url_id, last named, fresh], …]], …]
)

ages = Table(
    "ages",
    metadata,
    Column("url_id", Integer, primary_key=True, autoincrement=False),
    Column("first_named", Moment),  # None where it was named already when its source was first seen
)

unlisted = Table(
    "unlisted",
    metadata,
    Column("article", Integer, primary_key=True, autoincrement=False),  # a url_id
    Column("first_missing", Moment, primary_key=True),
    Column("outlet", Text, nullable=False),
    Column("source", Text, nullable=False),
    Column("box", Text, nullable=False),
    Column("last_listed", Moment, nullable=False),
    Column("last_missing", Moment, nullable=False),
    Column("record_id", Text, nullable=False),
    Column("older", Json, nullable=False),
    Column("looks", Integer, nullable=False),
    Column("second", Moment),
    Column("returned_at", Moment),
    Index("unlisted_of_outlet", "outlet", "returned_at"),
)

touched_listings = Table(
    "touched_listings",
    metadata,
    Column("outlet", Text, primary_key=True),  # whose listings were not yet taken up
)

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

touched = Table(
    "touched",
    metadata,
    Column("url_id", Integer, primary_key=True, autoincrement=False),  # not yet derived anew
)

DERIVED = (states, changes, absences)


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
