"""Changes, absences and re-posts as a list: entries and cells for people, rows for spreadsheets."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from palimpsest.changes_shown import disclosed, how, interval, kind_of, standing, types_of, weighed, weight_of
from palimpsest.output import Entry
from palimpsest.reports import when
from storage.catalog.absences import AbsenceFound
from storage.catalog.changes import ChangeFound
from storage.catalog.reposts import RepostFound

COLUMNS: Final = ("what", "article", "how", "weight", "types", "disclosure", "when", "url")

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


@dataclass(frozen=True)
class Listed:
    """One line of the list. `at` is the moment from which it is known; `judged` what comparing came to, in a line."""

    at: datetime
    what: str
    article: str
    how: str
    when: str
    url: str
    weight: str = ""
    types: str = ""
    disclosure: str = ""
    judged: str = ""

    @property
    def cells(self) -> tuple[str, ...]:
        """The values of COLUMNS."""
        return self.what, self.article, self.how, self.weight, self.types, self.disclosure, self.when, self.url

    @property
    def entry(self) -> Entry:
        """The same for a person at a terminal."""
        return Entry(self.what, self.article, tuple(filter(None, (self.how, self.judged, self.when, self.url))))


def listed(
    changed: Sequence[ChangeFound],
    absent: Sequence[AbsenceFound],
    reposted: Sequence[RepostFound],
    *,
    by_weight: bool = False,
) -> list[Listed]:
    """Return all three as one list, the newest first; or the changes in their own order and all others after them."""
    others = [*map(_absence, absent), *map(_repost, reposted)]
    if by_weight:
        return [*map(_change, changed), *_newest_first(others)]
    return _newest_first([*map(_change, changed), *others])


def csv_rows(
    changed: Sequence[ChangeFound], absent: Sequence[AbsenceFound], reposted: Sequence[RepostFound]
) -> Iterator[tuple[object, ...]]:
    """Yield the values of CSV_COLUMNS for all three, one kind after the other; None where a column has no meaning."""
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
            *(f"{interval(absence)}; {standing(absence)}", absence.confirmed, None),
        )
    for repost in reposted:
        yield (
            "re-posted",
            *(repost.outlet, repost.later_key, repost.headline, repost.later_url),
            *(None, repost.later_seen),
            *(None,) * 5,
            *(_same_text(repost), None, None),
        )


def _newest_first(lines: Iterable[Listed]) -> list[Listed]:
    return sorted(lines, key=lambda line: line.at, reverse=True)


def _change(change: ChangeFound) -> Listed:
    return Listed(
        at=change.first_seen_after,
        what=kind_of(change),
        article=change.headline or "",
        how=how(change),
        when=f"between {when(change.last_seen_before)} and {when(change.first_seen_after)}",
        url=change.url,
        weight=weight_of(change) or "",
        types=types_of(change),
        disclosure=disclosed(change),
        judged=weighed(change),
    )


def _absence(absence: AbsenceFound) -> Listed:
    return Listed(
        absence.first_missing,
        str(absence.kind),
        absence.headline or "",
        standing(absence),
        interval(absence),
        absence.url,
    )


def _repost(repost: RepostFound) -> Listed:
    seen = f"first seen {when(repost.later_seen)}, the earlier one {when(repost.earlier_seen)}"
    return Listed(repost.later_seen, "re-posted", repost.headline or "", _same_text(repost), seen, repost.later_url)


def _same_text(repost: RepostFound) -> str:
    return f"same text as {repost.earlier_url}"
