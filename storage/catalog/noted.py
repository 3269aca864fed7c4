"""What the catalog notes of itself: of which archive it is, by which tables, and whether it was emptied."""

from __future__ import annotations

import uuid

from sqlalchemy import Connection, inspect, select

import storage.catalog.found_tables
import storage.catalog.kept  # noqa: F401  (their tables are made and dropped with the others)
from storage.catalog.database import Database
from storage.catalog.many_rows import insert
from storage.catalog.schema import SCHEMA, meta, metadata
from storage.errors import CatalogOutdated


def have_tables(database: Database) -> None:
    """Make the tables where there are none, or those of an earlier Palimpsest. Raises CatalogOutdated."""
    with database.reading() as connection:
        found = _schema_of(connection)
    if found is not None and found > SCHEMA:
        raise CatalogOutdated(
            f"the catalog {database.url} was made by a later Palimpsest (its tables have number {found}, known here"
            f" is {SCHEMA}). Upgrade Palimpsest, or name another catalog (PALIMPSEST_CATALOG)"
        )
    if found != SCHEMA:
        with database.writing() as connection:
            if _schema_of(connection) != SCHEMA:
                make_empty(connection)


def make_empty(connection: Connection) -> None:
    """Take all rows away, and all tables of an earlier Palimpsest; of which archive it is stays."""
    archive = None
    if inspect(connection).has_table(meta.name):
        archive = noted(connection, "archive")
    metadata.drop_all(connection)
    metadata.create_all(connection)
    note(connection, "schema", str(SCHEMA))
    note(connection, "generation", uuid.uuid4().hex)
    if archive is not None:
        note(connection, "archive", archive)


def noted(connection: Connection, name: str) -> str | None:
    """Return what is noted under a name."""
    value: str | None = connection.execute(select(meta.c.value).where(meta.c.name == name)).scalar()
    return value


def note(connection: Connection, name: str, value: str) -> None:
    """Write down what is not noted yet."""
    insert(connection, meta, [{"name": name, "value": value}])


def is_filling(connection: Connection) -> bool:
    """Return whether a rebuild emptied the catalog, and nothing has applied all commits since."""
    return noted(connection, "filling") is not None


def _schema_of(connection: Connection) -> int | None:
    """Return the number of the tables' schema: None in an empty database, 0 where it isn't told."""
    if not inspect(connection).has_table(meta.name):
        return None
    value = noted(connection, "schema")
    return int(value) if value is not None else 0
