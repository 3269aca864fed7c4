"""What a crawl has yet to ask for: on disk, so that memory does not grow with the number of URLs.

Requests wait here until their host may be asked and their time has come. The file is of this crawl only: what a crawl
did not get to is planned anew, from the archive (Scrapy's own JOBDIR was seen to lose up to 826 of
1,000 requests at a kill).
"""

from __future__ import annotations

import sqlite3
from collections import Counter
from collections.abc import Collection
from contextlib import suppress
from pathlib import Path
from typing import Final

_SCHEMA: Final = """
CREATE TABLE ready (id INTEGER PRIMARY KEY, host TEXT NOT NULL, rank INTEGER NOT NULL, request BLOB NOT NULL);
CREATE INDEX ready_next ON ready (host, rank, id);
CREATE TABLE later (id INTEGER PRIMARY KEY, at REAL NOT NULL, host TEXT NOT NULL, rank INTEGER NOT NULL,
                    request BLOB NOT NULL);
CREATE INDEX later_next ON later (at);
CREATE TABLE named (name TEXT PRIMARY KEY) WITHOUT ROWID;
CREATE TABLE spent (name TEXT PRIMARY KEY, amount INTEGER NOT NULL) WITHOUT ROWID;
"""
_CACHE_KIB: Final = 4096


class Frontier:
    """The waiting requests of one crawl, as bytes. For one thread; the file goes at `close`.

    >>> from tempfile import TemporaryDirectory
    >>> folder = TemporaryDirectory()
    >>> frontier = Frontier(Path(folder.name) / "f.sqlite")
    >>> frontier.put("a.example", 1, b"image")
    >>> frontier.put("a.example", 9, b"article")
    >>> frontier.put("b.example", 5, b"sheet")
    >>> frontier.take(busy={"b.example"}), frontier.take(), frontier.take(), frontier.take()
    (b'article', b'sheet', b'image', None)
    >>> frontier.close(); folder.cleanup()
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        path.unlink(missing_ok=True)
        self._connection = sqlite3.connect(path, isolation_level=None)
        self._connection.execute("PRAGMA journal_mode = OFF")
        self._connection.execute("PRAGMA synchronous = OFF")
        self._connection.execute(f"PRAGMA cache_size = -{_CACHE_KIB}")
        self._connection.executescript(_SCHEMA)
        self._next: dict[str, tuple[int, int]] = {}  # host → (rank, id) of its first request
        self._waiting: Counter[int] = Counter()  # by rank

    def __len__(self) -> int:
        """Return how many requests wait, those for later included."""
        return self._waiting.total()

    def waiting(self, priority: int) -> int:
        """Return how many requests of one priority wait."""
        return self._waiting[-priority]

    def put(self, host: str, priority: int, request: bytes, *, at: float = 0.0) -> None:
        """Add a request: of one host, higher priorities come first, then the earlier added; none before time `at`."""
        self._waiting[-priority] += 1
        if at:
            self._connection.execute("INSERT INTO later VALUES (NULL, ?, ?, ?, ?)", (at, host, -priority, request))
        else:
            self._ready(host, -priority, request)

    def take(self, *, busy: Collection[str] = ()) -> bytes | None:
        """Remove and return the next request of a host that is not busy, or None where there is none."""
        free = [(first, host) for host, first in self._next.items() if host not in busy]
        if not free:
            return None
        (rank, number), host = min(free)
        (request,) = self._connection.execute("DELETE FROM ready WHERE id = ? RETURNING request", (number,)).fetchone()
        self._waiting[rank] -= 1
        self._find_next(host)
        return bytes(request)

    def promote(self, now: float) -> float | None:
        """Make ready what was for later and whose time has come; return when the next one comes, or None."""
        due = self._connection.execute(
            "SELECT id, host, rank, request FROM later WHERE at <= ? ORDER BY at, id", (now,)
        )
        for number, host, rank, request in due.fetchall():
            self._connection.execute("DELETE FROM later WHERE id = ?", (number,))
            self._ready(host, rank, request)
        (at,) = self._connection.execute("SELECT min(at) FROM later").fetchone()
        return None if at is None else float(at)

    def hosts(self) -> list[str]:
        """Return the hosts that have a request ready."""
        return list(self._next)

    def by_priority(self) -> dict[int, int]:
        """Return how many requests of each priority wait."""
        return {-rank: count for rank, count in self._waiting.items() if count}

    def drop(self, host: str) -> dict[int, int]:
        """Remove all requests of a host, and return how many of each priority they were."""
        dropped: Counter[int] = Counter()
        for table in ("ready", "later"):
            deleted = self._connection.execute(f"DELETE FROM {table} WHERE host = ? RETURNING rank", (host,))  # noqa: S608 - ours
            for (rank,) in deleted.fetchall():
                self._waiting[rank] -= 1
                dropped[-rank] += 1
        self._next.pop(host, None)
        return dropped

    def first_time(self, name: str) -> bool:
        """Note a name and return whether it was not noted before: what keeps a crawl from asking twice."""
        return self._connection.execute("INSERT OR IGNORE INTO named VALUES (?)", (name,)).rowcount == 1

    def spend(self, name: str, most: int, amount: int = 1) -> bool:
        """Take an amount out of the `most` that may be spent in this name, and return whether there was so much left.

        What was too much counts as spent.
        """
        spent = self._connection.execute(
            "INSERT INTO spent VALUES (?1, ?2) ON CONFLICT (name) DO UPDATE SET amount = amount + ?2 RETURNING amount",
            (name, amount),
        ).fetchone()
        return bool(spent[0] <= most)

    def close(self) -> None:
        """Delete the file."""
        self._connection.close()
        with suppress(FileNotFoundError):
            self._path.unlink()

    def _ready(self, host: str, rank: int, request: bytes) -> None:
        number = self._connection.execute("INSERT INTO ready VALUES (NULL, ?, ?, ?)", (host, rank, request)).lastrowid
        assert number is not None
        first = (rank, number)
        if host not in self._next or first < self._next[host]:
            self._next[host] = first

    def _find_next(self, host: str) -> None:
        row = self._connection.execute(
            "SELECT rank, id FROM ready WHERE host = ? ORDER BY rank, id LIMIT 1", (host,)
        ).fetchone()
        if row is None:
            del self._next[host]
        else:
            self._next[host] = (row[0], row[1])
