"""What only many changes tell together: the same edits in many articles of one outlet at once. Pure."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import cached_property
from typing import Final, Generic, Protocol, TypeVar

from audit.edit import EditType
from storage.catalog.changes import ChangeFound

LEAST: Final = 5
"""So many articles with the same edits at once are one event: a template, or one hand going through them."""

SLACK: Final = timedelta(hours=24)
"""The intervals in which the changes happened are apart by no more than this: going through all articles takes time."""


@dataclass(frozen=True, slots=True)
class Observed:
    """One change: which article, the interval in which it happened, and its edits as `edit_digests` names them."""

    change_id: str
    outlet: str
    article: str  # its key, or its URL where it has none
    last_seen_before: datetime
    first_seen_after: datetime
    edits: str | None
    hunks: frozenset[str] = frozenset()  # its edits, each by itself

    @property
    def occurrence(self) -> tuple[str, datetime]:
        """As of the ChangeFound that it is."""
        return self.change_id, self.first_seen_after


@dataclass(frozen=True, slots=True)
class SameEdits:
    """Changes of one outlet with the very same edits, which may all have happened at once; the first seen is first.

    `also` has those edits too, beside others of its own. `articles` counts all of them.
    """

    outlet: str
    edits: str
    articles: int
    changes: tuple[Observed, ...]
    also: tuple[Observed, ...] = ()


@dataclass(frozen=True)
class Alike:
    """Changes of one outlet with the very same edits, which may all have happened at once; the first seen is first.

    `id` is permanent: that under which they were announced, or under which they will be. `also` has those edits too,
    beside others of its own, for which it is told by itself as well. What is told of the whole is never less than what
    any of `changes` came to.
    """

    id: str
    changes: tuple[ChangeFound, ...]
    also: tuple[ChangeFound, ...] = ()

    @property
    def outlet(self) -> str:
        """The outlet of all of them."""
        return self.changes[0].outlet

    @cached_property
    def articles(self) -> int:
        """How many articles they are of."""
        return len({article_of(change) for change in (*self.changes, *self.also)})

    @cached_property
    def heaviest(self) -> ChangeFound:
        """The first seen of those that weigh most; of these, of those that are not disclosed."""
        return heaviest(self.changes)

    @property
    def weight(self) -> int | None:
        """The weight of the heaviest; None where none was compared."""
        return self.heaviest.weight

    @cached_property
    def undisclosed(self) -> bool:
        """Whether the page of any of them discloses nothing of it, where something is due."""
        return any(change.undisclosed for change in self.changes)

    @cached_property
    def types(self) -> tuple[str, ...]:
        """Every type that occurs in any of them, in the order of `EditType`."""
        found = {kind for change in self.changes for kind in change.types or ()}
        return tuple(kind.value for kind in EditType if kind.value in found)

    @cached_property
    def disclosure(self) -> str | None:
        """What the page of the heaviest tells; of one that should have told and did not, where there is any."""
        silent = (change for change in self.changes if change.undisclosed)
        return next(silent, self.heaviest).disclosure

    @cached_property
    def between(self) -> tuple[datetime, datetime]:
        """The interval in which all of them happened."""
        befores = [change.last_seen_before for change in self.changes]
        return min(befores), max(change.first_seen_after for change in self.changes)


def heaviest(changes: Sequence[ChangeFound]) -> ChangeFound:
    """Return the change that weighs most; of several the one that is not disclosed, then the first of them."""
    return max(changes, key=lambda change: (-1 if change.weight is None else change.weight, bool(change.undisclosed)))


def article_of(change: ChangeFound) -> str:
    """Return by what an article is told from others: its key, or its URL where it has none."""
    return change.article_key or change.url


def same_edits(changes: Iterable[Observed], least: int = LEAST, slack: timedelta = SLACK) -> tuple[SameEdits, ...]:
    """Return the groups of changes with the same edits in at least `least` articles, the largest first.

    Of one article at least they are all of the change. A change that holds an edit more than the others counts with
    them and is not folded into them, so that nothing is hidden behind a group but what its edits say. The order of the
    changes makes no difference.
    """
    by_outlet: dict[str, list[Observed]] = defaultdict(list)
    for change in changes:
        by_outlet[change.outlet].append(change)
    found = [group for of_outlet in by_outlet.values() for group in _same_edits(of_outlet, least, slack)]
    return tuple(sorted(found, key=lambda group: (-group.articles, group.outlet, _by_time(group.changes[0]))))


def _same_edits(changes: Sequence[Observed], least: int, slack: timedelta) -> Iterator[SameEdits]:
    having = ByHunk(changes)
    alike: dict[str, list[Observed]] = defaultdict(list)
    for change in changes:
        if change.edits is not None:
            alike[change.edits].append(change)
    for edits, several in alike.items():
        more = having.with_more(several[0].hunks)
        for at_once in _at_once(several, slack):
            also = [change for change in more if _at_that_time(change, at_once, slack)]
            if len(articles := {change.article for change in (*at_once, *also)}) >= least:
                ordered = tuple(sorted(at_once, key=_by_time)), tuple(sorted(also, key=_by_time))
                yield SameEdits(several[0].outlet, edits, len(articles), *ordered)


class HasHunks(Protocol):
    """A change whose edits, each by itself, are named as `audit.edit_digests` has them."""

    @property
    def hunks(self) -> frozenset[str]:
        """The names."""


_Change = TypeVar("_Change", bound=HasHunks)


class ByHunk(Generic[_Change]):
    """Changes of one outlet by their edits: which of them hold some edits beside others."""

    def __init__(self, changes: Iterable[_Change]) -> None:
        self._having: dict[str, list[_Change]] = defaultdict(list)
        for change in changes:
            for hunk in change.hunks:
                self._having[hunk].append(change)

    def most(self, hunks: Collection[str]) -> int:
        """Return how many changes there are at most that hold all these edits: 0 where none are named."""
        return len(self._fewest(hunks))

    def with_more(self, hunks: frozenset[str]) -> list[_Change]:
        """Return the changes that hold all these edits and more; none where none are named."""
        return [change for change in self._fewest(hunks) if change.hunks > hunks]

    def _fewest(self, hunks: Collection[str]) -> Sequence[_Change]:
        return min((self._having.get(hunk, ()) for hunk in hunks), key=len, default=())


def _at_that_time(change: Observed, others: Iterable[Observed], slack: timedelta) -> bool:
    """Tell whether a change may have happened when all the others did."""
    return all(
        change.last_seen_before - slack <= other.first_seen_after
        and other.last_seen_before - slack <= change.first_seen_after
        for other in others
    )


def _at_once(changes: Sequence[Observed], slack: timedelta) -> Iterator[list[Observed]]:
    """Yield the changes by groups that may have happened at one moment, as far as their intervals tell."""
    group: list[Observed] = []
    first = datetime.max.replace(tzinfo=UTC)  # of the group
    for change in sorted(changes, key=lambda change: (change.last_seen_before, *_by_time(change))):
        if change.last_seen_before - slack > first:
            yield group
            group, first = [], change.first_seen_after
        first = min(first, change.first_seen_after)
        group.append(change)
    if group:
        yield group


def _by_time(change: Observed) -> tuple[datetime, str, str]:
    return change.first_seen_after, change.article, change.change_id
