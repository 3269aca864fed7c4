"""Changes of the archive that have the same edits at once. (Not pure: it asks the catalog.)"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime

from audit.entry_ids import alike_entry_id
from audit.history import LEAST, Alike, Observed, article_of, same_edits
from storage.catalog.announced import told_together
from storage.catalog.catalog import Catalog
from storage.catalog.changes import ChangeFound, changes_with_edits, shared_edits
from storage.catalog.findings import edits_of


def alike(catalog: Catalog, changed: Sequence[ChangeFound]) -> tuple[Alike, ...]:
    """Return the groups that any of these changes belongs to, each whole; without findings a change is in none."""
    digests = edits_of(catalog, {change.change_id for change in changed})
    wanted = defaultdict(set)
    for change in changed:
        if change.change_id in digests:
            wanted[change.outlet].add(digests[change.change_id])
    asked = {(change.change_id, change.first_seen_after) for change in changed}
    groups: list[Alike] = []
    for outlet, of_outlet in sorted(wanted.items()):
        for digest in sorted(shared_edits(catalog, outlet, of_outlet, LEAST)):
            found = changes_with_edits(catalog, outlet, digest)
            groups += _groups(catalog, digest, found, asked)
    return tuple(sorted(groups, key=lambda group: (-group.articles, group.outlet, group.changes[0].first_seen_after)))


def _groups(
    catalog: Catalog, digest: str, found: Iterable[ChangeFound], asked: set[tuple[str, datetime]]
) -> Iterator[Alike]:
    """Yield the groups of these changes, which have the same edits, that hold any of those that are asked for."""
    by_place = {(change.change_id, change.first_seen_after, article_of(change)): change for change in found}
    for group in same_edits(_observed(change, digest) for change in by_place.values()):
        if all((one.change_id, one.first_seen_after) not in asked for one in group.changes):
            continue
        changes = tuple(by_place[one.change_id, one.first_seen_after, one.article] for one in group.changes)
        told = told_together(catalog, group.outlet, {change.change_id for change in changes})
        known = (told[place] for change in changes if (place := (change.change_id, change.first_seen_after)) in told)
        yield Alike(next(known, alike_entry_id(group.outlet, digest, changes[0].first_seen_after)), changes)


def _observed(change: ChangeFound, digest: str) -> Observed:
    return Observed(
        change_id=change.change_id,
        outlet=change.outlet,
        article=article_of(change),
        last_seen_before=change.last_seen_before,
        first_seen_after=change.first_seen_after,
        edits=digest,
    )
