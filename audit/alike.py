"""Changes of the archive that have the same edits at once. (Not pure: it asks the catalog.)"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from itertools import chain

from audit.entry_ids import alike_entry_id
from audit.history import LEAST, SLACK, Alike, ByHunk, Observed, same_edits
from storage.catalog.announced import told_together
from storage.catalog.catalog import Catalog
from storage.catalog.changes import ChangeFound, changes_by_id
from storage.catalog.edited import Edited, edited_like, edited_so


def alike(catalog: Catalog, changed: Sequence[ChangeFound]) -> tuple[Alike, ...]:
    """Return the groups that any of these changes belongs to, each whole; without findings a change is in none."""
    by_outlet = defaultdict(list)
    for change in changed:
        by_outlet[change.outlet].append(change)
    groups: list[Alike] = []
    for outlet, of_outlet in sorted(by_outlet.items()):
        asked = {change.occurrence for change in of_outlet}
        edited = edited_like(catalog, outlet, of_outlet, SLACK, LEAST)
        for digest, more in sorted(_shared(edited, asked).items()):
            groups += _groups(catalog, outlet, digest, more, asked)
    return tuple(sorted(groups, key=lambda group: (-group.articles, group.outlet, group.changes[0].first_seen_after)))


def _shared(edited: Sequence[Edited], asked: set[tuple[str, datetime]]) -> dict[str, list[Edited]]:
    """Return the digests of edits which enough articles have, any of those that are asked for among them; and with each
    the changes that have those edits beside others."""
    having = ByHunk(edited)
    exactly: dict[str, list[Edited]] = defaultdict(list)
    for one in edited:
        exactly[one.digest].append(one)
    found = {}
    for digest, several in exactly.items():
        hunks = several[0].hunks
        if having.most(hunks) < LEAST and len(several) < LEAST:
            continue  # a look first
        more = having.with_more(hunks)
        together = (*several, *more)
        if len({one.article for one in together}) >= LEAST and any(one.occurrence in asked for one in together):
            found[digest] = more
    return found


def _groups(
    catalog: Catalog, outlet: str, digest: str, more: Iterable[Edited], asked: set[tuple[str, datetime]]
) -> Iterator[Alike]:
    """Yield the groups of the changes with the same edits, or more, that hold any of those that are asked for."""
    # Two names of edits are enough: that each of `more` has those of the others and its own was found by `_shared`.
    theirs, own = frozenset({digest}), frozenset({digest, "more"})
    # Of all times: which of them are one group depends on those before.
    exactly = {_observed(one, outlet, digest, theirs) for one in edited_so(catalog, outlet, [digest])}
    observed = exactly | {_observed(one, outlet, None, own) for one in more}
    groups = [
        (group.changes, group.also)
        for group in same_edits(observed)
        if any(one.occurrence in asked for one in (*group.changes, *group.also))
    ]
    ids = {one.change_id for some in groups for one in chain(*some)}
    named = {change.occurrence: change for change in changes_by_id(catalog, outlet, ids)}
    for group in groups:
        changes, also = (tuple(named[one.occurrence] for one in some) for some in group)
        told = told_together(catalog, outlet, {change.change_id for change in changes})
        known = (told[change.occurrence] for change in changes if change.occurrence in told)
        yield Alike(next(known, alike_entry_id(outlet, digest, changes[0].first_seen_after)), changes, also)


def _observed(change: Edited, outlet: str, digest: str | None, hunks: frozenset[str]) -> Observed:
    return Observed(
        change_id=change.change_id,
        outlet=outlet,
        article=change.article,
        last_seen_before=change.last_seen_before,
        first_seen_after=change.first_seen_after,
        edits=digest,
        hunks=hunks,
    )
