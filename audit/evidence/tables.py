"""The tables of a bundle: whether they are those that the log lists, and their rows by the commit that lists them."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Final

from articles.written_times import UNKNOWN, WrittenTimes
from audit.evidence.places import LOG, TABLES, path_of
from audit.evidence.wacz import json_object
from storage.errors import TableInvalid
from storage.rows import CaptureRow, ReadingRow
from storage.tables import read_captures, read_readings

_COMMIT: Final = re.compile(rf"{LOG}(?P<number>\d{{8,}})\.json")


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

    def times_at(self, about: Mapping[str, Any], side: str, which: int) -> WrittenTimes:
        """Return how the page wrote its own times at a sighting, as the row says that holds its reading."""
        sighting = about[side]["sightings"][which]
        place = sighting["reading_commit"], sighting["captures"][0]["record_id"], about[side]["content_id"]
        row = self._by_place.get(place)
        return UNKNOWN if row is None else WrittenTimes(row.published_raw, row.modified_raw)

    def times(self, about: Mapping[str, Any]) -> tuple[WrittenTimes, WrittenTimes]:
        """Return the same for the sightings between which the change lies."""
        return self.times_at(about, "old", -1), self.times_at(about, "new", 0)

    @cached_property
    def _by_place(self) -> Mapping[tuple[int, str, str | None], ReadingRow]:
        return {(number, row.captures[0][1], row.content_id): row for number, row in self.readings}


def commits_of(files: Mapping[str, bytes]) -> dict[int, tuple[str, dict[str, Any]]]:
    """Return the log's entries of a bundle by their numbers, each with its path."""
    found = {}
    for path, data in files.items():
        name = _COMMIT.fullmatch(path)
        if name:
            found[int(name["number"])] = (path, json_object(data) or {})
    return dict(sorted(found.items()))


def read_tables(files: Mapping[str, bytes], commits: Mapping[int, tuple[str, Mapping[str, Any]]]) -> Tables:
    """Return the rows of all tables that an entry of the log lists with these bytes."""
    listed = {
        path_of(str(ref.get("key"))): (number, ref)
        for number, (_, commit) in commits.items()
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
