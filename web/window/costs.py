"""What is expensive, and how much of it a client may have."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from math import ceil
from typing import Any, Final

from fastapi import Depends, HTTPException, Request

from web.security.limits import Rate, TooMuch
from web.window.context import the_window

RATES: Final = {
    "search": Rate(a_minute=60, burst=20, at_once=3),
    "diff": Rate(a_minute=120, burst=40, at_once=3),
    "evidence": Rate(a_minute=10, burst=5, at_once=2),
    "feed": Rate(a_minute=30, burst=20, at_once=2),
    "login": Rate(a_minute=6, burst=10),
}
"""By kind; of one client, and of all at once."""


def costs(kind: str) -> Any:
    """Return a dependency: the endpoint counts as one of that kind, and answers 429 where that is too much.

    `@router.get("/search", dependencies=[costs("search")])`
    """
    return Depends(_counted(kind))


def _counted(kind: str) -> Callable[[Request], Iterator[None]]:
    def count(request: Request) -> Iterator[None]:
        address = request.client.host if request.client else "unknown"
        with ExitStack() as counted:
            try:
                counted.enter_context(the_window(request).limits.one(kind, address))
            except TooMuch as much:
                wait = ceil(much.seconds)
                raise HTTPException(
                    429, f"This is asked for too often; it may be asked again in {wait} s.", {"Retry-After": str(wait)}
                ) from None
            yield

    return count
