"""The readers of an outlet: which are current, and what was last read by each."""

from __future__ import annotations

from sqlalchemy import func, select

from storage.catalog.catalog import Catalog
from storage.catalog.schema import readers, url_state


def current_readers(catalog: Catalog, outlet: str) -> frozenset[str]:
    """Return the readers that the outlet's last `reading` commit names."""
    query = select(readers.c.reader_id).where(readers.c.outlet == outlet)
    with catalog.reading() as connection:
        return frozenset(connection.execute(query).scalars())


def articles_by_reader(catalog: Catalog, outlet: str) -> dict[str, int]:
    """Return how many article URLs were last read by each reader."""
    query = (
        select(url_state.c.reader_id, func.count())
        .where(url_state.c.outlet == outlet, url_state.c.states.is_not(None), url_state.c.reader_id.is_not(None))
        .group_by(url_state.c.reader_id)
    )
    with catalog.reading() as connection:
        return dict(connection.execute(query).tuples().all())
