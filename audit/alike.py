"""The changes of the archive that have the same edits at once. (Not pure: it asks the catalog.)"""

from __future__ import annotations

from collections.abc import Sequence

from audit.history import Observed, SameEdits, same_edits
from storage.catalog.catalog import Catalog
from storage.catalog.changes import ChangeFound
from storage.catalog.findings import edits_of


def alike(catalog: Catalog, changed: Sequence[ChangeFound]) -> tuple[SameEdits, ...]:
    """Return the groups of these changes that have the same edits in many articles; without findings none is in any."""
    found = edits_of(catalog, {change.change_id for change in changed})
    return same_edits(
        Observed(
            change_id=change.change_id,
            outlet=change.outlet,
            article=change.article_key or change.url,
            last_seen_before=change.last_seen_before,
            first_seen_after=change.first_seen_after,
            edits=found.get(change.change_id),
        )
        for change in changed
    )
