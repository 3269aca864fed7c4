"""Changes of one article that several of its URLs show: one edit, told once. (Not pure: it asks the catalog.)"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from datetime import timedelta
from typing import Final

from audit.history import Observed, same_edits
from storage.catalog.catalog import Catalog
from storage.catalog.changes import ChangeFound, changes_by_id
from storage.catalog.edited import Edited, digests_of, edited_so

Group = tuple[ChangeFound, ...]

SLACK: Final = timedelta(hours=1)
"""An edit comes to all paths of an article at once, or nearly: the intervals in which it was seen overlap."""


def at_several_urls(catalog: Catalog, changed: Sequence[ChangeFound]) -> tuple[Group, ...]:
    """Return the groups that any of these changes belongs to, each whole and the first seen first: the very same edits
    at two or more URLs of one article key, at the same time. Without findings a change is in none.

    What is not among `changed` comes without the values of its fields.
    """
    by_outlet: dict[str, list[ChangeFound]] = defaultdict(list)
    for change in changed:
        if change.article_key is not None:
            by_outlet[change.outlet].append(change)
    return tuple(group for outlet, some in sorted(by_outlet.items()) for group in _groups(catalog, outlet, some))


def _groups(catalog: Catalog, outlet: str, changed: Sequence[ChangeFound]) -> Iterator[Group]:
    asked = {change.occurrence: change for change in changed}
    keys = {change.article_key for change in changed if change.article_key is not None}
    digests = digests_of(catalog, (change.compared for change in changed))
    edits: dict[tuple[str, str], list[Edited]] = defaultdict(list)
    for one in edited_so(catalog, outlet, digests, keys):
        edits[one.article, one.digest].append(one)
    digest_of = {
        one.occurrence: digest
        for (_, digest), several in edits.items()
        if len({one.change_id for one in several}) > 1  # a change id names a URL, too
        for one in several
    }
    if not digest_of:
        return
    named = changes_by_id(catalog, outlet, {change_id for change_id, _ in digest_of})
    of = {change.occurrence: change for change in named if change.occurrence in digest_of}
    found = {which: asked.get(which, change) for which, change in of.items()}
    for same in same_edits((_observed(change, digest_of[which]) for which, change in found.items()), 2, SLACK):
        group = tuple(found[one.occurrence] for one in same.changes)
        if any(change.occurrence in asked for change in group):
            yield group


def _observed(change: ChangeFound, digest: str) -> Observed:
    """Return the change as one URL of its article: what many articles of an outlet are there, many URLs are here."""
    return Observed(
        change_id=change.change_id,
        outlet=change.article_key or "",
        article=change.url,
        last_seen_before=change.last_seen_before,
        first_seen_after=change.first_seen_after,
        edits=digest,
    )
