"""pywb replays every capture with the bytes that are stored, revisits with those of their originals."""

from __future__ import annotations

import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

TOOLS = Path(sys.executable).parent


@pytest.fixture(scope="session")
def pywb(made: Path, warcs: list[dict[str, Any]], tmp_path_factory: pytest.TempPathFactory) -> Iterator[int]:
    """Run a pywb over all WARCs, indexed by itself, and return its port."""
    folder = tmp_path_factory.mktemp("pywb")
    subprocess.run([TOOLS / "wb-manager", "init", "all"], cwd=folder, check=True, capture_output=True)
    files = [made / warc["warc"] for warc in warcs]
    subprocess.run([TOOLS / "wb-manager", "add", "all", *files], cwd=folder, check=True, capture_output=True)
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
    with (folder / "pywb.log").open("wb") as log:
        server = subprocess.Popen(
            [TOOLS / "wayback", "-b", "127.0.0.1", "-p", str(port)], cwd=folder, stdout=log, stderr=log
        )
    try:
        _wait_for(port, server)
        yield port
    finally:
        server.terminate()
        server.wait(10)


def _wait_for(port: int, server: subprocess.Popen[bytes]) -> None:
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline and server.poll() is None:
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.1)
    pytest.fail("pywb did not start")


def replayed(port: int, capture: dict[str, Any]) -> tuple[int, bytes]:
    """Return the status and the body of a capture, raw (`id_`).

    By HTTP/1.0, so that nothing is framed anew, and without a client that has its own idea of odd heads.
    """
    request = (
        f"GET /all/{capture['timestamp']}id_/{capture['url']} HTTP/1.0\r\nAccept-Encoding: gzip, deflate, br\r\n\r\n"
    )
    with socket.create_connection(("127.0.0.1", port), timeout=60) as connection:
        connection.sendall(request.encode("ascii"))
        head, _, body = b"".join(iter(lambda: connection.recv(1 << 16), b"")).partition(b"\r\n\r\n")
    return int(head.split()[1]), body


def test_every_capture_is_replayed_with_its_bytes(pywb: int, warcs: list[dict[str, Any]]) -> None:
    """`id_` gives the payload: out of its chunks, in its content coding."""
    wrong = []
    revisits = 0
    for capture in (capture for warc in warcs for capture in warc["captures"] if capture["payload"] is not None):
        status, body = replayed(pywb, capture)
        if (status, body) == (capture["status"], capture["payload"]):
            revisits += capture["revisit_profile"] is not None
        elif capture["but"]:
            sys.stdout.write(f"{capture['url']} {capture['timestamp']}: {capture['but']}\n")
        else:
            told = (capture["url"], capture["timestamp"], capture["revisit_profile"], capture["status"], status)
            wrong.append(f"{told} {len(capture['payload'])} {len(body)} {body[:60]!r}")
    assert not wrong, "\n".join(wrong)
    assert revisits


def test_not_modified_is_replayed_as_such(pywb: int, warcs: list[dict[str, Any]]) -> None:
    """A 304 finds its original, or pywb would not know it: it is answered as the 304 that it was."""
    for capture in (capture for warc in warcs for capture in warc["captures"]):
        if capture["revisit_profile"] == "server-not-modified" and capture["payload"] is not None:
            assert replayed(pywb, capture) == (304, b"")
