"""How a row of `captures.parquet` is made of WARC records: ours, or those that another tool wrote."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Final
from urllib.parse import urljoin

from storage.capture_metadata import CaptureFacts
from storage.cdxj import target_of
from storage.digests import sha256
from storage.entity import entity_of
from storage.exchange import Outcome, Purpose, Role
from storage.http_message import Head, is_chunked, split_head
from storage.rows import CaptureRow
from storage.surt import surt
from storage.warc_fields import clean, parse_date, target_uri
from storage.warc_reader import Record

_LONGEST_VALUE: Final = 8192  # a hostile server would have us send a validator of megabytes
_PROFILES: Final = ("identical-payload-digest", "server-not-modified")


@dataclass(frozen=True)
class WarcPlace:
    """The WARC that the rows are of."""

    warc_key: str
    crawl_id: str


def row_of_group(place: WarcPlace, answer: Record | None, metadata: Record, facts: CaptureFacts) -> CaptureRow:
    """Return the row of a group of ours. `answer` is its response or revisit. Raises ValueError: what does not fit."""
    concurrent = metadata.get_id("WARC-Concurrent-To")
    if answer is None:
        if facts.outcome in (Outcome.RESPONSE, Outcome.REVISIT):
            raise ValueError("the response that this metadata record tells of is not before it")
        return _row(place, metadata, None, facts, request_id=concurrent, payload_digest=None)
    if record_id_of(answer) != concurrent:
        raise ValueError("the response before this metadata record is not the one that it tells of")
    return _row(
        place,
        answer,
        split_head(answer.block),
        facts,
        request_id=answer.get_id("WARC-Concurrent-To"),
        payload_digest=answer.get("WARC-Payload-Digest"),
    )


def row_of_foreign(place: WarcPlace, answer: Record, *, role: Role, purpose: Purpose) -> CaptureRow:
    """Return the row of a response or revisit that no metadata record of ours tells of.

    Digests are computed, so that a payload has the same one whoever wrote it down. A revisit has no payload digest here
    (the caller knows the originals), and no row knows its request yet. Raises ValueError: what does not fit.
    """
    entity = entity_of(answer.block)
    revisit = answer.type == "revisit"
    truncated = answer.get("WARC-Truncated")
    body_digest = None if revisit else entity.body_digest
    facts = CaptureFacts(
        role=role,
        purpose=purpose,
        outcome=Outcome.REVISIT if revisit else Outcome.TRUNCATED if truncated else Outcome.RESPONSE,
        attempts=1,
        conditional=False,
        via=None,
        key=None,
        article_url=None,
        error=None,
        truncated=truncated,
        body_digest=body_digest,
        body_length=None if body_digest is None else len(entity.body.data),
    )
    payload_digest = None if revisit else entity.payload_digest
    return _row(place, answer, entity.head, facts, request_id=None, payload_digest=payload_digest)


def record_id_of(record: Record) -> str:
    """Return a record's id without its angle brackets. Raises ValueError where it has none."""
    record_id = record.get_id("WARC-Record-ID")
    if not record_id:
        raise ValueError("it has no WARC-Record-ID")
    return record_id


def _row(
    place: WarcPlace,
    standing: Record,
    head: Head | None,
    facts: CaptureFacts,
    *,
    request_id: str | None,
    payload_digest: str | None,
) -> CaptureRow:
    url = target_of(standing)
    if not url:
        raise ValueError("it has no WARC-Target-URI")
    declared = standing.get("WARC-Block-Digest") or ""
    revisit = standing.type == "revisit"
    return CaptureRow(
        url=url,
        surt=surt(url),
        captured_at=parse_date(standing.get("WARC-Date") or ""),
        crawl_id=place.crawl_id,
        role=facts.role,
        purpose=facts.purpose,
        outcome=facts.outcome,
        record_id=record_id_of(standing),
        warc_key=place.warc_key,
        offset=standing.offset,
        length=standing.length,
        request_id=request_id,
        status=head.status if head else None,
        mime=_mime(head),
        block_digest=declared if declared.startswith("sha256:") and len(declared) == 71 else sha256(standing.block),
        payload_digest=payload_digest,
        body_digest=facts.body_digest,
        body_length=facts.body_length,
        etag=_value(head, "etag"),
        last_modified=_value(head, "last-modified"),
        location=_location(url, head),
        via=facts.via,
        article_url=facts.article_url,
        key=facts.key,
        conditional=facts.conditional,
        chunked=head is not None and is_chunked(head),
        revisit_profile=_profile(standing) if revisit else None,
        refers_to_id=standing.get_id("WARC-Refers-To") if revisit else None,
        refers_to_url=standing.get_id("WARC-Refers-To-Target-URI") if revisit else None,
        refers_to_at=_moment(standing.get("WARC-Refers-To-Date")) if revisit else None,
        truncated=facts.truncated,
        ip=standing.get("WARC-IP-Address"),
        attempts=facts.attempts,
        error=facts.error,
    )


def _value(head: Head | None, name: str) -> str | None:
    """Return a field of the head, None where there is none, or one that nobody can use for its length."""
    value = clean(head.get(name) or "") if head else ""
    return value if 0 < len(value) <= _LONGEST_VALUE else None


def _mime(head: Head | None) -> str | None:
    """Return the media type in lower case, without parameters."""
    return (_value(head, "content-type") or "").partition(";")[0].strip().lower() or None


def _location(url: str, head: Head | None) -> str | None:
    """Return where a redirect leads, absolute; as it stands where it cannot be made that."""
    location = _value(head, "location")
    if location is None:
        return None
    try:
        return target_uri(urljoin(url, location))
    except ValueError:
        return target_uri(location)


def _profile(revisit: Record) -> str | None:
    """Return the last part of the profile's URI, which differs between WARC/1.0 and 1.1 in the part before."""
    name = (revisit.get("WARC-Profile") or "").rstrip("/").rpartition("/")[2]
    return name if name in _PROFILES else None


def _moment(date: str | None) -> datetime | None:
    return parse_date(date) if date else None
