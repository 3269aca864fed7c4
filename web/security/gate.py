"""The token, the sessions that were opened with it, and tickets: in this process's memory, gone when it ends."""

from __future__ import annotations

import hashlib
import hmac
import secrets
import threading
import time
from collections.abc import Callable, Iterable
from typing import Final

SESSION_SECONDS: Final = 24 * 3600
TICKET_SECONDS: Final = 60
MOST: Final = 10_000
"""So many sessions, and so many tickets, are known at once; the oldest go first."""


class _Known:
    """Random names that are good for a while. Only their hashes are kept."""

    def __init__(self, seconds: float, clock: Callable[[], float]) -> None:
        self._seconds = seconds
        self._clock = clock
        self._until: dict[bytes, float] = {}
        self._lock = threading.Lock()

    def new(self) -> str:
        name = secrets.token_urlsafe(32)
        now = self._clock()
        with self._lock:
            # In the order in which they end, since all last as long.
            while self._until and (len(self._until) >= MOST or next(iter(self._until.values())) <= now):
                del self._until[next(iter(self._until))]
            self._until[_hashed(name)] = now + self._seconds
        return name

    def is_good(self, name: str) -> bool:
        with self._lock:
            return self._until.get(_hashed(name), 0) > self._clock()

    def take(self, name: str) -> bool:
        """Return whether it is good, which it is no more."""
        with self._lock:
            return self._until.pop(_hashed(name), 0) > self._clock()


class Gate:
    """Knows whoever showed the token. `clock` tells seconds."""

    def __init__(self, token: str, clock: Callable[[], float] = time.monotonic) -> None:
        self._token = _hashed(token)
        self._sessions = {host: _Known(SESSION_SECONDS, clock) for host in ("window", "archive")}
        self._tickets = _Known(TICKET_SECONDS, clock)

    def accepts(self, token: str) -> bool:
        """Return whether this is the token. How long that takes tells nothing of it."""
        return hmac.compare_digest(_hashed(token), self._token)

    def open_session(self, host: str) -> str:
        """Return the name of a new session of the `window` or the `archive`."""
        return self._sessions[host].new()

    def knows(self, host: str, names: Iterable[str]) -> bool:
        """Return whether any of the names is a session of that host: a browser may send several under one name."""
        return any(self._sessions[host].is_good(name) for name in names)

    def close_session(self, host: str, names: Iterable[str]) -> None:
        """Forget these sessions."""
        for name in names:
            self._sessions[host].take(name)

    def new_ticket(self) -> str:
        """Return a ticket to the archive's host, good once and soon."""
        return self._tickets.new()

    def redeem(self, ticket: str) -> bool:
        """Return whether a ticket is good, which it is no more."""
        return self._tickets.take(ticket)


def _hashed(text: str) -> bytes:
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).digest()
