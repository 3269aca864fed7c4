"""After a crawl: what of it is worth telling is told, each once, and that it was told is kept in the archive."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace

from audit.alike import alike
from audit.announcements import returns
from audit.at_several_urls import at_several_urls
from audit.edit import Weight
from audit.entry_ids import (
    absence_entry_id,
    alarm_entry_id,
    change_entry_id,
    image_entry_id,
    repost_entry_id,
    return_entry_id,
)
from audit.findings import ENGINE, findings_id
from audit.upkeep import bring_up_to_date
from config.software import software
from flows.steps.derived_objects import CrawlFacts, create_derived
from flows.steps.place import Place
from flows.steps.progress import Progress, ProgressEvent, silent
from storage.announced import AnnouncedKind, AnnouncedRow, write_announced
from storage.catalog.absences import AbsenceFound, absences
from storage.catalog.announced import (
    announced,
    announced_alarms,
    announced_ids,
    unannounced_absences,
    unannounced_changes,
    unannounced_returns,
)
from storage.catalog.catalog import Catalog
from storage.catalog.changes import ChangeFound
from storage.catalog.disappeared import alarm_of
from storage.catalog.images import ImageReplaced, replaced_images
from storage.catalog.looks import CONCLUSIVE
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
    rows = _new(catalog, outlet, facts.crawl_id)
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


def _new(catalog: Catalog, outlet: str, crawl_id: str) -> tuple[AnnouncedRow, ...]:
    rows = [
        *_changes(catalog, outlet),
        *map(_absence, unannounced_absences(catalog, outlet)),
        *map(_return, returns(unannounced_returns(catalog, outlet))),
        *map(_repost, reposts(catalog, outlet=outlet)),
        *map(_image, _first_shown(replaced_images(catalog, outlet=outlet))),
        *_alarms(catalog, outlet, crawl_id),
    ]
    told = announced_ids(catalog, outlet, {row.id for row in rows})
    return tuple(sorted((row for row in rows if row.id not in told), key=lambda row: (row.at, row.id)))


def _changes(catalog: Catalog, outlet: str) -> list[AnnouncedRow]:
    """Return a line for each change that was not announced; and for those alike in many articles one that tells of them
    all, which theirs repeat. What several URLs of one article show, the first tells, and the others repeat."""
    found = unannounced_changes(catalog, outlet, LEAST_WEIGHT)
    rows = {(row.url, row.change_id, row.at): row for row in _without_repeats(catalog, outlet, map(_change, found))}
    together: list[AnnouncedRow] = []
    for group in alike(catalog, found):
        places = [(change.url, change.change_id, change.first_seen_after) for change in group.changes]
        mine = [place for place in places if place in rows]
        told_before = {rows[place].repeats for place in mine}
        rows |= {place: replace(rows[place], repeats=rows[place].repeats or group.id) for place in mine}
        together.append(
            replace(
                _change(group.heaviest),
                id=group.id,
                kind=AnnouncedKind.ALIKE,
                types=group.types,
                disclosure=group.disclosure,
                undisclosed=group.undisclosed,
                articles=group.articles,
                repeats=None if None in told_before else min(filter(None, told_before), default=None),
            )
        )
    for several in at_several_urls(catalog, found):
        first = several[0]
        for change in several[1:]:
            place = change.url, change.change_id, change.first_seen_after
            if place in rows and change.url != first.url and (change.weight or 0) <= (first.weight or 0):
                rows[place] = replace(rows[place], repeats=rows[place].repeats or change_entry_id(first))
    return [*rows.values(), *together]


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
        findings_id=findings_id(change.change_id, ENGINE, change.times),
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
        similar=None if repost.similarity == 1 else int(100 * repost.similarity),
    )


def _image(image: ImageReplaced) -> AnnouncedRow:
    return AnnouncedRow(
        id=image_entry_id(image),
        kind=AnnouncedKind.IMAGE,
        url=image.url,
        at=image.first_seen_after,
        article_key=image.article_key,
        after=image.last_seen_before,
        image_url=image.image_url,
        old_digest=image.old_digest,
        new_digest=image.new_digest,
    )


def _first_shown(images: Iterable[ImageReplaced]) -> list[ImageReplaced]:
    """Return the replacements by bytes that the image's URL had not shown before: servers go to and fro between two."""
    shown: dict[str, set[str]] = {}
    found = []
    for image in sorted(images, key=lambda image: (image.image_url, image.first_seen_after)):
        before = shown.setdefault(image.image_url, set())
        before.add(image.old_digest)
        if image.new_digest not in before:
            found.append(image)
        before.add(image.new_digest)
    return found


def _alarms(catalog: Catalog, outlet: str, crawl_id: str) -> list[AnnouncedRow]:
    """Return the alarm that the crawl raised: none where one was told in its time, and this is not twice as bad."""
    alarm = alarm_of(catalog, outlet, crawl_id)
    if alarm is None:
        return []
    told = [one.row.articles or 0 for one in announced_alarms(catalog, outlet=outlet, since=alarm.since)]
    if told and alarm.missing < 2 * max(told):
        return []
    gone = absences(catalog, outlet=outlet, since=alarm.since, kinds=CONCLUSIVE, lasting=True)
    first = min(gone, key=lambda absence: (absence.first_missing, absence.url), default=None)
    return [
        AnnouncedRow(
            id=alarm_entry_id(outlet, alarm.until),
            kind=AnnouncedKind.ALARM,
            url=first.url if first else "",
            at=alarm.until,
            after=alarm.since,
            articles=alarm.missing,
            looked_at=alarm.looked_at,
        )
    ]
