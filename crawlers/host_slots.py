"""When a host may be asked next: shared by all crawls of a machine, as a host does not care which of them asks."""

from __future__ import annotations

import logging
import sqlite3
from pathlib import Path
from typing import Final

_SCHEMA: Final = """
CREATE TABLE IF NOT EXISTS hosts (
    host TEXT PRIMARY KEY,
    next_at REAL NOT NULL,      -- seconds since 1970, of the machine's own clock: the next free slot
    paused_until REAL NOT NULL  -- no request before this: the host said so (Retry-After)
) WITHOUT ROWID;
"""
# Nobody reserves further ahead: a time beyond it was written before the machine's clock was set back.
FURTHEST_SLOT: Final = 3600.0
LONGEST_PAUSE: Final = 86_400.0
_PATIENCE: Final = 10.0

logger = logging.getLogger(__name__)


class HostSlots:
    """The file `hosts.sqlite`. Each call is one short transaction; times are seconds since 1970."""

    def __init__(self, path: Path) -> None:
        path.parent.mkdir(parents=True, exist_ok=True)
        try:
            self._connection = _opened(path)
        except sqlite3.OperationalError:
            raise
        except sqlite3.DatabaseError as broken:  # by a power cut, since nothing is synced: it holds seconds only
            logger.warning("%s is no database any more (%s): hosts' delays start anew", path, broken)
            path.unlink()
            self._connection = _opened(path)

    def reserve(self, host: str, delay: float, now: float) -> float:
        """Take the next free slot of a host, and return when it is; the one after it comes `delay` seconds later."""
        self._connection.execute("BEGIN IMMEDIATE")
        try:
            next_at, paused_until = self._row(host, now)
            at = max(now, next_at, paused_until)
            self._write(host, at + delay, paused_until)
        except BaseException:
            self._connection.execute("ROLLBACK")
            raise
        self._connection.execute("COMMIT")
        return at

    def pause(self, host: str, until: float, now: float) -> None:
        """Let nobody ask a host before `until`, at most a day ahead."""
        self._connection.execute("BEGIN IMMEDIATE")
        try:
            next_at, paused_until = self._row(host, now)
            self._write(host, next_at, max(paused_until, min(until, now + LONGEST_PAUSE)))
        except BaseException:
            self._connection.execute("ROLLBACK")
            raise
        self._connection.execute("COMMIT")

    def paused_until(self, host: str, now: float) -> float:
        """Return until when a host is not to be asked; a time that has passed means that it may be."""
        return self._row(host, now)[1]

    def close(self) -> None:
        """Let the file go."""
        self._connection.close()

    def _row(self, host: str, now: float) -> tuple[float, float]:
        row = self._connection.execute("SELECT next_at, paused_until FROM hosts WHERE host = ?", (host,)).fetchone()
        if row is None:
            return 0.0, 0.0
        next_at, paused_until = row
        return (
            next_at if next_at <= now + FURTHEST_SLOT else 0.0,
            paused_until if paused_until <= now + LONGEST_PAUSE else 0.0,
        )

    def _write(self, host: str, next_at: float, paused_until: float) -> None:
        self._connection.execute("INSERT OR REPLACE INTO hosts VALUES (?, ?, ?)", (host, next_at, paused_until))


def _opened(path: Path) -> sqlite3.Connection:
    connection = sqlite3.connect(path, timeout=_PATIENCE, isolation_level=None)
    connection.execute("PRAGMA journal_mode = WAL")
    connection.execute("PRAGMA synchronous = OFF")
    connection.executescript(_SCHEMA)
    return connection
