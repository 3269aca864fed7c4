"""The token, the sessions that were opened with it, and tickets: in this process's memory, gone when it ends."""

from __future__ import annotations

import hashlib
import hmac
import secrets
import threading
import time
from collections.abc import Callable, Iterable
from typing import Final

from web.security.limits import Limits, Rate

SESSION_SECONDS: Final = 24 * 3600
TICKET_SECONDS: Final = 60
MOST: Final = 10_000
"""So many sessions, and so many tickets, are known at once; the oldest go first."""


TRIES: Final = Rate(a_minute=6, burst=10)
"""So many wrong tokens may one client show, in whichever way."""

_TRY: Final = "login"


class _Known:
    """Random names that are good for a while, each with whose it is (`owner`, a hash). Only hashes are kept."""

    def __init__(self, seconds: float, clock: Callable[[], float]) -> None:
        self._seconds = seconds
        self._clock = clock
        self._until: dict[bytes, tuple[float, bytes]] = {}
        self._lock = threading.Lock()

    def new(self, owner: bytes = b"") -> str:
        name = secrets.token_urlsafe(32)
        now = self._clock()
        with self._lock:
            # In the order in which they end, since all last as long.
            while self._until and (len(self._until) >= MOST or next(iter(self._until.values()))[0] <= now):
                del self._until[next(iter(self._until))]
            self._until[_hashed(name)] = (now + self._seconds, owner)
        return name

    def owner(self, hashed: bytes) -> bytes | None:
        """Return whose the name with this hash is, or None where it is not good."""
        with self._lock:
            until, owner = self._until.get(hashed, _ENDED)
        return owner if until > self._clock() else None

    def take(self, name: str) -> bytes | None:
        """Return what `owner` does. The name is good no more."""
        with self._lock:
            until, owner = self._until.pop(_hashed(name), _ENDED)
        return owner if until > self._clock() else None


class Gate:
    """Knows whoever showed the token. `clock` tells seconds.

    A session of the archive's host belongs to the one of the window that was handed over, and ends with it. Names of
    sessions come in several: a browser may send more than one cookie of a name.
    """

    def __init__(self, token: str, clock: Callable[[], float] = time.monotonic) -> None:
        self._token = _hashed(token)
        self._window = _Known(SESSION_SECONDS, clock)
        self._archive = _Known(SESSION_SECONDS, clock)
        self._tickets = _Known(TICKET_SECONDS, clock)
        self._tries = Limits({_TRY: TRIES}, clock)

    def accepts(self, token: str, address: str) -> bool:
        """Return whether this is the token. How long that takes tells nothing of it.

        Raises TooMuch where too many wrong ones came from the address: then the right one is not taken either.
        """
        self._tries.check(_TRY, address)
        if hmac.compare_digest(_hashed(token), self._token):
            return True
        with self._tries.one(_TRY, address):
            return False

    def open_session(self) -> str:
        """Return the name of a new session of the window."""
        return self._window.new()

    def knows(self, names: Iterable[str]) -> bool:
        """Return whether any of the names is a session of the window."""
        return any(self._window.owner(_hashed(name)) is not None for name in names)

    def close_session(self, names: Iterable[str]) -> None:
        """Forget these sessions of the window, and with them those of the archive's host."""
        for name in names:
            self._window.take(name)

    def new_ticket(self, names: Iterable[str]) -> str:
        """Return a ticket to the archive's host, good once and soon, for that of these sessions that is known."""
        return self._tickets.new(next((_hashed(name) for name in names if self.knows([name])), b""))

    def redeem(self, ticket: str) -> str | None:
        """Return the name of a new session of the archive's host for a ticket, or None. The ticket is good no more."""
        owner = self._tickets.take(ticket)
        return self._archive.new(owner) if owner is not None and self._is_open(owner) else None

    def knows_in_archive(self, names: Iterable[str]) -> bool:
        """Return whether any of the names is a session of the archive's host."""
        return any(self._is_open(self._archive.owner(_hashed(name))) for name in names)

    def _is_open(self, owner: bytes | None) -> bool:
        return owner is not None and self._window.owner(owner) is not None


_ENDED: Final = (0.0, b"")


def _hashed(text: str) -> bytes:
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).digest()
