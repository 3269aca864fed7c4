"""pywb replays every capture with the bytes that are stored, revisits with those of their originals."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from servers import ask, indexed_by_itself


@pytest.fixture(scope="session")
def pywb(made: Path, warcs: list[dict[str, Any]], tmp_path_factory: pytest.TempPathFactory) -> Iterator[int]:
    """Run a pywb over all WARCs, indexed by itself, and return its port."""
    with indexed_by_itself([made / warc["warc"] for warc in warcs], tmp_path_factory.mktemp("pywb")) as server:
        yield server.port


def replayed(port: int, capture: dict[str, Any]) -> tuple[int, bytes]:
    """Return the status and the body of a capture, raw (`id_`)."""
    got = ask(port, f"/all/{capture['timestamp']}id_/{capture['url']}", accepts="gzip, deflate, br")
    return got.status, got.body


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
