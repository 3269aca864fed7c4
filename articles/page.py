"""A saved page, as a reader is given it: today's crawl, a recovered spool and a 2019 WARC all become this."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True)
class Page:
    """One saved response to a page URL.

    `body` is the entity after transfer and content decoding (chunks joined, gzip undone) and before any character
    decoding: finding the charset is the reader's work. `captured_at` is aware, in UTC. `record_id` names the WARC
    record that the body came from (`urn:uuid:…`), or is None for a file that never was in an archive.
    """

    url: str
    body: bytes
    captured_at: datetime
    status: int = 200
    headers: tuple[tuple[str, str], ...] = ()
    record_id: str | None = None

    def header(self, name: str) -> str | None:
        """Return the first header of that name, compared without case, or None.

        >>> from datetime import UTC, datetime
        >>> Page("http://a/", b"", datetime.now(UTC), headers=(("content-TYPE", "text/html"),)).header("Content-Type")
        'text/html'
        """
        wanted = name.lower()
        return next((value for key, value in self.headers if key.lower() == wanted), None)
