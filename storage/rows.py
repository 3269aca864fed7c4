"""The rows of the archive's tables: `captures.parquet`, `readings.parquet` and `listings.parquet`.

The files are written and read by `storage.tables`; what each column means is part of the archive's format, so a row
gets new columns only with a new schema number there, and never loses one.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from storage.exchange import Outcome, Purpose, Role


@dataclass(frozen=True)
class CaptureRow:
    """One exchange or failed attempt, as committed.

    `record_id` is the id of the record that stands for the capture: the response or revisit record, else the metadata
    record of a failed attempt. `offset` and `length` are the place of that record's gzip member in `warc_key`.
    Digests are written `sha256:<64 hex digits>`.
    """

    url: str
    surt: str
    captured_at: datetime  # aware UTC, microseconds
    crawl_id: str
    role: Role
    purpose: Purpose
    outcome: Outcome
    record_id: str
    warc_key: str
    offset: int
    length: int
    request_id: str | None = None
    status: int | None = None
    mime: str | None = None
    block_digest: str | None = None
    payload_digest: str | None = None  # transfer-decoded, still content-encoded: the WARC standard's payload
    body_digest: str | None = None  # content-decoded too: gzip output differs between fetches of the same page
    body_length: int | None = None  # bytes of the content-decoded body
    etag: str | None = None
    last_modified: str | None = None
    location: str | None = None  # of a redirect, made absolute
    via: str | None = None
    article_url: str | None = None
    key: str | None = None
    conditional: bool = False
    chunked: bool = False  # it came in chunks, and so its payload stands in its record
    revisit_profile: str | None = None  # "identical-payload-digest" | "server-not-modified"
    refers_to_id: str | None = None
    refers_to_url: str | None = None
    refers_to_at: datetime | None = None
    truncated: str | None = None
    ip: str | None = None
    attempts: int = 1
    error: str | None = None


@dataclass(frozen=True)
class ReadingRow:
    """One article as one reader read it from one set of captures: an observation of the article.

    `captures` are (role, record id), the first page first. `captured_at` and `crawl_id` are those of the first page's
    capture. `article_json` is the exact bytes whose SHA-256 is the content id (RFC 8785); it is None in a sighting of
    a content id that an earlier row of the archive holds (a revisit), and in readings that made no article.
    `weak` is true where the server only said "not modified".
    """

    url: str
    article_key: str
    reader_id: str  # "name/N+<8 hex digits>", over the outlet's facts; of old "name/N"
    captures: tuple[tuple[str, str], ...]
    captured_at: datetime
    crawl_id: str
    outcome: str  # articles.reading.ReadingOutcome: article | incomplete | doubtful | not an article | reading failed
    weak: bool = False
    content_id: str | None = None
    text_id: str | None = None
    field_hashes: tuple[tuple[str, str], ...] = ()
    warnings: tuple[str, ...] = ()
    headline: str | None = None
    byline: tuple[str, ...] = ()
    editors: tuple[str, ...] = ()
    agency: str | None = None
    published_at: str | None = None  # ISO 8601 with the offset that the page's zone gives it
    language: str | None = None
    article_json: bytes | None = None
    published_raw: str | None = None  # the page's words; "" where it prints none, None where nobody kept them
    modified_raw: str | None = None


@dataclass(frozen=True)
class ListingRow:
    """Which articles one page of a listing, or a feed, names, as one reader read it from one capture with a body.

    `named` are (box, URL of the article's first page) in the order of the page, each URL once a box. A box is what
    stands together on the page: the links in one element, which has this name at each look; "" for links in none.
    A revisit has no row: it names what its original names.
    """

    url: str
    record_id: str
    captured_at: datetime
    crawl_id: str
    role: str  # "listing" | "feed"
    reader_id: str  # "listing/<8 hex digits>", over the reader's version and the outlet's patterns
    outcome: str  # "listing" | "unreadable"
    named: tuple[tuple[str, str], ...] = ()
    warnings: tuple[str, ...] = ()
