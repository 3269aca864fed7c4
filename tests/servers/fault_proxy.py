"""A proxy on loopback that does to HTTP exchanges what networks and servers do to them.

It works on bytes: one exchange a connection, the request read whole, then the fault that the test asked for.
"""

from __future__ import annotations

import re
import socket
import struct
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from enum import Enum, auto
from urllib.parse import urlsplit


class Fault(Enum):
    """What happens to one exchange."""

    NONE = auto()
    ERROR = auto()  # 500, and the server never sees the request
    ERROR_AFTER = auto()  # the server does its work, and 500 is the answer
    HANG = auto()  # nothing, ever; the server never sees the request
    HANG_AFTER = auto()  # the server does its work, and no answer comes
    CUT_REQUEST = auto()  # the connection is reset before the request is through
    CUT_REPLY = auto()  # the server does its work, and the connection is reset before the first byte of the answer
    CUT_BODY = auto()  # the answer breaks off in the middle of its body
    CORRUPT_REQUEST = auto()  # one byte of the body is changed on the way to the server
    CORRUPT_BODY = auto()  # one byte of the answer's body is changed
    CONFLICT = auto()  # 409, as AWS answers when two conditional writes meet
    UNKNOWN = auto()  # 501, as servers answer that do not know conditional writes


@dataclass(frozen=True)
class Asked:
    """One request that came through: the method and the path."""

    method: str
    path: str


Plan = Callable[[Asked], Fault]


def no_fault(_asked: Asked) -> Fault:
    """Let everything through."""
    return Fault.NONE


@dataclass
class FaultProxy:
    """The proxy. `endpoint` is where clients go; `plan` says what happens to a request; `seen` is what came."""

    endpoint: str
    upstream: tuple[str, int]
    plan: Plan = field(default=no_fault)
    seen: list[tuple[Asked, Fault]] = field(default_factory=list)
    lock: threading.Lock = field(default_factory=threading.Lock)
    ended: threading.Event = field(default_factory=threading.Event)

    def strike(self, fault: Fault, *, method: str, times: int = 1, path: str = "") -> None:
        """Let a fault happen to the next requests of that method whose path has `path` in it."""
        left = times

        def plan(asked: Asked) -> Fault:
            nonlocal left
            if asked.method == method and path in asked.path and left > 0:
                left -= 1
                return fault
            return Fault.NONE

        self.plan = plan

    def struck(self) -> int:
        """Return to how many requests a fault has happened."""
        return sum(fault is not Fault.NONE for _, fault in self.seen)

    def serve(self, client: socket.socket) -> None:
        """Serve one connection: one exchange."""
        with client, suppress(OSError):
            request = _read_message(client, asking=True)
            if request is None:
                return
            method, path = request.split(b" ", 2)[:2]
            asked = Asked(method.decode(), path.decode())
            with self.lock:
                fault = self.plan(asked)
                self.seen.append((asked, fault))
            self._exchange(client, request, fault)

    def _exchange(self, client: socket.socket, request: bytes, fault: Fault) -> None:
        if fault is Fault.ERROR:
            client.sendall(_answer(500, "InternalError"))
        elif fault is Fault.CONFLICT:
            client.sendall(_answer(409, "ConditionalRequestConflict"))
        elif fault is Fault.UNKNOWN:
            client.sendall(_answer(501, "NotImplemented"))
        elif fault is Fault.HANG:
            self.ended.wait(60)
        elif fault is Fault.CUT_REQUEST:
            _reset(client)
        else:
            reply = self._forward(_corrupted(request) if fault is Fault.CORRUPT_REQUEST else request)
            if fault is Fault.ERROR_AFTER:
                client.sendall(_answer(500, "InternalError"))
            elif fault is Fault.HANG_AFTER:
                self.ended.wait(60)
            elif fault is Fault.CUT_REPLY:
                _reset(client)
            elif fault is Fault.CUT_BODY:
                head, _, body = reply.partition(b"\r\n\r\n")
                client.sendall(head + b"\r\n\r\n" + body[: len(body) // 2])
                _reset(client)
            else:
                client.sendall(_corrupted(reply) if fault is Fault.CORRUPT_BODY else reply)

    def _forward(self, request: bytes) -> bytes:
        head, _, body = request.partition(b"\r\n\r\n")
        head = re.sub(rb"(?i)\r\n(connection|expect):[^\r]*", b"", head) + b"\r\nConnection: close"
        with socket.create_connection(self.upstream, timeout=30) as server:
            server.sendall(head + b"\r\n\r\n" + body)
            return _read_message(server, asking=False, head_only=request.startswith(b"HEAD")) or b""


@contextmanager
def fault_proxy(upstream: str) -> Iterator[FaultProxy]:
    """Run a proxy before the server at `upstream`."""
    to = urlsplit(upstream)
    assert to.hostname
    assert to.port
    listener = socket.create_server(("127.0.0.1", 0), backlog=64)
    proxy = FaultProxy(f"http://127.0.0.1:{listener.getsockname()[1]}", (to.hostname, to.port))

    def accept() -> None:
        while True:
            try:
                client, _ = listener.accept()
            except OSError:
                return
            client.settimeout(30)
            threading.Thread(target=proxy.serve, args=(client,), daemon=True).start()

    thread = threading.Thread(target=accept, daemon=True)
    thread.start()
    try:
        yield proxy
    finally:
        proxy.ended.set()
        listener.shutdown(socket.SHUT_RDWR)
        listener.close()
        thread.join(10)


def _read_message(peer: socket.socket, *, asking: bool, head_only: bool = False) -> bytes | None:
    """Read a request or an answer whole; None where the peer left before its head was through."""
    data = b""
    while b"\r\n\r\n" not in data:
        chunk = peer.recv(65536)
        if not chunk:
            return None
        data += chunk
    head, _, body = data.partition(b"\r\n\r\n")
    if asking and re.search(rb"(?im)^expect: *100-continue", head):
        peer.sendall(b"HTTP/1.1 100 Continue\r\n\r\n")
    length = re.search(rb"(?im)^content-length: *(\d+)", head)
    wanted = int(length[1]) if length else 0 if asking else 1 << 62
    parts, have = [body], len(body)
    while have < wanted and not head_only:
        chunk = peer.recv(1 << 16)
        if not chunk:
            break
        parts.append(chunk)
        have += len(chunk)
    if not asking:
        head = re.sub(rb"(?i)\r\nconnection:[^\r]*", b"", head) + b"\r\nConnection: close"
    return head + b"\r\n\r\n" + b"".join(parts)


def _answer(status: int, code: str) -> bytes:
    body = f"<Error><Code>{code}</Code><Message>a fault of the test</Message></Error>".encode()
    head = f"HTTP/1.1 {status} Fault\r\nContent-Type: application/xml\r\nContent-Length: {len(body)}\r\n"
    return head.encode() + b"Connection: close\r\n\r\n" + body


def _corrupted(message: bytes) -> bytes:
    head, _, body = message.partition(b"\r\n\r\n")
    if not body:
        return message
    middle = len(body) // 2
    return head + b"\r\n\r\n" + body[:middle] + bytes([body[middle] ^ 1]) + body[middle + 1 :]


def _reset(peer: socket.socket) -> None:
    peer.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    peer.close()
