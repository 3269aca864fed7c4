"""A client that asks a server for many paths over some connections, and says how long each took. Runs in one process.

Answers are parsed by httptools, whatever their framing, so that servers of other habits are asked by the same tool.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import httptools
import uvloop

from bench.timing import Took


@dataclass(frozen=True)
class Load:
    """What became of a load: answers a second, milliseconds of each in rising order, statuses and bytes in all."""

    rate: float
    took: tuple[float, ...]
    statuses: dict[int, int]
    received: int

    @property
    def median(self) -> float:
        """Milliseconds that half of the answers stayed within."""
        return Took.at(self.took, 0.5)

    @property
    def p99(self) -> float:
        """Milliseconds that 99 of 100 answers stayed within."""
        return Took.at(self.took, 0.99)


def load(port: int, paths: Sequence[str], *, connections: int, keep_alive: bool, headers: Sequence[str] = ()) -> Load:
    """Ask for each path once, by so many connections at a time: kept, or a new one for each."""
    closing = () if keep_alive else ("Connection: close",)
    lines = "".join(f"\r\n{line}" for line in (f"Host: 127.0.0.1:{port}", *headers, *closing))
    requests = iter([f"GET {path} HTTP/1.1{lines}\r\n\r\n".encode("ascii") for path in paths])
    began = time.perf_counter()
    with asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
        found = runner.run(_load(port, requests, connections, keep_alive))
    seconds = time.perf_counter() - began
    statuses: dict[int, int] = {}
    for client in found:
        for status in client.statuses:
            statuses[status] = statuses.get(status, 0) + 1
    took = tuple(sorted(one for client in found for one in client.took))
    return Load(len(took) / seconds, took, statuses, sum(client.received for client in found))


async def _load(port: int, requests: Iterator[bytes], connections: int, keep_alive: bool) -> list[_Client]:
    clients = [_Client(port, requests, keep_alive) for _ in range(connections)]
    await asyncio.gather(*(client.run() for client in clients))
    return clients


class _Client(asyncio.Protocol):
    """One connection at a time, one request at a time."""

    def __init__(self, port: int, requests: Iterator[bytes], keep_alive: bool) -> None:
        self._port = port
        self._requests = requests
        self._keep_alive = keep_alive
        self._transport: asyncio.Transport | None = None
        self._answered: asyncio.Future[None] | None = None
        self._parser = httptools.HttpResponseParser(self)
        self.took: list[float] = []
        self.statuses: list[int] = []
        self.received = 0

    async def run(self) -> None:
        loop = asyncio.get_running_loop()
        for request in self._requests:
            began = time.perf_counter()
            if self._transport is None or self._transport.is_closing():
                await loop.create_connection(lambda: self, "127.0.0.1", self._port)
            assert self._transport is not None
            self._parser = httptools.HttpResponseParser(self)
            self._answered = loop.create_future()
            self._transport.write(request)
            await self._answered
            self.took.append((time.perf_counter() - began) * 1000)
            if not (self._keep_alive and self._parser.should_keep_alive()):
                self._transport.close()
                self._transport = None
        if self._transport is not None:
            self._transport.close()

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.Transport) or hasattr(transport, "write")
        self._transport = transport  # type: ignore[assignment]

    def data_received(self, data: bytes) -> None:
        self.received += len(data)
        self._parser.feed_data(data)

    def connection_lost(self, error: Exception | None) -> None:  # noqa: ARG002  (asyncio's signature)
        if self._answered is not None and not self._answered.done():
            # A body without a length ends with its connection.
            self.statuses.append(self._parser.get_status_code())
            self._answered.set_result(None)

    def on_message_complete(self) -> None:
        if self._answered is not None and not self._answered.done():
            self.statuses.append(self._parser.get_status_code())
            self._answered.set_result(None)


def cpu_seconds(pid: int) -> float:
    """Return the processor time that a process and its children have used (Linux)."""
    total = 0.0
    ticks = 100
    for status in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = status.read_text().rpartition(") ")[2].split()
        except OSError:
            continue  # it has ended
        if int(status.parent.name) == pid or int(fields[1]) == pid:
            total += (int(fields[11]) + int(fields[12])) / ticks
    return total
