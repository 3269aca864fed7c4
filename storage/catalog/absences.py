"""What did not show itself: intervals of observations, never dates of deletion."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, Select, or_, select, tuple_

from storage.catalog.catalog import Catalog
from storage.catalog.looks import Shown
from storage.catalog.many_rows import chunks
from storage.catalog.moved import Moved, moved_to
from storage.catalog.schema import absences as table
from storage.catalog.schema import articles, url_state


@dataclass(frozen=True)
class AbsenceFound:
    """Looks in a row that did not find the article: last seen …, first missing …, last missing …, and back since ….

    `confirmed` means that two looks at least 24 hours apart found the same. Of a `kind` blocked, server error,
    unreachable or disallowed nothing follows about the article, confirmed or not. Of a "moved" one
    `there` is what the article said at the URL that it led to, where it was seen under the same key.
    """

    outlet: str
    url: str
    article_key: str | None
    headline: str | None  # as last seen
    kind: Shown
    last_seen: datetime
    first_missing: datetime
    last_missing: datetime
    observations: int
    confirmed: bool
    returned_at: datetime | None
    status: int | None
    location: str | None
    last_record_id: str
    there: Moved | None = None


def absences(
    catalog: Catalog,
    *,
    outlet: str | None = None,
    since: datetime | None = None,
    kinds: Collection[Shown] | None = None,
    lasting: bool = False,
    limit: int | None = None,
) -> list[AbsenceFound]:
    """Return the absences that were observed from `since` on, or that ended since then, the last begun first.

    `lasting` leaves out those whose article has been seen again since.
    """
    conditions: list[ColumnElement[bool]] = []
    if outlet is not None:
        conditions.append(url_state.c.outlet == outlet)
    if since is not None:
        conditions.append(or_(table.c.last_missing >= since, table.c.returned_at >= since))
    if kinds is not None:
        conditions.append(table.c.kind.in_(sorted(kind.value for kind in kinds)))
    if lasting:
        conditions.append(table.c.returned_at.is_(None))
    with catalog.reading() as connection:
        return select_absences(connection, conditions, limit)


def select_absences(
    connection: Connection, conditions: Sequence[ColumnElement[bool]], limit: int | None
) -> list[AbsenceFound]:
    """Return the absences that meet the conditions, the last begun first."""
    newest = (table.c.first_missing.desc(), url_state.c.url, table.c.ordinal.desc())
    return list(_with_places(connection, _whole().where(*conditions).order_by(*newest).limit(limit)).values())


def absence_at(catalog: Catalog, outlet: str, url: str, at: datetime, status: int | None = None) -> AbsenceFound | None:
    """Return the absence of a URL that a capture of this moment belongs to; None where it shows the article.

    Where an outlet answers now so and now otherwise, it is one with the `status` of the capture.
    """
    conditions = [
        url_state.c.outlet == outlet,
        url_state.c.url == url,
        table.c.kind != Shown.WITHDRAWN.value,
        table.c.first_missing <= at,
        table.c.last_missing >= at,
    ]
    with catalog.reading() as connection:
        found = select_absences(connection, conditions, None)
    return next((absence for absence in found if absence.status == status), found[0] if found else None)


def absences_by_place(connection: Connection, places: Iterable[tuple[int, int]]) -> dict[tuple[int, int], AbsenceFound]:
    """Return the absences of URLs by these numbers that have these ordinals."""
    found: dict[tuple[int, int], AbsenceFound] = {}
    for some in chunks(sorted(set(places))):
        query = _whole().where(tuple_(table.c.url_id, table.c.ordinal).in_(some))
        found.update(_with_places(connection, query))
    return found


def _whole() -> Select[Any]:
    return (
        select(table, url_state.c.outlet, url_state.c.url, url_state.c.article_key, articles.c.headline)
        .join(url_state, url_state.c.id == table.c.url_id)
        .outerjoin(articles, articles.c.content_id == url_state.c.content_id)
    )


def _with_places(connection: Connection, query: Select[Any]) -> dict[tuple[int, int], AbsenceFound]:
    rows = connection.execute(query).all()
    there = moved_to(connection, (row for row in rows if row.kind == Shown.MOVED.value))
    return {(row.url_id, row.ordinal): _found(row, there.get((row.url_id, row.ordinal))) for row in rows}


def _found(row: Any, there: Moved | None) -> AbsenceFound:
    return AbsenceFound(
        outlet=row.outlet,
        url=row.url,
        article_key=row.article_key,
        headline=row.headline,
        kind=Shown(row.kind),
        last_seen=row.last_seen,
        first_missing=row.first_missing,
        last_missing=row.last_missing,
        observations=row.observations,
        confirmed=row.confirmed,
        returned_at=row.returned_at,
        status=row.status,
        location=row.location,
        last_record_id=row.last_record_id,
        there=there,
    )
