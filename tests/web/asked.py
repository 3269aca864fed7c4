"""One request to an ASGI app, its path byte for byte as a client would send it."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any
from urllib.parse import unquote

from starlette.types import ASGIApp


@dataclass(frozen=True)
class Got:
    """An answer; `headers` as they were sent, names in lower case. Its body came in so many `pieces`."""

    status: int
    headers: list[tuple[str, str]]
    body: bytes
    pieces: int

    def __getitem__(self, name: str) -> str | None:
        return next((value for key, value in self.headers if key == name.lower()), None)

    @property
    def text(self) -> str:
        return self.body.decode("utf-8")


def scope_of(
    path: str | bytes,
    *,
    method: str = "GET",
    headers: Iterable[tuple[str, str]] = (),
    host: str = "archive.localhost:8766",
) -> dict[str, Any]:
    """Return what an ASGI server says of a request."""
    raw, _, query = (path.encode("latin-1") if isinstance(path, str) else path).partition(b"?")
    return {
        "type": "http",
        "asgi": {"version": "3.0"},
        "http_version": "1.1",
        "method": method,
        "scheme": "http",
        "path": unquote(raw.decode("latin-1")),
        "raw_path": raw,
        "query_string": query,
        "root_path": "",
        "headers": [(b"host", host.encode())]
        + [(name.lower().encode(), value.encode("latin-1")) for name, value in headers],
        "client": ("127.0.0.1", 50000),
        "server": ("127.0.0.1", 8766),
    }


def ask(
    app: ASGIApp,
    path: str | bytes,
    *,
    method: str = "GET",
    headers: Iterable[tuple[str, str]] = (),
    host: str = "archive.localhost:8766",
) -> Got:
    """Ask for a path with its query, and return the whole answer."""
    scope = scope_of(path, method=method, headers=headers, host=host)
    sent: list[dict[str, Any]] = []

    asked = iter([{"type": "http.request", "body": b"", "more_body": False}])

    async def receive() -> dict[str, Any]:
        for message in asked:
            return message
        await asyncio.Event().wait()  # the client waits for its answer
        raise AssertionError

    async def send(message: Any) -> None:
        sent.append(message)

    asyncio.run(app(scope, receive, send))
    start = sent[0]
    return Got(
        start["status"],
        [(name.decode("latin-1").lower(), value.decode("latin-1")) for name, value in start["headers"]],
        b"".join(message.get("body", b"") for message in sent[1:]),
        len(sent) - 1,
    )
