"""Rows of a made archive: readings, and captures that no WARC holds."""

from __future__ import annotations

from functools import lru_cache
from typing import Final

from articles.canonical import identify
from bench.outlet_life import Met
from storage.digests import sha256
from storage.entity import Entity
from storage.exchange import Original, Outcome
from storage.rows import CaptureRow, ListingRow, ReadingRow
from storage.surt import surt
from storage.warc import NOT_MODIFIED, SAME_PAYLOAD

_identity: Final = lru_cache(20_000)(identify)  # most of what is met was met before


def capture_row(
    met: Met, entity: Entity | None, original: Original | None, *, record_id: str, crawl_id: str, warc_key: str, at: int
) -> CaptureRow:
    """Return the row that a WARC of the exchange would have, but for its place: it is the capture number `at` of it."""
    exchange = met.exchange
    status = entity.head.status if entity else None
    profile = None
    if original is not None and entity is not None and exchange.complete:
        same = entity.payload_digest == original.payload_digest
        profile = NOT_MODIFIED if status == 304 else SAME_PAYLOAD if same else None
    refers = original if profile else None
    told = entity if profile != NOT_MODIFIED else None
    payload_digest = refers.payload_digest if refers else entity.payload_digest if entity else None
    mime = entity.head.get("content-type") if entity else None
    return CaptureRow(
        url=exchange.url,
        surt=surt(exchange.url),
        captured_at=exchange.started_at,
        crawl_id=crawl_id,
        role=exchange.role,
        purpose=exchange.purpose,
        outcome=Outcome.REVISIT if profile else exchange.outcome,
        record_id=record_id,
        warc_key=warc_key,
        offset=at * 2000,
        length=900,
        request_id=record_id[:-4] + "0000",
        status=status,
        mime=mime and mime.partition(";")[0],
        block_digest=sha256(exchange.response),
        payload_digest=payload_digest,
        body_digest=told.body_digest if told else None,
        body_length=len(told.payload) if told else None,
        last_modified=entity.head.get("last-modified") if entity else None,
        location=entity.head.get("location") if entity else None,
        article_url=exchange.article_url,
        key=exchange.key,
        conditional=exchange.conditional,
        revisit_profile=profile,
        refers_to_id=refers and refers.record_id,
        refers_to_url=refers and refers.url,
        refers_to_at=refers and refers.captured_at,
        truncated=exchange.truncated,
        ip=exchange.ip,
        error=exchange.error,
    )


def listing_row(met: Met, row: CaptureRow, reader_id: str) -> ListingRow:
    """Return which articles the listing names, all in one box."""
    return ListingRow(
        url=row.url,
        record_id=row.record_id,
        captured_at=row.captured_at,
        crawl_id=row.crawl_id,
        role=row.role.value,
        reader_id=reader_id,
        outcome="listing",
        named=tuple(("ul", url) for url in met.named or ()),
    )


def reading_row(met: Met, row: CaptureRow, reader_id: str) -> ReadingRow:
    """Return what the reader made of the capture."""
    said = {
        "url": row.url,
        "article_key": row.key or row.surt,
        "reader_id": reader_id,
        "captures": (("article", row.record_id),),
        "captured_at": row.captured_at,
        "crawl_id": row.crawl_id,
        "outcome": met.reading or "",
        "weak": row.revisit_profile == NOT_MODIFIED,
    }
    article = met.article
    if article is None:
        return ReadingRow(**said)
    identity = _identity(article)
    return ReadingRow(
        **said,
        content_id=identity.content_id,
        text_id=identity.text_id,
        field_hashes=identity.field_hashes,
        headline=article.headline,
        byline=article.byline,
        editors=article.editors,
        published_at=article.published_at.isoformat() if article.published_at else None,
        language=article.language,
        article_json=identity.article_json if row.outcome is Outcome.RESPONSE else None,
    )
