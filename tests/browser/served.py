"""Both hosts, served on sockets of this machine from a thread, as `palimpsest web` serves them."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

import uvicorn
from starlette.datastructures import Headers
from starlette.types import ASGIApp, Receive, Scope, Send

from config.clock import Clock
from config.outlet import Outlet
from storage.exchange import Exchange
from tests.replay.kept import catalog_of, keep, new_archive
from web.archived import archived_app
from web.holdings import Holdings
from web.origins import Origins
from web.security.gate import Gate
from web.serving import config_of, listen
from web.window.app import window_app


class Counted:
    """An app, and what it was asked for: host, and path with query."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app
        self.asked: list[tuple[str, str]] = []

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        query = scope["query_string"].decode("latin-1")
        path = scope["raw_path"].decode("latin-1") + (f"?{query}" if query else "")
        self.asked.append((Headers(scope=scope).get("host", ""), path))
        await self.app(scope, receive, send)


class Served:
    """The window and the archived content over some holdings."""

    def __init__(self, origins: Origins, port: int, window: Counted, archived: Counted) -> None:
        self.origins = origins
        self.port = port  # of the window
        self.window = window
        self.archived = archived

    def replay(self, timestamp: str, url: str) -> str:
        return f"{self.origins.archive}/replay/{timestamp}/{url}"

    def forget(self) -> None:
        """Forget who asked."""
        self.window.asked.clear()
        self.archived.asked.clear()

    def view(self, timestamp: str, url: str) -> str:
        return f"{self.origins.archive}/view/{timestamp}/{url}"


@contextmanager
def serving_kept(
    folder: Path, *exchanges: Exchange, token: str | None = None, outlets: Mapping[str, Outlet] | None = None
) -> Iterator[Served]:
    """Serve an archive of these exchanges, made in a folder, until the block ends."""
    archive = new_archive(folder / "archive")
    keep(archive, *exchanges)
    catalog = catalog_of(archive, folder)
    with serving(Holdings(archive, catalog, outlets or {}, Clock()), token) as served:
        yield served
    catalog.close()


@contextmanager
def serving(holdings: Holdings, token: str | None = None, window: str | None = None) -> Iterator[Served]:
    """Serve until the block ends; with a `token`, to whoever shows it. `window` is another origin for the window."""
    sockets = listen("127.0.0.1", 0), listen("127.0.0.1", 0)
    ports = [one.getsockname()[1] for one in sockets]
    origins = Origins(window or f"http://127.0.0.1:{ports[0]}", f"http://archive.localhost:{ports[1]}")
    gate = None if token is None else Gate(token)
    apps = Counted(window_app(holdings, origins, gate=gate)), Counted(archived_app(holdings, origins, gate))
    servers = [uvicorn.Server(config_of(app)) for app in apps]
    threads = [
        threading.Thread(target=server.run, kwargs={"sockets": [one]}, daemon=True)
        for server, one in zip(servers, sockets, strict=True)
    ]
    for thread in threads:
        thread.start()
    while not all(server.started for server in servers):
        assert all(thread.is_alive() for thread in threads)
        time.sleep(0.005)
    try:
        yield Served(origins, ports[0], *apps)
    finally:
        for server in servers:
            server.should_exit = True
        for thread in threads:
            thread.join(10)
        for one in sockets:
            one.close()
