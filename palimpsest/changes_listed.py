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
from audit.history import Alike, heaviest
from palimpsest.output import Entry
from palimpsest.reports import when
from storage.catalog.absences import AbsenceFound
from storage.catalog.changes import ChangeFound
from storage.catalog.disappeared import Disappeared
from storage.catalog.images import ImageReplaced
from storage.catalog.reposts import RepostFound

MOST_NAMED: Final = 20
"""So many articles of a group are named to a person at a terminal."""

COLUMNS: Final = ("what", "article", "how", "weight", "types", "disclosure", "when", "url")


@dataclass(frozen=True)
class Listed:
    """One line of the list. `at` is the moment from which it is known; `judged` what comparing came to, in a line.

    `others` are lines for a person about more articles that it is of.
    """

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
    others: tuple[str, ...] = ()

    @property
    def cells(self) -> tuple[str, ...]:
        """The values of COLUMNS."""
        return self.what, self.article, self.how, self.weight, self.types, self.disclosure, self.when, self.url

    @property
    def entry(self) -> Entry:
        """The same for a person at a terminal."""
        places = self.others or (self.url,)
        return Entry(self.what, self.article, tuple(filter(None, (self.how, self.judged, self.when, *places))))


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

    Alarms are at the top. Changes that are `alike` are one line, at the place of the first, which tells of the heaviest
    and names them all; so are those of one article at `several` of its URLs. An article that came back has an entry of
    its own, where anything had followed from its absence.
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
            line = _alike(group, change)
        elif urls is not None:
            told.add(id(urls))
            line = _of_one(urls, change)
        yield line


def _alike(group: Alike, found: ChangeFound) -> Listed:
    """Return the line of a group, at the place of the change that was found."""
    shown = _as_heavy(found, group.heaviest)
    members = sorted((*group.changes, *group.also), key=lambda one: one.occurrence != shown.occurrence)
    others = [f"{one.headline}: {one.url}" if one.headline else one.url for one in members]
    if len(others) > MOST_NAMED:
        others[MOST_NAMED:] = [f"and {len(others) - MOST_NAMED:,} more; --all shows each by itself"]
    since, until = group.between
    judged = replace(shown, disclosure=group.disclosure, undisclosed=group.undisclosed, types=group.types)
    return replace(
        _change(judged),
        at=found.first_seen_after,
        what=f"changed alike in {group.articles:,} articles",
        when=f"between {when(since)} and {when(until)}",
        url=" ".join(dict.fromkeys(one.url for one in members)),
        others=tuple(others),
    )


def _of_one(several: Sequence[ChangeFound], found: ChangeFound) -> Listed:
    """Return the line of an article's change that several of its URLs show."""
    line = replace(_change(_as_heavy(found, heaviest(several))), at=found.first_seen_after)
    urls = dict.fromkeys((line.url, found.url, *sorted(one.url for one in several)))
    return replace(line, what=f"{line.what} at {len(urls)} URLs", url=" ".join(urls))


def _as_heavy(found: ChangeFound, heaviest: ChangeFound) -> ChangeFound:
    """Return the change that was asked for, whose values are known, unless the heaviest of its group tells more."""
    judged = found.weight, found.undisclosed
    return found if judged == (heaviest.weight, heaviest.undisclosed) else heaviest


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
