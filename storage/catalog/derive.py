"""States, changes and absences of one URL, from everything that was ever observed of it. Pure.

The result depends on what was observed and when, never on when we learned of it.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from itertools import pairwise
from typing import Final, NamedTuple

from articles.written_times import UNKNOWN, WrittenTimes, told_by_words
from storage.catalog.absent import Absence, absences_of, withdrawn
from storage.catalog.listed import Unlisted
from storage.catalog.looks import Attempt, Look, Read, Shown, Sighting, looks_of
from storage.strict_json import canonical_json

OSCILLATION: Final = timedelta(days=7)
FLIPS: Final = 3
"""So many changes in a row or more, the first and last within OSCILLATION, oscillate, where they came back twice to a
content that had been left."""


class State(NamedTuple):
    """A run of observations in a row with the same content id.

    `confirmed` asks for two whole sightings; a 304 ("not modified") is the server's word only, and counts as weak.
    `reader_id` made the last sighting; `outdated_reader` names the reader where it is no longer current: such states
    are not compared with others. `first_times` and `last_times` are how the page wrote its own times at both ends.
    """

    content_id: str
    first_seen: datetime
    last_seen: datetime
    sightings: int
    weak_sightings: int
    reader_id: str
    outdated_reader: str | None
    first_record_id: str
    last_record_id: str
    first_times: WrittenTimes = UNKNOWN
    last_times: WrittenTimes = UNKNOWN

    @property
    def confirmed(self) -> bool:
        """Whether it was seen whole at least twice."""
        return self.sightings - self.weak_sightings >= 2


@dataclass(frozen=True, slots=True)
class Change:
    """The difference between two states in a row: it happened between `last_seen_before` and `first_seen_after`.

    `ordinal` is that of the state it leads to. `fields` is empty where the archive does not (yet) hold both articles.
    `times` is what the pages' own times say by their words alone (articles.written_times.told_by_words): it makes no
    change, and is a part of one.
    """

    ordinal: int
    change_id: str
    old_content_id: str
    new_content_id: str
    fields: tuple[str, ...]
    last_seen_before: datetime
    first_seen_after: datetime
    confirmed: bool
    oscillating: bool = False
    times: str = ""


@dataclass(frozen=True, slots=True)
class Derived:
    """Everything that follows from the observations of one URL.

    `last_shown` is what the last look showed, `not_shown_since` when the looks in a row without an article began.
    `missing` is the absence that lasts, of those that a look shows. `unlisted_since` is when listings ceased to name
    it, where that lasts and is not confirmed. `stands_at` is the place of the last sighting. `tallies` counts looks by
    what they showed.
    """

    states: tuple[State, ...] = ()
    changes: tuple[Change, ...] = ()
    absences: tuple[Absence, ...] = ()
    first_look: datetime | None = None
    last_look: datetime | None = None
    last_shown: Shown | None = None
    not_shown_since: datetime | None = None
    missing: Absence | None = None
    unlisted_since: datetime | None = None
    first_seen: datetime | None = None
    last_seen: datetime | None = None
    needs_confirming: bool = False
    needs_rereading: bool = False
    stands_at: int = 0
    tallies: Mapping[str, int] = field(default_factory=dict)


def derive(
    url: str,
    attempts: Iterable[Attempt],
    reads: Iterable[Read],
    *,
    current: Collection[str],
    field_hashes: Mapping[str, Mapping[str, str]],
    unlisted: Sequence[Unlisted] = (),
) -> Derived:
    """Return what follows from all observations of `url`.

    `attempts` are the captures of the URL as an article, `reads` the readings of them, `current` the ids of the
    current readers, `field_hashes` the hashes of the fields by content id, `unlisted` tells when listings ceased to
    name it. No argument's order makes a difference.
    """
    looks = looks_of(attempts, reads, current)
    if not looks:
        return Derived()
    states = _states(looks)
    changes = _oscillating(_changes(url, states, field_hashes))
    absences, missing, shown = absences_of(looks)
    passed_over = withdrawn(unlisted, looks)
    seen = [(sighting.at) for look in looks for sighting in look.sightings]
    last = states[-1] if states else None
    return Derived(
        states=states,
        changes=changes,
        absences=tuple(sorted((*absences, *passed_over), key=lambda absence: (absence.first_missing, absence.kind))),
        first_look=min(look.first_at for look in looks),
        last_look=looks[-1].at,
        last_shown=shown[-1],
        not_shown_since=_not_shown_since(looks, shown),
        missing=missing,
        unlisted_since=_unlisted_since(unlisted, passed_over),
        first_seen=min(seen, default=None),
        last_seen=max(seen, default=None),
        needs_confirming=last is not None and not last.confirmed and not _begins(states, len(states) - 1),
        needs_rereading=any(look.outdated for look in looks),
        stands_at=_stands_at(looks),
        tallies=dict(sorted(Counter(kind.value for kind in shown).items())),
    )


def change_id(url: str, old_content_id: str, new_content_id: str) -> str:
    """Return the lasting name of a change: `sha256:` over the canonical JSON of the URL and both content ids."""
    named = canonical_json({"url": url, "old": old_content_id, "new": new_content_id})
    return f"sha256:{hashlib.sha256(named).hexdigest()}"


def _states(looks: Sequence[Look]) -> tuple[State, ...]:
    sightings = sorted(
        (sighting for look in looks for sighting in look.sightings),
        key=lambda sighting: (sighting.at, sighting.record_id),
    )
    states: list[State] = []
    for sighting in sightings:
        if states and _continues(states[-1], sighting):
            last = states[-1]
            states[-1] = last._replace(
                last_seen=sighting.at,
                last_record_id=sighting.record_id,
                last_times=sighting.times,
                reader_id=sighting.reader_id,
                sightings=last.sightings + 1,
                weak_sightings=last.weak_sightings + sighting.weak,
            )
        else:
            states.append(
                State(
                    content_id=sighting.content_id,
                    first_seen=sighting.at,
                    last_seen=sighting.at,
                    sightings=1,
                    weak_sightings=int(sighting.weak),
                    reader_id=sighting.reader_id,
                    outdated_reader=sighting.outdated_reader,
                    first_record_id=sighting.record_id,
                    last_record_id=sighting.record_id,
                    first_times=sighting.times,
                    last_times=sighting.times,
                )
            )
    return tuple(states)


def _continues(state: State, sighting: Sighting) -> bool:
    return state.content_id == sighting.content_id and state.outdated_reader == sighting.outdated_reader


def _begins(states: Sequence[State], ordinal: int) -> bool:
    """Return whether nothing comparable comes before a state: it asserts no change, so it needs no confirmation."""
    return ordinal == 0 or states[ordinal - 1].outdated_reader != states[ordinal].outdated_reader


def _changes(url: str, states: Sequence[State], field_hashes: Mapping[str, Mapping[str, str]]) -> list[Change]:
    changes = []
    for ordinal in range(1, len(states)):
        old, new = states[ordinal - 1], states[ordinal]
        if _begins(states, ordinal):
            continue  # read by readers that can't be compared: the difference may be theirs and not the page's
        before, after = field_hashes.get(old.content_id), field_hashes.get(new.content_id)
        changes.append(
            Change(
                ordinal=ordinal,
                change_id=change_id(url, old.content_id, new.content_id),
                old_content_id=old.content_id,
                new_content_id=new.content_id,
                fields=differing(before, after),
                times=told_by_words(old.last_times, new.first_times, before, after) if before and after else "",
                last_seen_before=old.last_seen,
                first_seen_after=new.first_seen,
                confirmed=new.confirmed and (old.confirmed or _begins(states, ordinal - 1)),
            )
        )
    return changes


def differing(old: Mapping[str, str] | None, new: Mapping[str, str] | None) -> tuple[str, ...]:
    """Return the fields of which two articles say otherwise, given the hashes of both; none where one is not there."""
    if old is None or new is None:
        return ()
    return tuple(sorted(name for name in {*old, *new} if old.get(name) != new.get(name)))


def _oscillating(changes: Sequence[Change]) -> tuple[Change, ...]:
    flipping: set[int] = set()
    for loop, following in pairwise(_loops(changes)):
        start, end = min(loop.start, following.start), following.stop - 1
        span = changes[end].first_seen_after - changes[start].first_seen_after
        if following.start <= loop.stop and end - start + 1 >= FLIPS and span <= OSCILLATION:
            flipping.update(range(start, end + 1))
    return tuple(
        replace(change, oscillating=True) if index in flipping else change for index, change in enumerate(changes)
    )


def _loops(changes: Sequence[Change]) -> Iterator[range]:
    """Yield, by their ends, the runs of changes that lead from a content back to the same one."""
    left_by: dict[str, int] = {}  # the last change that led away from a content
    for index, change in enumerate(changes):
        if index and change.ordinal != changes[index - 1].ordinal + 1:
            left_by.clear()
        left_by[change.old_content_id] = index
        if change.new_content_id in left_by:
            yield range(left_by[change.new_content_id], index + 1)


def _stands_at(looks: Iterable[Look]) -> int:
    sightings = (sighting for look in looks for sighting in look.sightings)
    return max(((one.at, one.record_id, one.place) for one in sightings), default=(None, "", 0))[-1]


def _unlisted_since(unlisted: Iterable[Unlisted], passed_over: Iterable[Absence]) -> datetime | None:
    sure = {absence.first_missing for absence in passed_over if absence.confirmed}
    lasting = (one.first_missing for one in unlisted if one.returned_at is None and one.first_missing not in sure)
    return max(lasting, default=None)


def _not_shown_since(looks: Sequence[Look], shown: Sequence[Shown]) -> datetime | None:
    since = None
    for look, kind in zip(reversed(looks), reversed(shown), strict=True):
        if kind is Shown.ARTICLE:
            break
        since = look.at
    return since
