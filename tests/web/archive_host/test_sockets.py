"""Requests as they come over a socket, through the server that we run: what no client library would send."""

from __future__ import annotations

import asyncio
import socket
import threading
from collections.abc import Iterator
from urllib.parse import quote

import pytest
import uvicorn

from tests.replay.kept import URL, answered, keep
from tests.storage.exchanges import PAGE
from tests.web.archive_host.conftest import Host
from web.serving import config_of, listen

CHINESE = "http://中国.example/新闻?标题=é"


@pytest.fixture(scope="module")
def port(tmp_path_factory: pytest.TempPathFactory) -> Iterator[int]:
    host = Host(tmp_path_factory.mktemp("sockets"))
    keep(
        host.archive,
        answered(PAGE),
        answered("中", url="http://xn--fiqs8s.example/%E6%96%B0%E9%97%BB?%E6%A0%87%E9%A2%98=%C3%A9"),
        *(answered(f"{n}", url=f"http://many.example/{n:04}?{'y' * 200}", hours=n) for n in range(1200)),
    )
    host.sync()
    listener = listen("127.0.0.1", 0)
    server = uvicorn.Server(config_of(host.app))
    thread = threading.Thread(target=lambda: asyncio.run(server.serve(sockets=[listener])), daemon=True)
    thread.start()
    yield listener.getsockname()[1]
    server.should_exit = True
    thread.join(20)
    host.catalog.close()


def sent(port: int, request: bytes) -> tuple[bytes, bytes]:
    """Send bytes, and return head and body of what comes until the connection ends."""
    with socket.create_connection(("127.0.0.1", port), timeout=30) as connection:
        connection.sendall(request)
        whole = b"".join(iter(lambda: connection.recv(1 << 16), b""))
    head, _, body = whole.partition(b"\r\n\r\n")
    return head, body


def get(port: int, target: bytes, *fields: bytes, method: bytes = b"GET") -> tuple[int, bytes, bytes]:
    lines = [method + b" " + target + b" HTTP/1.1", b"Host: archive.localhost:8766", b"Connection: close", *fields]
    head, body = sent(port, b"\r\n".join(lines) + b"\r\n\r\n")
    return int(head.split()[1]), head, body


def test_a_capture_comes_whole(port: int) -> None:
    status, head, body = get(port, f"/web/2026id_/{URL}".encode())
    assert (status, body) == (200, PAGE)
    assert b"memento-datetime: Fri, 23 Jan 2026 08:00:00 GMT\r\n" in head
    assert b"\r\ntransfer-encoding" not in head


def test_an_answer_to_head_has_no_body(port: int) -> None:
    status, head, body = get(port, f"/web/2026id_/{URL}".encode(), method=b"HEAD")
    assert (status, body) == (200, b"")
    assert b"content-length: %d" % len(PAGE) in head
    for target in (b"/cdx?url=many.example*", f"/timemap/link/{URL}".encode(), b"/web/2026id_/http://never.example/"):
        assert get(port, target, method=b"HEAD")[2] == b""


def test_a_long_answer_is_framed(port: int) -> None:
    status, head, body = get(port, b"/cdx?url=many.example*")
    assert status == 200
    assert b"transfer-encoding: chunked" in head
    assert body.count(b"example,many)/") == 1200
    assert body.endswith(b"0\r\n\r\n")


def test_what_is_no_ascii_is_found_as_browsers_write_it(port: int) -> None:
    """That is percent-encoded. As raw bytes it is no HTTP (RFC 9112 §3.2), and the server says so."""
    encoded = quote(CHINESE, safe=":/?=").encode()
    assert get(port, b"/web/2026id_/" + encoded.replace(quote("中国").encode(), b"xn--fiqs8s"))[2].decode() == "中"
    assert get(port, b"/web/2026id_/" + encoded)[2].decode() == "中"
    assert get(port, b"/web/2026id_/" + CHINESE.encode())[0] == 400


@pytest.mark.parametrize(
    "target",
    [
        b"/web/2026id_/http://a.example/" + b"a" * 10_000,
        b"/web/2026id_/http://a.example/\xff\xfe",
        b"/web/2026id_/http://a.example/\x01\x7f",
        b"/web/2026id_/http://a.example/#top",
        b"/web/2026id_/../../../etc/passwd",
        b"http://archive.localhost:8766/web/2026id_/http://a.example/",
        b"//evil.example/web/2026id_/http://a.example/",
        b"*",
        b"evil.example:443",
        b"/\xe4\xb8\xad?\xff",
    ],
)
@pytest.mark.parametrize("method", [b"GET", b"HEAD", b"POST", b"OPTIONS", b"CONNECT"])
def test_odd_targets_get_an_answer_that_is_no_failure(port: int, target: bytes, method: bytes) -> None:
    status, head, body = get(port, target, method=method)
    assert 400 <= status < 500, (head, body[:200])
    assert b"Traceback" not in body


def test_connections_are_kept(port: int) -> None:
    with socket.create_connection(("127.0.0.1", port), timeout=30) as connection:
        for _ in range(3):
            connection.sendall(f"GET /web/2026id_/{URL} HTTP/1.1\r\nHost: archive.localhost:8766\r\n\r\n".encode())
            whole = b""
            while not whole.endswith(PAGE):
                whole += connection.recv(1 << 16)
            assert whole.startswith(b"HTTP/1.1 200")
