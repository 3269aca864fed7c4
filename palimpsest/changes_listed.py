"""Changes, absences and re-posts as a list: entries and cells for people."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Final

from audit.announcements import returns
from audit.changes_csv import IMAGE_REPLACED
from audit.field_lines import how
from audit.found_words import (
    disclosed,
    interval,
    kind_of,
    other_bytes,
    same_text,
    standing,
    types_of,
    was_missing,
    weighed,
    weight_of,
)
from audit.history import Alike
from palimpsest.output import Entry
from palimpsest.reports import when
from storage.catalog.absences import AbsenceFound
from storage.catalog.changes import ChangeFound
from storage.catalog.disappeared import Disappeared
from storage.catalog.images import ImageReplaced
from storage.catalog.reposts import RepostFound

COLUMNS: Final = ("what", "article", "how", "weight", "types", "disclosure", "when", "url")


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
    replaced: Sequence[ImageReplaced] = (),
    alarms: Sequence[Disappeared] = (),
    alike: Sequence[Alike] = (),
    several: Sequence[Sequence[ChangeFound]] = (),
    *,
    by_weight: bool = False,
) -> list[Listed]:
    """Return all of them as one list, the newest first; or the changes in their own order and all others after them.

    Alarms are at the top. Changes that are `alike` are one line, at the place of the first; so are those of one article
    at `several` of its URLs. An article that came back has an entry of its own, where anything had followed from its
    absence.
    """
    others = [*map(_absence, absent), *map(_return, returns(absent)), *map(_repost, reposted), *map(_image, replaced)]
    lines = list(_folded(changed, alike, several))
    in_order = [*lines, *_newest_first(others)] if by_weight else _newest_first([*lines, *others])
    return [*map(_alarm, alarms), *in_order]


def _folded(
    changed: Iterable[ChangeFound], alike: Iterable[Alike], several: Iterable[Sequence[ChangeFound]]
) -> Iterator[Listed]:
    groups = {one.occurrence: group for group in alike for one in group.changes}
    of_one = {one.occurrence: group for group in several for one in group}
    told: set[int] = set()
    for change in changed:
        group, urls = groups.get(change.occurrence), of_one.get(change.occurrence)
        if id(group or urls) in told:
            continue
        line = _change(change)
        if group is not None:
            told.add(id(group))
            line = replace(line, what=f"changed alike in {group.articles:,} articles")
        elif urls is not None:
            told.add(id(urls))
            others = sorted({one.url for one in urls} - {change.url})
            line = replace(line, what=f"{line.what} at {len(others) + 1} URLs", url=" ".join((change.url, *others)))
        yield line


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
        interval(absence, when),
        absence.url,
    )


def _return(absence: AbsenceFound) -> Listed:
    back = absence.returned_at or absence.last_missing
    between = f"between {when(absence.last_missing)} and {when(back)}"
    return Listed(back, "returned", absence.headline or "", was_missing(absence, when), between, absence.url)


def _image(image: ImageReplaced) -> Listed:
    between = f"between {when(image.last_seen_before)} and {when(image.first_seen_after)}"
    return Listed(image.first_seen_after, IMAGE_REPLACED, image.headline or "", other_bytes(image), between, image.url)


def _alarm(alarm: Disappeared) -> Listed:
    between = f"between {when(alarm.since)} and {when(alarm.until)}"
    return Listed(alarm.until, "alarm", alarm.outlet, str(alarm), between, "")


def _repost(repost: RepostFound) -> Listed:
    seen = f"first seen {when(repost.later_seen)}, the earlier one {when(repost.earlier_seen)}"
    return Listed(repost.later_seen, "re-posted", repost.headline or "", same_text(repost), seen, repost.later_url)
