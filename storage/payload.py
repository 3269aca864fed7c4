"""From a row to the page that it stands for: read by range, out of its chunks, out of its content coding.

A revisit brings its own head and another capture's payload; this is where the two are put together, for readers, for
replay and for whoever else wants a page, so that none of them need know what a revisit is.
"""

from __future__ import annotations

from typing import Final

from articles.page import Page
from storage.codings import MAX_BODY, content_decode
from storage.digests import sha256
from storage.entity import Entity, entity_of
from storage.errors import MessageInvalid, WarcInvalid
from storage.http_message import Head, text_of
from storage.ranged import Ranges
from storage.rows import CaptureRow
from storage.warc_fields import clean
from storage.warc_reader import Record, read_at

# What describes the payload on its way, and so goes with the record that the payload is of.
_OF_THE_PAYLOAD: Final = frozenset({"content-encoding", "content-length", "content-range", "transfer-encoding"})


def page_of(store: Ranges, row: CaptureRow, original: CaptureRow | None = None, *, limit: int = MAX_BODY) -> Page:
    """Return the page that a capture saw.

    `original` is the row that a revisit refers to; `limit` the most bytes that the body may have once decoded. The page
    of a 304 has the status and the head of its original, brought up to date by the fields of the 304 (RFC 9111 §3.2).
    The page of a truncated capture has the body as far as it came.

    Raises storage.errors: WarcInvalid where the record is not the one that the row tells of, or its payload is not;
    MessageInvalid where there is no response or its content coding cannot be undone, BodyTooLarge beyond `limit`; and
    what the store raises.
    """
    if row.status is None and row.payload_digest is None:
        raise MessageInvalid(f"{row.url}: the attempt of {row.captured_at.isoformat()} brought no response to read")
    own = entity_of(_record(store, row).block)
    if row.revisit_profile is None:
        return _page(row, own.head.status, own.head.fields, own, limit)
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
    not_modified = own.head.status == 304
    fields = _updated(whole.head, own.head, keep_others=not_modified)
    return _page(row, whole.head.status if not_modified else own.head.status, fields, whole, limit)


def _page(
    row: CaptureRow, status: int | None, fields: tuple[tuple[bytes, bytes], ...], entity: Entity, limit: int
) -> Page:
    if row.revisit_profile is None:
        _check_payload(row, entity)
    decoded = content_decode(entity.head.tokens("content-encoding"), entity.payload, limit=limit)
    if decoded.problem is not None and row.truncated is None:
        raise MessageInvalid(f"{row.url} ({row.record_id}): {decoded.problem}")
    return Page(
        url=row.url,
        body=decoded.data,
        captured_at=row.captured_at,
        status=status or 0,
        headers=tuple((clean(text_of(name)), clean(text_of(value))) for name, value in fields),
        record_id=row.record_id,
    )


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
