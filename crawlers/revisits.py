"""Which exchanges need not be kept whole, because an earlier capture holds the same payload.

A revisit record (WARC/1.1 §6.7) refers to a whole response: of the same URL, or of any URL for page requisites, which
sites serve under many names. It must be certain to be in the archive wherever the revisit is: it is committed, or it is
earlier in the same WARC, which is committed as one. What another WARC of the same crawl holds may yet be lost.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable
from contextlib import closing
from pathlib import Path
from typing import Final, Protocol

from storage.exchange import Original, Role
from storage.instants import from_microseconds
from storage.plan_rows import OriginalRow

_TABLE: Final = """
CREATE TABLE originals (
    payload_digest TEXT NOT NULL,
    url TEXT NOT NULL,
    record_id TEXT NOT NULL,
    captured_at INTEGER NOT NULL,  -- microseconds since 1970, UTC
    chunked INTEGER NOT NULL,
    role TEXT NOT NULL
);
"""
_INDEXES: Final = """
CREATE INDEX originals_of_payload ON originals (payload_digest, url);
CREATE INDEX originals_of_url ON originals (url, captured_at);
"""


class Originals(Protocol):
    """Whole responses that a revisit may refer to."""

    def same_payload(self, payload_digest: str, url: str, *, any_url: bool) -> Original | None:
        """Return a whole response with this payload: of this URL, or with `any_url` of any requisite."""

    def latest(self, url: str) -> Original | None:
        """Return the newest whole response of this URL: what a server means by "not modified"."""


def write_originals(connection: sqlite3.Connection, originals: Iterable[OriginalRow]) -> None:
    """Create the table `originals` in a plan and fill it; its indexes last, which takes a fifth of the time.

    Give whole responses of status 200 that are committed: `latest` takes the newest for what "not modified" means.
    """
    connection.executescript(_TABLE)
    connection.executemany("INSERT INTO originals VALUES (?, ?, ?, ?, ?, ?)", originals)
    connection.executescript(_INDEXES)


class CommittedOriginals:
    """The originals in the archive, as the plan (`plan.sqlite`) hands them to the crawl. Read only."""

    def __init__(self, plan: Path) -> None:
        self._connection = sqlite3.connect(f"{plan.absolute().as_uri()}?mode=ro", uri=True)

    def same_payload(self, payload_digest: str, url: str, *, any_url: bool) -> Original | None:
        """Return a committed whole response with this payload."""
        return self._one("payload_digest = ? AND url = ?", payload_digest, url) or (
            self._one("payload_digest = ? AND role = 'requisite' ORDER BY chunked", payload_digest) if any_url else None
        )

    def latest(self, url: str) -> Original | None:
        """Return the newest committed whole response of this URL."""
        return self._one("url = ? ORDER BY captured_at DESC", url)

    def close(self) -> None:
        """Close the plan."""
        self._connection.close()

    def _one(self, condition: str, *values: str) -> Original | None:
        query = f"SELECT record_id, url, captured_at, payload_digest, chunked FROM originals WHERE {condition} LIMIT 1"  # noqa: S608 - the conditions are the three above
        with closing(self._connection.execute(query, values)) as rows:
            row = rows.fetchone()
        if row is None:
            return None
        record_id, url, captured_at, payload_digest, chunked = row
        return Original(record_id, url, from_microseconds(captured_at), payload_digest, bool(chunked))


class NoOriginals:
    """An archive that holds nothing yet."""

    def same_payload(self, payload_digest: str, url: str, *, any_url: bool) -> Original | None:  # noqa: ARG002
        """Return None."""
        return None

    def latest(self, url: str) -> Original | None:  # noqa: ARG002
        """Return None."""
        return None


class WarcOriginals:
    """The whole responses in the WARC being written, before the committed ones.

    Of each URL it knows the newest, and of requisites one with each payload. `forget` is called when the WARC is
    sealed, so it never holds more than one WARC's records (some hundred bytes each).
    """

    def __init__(self, committed: Originals) -> None:
        self._committed = committed
        self._of_url: dict[str, Original] = {}
        self._requisites: dict[str, Original] = {}

    def add(self, original: Original, role: Role) -> None:
        """Take up a whole response that was written into the open WARC."""
        self._of_url[original.url] = original
        if role is Role.REQUISITE:
            known = self._requisites.get(original.payload_digest)
            if known is None or known.chunked:  # to one in chunks not every response may refer
                self._requisites[original.payload_digest] = original

    def forget(self) -> None:
        """Forget the open WARC, as it is sealed and not yet committed."""
        self._of_url.clear()
        self._requisites.clear()

    def same_payload(self, payload_digest: str, url: str, *, any_url: bool) -> Original | None:
        """Return a whole response with this payload, earlier in the open WARC or committed."""
        newest = self._of_url.get(url)
        if newest is not None and newest.payload_digest == payload_digest:
            return newest
        requisite = self._requisites.get(payload_digest) if any_url else None
        return requisite or self._committed.same_payload(payload_digest, url, any_url=any_url)

    def latest(self, url: str) -> Original | None:
        """Return the newest whole response of this URL, earlier in the open WARC or committed."""
        return self._of_url.get(url) or self._committed.latest(url)
