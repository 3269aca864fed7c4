"""What is expensive: so much of it a client and minute, and so much at once."""

from __future__ import annotations

import ipaddress
import threading
import time
from collections import OrderedDict
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from math import ceil
from typing import Final

from starlette.responses import Response
from starlette.types import ASGIApp, Receive, Scope, Send

from web.security.refusals import refusal

MOST_CLIENTS: Final = 10_000


@dataclass(frozen=True)
class Rate:
    """A token bucket's: `burst` at first, then `a_minute`; and no more than `at_once` by all clients together."""

    a_minute: float
    burst: int
    at_once: int = 4


class TooMuch(Exception):
    """More was asked than the rate lets through. `seconds` is when to ask again; `headers` and the text say so."""

    def __init__(self, seconds: float) -> None:
        self.seconds = seconds
        self.headers = {"Retry-After": str(ceil(seconds))}
        super().__init__(f"This is asked for too often; it may be asked again in {ceil(seconds)} s.")


class Limits:
    """Counts what clients ask for, by kind. May be asked from any thread; `clock` tells seconds."""

    def __init__(self, rates: Mapping[str, Rate], clock: Callable[[], float] = time.monotonic) -> None:
        self._rates = dict(rates)
        self._clock = clock
        self._lock = threading.Lock()
        self._left: OrderedDict[tuple[str, str], tuple[float, float]] = OrderedDict()  # (tokens, as of)
        self._running = dict.fromkeys(rates, 0)

    @contextmanager
    def one(self, kind: str, address: str) -> Iterator[None]:
        """Count one of a kind for a client while the block runs. Raises TooMuch before it begins."""
        rate = self._rates[kind]
        with self._lock:
            self._take(kind, rate, _client(address))
            if self._running[kind] >= rate.at_once:
                raise TooMuch(1)
            self._running[kind] += 1
        try:
            yield
        finally:
            with self._lock:
                self._running[kind] -= 1

    def check(self, kind: str, address: str) -> None:
        """Raise TooMuch where a client has none of a kind left. Counts nothing."""
        rate = self._rates[kind]
        with self._lock:
            tokens, _ = self._tokens(kind, rate, _client(address))
        if tokens < 1:
            raise TooMuch((1 - tokens) * 60 / rate.a_minute)

    def _tokens(self, kind: str, rate: Rate, client: str) -> tuple[float, float]:
        """Return how many a client has now, and when that is."""
        now = self._clock()
        tokens, as_of = self._left.get((kind, client), (float(rate.burst), now))
        return min(rate.burst, tokens + (now - as_of) * rate.a_minute / 60), now

    def _take(self, kind: str, rate: Rate, client: str) -> None:
        tokens, now = self._tokens(kind, rate, client)
        is_enough = tokens >= 1
        self._left[kind, client] = (tokens - 1 if is_enough else tokens, now)
        self._left.move_to_end((kind, client))
        while len(self._left) > MOST_CLIENTS:
            self._left.popitem(last=False)
        if not is_enough:
            raise TooMuch((1 - tokens) * 60 / rate.a_minute)


class Limited:
    """Counts what is asked of an app, and refuses too much. `kind_of` tells a request's kind, or None: it is free."""

    def __init__(self, app: ASGIApp, limits: Limits, kind_of: Callable[[Scope], str | None]) -> None:
        self._app = app
        self._limits = limits
        self._kind_of = kind_of

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        kind = self._kind_of(scope) if scope["type"] == "http" else None
        if kind is None:
            await self._app(scope, receive, send)
            return
        with ExitStack() as counted:
            try:
                counted.enter_context(self._limits.one(kind, address_of(scope)))
            except TooMuch as much:
                await too_often(scope, much)(scope, receive, send)
                return
            await self._app(scope, receive, send)


def too_often(scope: Scope, much: TooMuch) -> Response:
    """Return the answer 429."""
    return refusal(scope, 429, str(much), much.headers)


def address_of(scope: Scope) -> str:
    """Return the address of whoever sent a request."""
    client = scope.get("client")
    return client[0] if client else "unknown"


def _client(address: str) -> str:
    """Return whom an address counts for: a network of 64 bits in IPv6, since one client has as many as it likes.

    >>> _client("2001:db8:1:2:3:4:5:6"), _client("192.0.2.7")
    ('2001:db8:1:2::/64', '192.0.2.7')
    """
    try:
        found = ipaddress.ip_address(address)
    except ValueError:
        return address
    return str(ipaddress.ip_network((found, 64), strict=False)) if found.version == 6 else address
