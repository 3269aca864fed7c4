"""Tables of what several URLs or captures tell together: re-posts, and images that became others.

They follow from the archive as states do; they are kept because finding them takes a look at everything.
"""

from __future__ import annotations

from sqlalchemy import Column, Float, Index, Integer, Table, Text

from storage.catalog.column_types import Moment
from storage.catalog.schema import metadata

reposts = Table(
    "reposts",
    metadata,
    Column("url_id", Integer, primary_key=True, autoincrement=False),  # where the text was shown again
    Column("ordinal", Integer, primary_key=True, autoincrement=False),  # of the state that shows it
    Column("text_id", Text, nullable=False),
    Column("content_id", Text, nullable=False),
    Column("first_seen", Moment, nullable=False),
    Column("earlier_url_id", Integer, nullable=False),
    Column("earlier_seen", Moment, nullable=False),
    Column("earlier_content_id", Text, nullable=False),
    Column("similarity", Float, nullable=False),  # 1 where it is the same text
    Index("reposts_by_time", "first_seen"),
    Index("reposts_of_text", "text_id"),
)

replaced_images = Table(
    "replaced_images",
    metadata,
    Column("url_id", Integer, primary_key=True, autoincrement=False),  # of the image
    Column("ordinal", Integer, primary_key=True, autoincrement=False),  # from 0, by time
    Column("article_url", Text, nullable=False),  # with which the new bytes were fetched
    Column("old_digest", Text, nullable=False),
    Column("new_digest", Text, nullable=False),
    Column("old_record_id", Text, nullable=False),
    Column("new_record_id", Text, nullable=False),
    Column("last_seen_before", Moment, nullable=False),
    Column("first_seen_after", Moment, nullable=False),
    Index("replaced_images_by_time", "first_seen_after"),
)

touched_images = Table(
    "touched_images",
    metadata,
    Column("url_id", Integer, primary_key=True, autoincrement=False),  # captured again, and not yet looked at
)
