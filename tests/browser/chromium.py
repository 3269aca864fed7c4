"""Debian's Chromium, driven by Playwright. All names but our own lead to a canary, which counts who comes."""

from __future__ import annotations

import re
import shutil
import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from playwright.sync_api import Browser, BrowserType

FLAGS = (
    "--no-sandbox",  # root has none
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
ALLOWLISTS = "ConnectionAllowlists,OverrideConnectionAllowlistOriginTrial"
_ITS_OWN = re.compile(rb"google(?:apis)?\.com|gvt1\.com")


def chromium() -> str | None:
    """The path of the browser, or None where there is none."""
    return shutil.which("chromium")


@dataclass
class Canary:
    """A port of this machine to which all other hosts' names lead, and whoever came. TCP and UDP."""

    port: int
    came: list[tuple[str, bytes]] = field(default_factory=list)

    def hear(self, how: str, said: bytes) -> None:
        """Note a visitor, `tcp` or `udp`, and the first that it said. Chromium's own errands are none of ours."""
        if not _ITS_OWN.search(said):
            self.came.append((how, said))


@contextmanager
def canary() -> Iterator[Canary]:
    """Run a canary. It answers nobody."""
    tcp = socket.create_server(("127.0.0.1", 0))
    bird = Canary(tcp.getsockname()[1])
    udp = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
    udp.bind(("127.0.0.1", bird.port))

    def heard(visitor: socket.socket) -> None:
        with visitor:
            visitor.settimeout(2)
            try:
                said = visitor.recv(4096)
            except TimeoutError:
                said = b""
            bird.hear("tcp", said)

    def accept() -> None:
        while True:
            try:
                visitor, _ = tcp.accept()
            except OSError:
                return
            threading.Thread(target=heard, args=(visitor,), daemon=True).start()

    def receive() -> None:
        while True:
            try:
                said, _ = udp.recvfrom(4096)
            except OSError:
                return
            if said:
                bird.hear("udp", said)

    for listen in (accept, receive):
        threading.Thread(target=listen, daemon=True).start()
    try:
        yield bird
    finally:
        for listener in (tcp, udp):
            listener.close()


def launch(browsers: BrowserType, others_at: int, *, allowlists: bool = True) -> Browser:
    """Start the browser; names other than `*.localhost` and 127.0.0.1 lead to the port `others_at`.

    With `allowlists` it obeys Connection-Allowlist, as it does by default from version 152 on.
    """
    flags = [*FLAGS, f"--host-resolver-rules=MAP * 127.0.0.1:{others_at}, EXCLUDE *.localhost, EXCLUDE 127.0.0.1"]
    if allowlists:
        flags.append(f"--enable-features={ALLOWLISTS}")
    return browsers.launch(executable_path=chromium(), args=flags)
