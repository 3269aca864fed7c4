"""The first part of the check: whether the bytes of a bundle hold each other (docs/evidence.md, "Integrity").

It needs hashes, JSON, gzip, the tables and the two ids, which are formats, and nothing of what our versions differ in.
"""

from __future__ import annotations

import hashlib
import re
import zlib
from collections.abc import Iterator, Mapping
from typing import Any, Final

from audit.evidence.bundle import ABOUT, ARTICLES, FORMAT, LOG, TABLES, WARC, path_of
from audit.evidence.steps import Step
from audit.evidence.wacz import json_object
from audit.findings import findings_id
from storage.catalog.derive import change_id
from storage.digests import sha256
from storage.errors import TableInvalid
from storage.keys import ANCHORS, MANIFEST
from storage.rows import CaptureRow
from storage.tables import read_captures, read_readings

_COMMIT: Final = re.compile(rf"{LOG}(?P<number>\d{{8,}})\.json")
_MOST_MEMBER: Final = 64 << 20
_BLOCK_DIGEST: Final = re.compile(rb"\r\nWARC-Block-Digest: (sha256:[0-9a-f]{64})\r\n", re.IGNORECASE)
_RECORD_ID: Final = re.compile(rb"\r\nWARC-Record-ID: <([^>\r\n]+)>\r\n", re.IGNORECASE)


def integrity(files: Mapping[str, bytes]) -> list[Step]:
    """Return the steps of this part, over the files of a bundle whose container holds (audit.evidence.wacz)."""
    about = json_object(files.get(ABOUT, b"")) or {}
    if about.get("format") != FORMAT:
        found = about.get("format")
        return [
            Step("evidence.json is one that this version reads", False, (f"{ABOUT}: format {found!r}, not {FORMAT}",))
        ]
    commits = _commits(files)
    return [
        Step.of("the log's entries follow each other without a gap", list(_chain(files, commits, about))),
        Step.of("the tables are those that the log lists", list(_tables(files, commits))),
        Step.of("the records are those that the tables list", list(_records(files, about))),
        Step.of("the readings are those that the tables list", list(_readings(files, about))),
        Step.of("articles, change and findings have the ids that they are named by", list(_ids(files, about))),
        Step.of("the anchors name entries of this log", list(_anchors(files, commits, about))),
    ]


def _commits(files: Mapping[str, bytes]) -> dict[int, tuple[str, dict[str, Any]]]:
    found = {}
    for path, data in files.items():
        name = _COMMIT.fullmatch(path)
        if name:
            found[int(name["number"])] = (path, json_object(data) or {})
    return dict(sorted(found.items()))


def _chain(
    files: Mapping[str, bytes], commits: Mapping[int, tuple[str, dict[str, Any]]], about: Mapping[str, Any]
) -> Iterator[str]:
    log = about["log"]
    if list(commits) != list(range(log["first"], log["last"] + 1)):
        yield f"{LOG}: the log's entries {log['first']} to {log['last']} are not all here, or others are"
        return
    previous: str | None = sha256(files[path_of(MANIFEST)]) if log["first"] == 1 else None
    for number, (path, commit) in commits.items():
        if (commit.get("number"), commit.get("outlet"), commit.get("archive")) != (
            number,
            about["outlet"],
            about["archive"],
        ):
            yield f"{path}: is another log's entry"
        if previous is not None and commit.get("previous") != previous:
            yield f"{path}: does not follow the entry before it"
        previous = sha256(files[path])
    if previous != log["head"]:
        yield f"{ABOUT}: its head is not the newest entry's"


def _tables(files: Mapping[str, bytes], commits: Mapping[int, tuple[str, dict[str, Any]]]) -> Iterator[str]:
    listed = {path_of(str(ref.get("key"))): ref for _, commit in commits.values() for ref in commit.get("objects", ())}
    for path, data in files.items():
        if path.startswith(TABLES):
            ref = listed.get(path)
            if ref is None:
                yield f"{path}: no entry of the log lists it"
            elif ref.get("sha256") != hashlib.sha256(data).hexdigest() or ref.get("size") != len(data):
                yield f"{path}: is not the table that the log lists"


