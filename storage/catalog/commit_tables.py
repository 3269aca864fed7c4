"""Tables of the commits that were applied, and of the WARCs that they brought.

WARCs are interned under numbers because each holds many captures.
"""

from __future__ import annotations

from sqlalchemy import Boolean, Column, Index, Integer, Table, Text, UniqueConstraint

from storage.catalog.column_types import Json, Moment
from storage.catalog.metadata import metadata

commits = Table(
    "commits",
    metadata,
    Column("outlet", Text, primary_key=True),
    Column("number", Integer, primary_key=True, autoincrement=False),
    Column("sha256", Text, nullable=False),  # of its stored bytes: the log has to hold just this one
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
