"""Heads of requests that are too long, or do not end, on real sockets."""

from __future__ import annotations

import http.client
import socket
import threading
import time
from collections.abc import Iterator
from contextlib import closing

import httpx
import pytest
from starlette.requests import ClientDisconnect, Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import request_response

from tests.web.served import served
from web import heads


@pytest.fixture
def port() -> Iterator[int]:
    with served(lambda _: PlainTextResponse("hello")) as port:
        yield port


def answer(port: int, head: bytes) -> bytes:
    """What comes back until the server closes; it may close before it has read all."""
    with socket.create_connection(("127.0.0.1", port), timeout=20) as connection:
        try:
            connection.sendall(head)
            return connection.recv(65536)
        except (BrokenPipeError, ConnectionResetError):
            return b""


def test_an_ordinary_head_is_answered_again_and_again(port: int) -> None:
    with httpx.Client() as client:
        for size in (10, 30_000, 10):
            headers = {"X-Long": "x" * size}
            assert client.get(f"http://127.0.0.1:{port}/", headers=headers).text == "hello"
            assert client.post(f"http://127.0.0.1:{port}/", content=b"x" * 500_000).text == "hello"


def test_heads_of_one_length_go_on_for_as_long_as_somebody_asks(port: int) -> None:
    """One head is not a part of the next: all of these together have four times what one may have."""
    with closing(http.client.HTTPConnection("127.0.0.1", port, timeout=20)) as client:
        for _ in range(300):
            client.request("GET", "/", headers={"X-Long": "x" * 900})
            answered = client.getresponse()
            assert (answered.status, answered.read()) == (200, b"hello")


@pytest.mark.parametrize("line", [b"X-Long: " + b"x" * 2_000_000, b"X-One: y\r\n" * 100_000])
def test_one_that_goes_on_is_not_kept(port: int, line: bytes) -> None:
    said = answer(port, b"GET / HTTP/1.1\r\nHost: here\r\n" + line)
    assert b"hello" not in said
    assert not said or said.startswith(b"HTTP/1.1 431")


FIELDS = {
    "one field": b"X-Long: " + b"x" * 65_550 + b"\r\n",
    "fields": b"X-One: yyyyyyyyyyyyyyy\r\n" * 2_800,
    "the address": b"",
}


@pytest.mark.parametrize("field", FIELDS)
def test_one_that_is_a_little_too_long_is_refused_however_it_comes(port: int, field: str) -> None:
    path = b"/" + b"x" * 65_550 if field == "the address" else b"/"
    said = answer(port, b"GET %s HTTP/1.1\r\nHost: here\r\n%s\r\n" % (path, FIELDS[field]))
    assert said.startswith(b"HTTP/1.1 431")
    assert b"clear-site-data" not in said.lower()  # which would end the window's session, too


def test_nor_is_a_second_one_that_is_sent_ahead(port: int) -> None:
    short, long = b"GET / HTTP/1.1\r\nHost: here\r\n\r\n", b"X-Long: " + b"x" * 70_000
    with socket.create_connection(("127.0.0.1", port), timeout=20) as connection:
        connection.sendall(short + b"GET / HTTP/1.1\r\nHost: here\r\n" + long + b"\r\n\r\n")
        said = b"".join(iter(lambda: connection.recv(65536), b""))
    assert said.count(b"hello") <= 1
    assert b"HTTP/1.1 431" in said


def test_one_of_the_longest_that_comes_with_its_body_is_answered(port: int) -> None:
    fields = b"X-Long: " + b"x" * 65_000 + b"\r\nContent-Length: 100000\r\n"
    said = answer(port, b"POST / HTTP/1.1\r\nHost: here\r\n%s\r\n%s" % (fields, b"y" * 100_000))
    assert b"hello" in said


@pytest.mark.parametrize("begun", [b"", b"GET / HTTP/1.1\r\nHost: here\r\nX-Slow: "])
def test_one_that_does_not_end_loses_its_connection(port: int, begun: bytes, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(heads, "MOST_SECONDS", 0.3)
    began = time.monotonic()
    assert answer(port, begun) == b""
    assert time.monotonic() - began < 10


def test_nor_does_a_second_one_on_a_connection(port: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(heads, "MOST_SECONDS", 0.3)
    whole, begun = b"GET / HTTP/1.1\r\nHost: here\r\n\r\n", b"GET / HTTP/1.1\r\nX-Slow: "
    with socket.create_connection(("127.0.0.1", port), timeout=20) as connection:
        connection.sendall(whole)
        assert connection.recv(65536).endswith(b"hello")
        connection.sendall(begun)
        assert connection.recv(65536) == b""


def test_nor_one_whose_body_does_not_end(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(heads, "MOST_SECONDS", 0.3)
    gone = threading.Event()

    async def reading(request: Request) -> Response:
        try:
            return PlainTextResponse(await request.body())
        except ClientDisconnect:
            gone.set()
            return PlainTextResponse("")

    with served(lambda _: request_response(reading)) as port:
        assert httpx.post(f"http://127.0.0.1:{port}/", content=b"whole").text == "whole"
        assert answer(port, b"POST / HTTP/1.1\r\nHost: here\r\nContent-Length: 10\r\n\r\nbegun") == b""
        assert gone.wait(10)


def test_who_asks_for_a_websocket_is_answered_and_the_log_keeps_silent(
    port: int, caplog: pytest.LogCaptureFixture
) -> None:
    head = b"GET / HTTP/1.1\r\nHost: here\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n"
    assert answer(port, head).startswith(b"HTTP/1.1 200")
    assert caplog.records == []
