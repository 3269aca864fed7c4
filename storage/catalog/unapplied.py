"""Which outlets' logs have gone on since the catalog took them up."""

from __future__ import annotations

from storage.archive import Archive
from storage.catalog.catalog import Catalog
from storage.catalog.heads import ahead, heads
from storage.errors import CommitGone
from storage.keys import commit_key
from storage.objects import exists


def unapplied(catalog: Catalog, archive: Archive) -> list[str]:
    """Return the outlets whose log has commits that the catalog has not applied.

    Asks the store two questions an outlet, and which outlets there are. Raises CatalogAhead where a log does not hold
    the last commit that was applied, and what the store raises.
    """
    with catalog.reading() as connection:
        applied = heads(connection)
    gone_on = set()
    for outlet, head in applied.items():
        try:
            archive.log(outlet).require(head)
        except CommitGone as gone:
            raise ahead(catalog.url, archive, outlet, head, gone) from gone
        if exists(archive.store, commit_key(outlet, head.number + 1)):
            gone_on.add(outlet)
    return sorted({*gone_on, *archive.outlets(but=applied)})
