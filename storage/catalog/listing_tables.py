"""Tables of what listings named, and of what they ceased to name."""

from __future__ import annotations

from sqlalchemy import Column, Index, Integer, Table, Text

from storage.catalog.column_types import Json, Moment
from storage.catalog.metadata import metadata

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
