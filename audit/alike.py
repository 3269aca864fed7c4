"""The changes of the archive that have the same edits at once. (Not pure: it asks the catalog.)"""

from __future__ import annotations

import json
from collections.abc import Sequence

from audit.history import Observed, SameEdits, hunks_of, same_edits
from storage.catalog.catalog import Catalog
from storage.catalog.changes import ChangeFound
from storage.catalog.findings import findings_of


def alike(catalog: Catalog, changed: Sequence[ChangeFound]) -> tuple[SameEdits, ...]:
    """Return the groups of these changes that have the same edits in many articles; without findings none is in any."""
    kept = findings_of(catalog, {change.change_id for change in changed})
    found = {id_: hunks_of(json.loads(one.findings_json)) for id_, one in kept.items() if one.findings_json is not None}
    return same_edits(
        Observed(
            change_id=change.change_id,
            outlet=change.outlet,
            article=change.article_key or change.url,
            last_seen_before=change.last_seen_before,
            first_seen_after=change.first_seen_after,
            hunks=found[change.change_id],
        )
        for change in changed
        if change.change_id in found
    )
