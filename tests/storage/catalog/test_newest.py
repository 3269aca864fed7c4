from __future__ import annotations

from typing import Any

from sqlalchemy import event
from sqlalchemy.engine import Engine

from storage.archive import Archive
from storage.catalog.catalog import Catalog
from tests.storage.catalog.observed import capture, commit


def test_a_commit_is_taken_up_without_a_look_at_the_captures_before_it(archive: Archive, catalog: Catalog) -> None:
    commit(archive, [capture()])
    catalog.sync(archive)
    commit(archive, [capture(hours=3)])
    plans: list[str] = []

    @event.listens_for(Engine, "before_cursor_execute")
    def explain(connection: Any, cursor: Any, statement: str, parameters: Any, *_: Any) -> None:
        if statement.startswith(("INSERT INTO answers", "INSERT INTO bodies")):
            asked = connection.connection.cursor()
            plans.extend(row[3] for row in asked.execute(f"EXPLAIN QUERY PLAN {statement}", parameters))

    try:
        catalog.sync(archive)
    finally:
        event.remove(Engine, "before_cursor_execute", explain)
    assert plans.count("SEARCH captures USING INTEGER PRIMARY KEY (rowid>?)") == 2
