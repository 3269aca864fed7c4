"""What happened, newest or heaviest first: a page of it, with what is alike folded and a place to go on from."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Final

from audit.at_several_urls import SLACK
from audit.history import Observed, SameEdits, article_of, heaviest, same_edits
from storage.catalog.changes import ChangeFilter, ChangeFound, Order, count_changes
from storage.catalog.happened import Found, Happening, Kind, Position, found_at, happenings
from web.holdings import Holdings
from web.window.views.happenings import InList
from web.window.views.in_list import Told, in_list
from web.window.views.places import position_of, position_text

LINES: Final = 50
_AHEAD: Final = 400
"""So many things are looked at for a page: what is alike among them is one line."""

USUAL: Final = tuple(kind for kind in Kind if kind is not Kind.UNANSWERED)


@dataclass(frozen=True)
class Asked:
    """What is asked for. With `fold` cosmetic edits are only counted."""

    wanted: ChangeFilter = field(default_factory=ChangeFilter)
    kinds: tuple[Kind, ...] = USUAL
    order: Order = Order.TIME
    fold: bool = True

    @property
    def narrowed(self) -> ChangeFilter:
        """The filter, with cosmetic edits left out where they are folded."""
        return replace(self.wanted, cosmetic=False) if self.fold else self.wanted


@dataclass(frozen=True)
class ChangesPage:
    """A page of what happened. `older` and `newer` are places to go on from, null at the ends.

    `cosmetic` counts the cosmetic edits that are folded in this stretch of the list.
    """

    items: tuple[InList, ...]
    newer: str | None
    older: str | None
    cosmetic: int


def changes_page(
    holdings: Holdings, asked: Asked, *, older_than: str | None = None, newer_than: str | None = None
) -> ChangesPage:
    """Return a page: the first, or what follows a place, or what stands before one.

    Raises PlaceInvalid, CatalogUnavailable.
    """
    if newer_than is not None:
        page = _page(holdings, asked, position_of(newer_than), backwards=True)
        if page.newer is not None:
            return page
        # The beginning of the list was reached: the first page, whole.
    return _page(holdings, asked, None if older_than is None else position_of(older_than), backwards=False)


def newest(holdings: Holdings, asked: Asked, limit: int, *, values: bool = False) -> Iterator[tuple[Position, Found]]:
    """Yield the first `limit` things of a list one by one, in batches; with `values` those of the fields, too."""
    beyond: Position | None = None
    while limit > 0:
        some = happenings(
            holdings.catalog, asked.narrowed, asked.kinds, order=asked.order, beyond=beyond, limit=min(limit, _AHEAD)
        )
        known = found_at(holdings.catalog, [one.position for one in some], values=values)
        yield from ((one.position, known[one.position]) for one in some if one.position in known)
        if len(some) < min(limit, _AHEAD):
            return
        limit -= len(some)
        beyond = some[-1].position


def _page(holdings: Holdings, asked: Asked, beyond: Position | None, *, backwards: bool) -> ChangesPage:
    some = happenings(
        holdings.catalog,
        asked.narrowed,
        asked.kinds,
        order=asked.order,
        beyond=beyond,
        backwards=backwards,
        limit=_AHEAD + 1,
    )
    ahead = some[-_AHEAD:] if backwards else some[:_AHEAD]
    line_of = _lines(ahead)
    taken = _that_fit(ahead[::-1], line_of)[::-1] if backwards else _that_fit(ahead, line_of)
    lines: dict[object, list[Happening]] = {}
    for one in taken:
        lines.setdefault(line_of[one.position], []).append(one)
    known = found_at(holdings.catalog, [one.position for one in taken])
    told = [found for line in lines.values() if (found := _told(known, line)) is not None]
    more = len(taken) < len(some)
    has_newer, has_older = (more, True) if backwards else (beyond is not None, more)
    return ChangesPage(
        items=in_list(holdings.catalog, told),
        newer=position_text(taken[0].position) if taken and has_newer else None,
        older=position_text(taken[-1].position) if taken and has_older else None,
        cosmetic=_cosmetic(
            holdings,
            asked,
            since=taken[-1].position.at if taken and has_older else None,
            until=(taken[0].position if backwards else beyond).at if taken and beyond and has_newer else None,
        ),
    )


def _lines(happened: Sequence[Happening]) -> dict[Position, object]:
    """Return, for each thing, what it shares with those on the same line: a group of equal edits (of many articles, or
    of one at several of its URLs), or nothing."""
    edited = [one for one in happened if one.last_seen_before is not None]
    at_several_urls = same_edits((_observed(one, one.article, str(one.position.url_id)) for one in edited), 2, SLACK)
    groups: dict[tuple[str, datetime], SameEdits] = {}
    for group in (*at_several_urls, *same_edits(_observed(one, one.outlet, one.article) for one in edited)):
        groups.update({one.occurrence: group for one in group.changes})
    alone = {one.position: groups.get((one.change_id, one.position.at)) for one in happened}
    return {position: position if group is None else id(group) for position, group in alone.items()}


def _observed(edited: Happening, among: str, apart: str) -> Observed:
    """Return an edit as one of those `among` which equal ones are looked for, told `apart` from the others of them."""
    assert edited.last_seen_before is not None
    return Observed(
        change_id=edited.change_id,
        outlet=among,
        article=apart,
        last_seen_before=edited.last_seen_before,
        first_seen_after=edited.position.at,
        edits=edited.edits_digest,
    )


def _that_fit(happened: Sequence[Happening], line_of: dict[Position, object]) -> Sequence[Happening]:
    """Return as many of them from the beginning as stand on one page's lines."""
    lines: set[object] = set()
    for number, one in enumerate(happened):
        lines.add(line_of[one.position])
        if len(lines) > LINES:
            return happened[:number]
    return happened


def _told(known: Mapping[Position, Found], line: Sequence[Happening]) -> Told | None:
    """Return what a line tells: the one thing, or of edits that are alike the heaviest, and where else they are."""
    found = [known[one.position] for one in line if one.position in known]
    if not found:
        return None
    kind = line[0].position.kind
    edited = [one for one in found if isinstance(one, ChangeFound)]
    if not edited:
        return Told(kind, found[0])
    first = heaviest(edited)
    others = [one for one in edited if one is not first]
    also_at = [one for one in others if article_of(one) == article_of(first)]
    alike = {article_of(one): one for one in reversed(others) if one not in also_at}
    return Told(kind, first, tuple(alike.values())[::-1], tuple(also_at))


def _cosmetic(holdings: Holdings, asked: Asked, *, since: datetime | None, until: datetime | None) -> int:
    """Return how many cosmetic edits were left out of a page; of a list by weight, how many of all of it."""
    if not asked.fold or asked.wanted.min_weight is not None or Kind.EDIT not in asked.kinds:
        return 0
    folded = replace(asked.wanted, cosmetic=True)
    if asked.order is Order.TIME:
        folded = replace(folded, since=since or folded.since, until=until or folded.until)
    return count_changes(holdings.catalog, folded)
