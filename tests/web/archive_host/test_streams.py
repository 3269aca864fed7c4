"""Long answers are sent while the catalog is read: a first piece before the last row, no row for a client that left."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from tests.storage.catalog.observed import capture, commit
from tests.storage.catalog.work import Work, work
from tests.web.archive_host.conftest import Host
from tests.web.asked import ask, scope_of

CAPTURES = 12_000
URL = "http://demo.example/CHINA/1.html"
PATHS = [
    "/cdx?url=demo.example&matchType=host",
    f"/cdx?url={URL}&output=json",
    f"/cdx?url={URL}&closest=20260102&output=text",
    f"/timemap/link/{URL}",
    f"/timemap/json/{URL}",
    f"/timemap/cdxj/{URL}",
]


@pytest.fixture(scope="module")
def long(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Host]:
    """One URL that was captured every minute for eight days."""
    folder: Path = tmp_path_factory.mktemp("long")
    host = Host(folder)
    first = capture(URL, 0)
    rows = [replace(capture(URL, minute / 60), crawl_id=first.crawl_id) for minute in range(CAPTURES)]
    commit(host.archive, rows)
    host.catalog.rebuild(host.archive)
    yield host
    host.catalog.close()


class Client:
    """Reads an answer piece by piece, and notes how much work was done until each; it may leave after some."""

    def __init__(self, done: Work, leaves_after: int | None = None) -> None:
        self._done = done
        self._leaves_after = leaves_after
        self._asked = False
        self._left = asyncio.Event()
        self.steps: list[int] = []
        self.sizes: list[int] = []

    async def receive(self) -> dict[str, Any]:
        if not self._asked:
            self._asked = True
            return {"type": "http.request", "body": b"", "more_body": False}
        await self._left.wait()
        return {"type": "http.disconnect"}

    async def send(self, message: Any) -> None:
        if message["type"] == "http.response.body" and message.get("body"):
            self.steps.append(self._done.steps)
            self.sizes.append(len(message["body"]))
            if len(self.steps) == self._leaves_after:
                self._left.set()
                await asyncio.sleep(0)


def read(host: Host, path: str, leaves_after: int | None = None, method: str = "GET") -> tuple[Client, int]:
    """Ask for a path; return what the client saw, and how much work was done in all."""

    async def run() -> Client:
        client = Client(done, leaves_after)
        await host.app(scope_of(path, method=method), client.receive, client.send)
        return client

    with work(host.catalog) as done:
        client = asyncio.run(run())
    return client, done.steps


@pytest.mark.parametrize("path", PATHS)
def test_the_first_piece_is_sent_before_the_rest_is_read(long: Host, path: str) -> None:
    client, all_steps = read(long, path)
    assert len(client.steps) > 4
    assert client.steps[0] < all_steps / 3
    assert max(client.sizes) < sum(client.sizes) / 3


@pytest.mark.parametrize("path", PATHS)
def test_nothing_is_read_for_a_client_that_has_left(long: Host, path: str) -> None:
    _, all_steps = read(long, path)
    client, steps = read(long, path, leaves_after=1)
    assert len(client.steps) < 4
    assert steps < all_steps / 2


@pytest.mark.parametrize("path", PATHS)
def test_nothing_is_read_for_a_body_that_nobody_gets(long: Host, path: str) -> None:
    _, all_steps = read(long, path)
    client, steps = read(long, path, method="HEAD")
    assert client.sizes == []
    assert steps < all_steps / 2
    got = ask(long.app, path, method="HEAD")
    assert (got.status, got["content-length"], got["content-type"]) == (200, None, ask(long.app, path)["content-type"])


def test_a_limit_bounds_what_is_read(long: Host) -> None:
    _, all_steps = read(long, f"/cdx?url={URL}")
    for query in (
        "limit=20",
        "limit=20&sort=reverse",
        "limit=20&closest=20260103",
        "from=20260102&to=20260102&limit=9",
    ):
        _, steps = read(long, f"/cdx?url={URL}&{query}")
        assert steps < all_steps / 100


def test_what_a_filter_passes_over_is_read_in_large_pages(long: Host) -> None:
    _, all_steps = read(long, f"/cdx?url={URL}")
    for query in ("limit=1&filter=status:999", "limit=1&filter=status:999&closest=20260103"):
        client, steps = read(long, f"/cdx?url={URL}&{query}")
        assert client.sizes == []
        assert steps < 1.5 * all_steps
