"""The indexes of phrases: over the texts of every content, and over what every change added and removed."""

from __future__ import annotations

import json
import logging
from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Final

from sqlalchemy import Column, Connection, Integer, Select, Table, bindparam, column, func, select, text

from storage.catalog.catalog import Catalog
from storage.catalog.kept import indexed, indexed_changes
from storage.catalog.many_rows import chunks, insert
from storage.catalog.phrase import Sought
from storage.catalog.schema import articles, changes
from storage.catalog.tokens import COLUMNS, Part, Texts, changed_texts, joined_tokens, texts_of, tokens_of

_log = logging.getLogger(__name__)

_BATCH: Final = 500
COMMON: Final = 10_000
"""So many contents that hold a phrase are common: fewer are listed in the time in which some hundreds are asked of."""


def index_phrases(catalog: Catalog, progress: Callable[[int, int], None] | None = None) -> int:
    """Index the articles and changes that are not indexed yet, and return how many there were.

    A batch is one transaction: one that is cut off goes on where it was, and several processes may index at once.
    """
    with catalog.reading() as connection:
        contents = connection.execute(_missing_contents()).scalars().all()
        changed = connection.execute(_missing_changes()).all()
    total = len(contents) + len(changed)
    done = 0
    for ids in chunks(contents, _BATCH):
        with catalog.reading() as connection:
            found = said_by(connection, ids)
        made = [(id_, *_columns(found.get(id_))) for id_ in ids]
        with catalog.writing() as connection:
            _insert(connection, indexed, indexed.c.content_id, "phrase_index", COLUMNS, made)
        done += len(ids)
        if progress:
            progress(done, total)
    for rows in chunks(changed, _BATCH):
        with catalog.reading() as connection:
            found = said_by(connection, sorted({id_ for row in rows for id_ in row[1:]}))
        made = [(row.change_id, *_changed(found.get(row.old), found.get(row.new))) for row in rows]
        with catalog.writing() as connection:
            _insert(
                connection, indexed_changes, indexed_changes.c.change_id, "change_index", ("added", "removed"), made
            )
        done += len(rows)
        if progress:
            progress(done, total)
    return total


_PREFIX: Final = "*"  # in a question, and in no word of one


@dataclass(frozen=True)
class Said:
    """What of an article is searched, and its headline."""

    headline: str | None
    texts: Texts


@dataclass(frozen=True)
class Matching:
    """A question to one of the indexes: which contents, or changes, may hold what is sought."""

    index: str
    table: Table
    key: Column[Any]
    match: str

    def is_common(self, connection: Connection) -> bool:
        """Return whether there are so many that it is better to go through what there is, and to ask of each."""
        query = f"SELECT count(*) FROM (SELECT rowid FROM {self.index} WHERE {self.index} MATCH ? LIMIT {COMMON})"  # noqa: S608
        found = connection.exec_driver_sql(query, (self.match,)).scalar_one()
        return bool(found >= COMMON)

    def ids(self) -> Select[Any]:
        """Return the query for all of them. SQLite makes a table of it for an IN."""
        matching = text(f"SELECT rowid AS id FROM {self.index} WHERE {self.index} MATCH :match")  # noqa: S608  (ours)
        found = matching.bindparams(bindparam("match", self.match, unique=True)).columns(column("id", Integer))
        return select(self.key).where(self.table.c.id.in_(select(found.subquery("matched").c.id)))

    def among(self, connection: Connection, ids: Collection[str]) -> set[str]:
        """Return those of the ids that it finds."""
        ask = self._in_one if _PREFIX in self.match else self._one_by_one
        found: set[str] = set()
        for some in chunks(sorted(ids)):
            found.update(ask(connection, some))
        return found

    def _one_by_one(self, connection: Connection, ids: Sequence[str]) -> Iterable[str]:
        """The index is asked for each: CROSS JOIN keeps SQLite from asking it for all there are."""
        query = (
            f"SELECT k.{self.key.name} FROM {self.table.name} k CROSS JOIN {self.index} i"  # noqa: S608  (ours)
            f" WHERE k.{self.key.name} IN ({_places(ids)}) AND i.rowid = k.id AND i.{self.index} MATCH ?"
        )
        return connection.exec_driver_sql(query, (*ids, self.match)).scalars()

    def _in_one(self, connection: Connection, ids: Sequence[str]) -> Iterable[str]:
        """The index is asked once: to put together all words that begin so takes a millisecond each time."""
        rows = f"SELECT id, {self.key.name} FROM {self.table.name} WHERE {self.key.name} IN ({_places(ids)})"  # noqa: S608
        known = dict(connection.exec_driver_sql(rows, tuple(ids)).tuples().all())
        if not known:
            return ()
        query = f"SELECT rowid FROM {self.index} WHERE {self.index} MATCH ? AND rowid BETWEEN ? AND ?"  # noqa: S608
        held = connection.exec_driver_sql(query, (self.match, min(known), max(known))).scalars()
        return [known[number] for number in held if number in known]


