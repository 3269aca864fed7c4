"""What the catalog has found as entries of a feed. (Not pure: it asks the catalog.)"""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import datetime

from audit.alike import alike
from audit.announcements import entries
from audit.at_several_urls import at_several_urls
from audit.feeds import FeedEntry
from audit.findings import Findings
from audit.findings_json import from_json
from storage.catalog.absences import AbsenceFound, absences
from storage.catalog.announced import ToldAlarm, announced_alarms
from storage.catalog.catalog import Catalog
from storage.catalog.changes import ChangeFilter, ChangeFound, changes
from storage.catalog.findings import findings_of
from storage.catalog.images import ImageReplaced, replaced_images
from storage.catalog.looks import TELLING
from storage.catalog.reposts import RepostFound, reposts

_AT_ONCE = 200


def entries_of(
    catalog: Catalog,
    changed: Sequence[ChangeFound],
    absent: Sequence[AbsenceFound],
    reposted: Sequence[RepostFound],
    replaced: Sequence[ImageReplaced] = (),
    returned: Sequence[AbsenceFound] | None = None,
    alarms: Sequence[ToldAlarm] = (),
) -> list[FeedEntry]:
    """Return the entries for these, the newest first, with the findings that the catalog keeps.

    Changes with the same edits in many articles are one entry, which tells of all of them, also of those that are not
    among `changed`; so are those of one article that several of its URLs show, as the entry of the first. `returned`
    are absences whose end is told; where it is None, those of `absent` that have ended.
    """
    worth = [change for change in changed if change.weight]
    groups, several = alike(catalog, worth), at_several_urls(catalog, worth)
    told = [change.compared for change in worth]
    told += [group.heaviest.compared for group in groups]
    told += [urls[0].compared for urls in several]
    found: dict[tuple[str, str], Findings] = {}
    for begin in range(0, len(told), _AT_ONCE):
        for compared, kept in findings_of(catalog, told[begin : begin + _AT_ONCE]).items():
            if kept.findings_json is not None:
                found[compared] = from_json(json.loads(kept.findings_json))
    return entries(changed, absent, reposted, found, replaced, returned, groups, alarms, several)


def newest_entries(catalog: Catalog, outlet: str | None, since: datetime, limit: int) -> list[FeedEntry]:
    """Return the newest entries of an outlet, or of all: what was first seen so since a moment, at most `limit`.

    Of each kind the `limit` newest are looked at. `since` should be the beginning of a day in UTC: what is folded is
    folded by those.
    """
    changed = changes(catalog, ChangeFilter(outlet=outlet, since=since), limit=limit)
    absent = [
        absence
        for absence in absences(catalog, outlet=outlet, since=since, limit=limit)
        if absence.kind in TELLING or absence.first_missing >= since
    ]
    reposted = reposts(catalog, outlet=outlet, since=since, limit=limit)
    replaced = replaced_images(catalog, outlet=outlet, since=since, limit=limit)
    raised = announced_alarms(catalog, outlet=outlet, since=since)
    return entries_of(catalog, changed, absent, reposted, replaced, alarms=raised)[:limit]
