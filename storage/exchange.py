"""One HTTP exchange, or a failed attempt at one: what crossed the wire, and how it came to be asked for."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum


class Role(StrEnum):
    """Why a URL was asked for: what the response is to us."""

    ROBOTS = "robots"
    LISTING = "listing"
    FEED = "feed"
    SITEMAP = "sitemap"
    ARTICLE = "article"
    PART = "part"  # a continuation page of an article
    REQUISITE = "requisite"  # image, style sheet, script, font
    OTHER = "other"


class Purpose(StrEnum):
    """What made us look now."""

    DISCOVER = "discover"  # robots, listings, feeds, sitemaps
    NEW = "new"  # an article URL that was never captured
    LADDER = "ladder"  # a known article that is due
    RETRY = "retry"  # it failed, or was missing, when we last looked
    AUDIT = "audit"  # the random share of old articles
    CONFIRM = "confirm"  # the unconditional second fetch of a new content id
    REQUISITE = "requisite"


class Outcome(StrEnum):
    """How an attempt ended. The first three left response bytes behind."""

    RESPONSE = "response"
    REVISIT = "revisit"
    TRUNCATED = "truncated"  # some bytes of a response, then an end that the protocol does not allow, or our limit
    DNS = "dns"
    REFUSED = "refused"  # no connection
    TIMEOUT = "timeout"
    TLS = "tls"
    RESET = "reset"  # connected, and cut before one byte of a response
    ROBOTS = "robots"  # robots.txt forbids it: nothing was sent
    PRIVATE = "private"  # the name leads to a private address and the outlet does not allow it: nothing was sent
    FAILED = "failed"  # anything else; the metadata record says what


@dataclass(frozen=True)
class Original:
    """The whole response that a revisit refers to.

    `chunked` says that it came in chunks (`Transfer-Encoding`), as it stands in its record.
    """

    record_id: str
    url: str
    captured_at: datetime
    payload_digest: str
    chunked: bool = False


@dataclass(frozen=True)
class Exchange:
    """One attempt, as the tap saw it.

    `request` and `response` are the bytes that went over the wire, in order, TLS undone; `response` has lost the
    interim 1xx heads, which are kept in `interim`. Both are empty where nothing was sent or received. `complete` is
    true when the response ended as HTTP/1.1 (RFC 9112 §6.3) says that a message ends. `truncated` is None or a
    WARC-Truncated reason: "length", "time", "disconnect", "unspecified".
    """

    url: str
    started_at: datetime  # aware UTC, microseconds: the moment of the first byte sent (the attempt, if none was)
    request: bytes
    response: bytes
    interim: bytes
    complete: bool
    outcome: Outcome
    role: Role
    purpose: Purpose
    truncated: str | None = None
    ip: str | None = None
    tls: str | None = None  # such as "TLSv1.3"
    tls_cipher: str | None = None
    certificates: tuple[bytes, ...] = ()  # DER, leaf first; recorded once a crawl for a host
    attempts: int = 1  # how many times the request was sent for this exchange (stale connections are retried silently)
    duration_ms: int = 0
    error: str | None = None  # the failure in words
    via: str | None = None  # the URL that led here
    key: str | None = None  # the article key, where the outlet's patterns give one
    announced: tuple[tuple[str, str], ...] = ()  # what the source said of it: ("title", …), ("time", …)
    article_url: str | None = None  # for a part or a body image: the article that it belongs to
    conditional: bool = False
    extra: tuple[tuple[str, str], ...] = field(default=())  # more lines for the metadata record