def holding(sought: Sought) -> Matching:
    """Return the question which contents may hold what is sought."""
    match = sought.match if sought.part is Part.ANYWHERE else f"{{{sought.part}}} : ({sought.match})"
    return Matching("phrase_index", indexed, indexed.c.content_id, match)


def changing(sought: Sought, *, added: bool) -> Matching:
    """Return the question which changes may have added what is sought, or removed it."""
    match = f"{{{'added' if added else 'removed'}}} : ({sought.match})"
    return Matching("change_index", indexed_changes, indexed_changes.c.change_id, match)


def said_by(connection: Connection, content_ids: Sequence[str]) -> dict[str, Said]:
    """Return what the articles with these ids say, of those that are there and are articles."""
    query = select(articles.c.content_id, articles.c.article_json).where(articles.c.content_id.in_(content_ids))
    found: dict[str, Said] = {}
    for content_id, article in connection.execute(query):
        try:
            value = json.loads(article)
            found[content_id] = Said(value["headline"], texts_of(value))
        except (ValueError, KeyError, TypeError, AttributeError) as wrong:
            _log.warning("the article %s can't be searched: %s: %s", content_id, type(wrong).__name__, wrong)
    return found


def _places(values: Sequence[str]) -> str:
    return ", ".join("?" for _ in values)


def _missing_contents() -> Select[Any]:
    joined = articles.outerjoin(indexed, indexed.c.content_id == articles.c.content_id)
    return select(articles.c.content_id).select_from(joined).where(indexed.c.content_id.is_(None))


def _missing_changes() -> Select[Any]:
    """Return the query for changes that are not indexed and of which both articles are there, one row each."""
    old, new = articles.alias("older"), articles.alias("newer")
    return (
        select(
            changes.c.change_id,
            func.min(changes.c.old_content_id).label("old"),
            func.min(changes.c.new_content_id).label("new"),
        )
        .join(old, old.c.content_id == changes.c.old_content_id)
        .join(new, new.c.content_id == changes.c.new_content_id)
        .outerjoin(indexed_changes, indexed_changes.c.change_id == changes.c.change_id)
        .where(indexed_changes.c.change_id.is_(None))
        .group_by(changes.c.change_id)
    )


def _columns(said: Said | None) -> list[str]:
    tokens = tokens_of(said.texts if said else ())
    return [tokens[part] for part in COLUMNS]


def _changed(old: Said | None, new: Said | None) -> tuple[str, str]:
    if old is None or new is None:
        return "", ""
    added, removed = changed_texts(old.texts, new.texts)
    return joined_tokens(added), joined_tokens(removed)


def _insert(
    connection: Connection,
    table: Table,
    key: Column[Any],
    index: str,
    columns: Sequence[str],
    made: Sequence[tuple[str, ...]],
) -> None:
    known = set(connection.execute(select(key).where(key.in_([id_ for id_, *_ in made]))).scalars())
    last = connection.execute(select(func.max(table.c.id))).scalar() or 0
    new = [row for row in made if row[0] not in known]
    numbered = list(enumerate(new, last + 1))
    if not numbered:
        return
    insert(connection, table, [{"id": number, key.name: id_} for number, (id_, *_) in numbered])
    names, places = ", ".join(columns), ", ".join("?" for _ in columns)
    connection.exec_driver_sql(
        f"INSERT INTO {index} (rowid, {names}) VALUES (?, {places})",  # noqa: S608  (all names are ours)
        [(number, *words) for number, (_, *words) in numbered],
    )
