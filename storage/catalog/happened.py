"""What happened to articles, by time and page by page: edits, absences, returns, re-posts, replaced images.

A page is two questions: first which things are on it, of which indexes know enough, then what they are.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from heapq import merge
from itertools import islice
from typing import Any, Final, NamedTuple

from sqlalchemy import ColumnElement, Connection, Select, Table, and_, exists, false, func, or_, select, true

from storage.catalog.absences import AbsenceFound, absences_by_place
from storage.catalog.catalog import Catalog
from storage.catalog.changes import ChangeFilter, ChangeFound, Order, changes_by_place, conditions_of, with_findings
from storage.catalog.found_tables import replaced_images, reposts
from storage.catalog.images import ImageReplaced, images_by_place
from storage.catalog.kept import findings
from storage.catalog.looks import ABSENCES, CONCLUSIVE, TELLING, Shown
from storage.catalog.reposts import RepostFound, reposts_by_place
from storage.catalog.schema import absences, changes, url_state


class Kind(StrEnum):
    """What may have happened. Things of one moment stand in this order."""

    EDIT = "edit"
    ABSENCE = "absence"  # gone, soft-404, moved: the outlet answered, and not with the article
    WITHDRAWN = "withdrawn"  # from listings, while the article itself was there
    RETURN = "return"  # of what was absent or withdrawn
    REPOST = "re-post"
    IMAGE = "image replaced"
    UNANSWERED = "unanswered"  # blocked, server error, unreachable, disallowed: nothing follows about the article


_ORDER: Final = {kind: number for number, kind in enumerate(Kind)}


class Position(NamedTuple):
    """Where in a list something stands: from there a list goes on, whatever came to it meanwhile.

    `weight` and `score` count in a list by weight only; they are -1 of an edit without findings.
    """

    at: datetime
    kind: Kind
    url_id: int
    ordinal: int
    weight: int = 0
    score: int = 0


@dataclass(frozen=True, slots=True)
class Happening:
    """One thing that happened, as a list needs it. What stands below `outlet` is told of edits only."""

    position: Position
    outlet: str
    article: str = ""  # its key, or its URL where it has none
    change_id: str = ""
    last_seen_before: datetime | None = None
    edits_digest: str | None = None


def happenings(
    catalog: Catalog,
    wanted: ChangeFilter,
    kinds: Collection[Kind],
    *,
    order: Order = Order.TIME,
    beyond: Position | None = None,
    backwards: bool = False,
    limit: int,
) -> list[Happening]:
    """Return what happened, the newest first, or the heaviest edit: `limit` of them beyond a position.

    `backwards` gives those before the position, still in the order of the list. By weight only edits are listed. So
    they are where `wanted` asks for what only comparing two states can answer; but images, where it asks for those.
    """
    if order is Order.WEIGHT or wanted.about_findings:
        images = {Kind.IMAGE} if order is not Order.WEIGHT and wanted.images_too else set()
        kinds = {Kind.EDIT, *images} & set(kinds)
    found = []
    with catalog.reading() as connection:
        for kind in kinds:
            source = _SOURCES[kind](wanted)
            columns = source.columns(order)
            query = source.query
            if beyond is not None:
                query = query.where(_is_beyond(kind, columns, beyond, order, backwards=backwards))
            falling = [*(True for _ in columns[:-2]), False, False]
            ordered = [c.desc() if falls is not backwards else c for c, falls in zip(columns, falling, strict=True)]
            rows = connection.execute(query.order_by(*ordered).limit(limit))
            found.append([_happening(kind, row) for row in rows])
    joined = merge(*found, key=lambda one: _rank(one.position, order), reverse=backwards)
    some = list(islice(joined, limit))
    return some[::-1] if backwards else some


def count_urls(catalog: Catalog, wanted: ChangeFilter, kind: Kind) -> int:
    """Return at how many URLs something of a kind happened; one that was gone and then moved counts once."""
    source = _SOURCES[kind](wanted)
    with catalog.reading() as connection:
        return connection.execute(source.query.with_only_columns(func.count(source.url_id.distinct()))).scalar_one()


Found = ChangeFound | AbsenceFound | RepostFound | ImageReplaced


def found_at(catalog: Catalog, positions: Iterable[Position], *, values: bool = False) -> dict[Position, Found]:
    """Return what happened at these positions: an edit as a change, a return as the absence that it ended.

    Only with `values` the changes have those of their fields: articles are read for them.
    """
    wanted: dict[Kind, list[Position]] = {}
    for position in positions:
        wanted.setdefault(position.kind, []).append(position)
    found: dict[Position, Found] = {}
    with catalog.reading() as connection:
        for kind, some in wanted.items():
            places = [(one.url_id, one.ordinal) for one in some]
            known = _known(connection, kind, places, values=values)
            found.update((one, known[one.url_id, one.ordinal]) for one in some if (one.url_id, one.ordinal) in known)
    return found


def _known(
    connection: Connection, kind: Kind, places: list[tuple[int, int]], *, values: bool
) -> Mapping[tuple[int, int], Found]:
    match kind:
        case Kind.EDIT:
            return changes_by_place(connection, places, values=values)
        case Kind.REPOST:
            return reposts_by_place(connection, places)
        case Kind.IMAGE:
            return images_by_place(connection, places)
        case Kind.ABSENCE | Kind.WITHDRAWN | Kind.RETURN | Kind.UNANSWERED:
            return absences_by_place(connection, places)


@dataclass(frozen=True, slots=True)
class _Source:
    """A query for things of one kind, and the columns of its list's order."""

    query: Select[Any]
    at: ColumnElement[Any]
    url_id: ColumnElement[Any]
    ordinal: ColumnElement[Any]
    heavy: tuple[ColumnElement[Any], ...] = ()

    def columns(self, order: Order) -> tuple[ColumnElement[Any], ...]:
        """The columns that sort it: weight, score and moment fall, the rest rises."""
        before = self.heavy if order is Order.WEIGHT else ()
        return *before, self.at, self.url_id, self.ordinal


