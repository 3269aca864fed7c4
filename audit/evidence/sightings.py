"""Whether the sightings that a bundle rests on are those of its tables: what was read, when, of which captures."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from articles.leads import same_page
from audit.evidence.places import ABOUT
from audit.evidence.tables import Tables
from storage.exchange import Outcome
from storage.instants import parse_instant
from storage.rows import CaptureRow


def wrong_sightings(about: Mapping[str, Any], tables: Tables) -> Iterator[str]:
    """Yield what evidence.json says of a sighting and no table does."""
    here = {entry["record_id"] for entry in about["records"]}
    for side in ("old", "new"):
        for sighting in about[side]["sightings"]:
            name = f"{side} state, {sighting['which']} sighting"
            yield from _wrong_reading(about, side, sighting, tables, name)
            yield from _wrong_captures(sighting, tables, here, name)


def _wrong_reading(
    about: Mapping[str, Any], side: str, sighting: Mapping[str, Any], tables: Tables, name: str
) -> Iterator[str]:
    captures = tuple((one["role"], one["record_id"]) for one in sighting["captures"])
    url = sighting["captures"][0]["url"]
    if url != about["url"] and not same_page(url, about["url"]):
        yield f"{ABOUT}: the {name} is of {url}, another page"
    read = (url, captures, sighting["reader_id"], about[side]["content_id"])
    found = [
        (number, row.captured_at)
        for number, row in tables.readings
        if (row.url, row.captures, row.reader_id, row.content_id) == read
    ]
    if not found:
        yield f"{ABOUT}: no table lists the reading of the {name}"
    elif (sighting["reading_commit"], parse_instant(sighting["captured_at"])) not in found:
        yield f"{ABOUT}: {name}: the table of readings has another time or commit"


def _wrong_captures(sighting: Mapping[str, Any], tables: Tables, here: set[str], name: str) -> Iterator[str]:
    rows = tables.by_record
    wanted = [id_ for one in sighting["captures"] for id_ in (one["record_id"], one["original_record_id"]) if id_]
    for record_id in wanted:
        if record_id not in here or record_id not in rows:
            yield f"{ABOUT}: record {record_id}, which was read, is not here with its table"
            return
    for one in sighting["captures"]:
        row = rows[one["record_id"]]
        original = rows[one["original_record_id"]] if one["original_record_id"] else None
        if one["url"] != row.url or not _goes_back_to(row, original):
            yield f"{ABOUT}: {name}: the table of captures has another URL or original"
    if rows[sighting["captures"][0]["record_id"]].captured_at != parse_instant(sighting["captured_at"]):
        yield f"{ABOUT}: {name}: the table of captures has another time"
    commits = [{number for number, row in tables.captures if row.record_id == record_id} for record_id in wanted]
    stated = set(sighting["capture_commits"])
    if not all(stated & listing for listing in commits) or not stated <= set().union(*commits):
        yield f"{ABOUT}: {name}: its captures stand in the tables of other commits"


def _goes_back_to(row: CaptureRow, original: CaptureRow | None) -> bool:
    """Return whether a revisit refers to its original: by id, by URL and moment, or with other revisits between."""
    if row.outcome is not Outcome.REVISIT or original is None:
        return row.outcome is not Outcome.REVISIT and original is None
    return (
        row.refers_to_id == original.record_id
        or (row.refers_to_url, row.refers_to_at) == (original.url, original.captured_at)
        or (row.payload_digest is not None and row.payload_digest == original.payload_digest)
    )
