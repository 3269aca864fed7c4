"""A raw-socket HTTP server that says exactly what a script tells it to, and remembers every byte both ways.

It knows no HTTP beyond where a request's head ends, so nothing between its script and the wire can tidy anything up.
One thread a connection; `close` ends them all.
"""

from __future__ import annotations

import re
import socket
import ssl
import struct
import threading
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from time import sleep

_LENGTH = re.compile(rb"(?im)^content-length:\s*(\d+)\s*\r?$")


class Close(Exception):
    """End the connection in order (FIN; over TLS after close_notify)."""


class Reset(Exception):
    """End it with a TCP reset."""


class Ragged(Exception):
    """End it in TCP's order, but over TLS without close_notify."""


@dataclass(frozen=True)
class Pause:
    """Say nothing for that many seconds."""

    seconds: float


@dataclass(frozen=True)
class End:
    """What follows the last byte of an answer."""

    how: type[Exception]


Answer = Sequence[bytes | Pause | End]


@dataclass
class Seen:
    """One exchange: the connection it came on, the request's bytes, and the bytes that were sent."""

    connection: int
    path: str
    request: bytes
    sent: bytearray = field(default_factory=bytearray)


class OddServer:
    """Serves answers by path. `answers[path]` is one answer, or a list of them: the last one is repeated."""

    def __init__(self, answers: Mapping[str, list[Answer]], context: ssl.SSLContext | None = None) -> None:
        self._answers = answers
        self._context = context
        self._guard = threading.Lock()
        self.seen: list[Seen] = []
        self._listener = socket.create_server(("0.0.0.0", 0), backlog=64)  # 127.0.0.2 too
        self.port: int = self._listener.getsockname()[1]
        self.url = f"{'https' if context else 'http'}://127.0.0.1:{self.port}"
        self._connections: list[socket.socket] = []
        self._threads: list[threading.Thread] = []
        self._spawn(self._accept)

    def of(self, path: str) -> list[Seen]:
        """Return the exchanges of a path in the order of their requests."""
        with self._guard:
            return [seen for seen in self.seen if seen.path == path]

    def close(self) -> None:
        """End every connection and thread."""
        with suppress(OSError):
            self._listener.shutdown(socket.SHUT_RDWR)
        self._listener.close()
        with self._guard:
            connections = list(self._connections)
        for connection in connections:
            with suppress(OSError):
                connection.shutdown(socket.SHUT_RDWR)
        for thread in self._threads:
            thread.join(timeout=10)
            assert not thread.is_alive()

    def _spawn(self, work: Callable[..., None], *arguments: object) -> None:
        thread = threading.Thread(target=work, args=arguments, daemon=True)
        self._threads.append(thread)
        thread.start()

    def _accept(self) -> None:
        number = 0
        while True:
            try:
                connection, _ = self._listener.accept()
            except OSError:
                return
            connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            with self._guard:
                self._connections.append(connection)
            self._spawn(self._serve, connection, number)
            number += 1

    def _serve(self, raw: socket.socket, number: int) -> None:
        connection = raw
        try:
            if self._context is not None:
                connection = self._context.wrap_socket(raw, server_side=True, suppress_ragged_eofs=True)
            while (request := _read_request(connection)) is not None:
                self._answer(connection, number, request)
        except Reset:
            connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        except Close:
            with suppress(OSError, ValueError):
                if isinstance(connection, ssl.SSLSocket):
                    connection = connection.unwrap()
                _drain(connection)
        except Ragged:
            with suppress(OSError):
                _drain(connection)
        except OSError:
            pass  # the client went away, as some of the scripts are made for
        finally:
            with suppress(OSError):
                connection.close()
            with suppress(OSError):
                raw.close()

    def _answer(self, connection: socket.socket, number: int, request: bytes) -> None:
        path = request.split(b" ", 2)[1].decode("ascii")
        with self._guard:
            seen = Seen(number, path, request)
            self.seen.append(seen)
            turn = sum(other.path == path for other in self.seen) - 1
        answers = self._answers.get(path) or [[b"HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n"]]
        for part in answers[min(turn, len(answers) - 1)]:
            match part:
                case Pause(seconds):
                    sleep(seconds)
                case End(how):
                    raise how
                case _:
                    connection.sendall(part)
                    seen.sent += part


def _read_request(connection: socket.socket) -> bytes | None:
    """Read one request, its body by its Content-Length; None where the client has ended the connection."""
    data = bytearray()
    while b"\r\n\r\n" not in data:
        more = connection.recv(65536)
        if not more:
            return None
        data += more
    head, _, body = bytes(data).partition(b"\r\n\r\n")
    length = _LENGTH.search(head)
    wanted = int(length[1]) if length else 0
    while len(body) < wanted:
        body += connection.recv(65536)
    return head + b"\r\n\r\n" + body


def _drain(connection: socket.socket) -> None:
    """Say that nothing more comes and wait for the client, so that no unread byte makes the kernel send a reset."""
    connection.shutdown(socket.SHUT_WR)
    connection.settimeout(5)
    while connection.recv(65536):
        pass
