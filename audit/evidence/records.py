"""Whether the records of a bundle are those that its tables list, and say of themselves what the tables say."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, Final

from audit.evidence.about import vantage_of
from audit.evidence.places import ABOUT, WARC
from audit.evidence.tables import Tables
from storage.cdxj import target_of
from storage.digests import sha256
from storage.errors import WarcInvalid
from storage.rows import CaptureRow
from storage.warc_fields import parse_date
from storage.warc_reader import Record, read_at

_ENTRY: Final = ("record_id", "type", "key", "offset", "length", "at")


def wrong_records(files: Mapping[str, bytes], about: Mapping[str, Any], tables: Tables) -> Iterator[str]:
    """Yield what of the records is not as evidence.json, they themselves and the tables of captures have it.

    A record that no table lists is a request or the metadata of one that a table lists, or a warcinfo.
    """
    rows, warc, at = tables.by_record, files[WARC], 0
    listed = [rows[entry["record_id"]] for entry in about["records"] if entry["record_id"] in rows]
    belonging = {id_ for row in listed for id_ in (row.record_id, row.request_id) if id_ is not None}
    ends = {(row.warc_key, place) for row in listed for place in (row.offset, row.offset + row.length)}
    vantage = []
    for entry in about["records"]:
        where = f"{WARC}, record {entry['record_id']}"
        if entry["at"] != at or tuple(entry) != _ENTRY:
            yield f"{where}: does not follow the record before it"
        at = entry["at"] + entry["length"]
        try:
            record = read_at(warc[entry["at"] : at], where=WARC, offset=entry["at"])
        except WarcInvalid as error:
            yield f"{where}: {error}"
            continue
        if (record.get_id("WARC-Record-ID"), record.type) != (entry["record_id"], entry["type"]):
            yield f"{where}: is another record"
        elif record.get("WARC-Block-Digest") != sha256(record.block):
            yield f"{where}: its block is not the one that was recorded"
        row = rows.get(entry["record_id"])
        if row is not None:
            if (row.warc_key, row.offset, row.length) != (entry["key"], entry["offset"], entry["length"]) or not _is(
                record, row
            ):
                yield f"{where}: is not the one that the table of captures lists"
        elif record.type == "warcinfo":
            vantage.append(vantage_of(record))
            if entry["offset"] != 0 or entry["key"] not in {key for key, _ in ends}:
                yield f"{where}: does not begin a WARC that a record here is of"
        elif entry["record_id"] not in belonging and not (
            record.type == "metadata" and record.get_id("WARC-Concurrent-To") in belonging
        ):
            yield f"{where}: no table lists it, nor what it belongs to"
        elif not {(entry["key"], entry["offset"]), (entry["key"], entry["offset"] + entry["length"])} & ends:
            yield f"{where}: does not stand beside what it belongs to"
    if at != len(warc):
        yield f"{WARC}: holds more than its records"
    if vantage != about["vantage"]:
        yield f"{ABOUT}: `vantage` is not what the warcinfo records say"


def _is(record: Record, row: CaptureRow) -> bool:
    """Return whether a record says of itself what its row says of it."""
    payload = record.get("WARC-Payload-Digest")
    return (
        sha256(record.block) == row.block_digest
        and target_of(record) == row.url
        and parse_date(record.get("WARC-Date") or "") == row.captured_at
        and record.get("WARC-IP-Address") == row.ip
        and (payload == row.payload_digest or row.payload_digest is None)
        and (record.type != "revisit" or record.get_id("WARC-Refers-To") == row.refers_to_id)
    )
