"""How far the catalog has taken up the logs: the last commit of each, with its digest."""

from __future__ import annotations

from sqlalchemy import Connection, func, select

from storage.archive import Archive
from storage.catalog.schema import commits
from storage.errors import CatalogAhead, CommitGone
from storage.log import Head


def heads(connection: Connection) -> dict[str, Head]:
    """Return the last commit that was taken up, by outlet."""
    last = (
        select(commits.c.outlet, func.max(commits.c.number).label("number")).group_by(commits.c.outlet).subquery("last")
    )
    query = select(commits.c.outlet, commits.c.number, commits.c.sha256).join(
        last, (commits.c.outlet == last.c.outlet) & (commits.c.number == last.c.number)
    )
    return {outlet: Head(number, sha256) for outlet, number, sha256 in connection.execute(query)}


def last_applied(connection: Connection, outlet: str) -> int:
    """Return the number of the last commit of an outlet that was taken up, 0 where none was."""
    return connection.execute(select(func.max(commits.c.number)).where(commits.c.outlet == outlet)).scalar() or 0


def ahead(catalog_url: str, archive: Archive, outlet: str, head: Head, gone: CommitGone) -> CatalogAhead:
    """Return the error for a head that was taken up, and that the archive does not hold."""
    return CatalogAhead(
        f"the catalog {catalog_url} has taken up commit {head.number} of {outlet}, which {archive.url} does not hold:"
        f" {gone}"
        " If the archive was put back from an older copy, `palimpsest rebuild` makes the catalog anew from what is"
        " there. If it is one of two copies that share this catalog, give each a state of its own (PALIMPSEST_STATE)"
    )
