"""The tables of a bundle: whether they are those that the log lists, and their rows by the commit that lists them."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from audit.evidence.places import TABLES, path_of
from storage.errors import TableInvalid
from storage.rows import CaptureRow, ReadingRow
from storage.tables import read_captures, read_readings


@dataclass(frozen=True)
class Tables:
    """Rows with the number of their commit; `wrong` names the tables that no entry of the log lists, and why."""

    captures: tuple[tuple[int, CaptureRow], ...]
    readings: tuple[tuple[int, ReadingRow], ...]
    wrong: tuple[str, ...]

    @cached_property
    def by_record(self) -> Mapping[str, CaptureRow]:
        """The captures by the ids of their records."""
        return {row.record_id: row for _, row in self.captures}


def read_tables(files: Mapping[str, bytes], commits: Mapping[int, Mapping[str, Any]]) -> Tables:
    """Return the rows of all tables that an entry of the log lists with these bytes."""
    listed = {
        path_of(str(ref.get("key"))): (number, ref)
        for number, commit in commits.items()
        for ref in commit.get("objects", ())
    }
    captures: list[tuple[int, CaptureRow]] = []
    readings: list[tuple[int, ReadingRow]] = []
    wrong: list[str] = []
    for path, data in files.items():
        if not path.startswith(TABLES):
            continue
        number, ref = listed.get(path, (0, None))
        if ref is None:
            wrong.append(f"{path}: no entry of the log lists it")
        elif ref.get("sha256") != hashlib.sha256(data).hexdigest() or ref.get("size") != len(data):
            wrong.append(f"{path}: is not the table that the log lists")
        else:
            try:
                if path.endswith(".captures.parquet"):
                    captures += [(number, row) for row in read_captures(data)]
                else:
                    readings += [(number, row) for row in read_readings(data)]
            except TableInvalid as error:
                wrong.append(f"{path}: {error}")
    return Tables(tuple(captures), tuple(readings), tuple(wrong))
