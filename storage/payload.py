"""From a row to the page that it stands for: read by range, out of its chunks, out of its content coding.

A revisit brings its own head and another capture's payload; this is where the two are put together, for readers, for
replay and for whoever else wants a page, so that none of them need know what a revisit is.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from articles.page import Page
from storage.codings import MAX_BODY, content_decode
from storage.digests import sha256
from storage.entity import Entity, entity_of
from storage.errors import MessageInvalid, WarcInvalid
from storage.exchange import Outcome
from storage.http_message import Head, text_of
from storage.ranged import Ranges
from storage.rows import CaptureRow
from storage.warc_fields import clean
from storage.warc_reader import Record, read_at

_ANSWERED: Final = frozenset({Outcome.RESPONSE, Outcome.REVISIT, Outcome.TRUNCATED})
# What describes the payload on its way, and so goes with the record that the payload is of.
_OF_THE_PAYLOAD: Final = frozenset({"content-encoding", "content-length", "content-range", "transfer-encoding"})


@dataclass(frozen=True)
class Payload:
    """What a capture brought: `data` is out of its chunks and still in its content codings, which `codings` names.

    `status` is None where the status line has none. `fields` are those of the head, as bytes and in order.
    """

    status: int | None
    fields: tuple[tuple[bytes, bytes], ...]
    codings: tuple[str, ...]
    data: bytes


def payload_of(store: Ranges, row: CaptureRow, original: CaptureRow | None = None) -> Payload:
    """Return the payload that a capture brought, or for a revisit stands for.

    `original` is the row that a revisit refers to. The payload of a 304 has the status and the head of its original,
    brought up to date by the fields of the 304 (RFC 9111 §3.2). That of a truncated capture is there as far as it came.

    Raises storage.errors: WarcInvalid where the record is not the one that the row tells of, or its payload is not;
    MessageInvalid where there is no response; and what the store raises.
    """
    if row.outcome not in _ANSWERED:
        raise MessageInvalid(f"{row.url}: the attempt of {row.captured_at.isoformat()} brought no response to read")
    own = entity_of(_record(store, row).block)
    if row.outcome is not Outcome.REVISIT:
        _check_payload(row, own)
        return _payload(own.head.status, own.head.fields, own)
    if original is None:
        raise WarcInvalid(
            f"a revisit without its original, record {row.refers_to_id} of {row.refers_to_url}",
            where=row.warc_key,
            offset=row.offset,
        )
    if row.payload_digest is not None and original.payload_digest != row.payload_digest:
        raise WarcInvalid(
            f"its original is said to be {original.record_id}, which holds another payload",
            where=row.warc_key,
            offset=row.offset,
        )
    whole = entity_of(_record(store, original).block)
    _check_payload(original, whole)
    # Other tools' revisits may have no head of their own.
    as_it_was = own.head.status in (None, 304)
    fields = _updated(whole.head, own.head, keep_others=as_it_was)
    return _payload(whole.head.status if as_it_was else own.head.status, fields, whole)


def page_of(store: Ranges, row: CaptureRow, original: CaptureRow | None = None, *, limit: int = MAX_BODY) -> Page:
    """Return the page that a capture saw: its payload out of its content codings.

    `limit` is the most bytes that the body may have once decoded; the rest is as for `payload_of`. Raises what that
    raises; MessageInvalid where the content coding cannot be undone, and BodyTooLarge beyond `limit`.
    """
    payload = payload_of(store, row, original)
    decoded = content_decode(list(payload.codings), payload.data, limit=limit)
    if decoded.problem is not None and row.truncated is None:
        raise MessageInvalid(f"{row.url} ({row.record_id}): {decoded.problem}")
    return Page(
        url=row.url,
        body=decoded.data,
        captured_at=row.captured_at,
        status=payload.status or 0,
        headers=tuple((clean(text_of(name)), clean(text_of(value))) for name, value in payload.fields),
        record_id=row.record_id,
    )


def _payload(status: int | None, fields: tuple[tuple[bytes, bytes], ...], entity: Entity) -> Payload:
    return Payload(status, fields, tuple(entity.head.tokens("content-encoding")), entity.payload)


def _record(store: Ranges, row: CaptureRow) -> Record:
    """Fetch the record that a row stands on, and make sure that it is that one."""
    stored = store.get_range(row.warc_key, row.offset, row.length)
    record = read_at(stored, where=row.warc_key, offset=row.offset)
    if record.get_id("WARC-Record-ID") != row.record_id:
        raise WarcInvalid(
            f"the record here is {record.get_id('WARC-Record-ID')}, not {row.record_id}",
            where=row.warc_key,
            offset=row.offset,
        )
    return record


def _check_payload(row: CaptureRow, entity: Entity) -> None:
    if row.payload_digest is not None and sha256(entity.payload) != row.payload_digest:
        raise WarcInvalid(
            f"the payload of {row.record_id} is not the one that {row.payload_digest} was made of",
            where=row.warc_key,
            offset=row.offset,
        )


def _updated(original: Head, revisit: Head, *, keep_others: bool) -> tuple[tuple[bytes, bytes], ...]:
    """Return the fields of a revisit's page: the revisit's own, and those that belong to the payload's record.

    With `keep_others` the original's stay too where the revisit has none of that name.
    """
    told = {name.lower() for name, _ in revisit.fields}
    own = [(name, value) for name, value in revisit.fields if text_of(name).lower() not in _OF_THE_PAYLOAD]
    kept = [
        (name, value)
        for name, value in original.fields
        if text_of(name).lower() in _OF_THE_PAYLOAD or (keep_others and name.lower() not in told)
    ]
    return (*own, *kept)
