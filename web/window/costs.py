"""What is expensive, and how much of it a client may have."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from typing import Any, Final

from fastapi import Depends, HTTPException, Request

from web.security.limits import Rate, TooMuch, address_of
from web.window.context import the_window

RATES: Final = {
    "search": Rate(a_minute=60, burst=20, at_once=3),
    "diff": Rate(a_minute=120, burst=40, at_once=3),
    "evidence": Rate(a_minute=10, burst=5, at_once=2),
    "feed": Rate(a_minute=30, burst=20, at_once=2),
}
"""By kind; of one client, and of all at once. Of wrong tokens: web.security.gate."""


def costs(kind: str) -> Any:
    """Return a dependency: the endpoint counts as one of that kind, and answers 429 where that is too much.

    `@router.get("/search", dependencies=[costs("search")])`
    """
    return Depends(_counted(kind))


def _counted(kind: str) -> Callable[[Request], Iterator[None]]:
    def count(request: Request) -> Iterator[None]:
        address = address_of(request.scope)
        with ExitStack() as counted:
            try:
                counted.enter_context(the_window(request).limits.one(kind, address))
            except TooMuch as much:
                raise too_much(much) from None
            yield

    return count


def too_much(much: TooMuch) -> HTTPException:
    """Return what answers 429."""
    return HTTPException(429, str(much), much.headers)
