"""Places on loopback that take what is sent to them: a mail server and a web hook."""

from __future__ import annotations

import email
import email.policy
import socketserver
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email.message import EmailMessage
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any


@dataclass
class Sink:
    """Where it listens, and what came."""

    port: int
    got: list[Any] = field(default_factory=list)


@contextmanager
def mail_sink() -> Iterator[Sink]:
    """Take mails by SMTP (RFC 5321); `got` holds EmailMessages."""

    class Handler(socketserver.StreamRequestHandler):
        def handle(self) -> None:
            self._say("220 sink")
            for line in self.rfile:
                command = line[:4].upper()
                if command == b"QUIT":
                    self._say("221 bye")
                    return
                if command == b"DATA":
                    self._say("354 go on")
                    sink.got.append(self._mail())
                self._say("250 ok")

        def _mail(self) -> EmailMessage:
            lines = []
            while (line := self.rfile.readline()) not in (b".\r\n", b""):
                lines.append(line.removeprefix(b"."))
            return email.message_from_bytes(b"".join(lines), policy=email.policy.default)

        def _say(self, words: str) -> None:
            self.wfile.write(f"{words}\r\n".encode())

    with socketserver.ThreadingTCPServer(("127.0.0.1", 0), Handler) as server:
        server.daemon_threads = True
        sink = Sink(server.server_address[1])
        with _serving(server):
            yield sink


@contextmanager
def hook_sink() -> Iterator[Sink]:
    """Take POSTs; `got` holds their bodies."""

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            sink.got.append(self.rfile.read(int(self.headers["Content-Length"])))
            self.send_response(200)
            self.send_header("Content-Length", "0")
            self.end_headers()

        def log_message(self, *_: object) -> None:
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        server.daemon_threads = True
        sink = Sink(server.server_address[1])
        with _serving(server):
            yield sink


@contextmanager
def _serving(server: socketserver.BaseServer) -> Iterator[None]:
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield
    finally:
        server.shutdown()
        thread.join()
