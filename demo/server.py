"""The demo outlet on a port of this machine, in a thread."""

from __future__ import annotations

import socket
import threading
import time
from datetime import date
from types import TracebackType
from typing import Self

import uvicorn

from demo.app import App, Request
from demo.script import BASE
from demo.site import Site

_PATIENCE_S = 15.0


class PortTaken(Exception):
    """Something else listens on the port that was asked for."""


class DemoServer:
    """Serves the outlet on loopback while the `with` block runs.

    `port` 0 takes any free one. `base` is the date of day 0 in Beijing. A `frozen` site keeps the shared parts of its
    pages still (see `Site`). Raises PortTaken on entering if the port is not free.
    """

    def __init__(self, port: int = 0, day: int = 0, *, base: date = BASE, frozen: bool = False) -> None:
        self._wanted_port = port
        self._day = day
        self._base = base
        self._frozen = frozen
        self._socket: socket.socket | None = None
        self._server: uvicorn.Server | None = None
        self._thread: threading.Thread | None = None
        self._app: App | None = None

    def __enter__(self) -> Self:
        """Start, and return when the first request can be answered."""
        self._socket = _listen(self._wanted_port)
        self._app = App(self._site(self._day), self._day)
        config = uvicorn.Config(
            self._app,
            log_config=None,
            log_level="critical",
            access_log=False,
            lifespan="off",
            loop="asyncio",
            http="h11",
            ws="none",
            server_header=False,
            timeout_graceful_shutdown=2,
        )
        self._server = uvicorn.Server(config)
        self._thread = threading.Thread(
            target=self._server.run, kwargs={"sockets": [self._socket]}, name="demo outlet", daemon=True
        )
        self._thread.start()
        deadline = time.monotonic() + _PATIENCE_S
        while not self._server.started:
            if not self._thread.is_alive() or time.monotonic() > deadline:
                self.__exit__(None, None, None)
                raise RuntimeError("the demo outlet did not start")
            time.sleep(0.005)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Stop, with open connections given two seconds."""
        if self._server and self._thread:
            self._server.should_exit = True
            self._thread.join(_PATIENCE_S)
        if self._socket:
            self._socket.close()

    @property
    def url(self) -> str:
        """The site's address, without a slash at its end."""
        assert self._socket is not None, "the demo outlet runs inside its with block only"
        return f"http://127.0.0.1:{self._socket.getsockname()[1]}"

    @property
    def day(self) -> int:
        """The day of the script that stands now."""
        return self._day

    @property
    def requests(self) -> list[Request]:
        """Every request so far, in order."""
        assert self._app is not None, "the demo outlet runs inside its with block only"
        return self._app.requests

    def set_day(self, day: int) -> None:
        """Turn the site to `day`; requests that come in from now on see it. ValueError below 0."""
        assert self._app is not None, "the demo outlet runs inside its with block only"
        site = self._site(day)
        self._app.site, self._app.day, self._day = site, day, day

    def _site(self, day: int) -> Site:
        return Site(self.url, day, self._base, frozen=self._frozen)


def _listen(port: int) -> socket.socket:
    """Return a bound socket; uvicorn itself would end the process when the port is taken."""
    listener = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    try:
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.bind(("127.0.0.1", port))
        listener.listen(128)
    except OSError as wrong:
        listener.close()
        raise PortTaken(
            f"the demo outlet can't listen on 127.0.0.1:{port} ({wrong.strerror}): "
            "end what listens there, or choose another port (0 takes any that is free)"
        ) from wrong
    return listener
