"""Answers that are made where they are asked for: short ones, of an archive on this machine.

One takes 0.4 ms. Handed to threads, several of them contend for the interpreter, and with two free cores half as many
are answered (`python -m bench.replay_serving`). What may take long, or waits for a network, still has a thread.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Final, TypeVar

from starlette.concurrency import run_in_threadpool

from storage.catalog.captured import SavedCapture
from web.archive_host.routing import Asked
from web.holdings import Holdings

SHORT: Final = 256 * 1024
"""Bytes of the records that an answer is read from. To undo the worst of gzip in so many takes 40 ms, for it ends at
replay.raw.LARGEST."""

Found = TypeVar("Found")
Answer = TypeVar("Answer")


def answering(
    holdings: Holdings,
    look_up: Callable[[Asked], Found | None],
    capture: Callable[[Found], SavedCapture],
    make: Callable[[Asked, Found | None], Answer],
) -> Callable[[Asked], Awaitable[Answer]]:
    """Return what answers a request with `make` of what `look_up` finds: at once where that is short, else in a thread.

    `capture` names the capture of what was found. The errors of both are raised.
    """

    def both(asked: Asked) -> Answer:
        return make(asked, look_up(asked))

    async def answer(asked: Asked) -> Answer:
        if not holdings.is_near:
            return await run_in_threadpool(both, asked)
        found = look_up(asked)
        if found is not None and capture(found).stored_bytes <= SHORT:
            return make(asked, found)
        return await run_in_threadpool(make, asked, found)

    return answer
