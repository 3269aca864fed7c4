"""Writing WARC/1.1 (ISO 28500:2017): records, and the group of records that stands for one exchange.

A group is request (where bytes were sent), then response or revisit (where bytes came back), then metadata, always, and
always last: a WARC that ends with a metadata record ends with a whole group. Each record is a gzip member of its own,
so that it can be read alone. Blocks are the bytes of the wire; nothing parses and rebuilds them.

Digests are SHA-256 in base 16. A payload digest is over the entity without its chunks and in its content coding, which
is what the standard means; `warcio check` and `fastwarc check -p` hash the chunks too and call it wrong.
"""

from __future__ import annotations

import re
import uuid
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from storage.capture_metadata import metadata_block
from storage.connection import connection_fields, place_fields
from storage.digests import sha256
from storage.entity import Entity, entity_of
from storage.exchange import Exchange, Original, Outcome
from storage.gzip_writer import gzip_member
from storage.http_message import is_chunked, split_head
from storage.instants import format_instant
from storage.warc_fields import Fields, format_fields, target_uri

SAME_PAYLOAD: Final = "identical-payload-digest"
NOT_MODIFIED: Final = "server-not-modified"
PROFILE: Final = "http://netpreserve.org/warc/1.1/revisit/"
REQUEST: Final = "application/http; msgtype=request"
RESPONSE: Final = "application/http; msgtype=response"
WARC_FIELDS: Final = "application/warc-fields"

_PACKED: Final = ("br", "deflate", "zstd")
_PACKED_TYPES: Final = re.compile(r"image/(?:jpe?g|png|webp|avif)|video/|audio/|font/woff|application/(?:zip|gzip)")


@dataclass(frozen=True)
class Group:
    """The records of one exchange, encoded, and what their writer must know of them.

    `record_id` names the record that stands for the capture: the response or revisit, else the metadata record. Its
    gzip member is `data[offset : offset + length]`.
    """

    data: bytes
    record_id: str
    offset: int
    length: int
    request_id: str | None
    metadata_id: str
    outcome: Outcome
    status: int | None
    payload_digest: str | None
    body_digest: str | None
    revisit_profile: str | None

    @property
    def is_revisit(self) -> bool:
        """Say whether a revisit record was written."""
        return self.revisit_profile is not None


def new_record_id() -> str:
    """Return a new name for a record, `urn:uuid:…`."""
    return f"urn:uuid:{uuid.uuid4()}"


def warc_record(kind: str, fields: Fields, block: bytes, *, packed: int = 0) -> bytes:
    """Return one record as a gzip member.

    WARC-Type comes first, then `fields` (cleaned, so that no value can begin a line of its own), then the digest and
    the length of the block. The last `packed` bytes of the block are compressed already and are stored as they are.
    Raises ValueError for a name that is no token.
    """
    head = format_fields(
        (("WARC-Type", kind), *fields, ("WARC-Block-Digest", sha256(block)), ("Content-Length", str(len(block))))
    )
    if not packed:
        return gzip_member(b"".join((b"WARC/1.1\r\n", head, b"\r\n", block, b"\r\n\r\n")))
    start = b"".join((b"WARC/1.1\r\n", head, b"\r\n", block[: len(block) - packed]))
    return gzip_member(start, block[-packed:] + b"\r\n\r\n")


def warcinfo(
    filename: str, at: datetime, fields: Fields, *, new_id: Callable[[], str] = new_record_id
) -> tuple[str, bytes]:
    """Return the id and the record that begins a WARC. `fields` describe the crawl (software, outlet, egress …)."""
    record_id = new_id()
    block = format_fields(
        (
            *fields,
            ("format", "WARC File Format 1.1"),
            ("conformsTo", "http://iipc.github.io/warc-specifications/specifications/warc-format/warc-1.1/"),
        )
    )
    header = (
        ("WARC-Record-ID", f"<{record_id}>"),
        ("WARC-Date", format_instant(at)),
        ("WARC-Filename", filename),
        ("Content-Type", WARC_FIELDS),
    )
    return record_id, warc_record("warcinfo", header, block)


