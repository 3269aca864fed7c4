"""What was announced of an outlet, and what has not been."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, and_, exists, or_, select

from storage.announced import AnnouncedKind, AnnouncedRow
from storage.catalog.absences import AbsenceFound, select_absences
from storage.catalog.catalog import Catalog
from storage.catalog.changes import ChangeFound, select_changes
from storage.catalog.kept import findings
from storage.catalog.looks import TELLING
from storage.catalog.many_rows import chunks
from storage.catalog.schema import absences, changes, url_state
from storage.catalog.schema import announced as table


@dataclass(frozen=True)
class ToldAlarm:
    """An alarm as it was announced."""

    outlet: str
    row: AnnouncedRow


def unannounced_changes(catalog: Catalog, outlet: str, min_weight: int) -> list[ChangeFound]:
    """Return the outlet's changes of at least this weight, or whose comparison failed, that were not announced.

    One that was announced is known by its change id and the moment first seen. The newest is first.
    """
    was = _announced(AnnouncedKind.CHANGE, table.c.change_id == changes.c.change_id)
    told = was.where(table.c.at == changes.c.first_seen_after)
    worth = or_(findings.c.weight >= min_weight, findings.c.error.is_not(None))
    with catalog.reading() as connection:
        return select_changes(connection, [url_state.c.outlet == outlet, worth, ~told], None)


def unannounced_absences(catalog: Catalog, outlet: str) -> list[AbsenceFound]:
    """Return the outlet's confirmed absences, of kinds from which something follows, that were not announced."""
    of_kind = table.c.shown == absences.c.kind
    return _absences(catalog, outlet, AnnouncedKind.ABSENCE, of_kind, table.c.at == absences.c.first_missing)


def unannounced_returns(catalog: Catalog, outlet: str) -> list[AbsenceFound]:
    """Return such absences that have ended, where no return of that URL at that moment was announced."""
    return [
        absence
        for absence in _absences(catalog, outlet, AnnouncedKind.RETURN, table.c.at == absences.c.returned_at)
        if absence.returned_at is not None
    ]


def announced_ids(catalog: Catalog, outlet: str, ids: Collection[str]) -> frozenset[str]:
    """Return which of these ids were announced."""
    found: set[str] = set()
    with catalog.reading() as connection:
        for some in chunks(sorted(ids)):
            query = select(table.c.id).where(table.c.outlet == outlet, table.c.id.in_(some))
            found.update(connection.execute(query).scalars())
    return frozenset(found)


def told_together(catalog: Catalog, outlet: str, change_ids: Collection[str]) -> dict[tuple[str, datetime], str]:
    """Return, by change id and moment first seen, under which id a change was announced with others that are alike.

    Only where the change that the announcement is of is among these, too: what an earlier engine took for one event may
    be several, and the id stays with one of them.
    """
    group = table.alias("together")
    found: dict[tuple[str, datetime], str] = {}
    with catalog.reading() as connection:
        for some in chunks(sorted(change_ids)):
            query = (
                select(table.c.change_id, table.c.at, table.c.repeats, group.c.change_id.label("of"))
                .join(group, and_(group.c.outlet == table.c.outlet, group.c.id == table.c.repeats))
                .where(table.c.outlet == outlet, table.c.change_id.in_(some), group.c.kind == AnnouncedKind.ALIKE.value)
            )
            told = (row for row in connection.execute(query) if row.of in change_ids)
            found.update(((row.change_id, row.at), row.repeats) for row in told)
    return found


def announced_alarms(catalog: Catalog, *, outlet: str | None = None, since: datetime | None = None) -> list[ToldAlarm]:
    """Return the alarms that were announced from `since` on, the newest first."""
    query = select(table).where(table.c.kind == AnnouncedKind.ALARM.value).order_by(table.c.at.desc(), table.c.id)
    if outlet is not None:
        query = query.where(table.c.outlet == outlet)
    if since is not None:
        query = query.where(table.c.at >= since)
    with catalog.reading() as connection:
        return [ToldAlarm(row.outlet, _row(row)) for row in connection.execute(query)]


def announced(catalog: Catalog, outlet: str, urls: Collection[str] | None = None) -> list[AnnouncedRow]:
    """Return what was announced of the outlet, or of these URLs of it, in the order of the log."""
    asked: list[ColumnElement[bool] | None] = [None]
    if urls is not None:
        asked = [table.c.url.in_(some) for some in chunks(sorted(urls))]
    found: list[Any] = []
    with catalog.reading() as connection:
        for condition in asked:
            query = select(table).where(table.c.outlet == outlet)
            found += connection.execute(query if condition is None else query.where(condition)).all()
    return [_row(row) for row in sorted(found, key=lambda row: (row.commit_number, row.at, row.id))]


def _announced(kind: AnnouncedKind, *about: ColumnElement[bool]) -> Any:
    return exists().where(table.c.outlet == url_state.c.outlet, table.c.kind == kind.value, *about)


def _absences(catalog: Catalog, outlet: str, kind: AnnouncedKind, *about: ColumnElement[bool]) -> list[AbsenceFound]:
    told = _announced(kind, table.c.url == url_state.c.url, *about)
    wanted = [
        url_state.c.outlet == outlet,
        absences.c.confirmed,
        absences.c.kind.in_(sorted(shown.value for shown in TELLING)),
        ~told,
    ]
    with catalog.reading() as connection:
        return select_absences(connection, wanted, None)


def _row(row: Any) -> AnnouncedRow:
    values = {name: getattr(row, name) for name in AnnouncedRow.__dataclass_fields__}
    return AnnouncedRow(**values | {"kind": AnnouncedKind(row.kind), "types": tuple(row.types)})
