"""What comparing the two states of a change came to, kept under the change's id and what its times say by words.

This room knows nothing of how states are compared: weights are numbers here, types and disclosures words (those of
`audit`, which fills the table).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Final

from sqlalchemy import ColumnElement, Connection, Select, and_, func, select, tuple_

from storage.catalog.catalog import Catalog
from storage.catalog.kept import edit_hunks, findings_texts
from storage.catalog.kept import findings as table
from storage.catalog.many_rows import chunks, insert, insert_new
from storage.catalog.schema import articles, changes, meta, url_state

BATCH: Final = 200
"""So many changes are given, and should be kept, at once: what is lost by a kill, and what memory must hold."""

_ENGINE: Final = "engine"
_KEY: Final = ("change_id", "times", "engine")


@dataclass(frozen=True, slots=True)
class Unaudited:
    """A change that has no findings yet, with both canonical articles, and what their times say by their words."""

    change_id: str
    times: str
    url: str
    old_json: str
    new_json: str


@dataclass(frozen=True, slots=True)
class Kept:
    """What a comparison came to; or `error`, and nothing else, where it failed. `types` are in the order to show."""

    change_id: str
    weight: int | None = None
    score: int | None = None
    disclosure: str | None = None
    undisclosed: bool | None = None
    types: tuple[str, ...] | None = None
    findings_json: str | None = None
    error: str | None = None
    edits_digest: str | None = None  # equal where the edits are the same, wherever they stand
    hunks: tuple[str, ...] | None = None  # the same of each edit by itself
    times: str = ""  # as the change has it


def adopt(catalog: Catalog, engine: str) -> None:
    """Let only the findings of `engine` count from now on; those of others are dropped."""
    with catalog.reading() as connection:
        if connection.execute(_named()).scalar() == engine:
            return
    others = select(table.c.id).where(table.c.engine != engine)
    with catalog.writing() as connection:
        connection.execute(meta.delete().where(meta.c.name == _ENGINE))
        insert(connection, meta, [{"name": _ENGINE, "value": engine}])
        connection.execute(edit_hunks.delete().where(edit_hunks.c.finding.in_(others)))
        for kept in (table, findings_texts):
            connection.execute(kept.delete().where(kept.c.engine != engine))


def count_unaudited(catalog: Catalog, engine: str) -> int:
    """Return how many changes `unaudited` would give."""
    with catalog.reading() as connection:
        return int(connection.execute(select(func.count()).select_from(_without(engine).subquery())).scalar_one())


def unaudited(catalog: Catalog, engine: str) -> Iterator[list[Unaudited]]:
    """Yield the changes that have no findings of `engine`, in lists of at most `BATCH`.

    Left out are changes of which the archive does not (yet) hold both articles.
    """
    with catalog.reading() as connection:
        rows = connection.execute(_without(engine)).all()
    for some in chunks(rows, BATCH):
        with catalog.reading() as connection:
            wanted = sorted({id_ for row in some for id_ in (row.old_content_id, row.new_content_id)})
            query = select(articles.c.content_id, articles.c.article_json).where(articles.c.content_id.in_(wanted))
            known = {row.content_id: row.article_json for row in connection.execute(query)}
        yield [
            Unaudited(row.change_id, row.times, row.url, known[row.old_content_id], known[row.new_content_id])
            for row in some
            if row.old_content_id in known and row.new_content_id in known  # else a rebuild emptied the catalog
        ]


def keep(catalog: Catalog, engine: str, rows: Sequence[Kept]) -> None:
    """Keep what an engine found. What another process has kept meanwhile stays as it is."""
    values = [{name: getattr(row, name) for name in Kept.__slots__} | {"engine": engine} for row in rows]
    with catalog.writing() as connection:
        insert_new(connection, table, values)
        insert_new(connection, findings_texts, [one for one in values if one["findings_json"] is not None])
        insert_new(connection, edit_hunks, list(_hunks(connection, engine, rows)))


def _hunks(connection: Connection, engine: str, rows: Sequence[Kept]) -> Iterator[dict[str, Any]]:
    of = {(row.change_id, row.times): row.hunks for row in rows if row.hunks}
    for some in chunks(sorted(of)):
        known = select(table.c.id, table.c.change_id, table.c.times).where(
            tuple_(table.c.change_id, table.c.times).in_(some), table.c.engine == engine
        )
        for number, change_id, times in connection.execute(known):
            hunks = frozenset(of[change_id, times] or ())
            yield from ({"hunk": hunk, "finding": number, "edits": len(hunks)} for hunk in hunks)


def findings_of(catalog: Catalog, compared: Iterable[tuple[str, str]]) -> dict[tuple[str, str], Kept]:
    """Return what is kept by the engine that counts of these changes: of their ids and `times`."""
    found: dict[tuple[str, str], Kept] = {}
    with catalog.reading() as connection:
        for some in chunks(sorted(set(compared))):
            query = (
                select(table, findings_texts.c.findings_json)
                .outerjoin(findings_texts, and_(*(findings_texts.c[name] == table.c[name] for name in _KEY)))
                .where(of_compared(some))
            )
            found.update(((row.change_id, row.times), _kept(row)) for row in connection.execute(query))
    return found


def of_compared(compared: Sequence[tuple[str, str]]) -> ColumnElement[bool]:
    """Return the condition for the findings that count of these changes: of their ids and `times`."""
    return and_(tuple_(table.c.change_id, table.c.times).in_(compared), table.c.engine == engine_that_counts())


def of_changes() -> ColumnElement[bool]:
    """Return the condition that joins changes with their findings that count."""
    return and_(
        table.c.change_id == changes.c.change_id,
        table.c.times == changes.c.times,
        table.c.engine == engine_that_counts(),
    )


def engine_that_counts() -> Any:
    """Return the engine whose findings count, for use inside a query."""
    return _named().scalar_subquery()


def _named() -> Select[Any]:
    return select(meta.c.value).where(meta.c.name == _ENGINE)


def _without(engine: str) -> Select[Any]:
    """Return the query for changes with both articles and without findings; one row for each id and its `times`."""
    old, new = articles.alias("old"), articles.alias("new")
    ours = table.c.change_id == changes.c.change_id, table.c.times == changes.c.times, table.c.engine == engine
    return (
        select(
            changes.c.change_id,
            changes.c.times,
            func.min(url_state.c.url).label("url"),
            func.min(changes.c.old_content_id).label("old_content_id"),
            func.min(changes.c.new_content_id).label("new_content_id"),
        )
        .join(url_state, url_state.c.id == changes.c.url_id)
        .join(old, old.c.content_id == changes.c.old_content_id)
        .join(new, new.c.content_id == changes.c.new_content_id)
        .outerjoin(table, and_(*ours))
        .where(table.c.change_id.is_(None))
        .group_by(changes.c.change_id, changes.c.times)
        .order_by(func.min(changes.c.first_seen_after), changes.c.change_id, changes.c.times)
    )


def _kept(row: Any) -> Kept:
    values = {name: getattr(row, name) for name in Kept.__slots__}
    lists = {name: None if values[name] is None else tuple(values[name]) for name in ("types", "hunks")}
    return Kept(**values | lists)
