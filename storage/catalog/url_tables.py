"""Tables of URLs: each under its number, with what its observations came to.

URLs are interned because each stands in many captures.
"""

from __future__ import annotations

from sqlalchemy import Boolean, Column, Index, Integer, Table, Text, UniqueConstraint

from storage.catalog.column_types import Json, Moment
from storage.catalog.metadata import metadata

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
    Column("stands_at", Integer),  # the number of the URL at which it was last seen, where that is another spelling
    # Where this is another spelling of a URL, the number of that: all that was observed here stands there.
    Column("line_id", Integer),
    UniqueConstraint("outlet", "url"),
    Index("url_state_surt", "surt"),
    Index("url_state_key", "article_key"),
)
_WAS_LOOKED_AT = url_state.c.first_look.is_not(None)
_WAS_SEEN = url_state.c.first_seen.is_not(None)
# Every crawl asks for all articles of its outlet, and most URLs are of other pages.
Index(
    "url_state_looked_at",
    url_state.c.outlet,
    url_state.c.url,
    sqlite_where=_WAS_LOOKED_AT,
    postgresql_where=_WAS_LOOKED_AT,
)
# Under one outlet an index holds the rows in the order of their numbers, which is the order that the rows of answers
# and bodies are kept in: a crawl that asks for all of them reads each page of the file once. In the order of the
# URLs every row was a page of its own.
Index("url_state_of_outlet", url_state.c.outlet)
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

onward = Table(
    "onward",
    metadata,
    Column("url_id", Integer, primary_key=True, autoincrement=False),
    # Where a redirect led that only spells the URL of the article otherwise (articles.leads).
    Column("to_url_id", Integer, primary_key=True, autoincrement=False),
    Index("onward_to", "to_url_id"),
)

touched = Table(
    "touched",
    metadata,
    Column("url_id", Integer, primary_key=True, autoincrement=False),  # not yet derived anew
)
