"""Both hosts in one process, each on a socket of its own."""

from __future__ import annotations

import asyncio
import contextlib
import signal
import socket
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final

import uvicorn
from anyio import to_thread
from starlette.types import ASGIApp, Receive, Scope, Send

from config.errors import ConfigError
from web.heads import BoundedHeads

_GRACE_SECONDS: Final = 3
"""How long requests that are being answered may take when the servers are told to end."""

_THREADS: Final = 7
"""So many requests ask the catalog at once; the rest wait for their turn. Who reads the archive: web.archive_reads."""

MOST_AT_ONCE: Final = 200
"""More connections than these are answered 503 by uvicorn itself."""


class PortTaken(ConfigError):
    """Something listens already where the window should, or nothing of ours may."""


@dataclass(frozen=True)
class Served:
    """An app, and the socket on which it is served."""

    app: ASGIApp
    listener: socket.socket


def listen(host: str, port: int) -> socket.socket:
    """Return a socket that listens on an address; port 0 takes any that is free.

    Bound here and not by uvicorn, which would end the process. Raises PortTaken.
    """
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    listener = socket.socket(family, socket.SOCK_STREAM)
    try:
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.bind((host, port))
        listener.listen(128)
    except OSError as wrong:
        listener.close()
        raise PortTaken(
            f"can't listen on {host} port {port}: {wrong.strerror}. End what listens there, or choose another port"
            " (--port, --archive-port; 0 takes any that is free)"
        ) from wrong
    return listener


def serve(served: Sequence[Served], ready: Callable[[], None], *, proxied: bool = False) -> None:
    """Serve until SIGINT or SIGTERM; `ready` is called once all of them answer. Returns when all have ended.

    Requests that are being answered have a few seconds to end; a second signal ends them at once. `proxied` says that
    a server on this machine stands before us, and tells by X-Forwarded-For who asks.
    """
    not_yet = len(served)

    def one_is_up() -> None:
        nonlocal not_yet
        not_yet -= 1
        if not not_yet:
            ready()

    servers = [_Server(config_of(one.app, proxied=proxied), one_is_up) for one in served]
    with asyncio.Runner(loop_factory=servers[0].config.get_loop_factory()) as runner:
        runner.run(_serve(servers, [one.listener for one in served]))


class _Server(uvicorn.Server):
    """A server that tells when it is up, and leaves signals to us: two in one process would take each other's."""

    def __init__(self, config: uvicorn.Config, up: Callable[[], None]) -> None:
        super().__init__(config)
        self._up = up

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets=sockets)
        self._up()

    @contextlib.contextmanager
    def capture_signals(self) -> Iterator[None]:
        yield


def config_of(app: ASGIApp, *, proxied: bool = False) -> uvicorn.Config:
    """Return how an app is served."""
    return uvicorn.Config(
        _Ending(app),
        loop="auto",
        http=BoundedHeads,
        ws="none",
        lifespan="off",
        log_config=None,
        log_level="warning",
        access_log=False,  # addresses of pages name what somebody looks into
        server_header=False,
        proxy_headers=proxied,  # of connections from 127.0.0.1 only
        limit_concurrency=MOST_AT_ONCE,
        timeout_graceful_shutdown=_GRACE_SECONDS,
    )


class _Ending:
    """Lets an answer that is cut off when the server ends go in silence: uvicorn tells of it with a traceback."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        with contextlib.suppress(asyncio.CancelledError):
            await self._app(scope, receive, send)


async def _serve(servers: Sequence[_Server], listeners: Sequence[socket.socket]) -> None:
    def end(number: int) -> None:
        for server in servers:
            server.handle_exit(number, None)

    # Each thread may hold a connection to the catalog, whose pool has 15, each with a cache; some hold two.
    to_thread.current_default_thread_limiter().total_tokens = _THREADS
    loop = asyncio.get_running_loop()
    for number in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(number, end, number)
    try:
        await asyncio.gather(
            *(server.serve(sockets=[listener]) for server, listener in zip(servers, listeners, strict=True))
        )
    finally:
        for number in (signal.SIGINT, signal.SIGTERM):
            loop.remove_signal_handler(number)
