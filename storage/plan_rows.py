"""What the plan of a crawl holds of the archive, as it is stored: the catalog finds it, the crawl's child asks for it.

Moments are microseconds since 1970 in UTC, words are text. An outlet has as many of these as it ever had pages and
images, and every crawl is given all of them.
"""

from __future__ import annotations

from typing import NamedTuple


class OriginalRow(NamedTuple):
    """A whole response that a revisit may refer to, and the role of the URL that it was the newest body of."""

    payload_digest: str
    url: str
    record_id: str
    captured_at: int
    chunked: bool
    role: str


class RequisiteRow(NamedTuple):
    """A page requisite that the archive holds: when it last answered, and the validators of its last body."""

    url: str
    fetched_at: int
    etag: str | None
    last_modified: str | None
