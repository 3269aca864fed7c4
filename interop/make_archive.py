"""Makes the archive that the interop tests are about: `python interop/make_archive.py FOLDER [--archive ARCHIVE]`.

Into FOLDER come WARCs of as many odd exchanges as we know, with revisits, each with its CDXJ and its table, and with
`--archive` those of a finished archive in a folder too, and its tables of readings and listings. `manifest.json` says
what each holds, so that tools which know nothing of ours can be asked about it.
"""

from __future__ import annotations

import argparse
import gzip
import json
import re
import sys
from base64 import b64encode
from datetime import timedelta
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from storage.entity import entity_of
from storage.exchange import Exchange
from storage.http_message import is_chunked, split_head
from storage.rows import CaptureRow
from storage.tables import read_listings, read_readings, write_captures
from storage.warc import encode_group, warcinfo
from storage.warc_index import index_warc
from storage.warc_reader import Record, iterate
from tests.crawlers.odd_answers import ODD
from tests.storage.exchanges import PAGE, RESPONSES, START, exchange, odd_exchanges, original_of

_WHITE_LINE = re.compile(rb"\n[ \t]+\r?\n")


def main() -> None:
    """Make the archive."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--archive", type=Path, help="a finished archive in a folder, such as a crawl's")
    options = parser.parse_args()
    options.folder.mkdir(parents=True, exist_ok=True)
    warcs = [
        write(options.folder / "odd-00000.warc.gz", all_odd_exchanges()),
        write(options.folder / "revisits-00000.warc.gz", again_and_again(), revisits=True),
    ]
    if options.archive:
        for warc in sorted(options.archive.rglob("*.warc.gz")):
            copy = options.folder / warc.name
            copy.write_bytes(warc.read_bytes())
            warcs.append(copy)
    responses = {
        record.get_id("WARC-Record-ID") or "": record
        for warc in warcs
        for record in iterate(warc)
        if record.type == "response"
    }
    described = [described_warc(warc, responses) for warc in warcs]
    tables = described_tables(options.archive, options.folder) if options.archive else {}
    (options.folder / "manifest.json").write_text(json.dumps({"warcs": described, **tables}, indent=1))
    captures = sum(len(warc["captures"]) for warc in described)
    sys.stdout.write(f"{len(described)} WARCs with {captures} captures in {options.folder}\n")


def all_odd_exchanges() -> list[Exchange]:
    """Return what the tests of the writer and those of the tap know of odd servers, each at a URL of its own."""
    tapped = [
        exchange(
            odd.response,
            url=f"http://odd.example/{odd.name.replace(' ', '-')}",
            started_at=START + timedelta(minutes=number),
            interim=odd.interim,
            complete=odd.truncated is None,
            truncated=odd.truncated,
        )
        for number, odd in enumerate(ODD)
        if odd.response
    ]
    return odd_exchanges() + tapped


def again_and_again() -> list[Exchange]:
    """Return exchanges that can be revisits of the first of their URL, in framings that servers change between."""
    zipped = RESPONSES["gzip"].partition(b"\r\n\r\n")[2]
    framings = {
        "plain": (b"Content-Type: text/html\r\n", PAGE),
        "gzip": (b"Content-Type: text/html\r\nContent-Encoding: gzip\r\n", zipped),
    }
    made = []
    for name, (lines, payload) in framings.items():
        for order in ("length first", "chunked first", "always chunked"):
            url = f"http://again.example/{name}/{order.replace(' ', '-')}"
            long = b"HTTP/1.1 200 OK\r\n%sContent-Length: %d\r\n\r\n%s" % (lines, len(payload), payload)
            chunks = b"HTTP/1.1 200 OK\r\n%sTransfer-Encoding: chunked\r\n\r\n%x\r\n%s\r\n0\r\n\r\n"
            chunked = chunks % (lines, len(payload), payload)
            first, second = {"length first": (long, chunked), "chunked first": (chunked, long)}.get(
                order, (chunked, chunked)
            )
            for hour, response in enumerate((first, second, b"HTTP/1.1 304 Not Modified\r\nETag: x\r\n\r\n", long)):
                made.append(exchange(response, url=url, started_at=START + timedelta(hours=hour)))
    return made


def write(path: Path, exchanges: list[Exchange], *, revisits: bool = False) -> Path:
    """Write a WARC of the exchanges; with `revisits` those that can be are revisits of the first of their URL."""
    warcinfo_id, data = warcinfo(path.name, START, (("software", "Palimpsest interop"),))
    parts = [data]
    originals = {}
    for one in exchanges:
        group = encode_group(one, warcinfo_id=warcinfo_id, original=originals.get(one.url))
        if revisits and one.url not in originals:
            originals[one.url] = original_of(group, one)
        parts.append(group.data)
    path.write_bytes(b"".join(parts))
    return path


def described_warc(path: Path, responses: dict[str, Record]) -> dict[str, Any]:
    """Write a WARC's CDXJ and table beside it, and return what it holds. `responses` are those of all WARCs."""
    index = index_warc(path, warc_key=path.name, crawl_id="interop")
    stem = path.name.removesuffix(".warc.gz")
    path.with_name(f"{stem}.cdxj.gz").write_bytes(
        gzip.compress("".join(f"{x}\n" for x in index.cdxj).encode(), mtime=0)
    )
    path.with_name(f"{stem}.captures.parquet").write_bytes(write_captures(index.rows))
    records = {record.get_id("WARC-Record-ID") or "": record for record in iterate(path)}
    return {
        "warc": path.name,
        "cdxj": f"{stem}.cdxj.gz",
        "captures_parquet": f"{stem}.captures.parquet",
        "records": [described_record(record) for record in records.values()],
        "captures": [described_capture(row, records | responses) for row in index.rows],
    }


