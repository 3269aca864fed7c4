from __future__ import annotations

import http.client
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Protocol
from urllib.parse import urlsplit

import pytest

from demo.server import DemoServer


@dataclass(frozen=True)
class Got:
    status: int
    headers: dict[str, str]
    body: bytes


class Get(Protocol):
    def __call__(self, path: str, method: str = "GET", **headers: str) -> Got: ...


def _asks(site: DemoServer) -> Get:
    """Return a function that asks the site over a connection of its own; underscores in header names become dashes."""

    def get(path: str, method: str = "GET", **headers: str) -> Got:
        connection = http.client.HTTPConnection(urlsplit(site.url).netloc, timeout=20)
        try:
            connection.request(method, path, headers={name.replace("_", "-"): value for name, value in headers.items()})
            response = connection.getresponse()
            return Got(response.status, {k.lower(): v for k, v in response.getheaders()}, response.read())
        finally:
            connection.close()

    return get


@pytest.fixture(scope="session")
def asks() -> Callable[[DemoServer], Get]:
    return _asks


@pytest.fixture(scope="module")
def site() -> Iterator[DemoServer]:
    with DemoServer() as running:
        yield running


@pytest.fixture
def get(site: DemoServer) -> Get:
    site.set_day(0)
    return _asks(site)


@pytest.fixture
def frozen() -> Iterator[tuple[DemoServer, Get]]:
    with DemoServer(frozen=True) as running:
        yield running, _asks(running)
