"""After a crawl: what of it is worth telling is told, each once, and that it was told is kept in the archive."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace

from audit.announcements import absence_entry_id, change_entry_id, repost_entry_id, return_entry_id, returns
from audit.edit import Weight
from audit.findings import ENGINE, findings_id
from audit.upkeep import bring_up_to_date
from config.software import software
from flows.steps.derived_objects import CrawlFacts, create_derived
from flows.steps.place import Place
from flows.steps.progress import Progress, ProgressEvent, silent
from storage.announced import AnnouncedKind, AnnouncedRow, write_announced
from storage.catalog.absences import AbsenceFound
from storage.catalog.announced import (
    announced,
    announced_ids,
    unannounced_absences,
    unannounced_changes,
    unannounced_returns,
)
from storage.catalog.catalog import Catalog
from storage.catalog.changes import ChangeFound
from storage.catalog.reposts import RepostFound, reposts
from storage.commits import Draft, Kind, ObjectRole
from storage.keys import announced_key

LEAST_WEIGHT = Weight.SUBSTANTIVE

Tell = Callable[[tuple[AnnouncedRow, ...]], None]
"""Is given what is new, the oldest first. Lines with `repeats` tell those who listened before nothing new."""


def nobody(rows: tuple[AnnouncedRow, ...]) -> None:
    """Tell nobody: it is kept in the archive, and feeds show it."""


def announce(
    place: Place, facts: CrawlFacts, tell: Tell = nobody, progress: Progress = silent
) -> tuple[AnnouncedRow, ...]:
    """Tell what was not told yet of the crawl's outlet, commit that it was, and return it. Nothing new is no commit.

    All of the outlet's history is looked at, not only what this crawl saw: a spool that came home late changes what was
    before. At least once: `tell` comes first, so what dies before the commit is told again, under the same ids.
    """
    catalog, outlet = place.catalog, facts.outlet_id
    catalog.sync(place.archive, [outlet])
    bring_up_to_date(catalog, lambda stage, done, total: progress(ProgressEvent(stage, done, total)))
    rows = _new(catalog, outlet)
    if not rows:
        return ()
    tell(rows)
    name = announced_key(facts.crawl_id).rpartition("/")[2]
    stored = create_derived(place, facts, name, write_announced(rows), ObjectRole.ANNOUNCED)
    place.archive.log(outlet).append(
        Draft(
            kind=Kind.ANNOUNCEMENT,
            crawl=facts.crawl_id,
            started=facts.started,
            finished=place.clock.now(),
            software=software(),
            objects=(stored,),
            counts={"announced": len(rows)},
            after=facts.after,
        )
    )
    catalog.sync(place.archive, [outlet])
    return rows


def _new(catalog: Catalog, outlet: str) -> tuple[AnnouncedRow, ...]:
    rows = [
        *_without_repeats(catalog, outlet, map(_change, unannounced_changes(catalog, outlet, LEAST_WEIGHT))),
        *map(_absence, unannounced_absences(catalog, outlet)),
        *map(_return, returns(unannounced_returns(catalog, outlet))),
        *map(_repost, reposts(catalog, outlet=outlet)),
    ]
    told = announced_ids(catalog, outlet, {row.id for row in rows})
    return tuple(sorted((row for row in rows if row.id not in told), key=lambda row: (row.at, row.id)))


def _without_repeats(catalog: Catalog, outlet: str, rows: Iterable[AnnouncedRow]) -> list[AnnouncedRow]:
    """Return the changes, each marked that repeats one which was told under another change id."""
    found = list(rows)
    heaviest: dict[tuple[str, object], AnnouncedRow] = {}
    for row in announced(catalog, outlet, {row.url for row in found}):
        known = heaviest.get((row.url, row.at))
        if row.kind is AnnouncedKind.CHANGE and (known is None or _weight(row) > _weight(known)):
            heaviest[row.url, row.at] = row
    return [
        replace(row, repeats=before.id)
        if (before := heaviest.get((row.url, row.at))) is not None and _weight(before) >= _weight(row)
        else row
        for row in found
    ]


def _weight(row: AnnouncedRow) -> Weight:
    """Return how much a change weighs; one that could not be compared counts as the least that is told."""
    return LEAST_WEIGHT if row.weight is None else Weight[row.weight.upper()]


def _change(change: ChangeFound) -> AnnouncedRow:
    return AnnouncedRow(
        id=change_entry_id(change),
        kind=AnnouncedKind.CHANGE,
        url=change.url,
        at=change.first_seen_after,
        article_key=change.article_key,
        after=change.last_seen_before,
        change_id=change.change_id,
        findings_id=findings_id(change.change_id, ENGINE),
        engine=ENGINE,
        weight=None if change.weight is None else str(Weight(change.weight)),
        types=change.types or (),
        disclosure=change.disclosure,
        undisclosed=change.undisclosed,
    )


def _absence(absence: AbsenceFound) -> AnnouncedRow:
    return AnnouncedRow(
        id=absence_entry_id(absence),
        kind=AnnouncedKind.ABSENCE,
        url=absence.url,
        at=absence.first_missing,
        article_key=absence.article_key,
        after=absence.last_seen,
        shown=absence.kind.value,
    )


def _return(absence: AbsenceFound) -> AnnouncedRow:
    assert absence.returned_at is not None  # asked for
    ended = _absence(absence)
    return replace(ended, id=return_entry_id(absence), kind=AnnouncedKind.RETURN, at=absence.returned_at)


def _repost(repost: RepostFound) -> AnnouncedRow:
    return AnnouncedRow(
        id=repost_entry_id(repost),
        kind=AnnouncedKind.REPOST,
        url=repost.later_url,
        at=repost.later_seen,
        article_key=repost.later_key,
        after=repost.earlier_seen,
        earlier_url=repost.earlier_url,
    )