def encode_group(
    exchange: Exchange,
    *,
    warcinfo_id: str,
    original: Original | None = None,
    entity: Entity | None = None,
    new_id: Callable[[], str] = new_record_id,
) -> Group:
    """Encode an exchange, or a failed attempt, as the records that stand for it.

    `original` is the whole response that this one may refer to: for a 304 the newest of the URL, else one with the same
    payload. A revisit is written where the response is whole, the original fits, and (but for a 304) the revisit is
    smaller and tools can put the two together; otherwise a response record. `entity` is the response's, where the
    caller has taken it apart already to look the original up: `entity_of(exchange.response)`.
    """
    if not exchange.response:
        entity = None
    elif entity is None:
        entity = entity_of(exchange.response)
    truncated = None if exchange.complete else exchange.truncated or ("unspecified" if exchange.response else None)
    request_id = new_id() if exchange.request else None
    response_id = new_id() if entity is not None else None
    common = place_fields(exchange, warcinfo_id)
    parts: list[bytes] = []
    if request_id:
        parts.append(_request(exchange, request_id, response_id, common, entity))
    profile = None
    metadata_id = new_id()
    standing = (metadata_id, 0, 0)
    if entity is not None and response_id:
        links = (("WARC-Concurrent-To", f"<{request_id}>"),) if request_id else ()
        header = (("WARC-Record-ID", f"<{response_id}>"), *common, *links, *connection_fields(exchange, entity.head))
        record, profile = _answer(exchange, entity, header, truncated, original)
        standing = (response_id, sum(map(len, parts)), len(record))
        parts.append(record)
    outcome = _outcome(exchange, entity, revisit=profile is not None)
    concurrent = response_id or request_id
    header = (
        ("WARC-Record-ID", f"<{metadata_id}>"),
        *common,
        *((("WARC-Concurrent-To", f"<{concurrent}>"),) if concurrent else ()),
        ("Content-Type", WARC_FIELDS),
    )
    told = entity if profile != NOT_MODIFIED else None  # the body of a 304 is another capture's
    block = metadata_block(exchange, told, outcome=outcome, truncated=truncated or exchange.truncated)
    record = warc_record("metadata", header, block)
    if entity is None:
        standing = (metadata_id, sum(map(len, parts)), len(record))
    parts.append(record)
    return Group(
        data=b"".join(parts),
        record_id=standing[0],
        offset=standing[1],
        length=standing[2],
        request_id=request_id,
        metadata_id=metadata_id,
        outcome=outcome,
        status=entity.head.status if entity else None,
        payload_digest=_payload_digest(entity, profile, original),
        body_digest=told.body_digest if told else None,
        revisit_profile=profile,
    )


def _answer(
    exchange: Exchange, entity: Entity, header: Fields, truncated: str | None, original: Original | None
) -> tuple[bytes, str | None]:
    """Return the response or revisit record, and the revisit's profile."""
    profile = _revisit_profile(exchange, entity, original)
    revisit = b""
    if profile is not None and original is not None:
        revisit = _revisit(exchange, entity, header, profile, original)
        if profile == NOT_MODIFIED:
            return revisit, profile
    fields = (
        *header,
        *((("WARC-Truncated", truncated),) if truncated else ()),
        ("WARC-Payload-Digest", entity.payload_digest),
        ("Content-Type", RESPONSE),
    )
    whole = warc_record("response", fields, exchange.response, packed=packed_length(entity, exchange.response))
    return (revisit, profile) if revisit and len(revisit) < len(whole) else (whole, None)


def _revisit(exchange: Exchange, entity: Entity, header: Fields, profile: str, original: Original) -> bytes:
    fields = (
        *header,
        ("WARC-Profile", PROFILE + profile),
        ("WARC-Refers-To", f"<{original.record_id}>"),
        # Without these two neither pywb nor wabac.js finds the original.
        ("WARC-Refers-To-Target-URI", target_uri(original.url)),
        ("WARC-Refers-To-Date", format_instant(original.captured_at)),
        ("WARC-Payload-Digest", original.payload_digest),
        ("Content-Type", RESPONSE),
    )
    return warc_record("revisit", fields, exchange.response[: entity.head.length])


def _revisit_profile(exchange: Exchange, entity: Entity, original: Original | None) -> str | None:
    if original is None or not (exchange.complete and entity.whole) or exchange.truncated:
        return None
    if entity.head.status == 304:
        return NOT_MODIFIED
    if original.chunked and not is_chunked(entity.head):
        return None  # pywb reads the original's payload by the revisit's head, and would show its chunk sizes
    return SAME_PAYLOAD if entity.payload and entity.payload_digest == original.payload_digest else None


def _payload_digest(entity: Entity | None, profile: str | None, original: Original | None) -> str | None:
    if profile is not None and original is not None:
        return original.payload_digest
    return entity.payload_digest if entity else None


def _outcome(exchange: Exchange, entity: Entity | None, *, revisit: bool) -> Outcome:
    """Return how the attempt ended, as its records show it: whether it is a revisit is decided here."""
    if revisit:
        return Outcome.REVISIT
    if exchange.outcome in (Outcome.RESPONSE, Outcome.REVISIT):
        return Outcome.RESPONSE if entity else Outcome.FAILED
    return exchange.outcome


def _request(
    exchange: Exchange, request_id: str, response_id: str | None, common: Fields, entity: Entity | None
) -> bytes:
    links = (("WARC-Concurrent-To", f"<{response_id}>"),) if response_id else ()
    connection = connection_fields(exchange, entity.head if entity else split_head(exchange.request))
    fields = (("WARC-Record-ID", f"<{request_id}>"), *common, *links, *connection, ("Content-Type", REQUEST))
    return warc_record("request", fields, exchange.request)


def packed_length(entity: Entity, response: bytes) -> int:
    """Return how many bytes at the end of a response are compressed already: all after the head, or none."""
    codings = entity.head.tokens("content-encoding")
    if codings:
        packed = entity.payload.startswith(b"\x1f\x8b") if codings[-1] in ("gzip", "x-gzip") else codings[-1] in _PACKED
    else:
        packed = _PACKED_TYPES.match((entity.head.get("content-type") or "").strip().lower()) is not None
    return len(response) - entity.head.length if packed else 0