def described_tables(archive: Path, folder: Path) -> dict[str, list[dict[str, Any]]]:
    """Copy an archive's tables of readings and listings, and return what their rows say, moments to the microsecond."""
    paths = {kind: sorted(archive.rglob(f"*.{kind}.parquet")) for kind in ("readings", "listings")}
    for path in (*paths["readings"], *paths["listings"]):
        (folder / path.name).write_bytes(path.read_bytes())
    readings = [row for path in paths["readings"] for row in read_readings(path)]
    listings = [row for path in paths["listings"] for row in read_listings(path)]
    return {
        "readings": [
            {
                "url": row.url,
                "captures": [{"role": role, "record_id": record_id} for role, record_id in row.captures],
                "captured_at": row.captured_at.isoformat(timespec="microseconds"),
                "outcome": row.outcome,
                "weak": row.weak,
                "content_id": row.content_id,
                "headline": row.headline,
                "byline": list(row.byline),
                "fields": len(row.field_hashes),
                "whole": row.article_json is not None,
            }
            for row in readings
        ],
        "listings": [
            {
                "url": row.url,
                "record_id": row.record_id,
                "captured_at": row.captured_at.isoformat(timespec="microseconds"),
                "outcome": row.outcome,
                "named": [{"box": box, "url": url} for box, url in row.named],
            }
            for row in listings
        ],
    }


def described_record(record: Record) -> dict[str, Any]:
    """Return what other readers must find of a record; `false_alarm` says why they may doubt its payload digest."""
    alarm = None
    if record.type == "response":
        chunked = is_chunked(split_head(record.block))
        alarm = (
            "its payload digest is over the entity, as the standard says, and not over the chunks" if chunked else None
        )
    return {
        "id": record.get("WARC-Record-ID"),
        "type": record.type,
        "offset": record.offset,
        "length": record.length,
        "block": b64encode(record.block).decode("ascii"),
        "false_alarm": alarm or head_differs(record),
    }


def head_differs(record: Record) -> str | None:
    """Return why warcio, and what is built on it, takes another part of a response for its head than RFC 9112 does."""
    if record.type != "response":
        return None
    if record.block.startswith((b"\r\n", b"\n")):
        return "an empty line at the start is the whole head for warcio"
    if _WHITE_LINE.search(record.block, 0, split_head(record.block).length):
        return "a line of white space ends the head for warcio; it is a folded line"
    return None


def described_capture(row: CaptureRow, records: dict[str, Record]) -> dict[str, Any]:
    """Return a capture with what a replay of it must give; null where there is nothing to replay.

    `but` says why pywb 2.10 gives something else.
    """
    own = records[row.record_id]
    original = records.get(row.refers_to_id or "") if row.revisit_profile else own
    described: dict[str, Any] = {
        "url": row.url,
        "timestamp": f"{row.captured_at:%Y%m%d%H%M%S}",
        "record_id": row.record_id,
        "outcome": row.outcome.value,
        "status": row.status,
        "revisit_profile": row.revisit_profile,
        "payload": None,
        "but": None,
    }
    if row.status is None or original is None:
        return described
    entity = entity_of(original.block)
    described["payload"] = b64encode(entity.payload).decode("ascii")
    if head_differs(original):
        described["but"] = head_differs(original)
    elif row.revisit_profile == "server-not-modified":
        described["but"] = "a 304 is replayed as a 304, without the payload of its original"
    elif row.status == 304 and b"content-length" in own.block.lower():
        described["but"] = "a 304 that states the length of what it does not bring is not replayed"
    elif is_chunked(entity.head) and not original.block.endswith((b"\r\n0\r\n\r\n", b"\n0\n\n")):
        described["but"] = "trailers and broken chunks are shown as if they were data"
    return described


if __name__ == "__main__":
    main()
