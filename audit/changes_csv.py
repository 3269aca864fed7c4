"""Changes, absences, returns, replaced images and re-posts as rows of one table. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from audit.announcements import returns
from audit.edit import EditType
from audit.found_words import how, interval, kind_of, other_bytes, same_text, standing, was_missing, weight_of
from audit.report.words import when
from storage.catalog.absences import AbsenceFound
from storage.catalog.changes import ChangeFound
from storage.catalog.images import ImageReplaced
from storage.catalog.reposts import RepostFound

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
)


def csv_rows(
    changed: Sequence[ChangeFound],
    absent: Sequence[AbsenceFound],
    reposted: Sequence[RepostFound],
    replaced: Sequence[ImageReplaced] = (),
) -> Iterator[tuple[object, ...]]:
    """Yield the values of CSV_COLUMNS for all of them, kind by kind; None where a column has no meaning."""
    for change in changed:
        yield (
            kind_of(change),
            *(change.outlet, change.article_key, change.headline, change.url),
            *(change.last_seen_before, change.first_seen_after),
            *(weight_of(change), change.score, None if change.types is None else "; ".join(change.types)),
            *(change.disclosure, change.undisclosed, how(change), change.confirmed, change.change_id),
        )
    for absence in absent:
        yield (
            str(absence.kind),
            *(absence.outlet, absence.article_key, absence.headline, absence.url),
            *(absence.last_seen, absence.first_missing),
            *(None,) * 5,
            *(f"{interval(absence, when)}; {standing(absence)}", absence.confirmed, None),
        )
    for back in returns(absent):
        yield (
            "returned",
            *(back.outlet, back.article_key, back.headline, back.url),
            *(back.last_missing, back.returned_at),
            *(None,) * 5,
            *(was_missing(back, when), None, None),
        )
    for image in replaced:
        yield (
            IMAGE_REPLACED,
            *(image.outlet, image.article_key, image.headline, image.url),
            *(image.last_seen_before, image.first_seen_after),
            *(None,) * 5,
            *(other_bytes(image), None, None),
        )
    for repost in reposted:
        yield (
            "re-posted",
            *(repost.outlet, repost.later_key, repost.headline, repost.later_url),
            *(None, repost.later_seen),
            *(None,) * 5,
            *(same_text(repost), None, None),
        )
