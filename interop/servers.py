"""Servers of the interop tests, ours and pywb, as processes; and one request to one of them, byte for byte."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

HERE = Path(__file__).parent
TOOLS = Path(sys.executable).parent
POSTED = "pywb's index keeps what was sent by POST under another key"


@dataclass(frozen=True)
class Got:
    """An answer; names of fields are in lower case, and of several with one name the last is told."""

    status: int
    fields: Mapping[str, str]
    body: bytes


def ask(port: int, path: str, *, accepts: str = "", method: str = "GET") -> Got:
    """Ask by HTTP/1.0, so that nothing is framed anew, and without a client that has its own idea of odd heads."""
    accept = f"Accept-Encoding: {accepts}\r\n" if accepts else ""
    request = f"{method} {path} HTTP/1.0\r\nHost: 127.0.0.1:{port}\r\n{accept}\r\n"
    with socket.create_connection(("127.0.0.1", port), timeout=60) as connection:
        connection.sendall(request.encode("ascii"))
        head, _, body = b"".join(iter(lambda: connection.recv(1 << 16), b"")).partition(b"\r\n\r\n")
    lines = head.decode("latin-1").split("\r\n")
    fields = {name.lower(): value.strip() for name, _, value in (line.partition(":") for line in lines[1:])}
    return Got(int(lines[0].split()[1]), fields, body)


def free_port() -> int:
    """Return a port that nothing listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
    return port


@dataclass(frozen=True)
class Running:
    """A server that answers."""

    port: int
    pid: int


@contextmanager
def running(
    command: Sequence[object], port: int, log: Path, environment: Mapping[str, str] = os.environ
) -> Iterator[Running]:
    """Run a server until the block ends; it is given as soon as it answers."""
    with log.open("wb") as output:
        server = subprocess.Popen(
            [str(part) for part in command], stdout=output, stderr=output, cwd=log.parent, env=environment
        )
    try:
        deadline = time.monotonic() + 120
        while time.monotonic() < deadline and server.poll() is None:
            with socket.socket() as probe:
                if probe.connect_ex(("127.0.0.1", port)) == 0:
                    yield Running(port, server.pid)
                    return
            time.sleep(0.1)
        raise RuntimeError(f"{command[0]} did not start: {log.read_text(errors='replace')[-2000:]}")
    finally:
        server.terminate()
        server.wait(20)


@contextmanager
def indexed_by_itself(warcs: Sequence[Path], folder: Path, tools: Path = TOOLS) -> Iterator[Running]:
    """Run a pywb over WARCs that it indexes itself, its collection named `all`."""
    subprocess.run([tools / "wb-manager", "init", "all"], cwd=folder, check=True, capture_output=True)
    subprocess.run([tools / "wb-manager", "add", "all", *warcs], cwd=folder, check=True, capture_output=True)
    port = free_port()
    with running([tools / "wayback", "-b", "127.0.0.1", "-p", port], port, folder / "pywb.log") as server:
        yield server


@contextmanager
def configured(config: str, folder: Path, environment: Mapping[str, str] = os.environ) -> Iterator[int]:
    """Run a pywb with a config.yaml, and give its port."""
    (folder / "config.yaml").write_text(config)
    port = free_port()
    command = [TOOLS / "wayback", "-b", "127.0.0.1", "-p", port]
    with running(command, port, folder / "pywb.log", environment):
        yield port
