"""How far the catalog has applied the logs, and which outlets' logs have gone on since."""

from __future__ import annotations

from sqlalchemy import func, select

from storage.archive import Archive
from storage.catalog.catalog import Catalog
from storage.catalog.schema import commits
from storage.keys import commit_key
from storage.objects import exists


def heads(catalog: Catalog) -> dict[str, int]:
    """Return the number of the last commit that the catalog has applied, by outlet."""
    query = select(commits.c.outlet, func.max(commits.c.number)).group_by(commits.c.outlet)
    with catalog.reading() as connection:
        return dict(connection.execute(query).tuples().all())


def unapplied(catalog: Catalog, archive: Archive) -> list[str]:
    """Return the outlets whose log has commits that the catalog has not applied.

    Asks the store one question an outlet, and which outlets there are. Raises what the store raises.
    """
    applied = heads(catalog)
    return [
        outlet
        for outlet in sorted({*applied, *archive.outlets()})
        if exists(archive.store, commit_key(outlet, applied.get(outlet, 0) + 1))
    ]