def _edits(wanted: ChangeFilter) -> _Source:
    heavy = func.coalesce(findings.c.weight, -1), func.coalesce(findings.c.score, -1)
    query = with_findings(
        select(
            changes.c.first_seen_after.label("at"),
            changes.c.url_id,
            changes.c.ordinal,
            url_state.c.outlet,
            func.coalesce(url_state.c.article_key, url_state.c.url).label("article"),
            changes.c.change_id,
            changes.c.last_seen_before,
            findings.c.edits_digest,
            heavy[0].label("weight"),
            heavy[1].label("score"),
        )
    ).where(*conditions_of(wanted))
    return _Source(query, changes.c.first_seen_after, changes.c.url_id, changes.c.ordinal, heavy)


def _absences(wanted: ChangeFilter, kinds: Collection[Shown]) -> _Source:
    return _plain(wanted, absences, absences.c.first_missing, absences.c.kind.in_(sorted(kinds)))


def _returns(wanted: ChangeFilter) -> _Source:
    """Of several absences of one URL that ended at once (gone, then moved, then back) the last is the one."""
    later = absences.alias("later")
    telling = sorted(TELLING)
    followed = exists().where(
        later.c.url_id == absences.c.url_id,
        later.c.ordinal > absences.c.ordinal,
        later.c.returned_at == absences.c.returned_at,
        later.c.kind.in_(telling),
    )
    back = absences.c.returned_at
    return _plain(wanted, absences, back, back.is_not(None), absences.c.kind.in_(telling), ~followed)


def _plain(wanted: ChangeFilter, table: Table, at: ColumnElement[Any], *conditions: ColumnElement[bool]) -> _Source:
    query = select(at.label("at"), table.c.url_id, table.c.ordinal, url_state.c.outlet)
    query = query.join(url_state, url_state.c.id == table.c.url_id).where(*conditions)
    if wanted.outlet is not None:
        query = query.where(url_state.c.outlet == wanted.outlet)
    if wanted.since is not None:
        query = query.where(at >= wanted.since)
    if wanted.until is not None:
        query = query.where(at < wanted.until)
    return _Source(query, at, table.c.url_id, table.c.ordinal)


_SOURCES: Final[dict[Kind, Callable[[ChangeFilter], _Source]]] = {
    Kind.EDIT: _edits,
    Kind.ABSENCE: lambda wanted: _absences(wanted, CONCLUSIVE),
    Kind.WITHDRAWN: lambda wanted: _absences(wanted, {Shown.WITHDRAWN}),
    Kind.RETURN: _returns,
    Kind.REPOST: lambda wanted: _plain(wanted, reposts, reposts.c.first_seen),
    Kind.IMAGE: lambda wanted: _plain(wanted, replaced_images, replaced_images.c.first_seen_after),
    Kind.UNANSWERED: lambda wanted: _absences(wanted, ABSENCES - CONCLUSIVE),
}


def _happening(kind: Kind, row: Any) -> Happening:
    if kind is not Kind.EDIT:
        return Happening(Position(row.at, kind, row.url_id, row.ordinal), row.outlet)
    return Happening(
        position=Position(row.at, kind, row.url_id, row.ordinal, row.weight, row.score),
        outlet=row.outlet,
        article=row.article,
        change_id=row.change_id,
        last_seen_before=row.last_seen_before,
        edits_digest=row.edits_digest,
    )


def _rank(place: Position, order: Order) -> tuple[float, ...]:
    heavy = (-place.weight, -place.score) if order is Order.WEIGHT else ()
    return *heavy, -place.at.timestamp(), _ORDER[place.kind], place.url_id, place.ordinal


def _is_beyond(
    kind: Kind, columns: Sequence[ColumnElement[Any]], place: Position, order: Order, *, backwards: bool
) -> ColumnElement[bool]:
    """Return the condition that a row stands after a position, or before it."""
    heavy = (place.weight, place.score) if order is Order.WEIGHT else ()
    values = (*heavy, place.at, place.url_id, place.ordinal)
    falling = len(values) - 2
    of_kind = (_ORDER[kind] > _ORDER[place.kind]) - (_ORDER[kind] < _ORDER[place.kind])
    met: ColumnElement[bool] = true() if of_kind * (-1 if backwards else 1) > 0 else false()
    pairs = list(zip(columns, values, strict=True))
    if of_kind == 0:
        for column, value in reversed(pairs[falling:]):
            met = or_(column < value if backwards else column > value, and_(column == value, met))
    for column, value in reversed(pairs[:falling]):
        met = or_(column > value if backwards else column < value, and_(column == value, met))
    # What an index can begin at.
    return and_(columns[0] >= values[0] if backwards else columns[0] <= values[0], met)
