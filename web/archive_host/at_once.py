"""Where answers are made: short ones of an archive on this machine at once, all others in threads.

A short one takes 0.4 ms. Handed to threads, several of them contend for the interpreter, and with two free cores half
as many are answered (`python -m bench.replay_serving`). What may take long, or waits for a network, still has a thread.
A bucket is read in threads of its own (`web.archive_reads`), and only when the catalog has said what is to be read: a
miss or a redirect needs none of them.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from functools import partial
from typing import Final, TypeVar

from starlette.concurrency import run_in_threadpool
from starlette.responses import Response

from storage.catalog.captured import SavedCapture
from web.archive_host.routing import Asked
from web.holdings import Holdings

SHORT: Final = 256 * 1024
"""Bytes of the records that an answer is read from. To undo the worst of gzip in so many takes 40 ms, for it ends at
replay.raw.LARGEST."""

Found = TypeVar("Found")
Answer = TypeVar("Answer")

Begun = Response | Callable[[], Response]
"""An answer that the catalog gave, or what makes one from the archive."""


async def completed(holdings: Holdings, begin: Callable[[], Begun]) -> Response:
    """Return the answer that `begin` begins, which asks the catalog alone. Raises what both steps raise."""

    def at_a_stroke() -> Response:
        begun = begin()
        return begun if isinstance(begun, Response) else begun()

    if holdings.is_near:
        return await run_in_threadpool(at_a_stroke)
    begun = await run_in_threadpool(begin)
    return begun if isinstance(begun, Response) else await holdings.reads.run(begun)


def answering(
    holdings: Holdings,
    look_up: Callable[[Asked], Found | None],
    capture: Callable[[Found], SavedCapture],
    make: Callable[[Asked, Found | None], Answer],
) -> Callable[[Asked], Awaitable[Answer]]:
    """Return what answers a request with `make` of what `look_up` finds: at once where that is short, else in a thread.

    `look_up` asks the catalog alone, and so does `make` of None. `capture` names the capture of what was found. The
    errors of both are raised.
    """

    async def answer(asked: Asked) -> Answer:
        if not holdings.is_near:
            there = await run_in_threadpool(look_up, asked)
            made = partial(make, asked, there)
            return await (run_in_threadpool(made) if there is None else holdings.reads.run(made))
        found = look_up(asked)
        if found is not None and capture(found).stored_bytes <= SHORT:
            return make(asked, found)
        return await run_in_threadpool(make, asked, found)

    return answer
