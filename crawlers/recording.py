"""The recorder in a process of its own, so that a crawl on two cores does not wait for compression.

Recording a page takes about as long as all that Scrapy does with it. A thread would not do: compressing and hashing let
go of the interpreter some ten times a page, and a thread that wants it back from a busy one waits each time. A crawl
with such a thread was slower than one that recorded in its own (`bench/crawl_capture.py`).

The process is forked, so that it needs no setup of its own, and lives and dies with the one that forked it: after a
kill of either nothing more is written.
"""

from __future__ import annotations

import asyncio
import multiprocessing
import os
import signal
import socket
from collections import deque
from collections.abc import Callable
from typing import Any, Final

from crawlers.errors import CaptureStopped
from crawlers.parent import end_with_parent
from crawlers.pipe import Pipe
from crawlers.recorder import Recorded, Recorder
from storage.exchange import Exchange

_TICK: Final = "tick"
_CLOSE: Final = "close"
_BUFFER: Final = 4 * 1024 * 1024  # the kernel gives less; what is sent beyond it waits until the recorder has read


class RecordingProcess:
    """Makes a recorder in a new process, and gives it exchanges in the order of the calls.

    `make` is called there; what it raises is raised here. `after` is told of each exchange that was recorded, before
    who waits for it goes on. To be made and used in the main thread, and before there is another thread or an event
    loop; `record` and `tick` need one that runs.
    """

    def __init__(self, make: Callable[[], Recorder], after: Callable[[Exchange, Recorded], None] | None = None) -> None:
        self._after = after
        self._waiting: deque[tuple[Exchange | None, asyncio.Future[Any]]] = deque()
        self._loop: asyncio.AbstractEventLoop | None = None
        self._failure: CaptureStopped | None = None
        self._is_closed = False
        self._pipe, theirs = _pipe()
        self._process = multiprocessing.get_context("fork").Process(
            target=_serve, args=(theirs, self._pipe, os.getpid(), make), name="recorder"
        )
        self._process.start()
        theirs.close()
        failure = self._pipe.receive()
        if failure is not None:
            self._end()
            raise failure

    def check(self) -> None:
        """Raise `CaptureStopped` if an exchange could not be written down: then nothing more may be fetched."""
        if self._failure is not None:
            raise CaptureStopped(f"the capture has stopped: {self._failure}") from self._failure

    def record(self, exchange: Exchange) -> asyncio.Future[Recorded]:
        """Have one attempt written down. What is returned is done when the whole group is the kernel's.

        It is written whether or not somebody waits. The future raises `CaptureStopped` where it cannot be, and this
        does at every call after that.
        """
        return self._ask(exchange, exchange)

    def tick(self) -> asyncio.Future[None]:
        """Have the open WARC sealed if it is due; to be called every few seconds. Fails as `record` does."""
        return self._ask(_TICK, None)

    def close(self) -> None:
        """Wait until all that was given is written down and the spool sealed. Again is nothing."""
        if self._is_closed:
            return
        if self._loop is not None and not self._loop.is_closed():
            self._loop.remove_reader(self._pipe.fileno())
        try:
            self._pipe.send(_CLOSE)
            while self._waiting:
                self._hear()
            failure = self._pipe.receive()
        except (EOFError, OSError):
            failure = self._died()
        self._end()
        if failure is not None:
            raise failure

    def _ask(self, work: Exchange | str, exchange: Exchange | None) -> asyncio.Future[Any]:
        self.check()
        if self._loop is None:
            self._loop = asyncio.get_running_loop()
            self._loop.add_reader(self._pipe.fileno(), self._hear_while_running)
        future = self._loop.create_future()
        self._waiting.append((exchange, future))
        try:
            self._pipe.send(work)
        except OSError:
            self._died()
        return future

    def _hear_while_running(self) -> None:
        try:
            self._hear()
            while self._pipe.has_message():
                self._hear()
        except (EOFError, OSError):
            self._died()

    def _hear(self) -> None:
        """Take one answer: they come in the order of the questions."""
        answer = self._pipe.receive()
        exchange, future = self._waiting.popleft()
        if isinstance(answer, CaptureStopped):
            self._failure = answer
        elif exchange is not None and self._after is not None:
            self._after(exchange, answer)
        self._settle(future, answer)

    def _settle(self, future: asyncio.Future[Any], answer: object) -> None:
        if future.done() or self._loop is None or self._loop.is_closed():  # nobody waits any more
            return
        if isinstance(answer, CaptureStopped):
            future.set_exception(answer)
        else:
            future.set_result(answer)

    def _died(self) -> CaptureStopped:
        if self._loop is not None and not self._loop.is_closed():
            self._loop.remove_reader(self._pipe.fileno())
        self._process.join()
        self._failure = self._failure or CaptureStopped(
            f"the process that writes the capture down has ended (exit code {self._process.exitcode}). What it had "
            "acknowledged is kept; the next crawl of the outlet recovers it"
        )
        while self._waiting:
            self._settle(self._waiting.popleft()[1], self._failure)
        return self._failure

    def _end(self) -> None:
        self._is_closed = True
        self._pipe.close()
        self._process.join()


def _pipe() -> tuple[Pipe, Pipe]:
    ends = socket.socketpair()
    for end in ends:
        end.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, _BUFFER)
    return Pipe(ends[0]), Pipe(ends[1])


def _serve(pipe: Pipe, other: Pipe, parent: int, make: Callable[[], Recorder]) -> None:
    """Be the recorder until the crawl closes it, or is gone."""
    other.close()
    for number in (signal.SIGINT, signal.SIGTERM):  # meant for the crawl, which then closes us
        signal.signal(number, signal.SIG_IGN)
    if not end_with_parent(parent, signal.SIGKILL):
        return
    try:
        recorder = make()
    except Exception as failure:  # noqa: BLE001 - whatever it is, the crawl raises it in our stead
        pipe.send(failure)
        return
    pipe.send(None)
    try:
        while (work := pipe.receive()) != _CLOSE:
            pipe.send(_answer(recorder, work))
    except (EOFError, OSError):  # the crawl was killed, and its last group is whole
        return
    try:
        recorder.close()
    except Exception as failure:  # noqa: BLE001 - as above
        pipe.send(failure)
    else:
        pipe.send(None)


def _answer(recorder: Recorder, work: Any) -> Recorded | CaptureStopped | None:
    try:
        if work != _TICK:
            return recorder.record(work)
        recorder.tick()
    except CaptureStopped as stopped:
        return stopped
    return None
