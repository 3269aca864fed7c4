"""Alarms, changes, absences, returns, replaced images and re-posts as rows of one table. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Final

from audit.announcements import returns
from audit.edit import EditType
from audit.field_lines import how
from audit.found_words import interval, kind_of, other_bytes, same_text, standing, was_missing, weight_of
from audit.history import Alike
from audit.report.words import when
from storage.catalog.absences import AbsenceFound
from storage.catalog.changes import ChangeFound
from storage.catalog.disappeared import Disappeared
from storage.catalog.images import ImageReplaced
from storage.catalog.reposts import RepostFound

Row = tuple[object, ...]
_NO_FINDINGS: Final = (None,) * 5
IMAGE_REPLACED: Final = str(EditType.IMAGE_REPLACED)

CSV_COLUMNS: Final = (
    "what",
    "outlet",
    "article_key",
    "headline",
    "url",
    "last_seen_before",
    "first_seen_after",
    "weight",
    "score",
    "types",
    "disclosure",
    "undisclosed",
    "how",
    "confirmed",
    "change_id",
    "alike",
)
"""`alike` is the id of the changes with the same edits in many articles that this one is of."""


def csv_rows(
    changed: Sequence[ChangeFound],
    absent: Sequence[AbsenceFound],
    reposted: Sequence[RepostFound],
    replaced: Sequence[ImageReplaced] = (),
    alarms: Sequence[Disappeared] = (),
    alike: Sequence[Alike] = (),
) -> Iterator[Row]:
    """Yield the values of CSV_COLUMNS for all of them, kind by kind; an absence that has ended is told twice."""
    groups = ids_of(alike)
    yield from map(alarm_row, alarms)
    yield from (change_row(change, groups.get(change.occurrence)) for change in changed)
    yield from map(absence_row, absent)
    yield from map(return_row, returns(absent))
    yield from map(image_row, replaced)
    yield from map(repost_row, reposted)


def ids_of(alike: Sequence[Alike]) -> dict[tuple[str, datetime], str]:
    """Return the id of its group for each change that is told as one of a group."""
    return {change.occurrence: group.id for group in alike for change in group.changes}


def change_row(change: ChangeFound, alike: str | None = None) -> Row:
    """Return the values of CSV_COLUMNS for a change, perhaps one of a group; None where a column has no meaning."""
    return (
        kind_of(change),
        *(change.outlet, change.article_key, change.headline, change.url),
        *(change.last_seen_before, change.first_seen_after),
        *(weight_of(change), change.score, None if change.types is None else "; ".join(change.types)),
        *(change.disclosure, change.undisclosed, how(change), change.confirmed, change.change_id, alike),
    )


def absence_row(absence: AbsenceFound) -> Row:
    """Return the values of CSV_COLUMNS for an absence."""
    return (
        str(absence.kind),
        *(absence.outlet, absence.article_key, absence.headline, absence.url),
        *(absence.last_seen, absence.first_missing),
        *_NO_FINDINGS,
        *(f"{interval(absence, when)}; {standing(absence)}", absence.confirmed, None, None),
    )


def return_row(back: AbsenceFound) -> Row:
    """Return the values of CSV_COLUMNS for the end of an absence."""
    return (
        "returned",
        *(back.outlet, back.article_key, back.headline, back.url),
        *(back.last_missing, back.returned_at),
        *_NO_FINDINGS,
        *(was_missing(back, when), None, None, None),
    )


def alarm_row(alarm: Disappeared) -> Row:
    """Return the values of CSV_COLUMNS for an alarm."""
    return (
        "alarm",
        *(alarm.outlet, None, None, None),
        *(alarm.since, alarm.until),
        *_NO_FINDINGS,
        *(str(alarm), None, None, None),
    )


def image_row(image: ImageReplaced) -> Row:
    """Return the values of CSV_COLUMNS for an image that was replaced."""
    return (
        IMAGE_REPLACED,
        *(image.outlet, image.article_key, image.headline, image.url),
        *(image.last_seen_before, image.first_seen_after),
        *_NO_FINDINGS,
        *(other_bytes(image), None, None, None),
    )


def repost_row(repost: RepostFound) -> Row:
    """Return the values of CSV_COLUMNS for a re-post."""
    return (
        "re-posted",
        *(repost.outlet, repost.later_key, repost.headline, repost.later_url),
        *(None, repost.later_seen),
        *_NO_FINDINGS,
        *(same_text(repost), None, None, None),
    )
