"""Large answers to those who do not read them, on real sockets."""

from __future__ import annotations

import socket
import time
from collections.abc import Iterator
from contextlib import ExitStack

import httpx
import pytest
from starlette.responses import PlainTextResponse, Response
from starlette.types import Receive, Scope, Send

from tests.web.served import served
from web.security.in_flight import PIECE, InFlight

LARGE = bytes(range(256)) * (96 * PIECE // 256) + b"end"  # 24 MiB: more than sockets hold
MOST = 3 * len(LARGE)


async def app(scope: Scope, receive: Receive, send: Send) -> None:
    answer: Response = PlainTextResponse("small") if scope["path"] == "/small" else Response(LARGE)
    await answer(scope, receive, send)


@pytest.fixture
def port() -> Iterator[int]:
    with served(lambda _: InFlight(app, MOST)) as port:
        yield port


def statuses(port: int, count: int) -> list[int]:
    return [httpx.get(f"http://127.0.0.1:{port}/").status_code for _ in range(count)]


def test_it_comes_whole_in_pieces(port: int) -> None:
    with httpx.Client(base_url=f"http://127.0.0.1:{port}") as client:
        got = client.get("/")
        assert (got.content, got.headers["content-length"]) == (LARGE, str(len(LARGE)))
        assert client.head("/").headers["content-length"] == str(len(LARGE))
        assert client.get("/small").text == "small"


def test_one_after_the_other_there_is_no_end(port: int) -> None:
    assert statuses(port, 10) == [200] * 10


def test_who_does_not_read_takes_no_more_than_there_is(port: int) -> None:
    with ExitStack() as slow:
        for _ in range(3):
            connection = slow.enter_context(socket.create_connection(("127.0.0.1", port)))
            connection.sendall(b"GET / HTTP/1.1\r\nHost: here\r\n\r\n")
            assert connection.recv(15) == b"HTTP/1.1 200 OK"
        refused = httpx.get(f"http://127.0.0.1:{port}/")
        assert (refused.status_code, refused.headers["retry-after"]) == (503, "5")
        assert "large answers" in refused.text
        assert httpx.get(f"http://127.0.0.1:{port}/small").text == "small"
    deadline = time.monotonic() + 20
    while statuses(port, 1) != [200]:  # the connections are closed, which the server has yet to see
        assert time.monotonic() < deadline


def test_one_that_is_larger_than_all_may_be_is_sent_by_itself() -> None:
    with served(lambda _: InFlight(app, len(LARGE) // 2)) as port:
        assert statuses(port, 2) == [200] * 2
