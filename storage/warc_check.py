"""Checking a WARC by the standard: every record whole, every block and payload with the digest that is stated for it.

`warcio check` and `fastwarc check` pass a file whose last record is cut off, and call right payload digests of chunked
responses wrong. Here the payload is what WARC/1.1 says: the entity, out of its chunks. A digest over the chunks is what
older tools wrote; it shows as well that nothing was changed, so it passes.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import BinaryIO

from storage.digests import agrees
from storage.entity import entity_of
from storage.errors import WarcInvalid
from storage.warc_reader import Record, iterate


def check_warc(key: str, file: BinaryIO) -> Iterator[str]:
    """Yield what is wrong with a WARC, in words, with the offset of each record that is meant.

    What follows a record that cannot be read is not checked, as nobody knows where the next one begins.
    """
    try:
        for record in iterate(file, where=key):
            yield from _wrong_with(record)
    except WarcInvalid as broken:
        yield f"at byte {broken.offset}: {broken.what}; what follows was not checked"


def _wrong_with(record: Record) -> Iterator[str]:
    name = f"at byte {record.offset}: the {record.type or 'untyped'} record {record.get_id('WARC-Record-ID') or ''}"
    declared = record.get("WARC-Block-Digest")
    if declared:
        yield from _judged(f"{name}: its block digest", declared, agrees(declared, record.block))
    declared = record.get("WARC-Payload-Digest")
    if declared and record.get("WARC-Segment-Number") is None:
        holds = _payload_agrees(record, declared)
        yield from _judged(f"{name}: its payload digest", declared, holds)


def _payload_agrees(record: Record, declared: str) -> bool | None:
    """Say whether a payload digest holds. The payload of a revisit is in another record, so there it is taken to."""
    if record.type == "revisit":
        return True
    if record.type not in ("response", "request") or not _is_http(record):
        return agrees(declared, record.block)
    entity = entity_of(record.block)
    return agrees(declared, entity.payload) or agrees(declared, record.block[entity.head.length :])


def _is_http(record: Record) -> bool:
    return (record.get("Content-Type") or "").replace(" ", "").lower().startswith("application/http")


def _judged(what: str, declared: str, holds: bool | None) -> Iterator[str]:
    if holds is None:
        yield f"{what} {declared[:80]!r} is of no kind that can be checked"
    elif not holds:
        yield f"{what} does not hold: the bytes are not those that {declared[:80]} was made of"