def _records(files: Mapping[str, bytes], about: Mapping[str, Any]) -> Iterator[str]:
    """Each record is where evidence.json says, its block has the digest that it states, and the table the same."""
    rows: dict[str, CaptureRow] = {}
    for path, data in files.items():
        if path.endswith(".captures.parquet"):
            try:
                rows |= {row.record_id: row for row in read_captures(data)}
            except TableInvalid as error:
                yield f"{path}: {error}"
    warc, at = files[WARC], 0
    for entry in about["records"]:
        where = f"{WARC}, record {entry['record_id']}"
        if entry["at"] != at:
            yield f"{where}: does not follow the record before it"
        member = warc[entry["at"] : entry["at"] + entry["length"]]
        at = entry["at"] + entry["length"]
        head, block = _record(member)
        record_id, stated = _RECORD_ID.search(head), _BLOCK_DIGEST.search(head)
        if record_id is None or record_id[1].decode("latin-1") != entry["record_id"]:
            yield f"{where}: is another record"
        elif stated is None or stated[1].decode() != sha256(block):
            yield f"{where}: its block is not the one that was recorded"
        row = rows.get(entry["record_id"])
        if row is not None and (row.block_digest, row.warc_key, row.offset, row.length) != (
            sha256(block),
            entry["key"],
            entry["offset"],
            entry["length"],
        ):
            yield f"{where}: is not the one that the table of captures lists"
    if at != len(warc):
        yield f"{WARC}: holds more than its records"
    listed = {entry["record_id"] for entry in about["records"]}
    for sighting in (*about["old"]["sightings"], *about["new"]["sightings"]):
        for capture in sighting["captures"]:
            for record_id in filter(None, (capture["record_id"], capture["original_record_id"])):
                if record_id not in listed or record_id not in rows:
                    yield f"{ABOUT}: record {record_id}, which was read, is not here with its table"


def _record(member: bytes) -> tuple[bytes, bytes]:
    """Return a record's head and block; of bytes that are no record, empty ones."""
    try:
        unpacked = zlib.decompressobj(31)
        data = unpacked.decompress(member, _MOST_MEMBER)
    except zlib.error:
        return b"", b""
    if not unpacked.eof or unpacked.unused_data:
        return b"", b""
    head, _, rest = data.partition(b"\r\n\r\n")
    return head + b"\r\n", rest.removesuffix(b"\r\n\r\n")


def _readings(files: Mapping[str, bytes], about: Mapping[str, Any]) -> Iterator[str]:
    found = set()
    for path, data in files.items():
        if path.endswith("readings.parquet"):
            try:
                rows = read_readings(data)
            except TableInvalid as error:
                yield f"{path}: {error}"
                continue
            found |= {(row.url, row.captures, row.reader_id, row.content_id) for row in rows}
    for side in ("old", "new"):
        for sighting in about[side]["sightings"]:
            captures = tuple((one["role"], one["record_id"]) for one in sighting["captures"])
            if (about["url"], captures, sighting["reader_id"], about[side]["content_id"]) not in found:
                yield f"{ABOUT}: no table lists the reading of the {side} state, {sighting['which']} sighting"


def _ids(files: Mapping[str, bytes], about: Mapping[str, Any]) -> Iterator[str]:
    for side, path in ARTICLES.items():
        if sha256(files.get(path, b"")) != about[side]["content_id"]:
            yield f"{path}: is not the article that its content id names"
    change = change_id(about["url"], about["old"]["content_id"], about["new"]["content_id"])
    if change != about["change_id"]:
        yield f"{ABOUT}: its change id is not that of its URL and content ids"
    if findings_id(change, about["engine"]) != about["findings_id"]:
        yield f"{ABOUT}: its findings id is not that of its change id and engine"


def _anchors(
    files: Mapping[str, bytes], commits: Mapping[int, tuple[str, dict[str, Any]]], about: Mapping[str, Any]
) -> Iterator[str]:
    for path, data in files.items():
        if not path.startswith(f"{ANCHORS}/") or not path.endswith(".json"):
            continue
        head = ((json_object(data) or {}).get("heads") or {}).get(about["outlet"]) or {}
        known = commits.get(head.get("number", 0))
        if known is None or head.get("sha256") != hashlib.sha256(files[known[0]]).hexdigest():
            yield f"{path}: names another log than this one"
