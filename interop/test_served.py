"""Our archive's host and pywb show the same, over WARCs that we wrote and WARCs that we did not."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from servers import HERE, POSTED, Got, ask, configured, free_port, running

GZIP = "gzip, deflate, br"
IN_CAPITALS = "pywb knows `chunked` only in lower case where it undoes gzip"


def by_our_cdx(ours: int, warcs: str) -> str:
    """Return the configuration of a pywb that asks our CDX server, and then the WARCs themselves."""
    cdx = f"http://127.0.0.1:{ours}/cdx?url={{url}}&closest={{closest}}&sort=closest"
    raw = f"http://127.0.0.1:{ours}/web/{{timestamp}}id_/{{url}}"
    collection = {"index": {"type": "cdx", "api_url": cdx, "replay_url": raw}, "archive_paths": warcs}
    return json.dumps({"collections": {"all": collection}})


def both(a: tuple[int, str], b: tuple[int, str], captures: list[dict[str, Any]], accepts: str) -> Iterator[Any]:
    """Yield each capture with what two servers (port, path of the collection) send of it."""
    for capture in captures:
        yield capture, *(ask(port, f"{where}/{capture['path']}", accepts=accepts) for port, where in (a, b))


def why(capture: dict[str, Any], ours: int, mine: Got, other: Got, accepts: str) -> str | None:
    """Return why pywb sends something else than we, None where nothing explains it."""
    if mine.fields.get("x-archive-revisit") == "server-not-modified" and other.status == 304:
        return "pywb shows a 304 as such, we what it stands for"
    if capture["but"]:
        return str(capture["but"])
    if capture["status"] is None and other.status in (503, 20):
        return "pywb cannot show what has no status"
    if not accepts and capture["url"] == "http://news.example/odd/10.html?q=10":
        return IN_CAPITALS
    location = mine.fields.get("location", "")
    if mine.status in (301, 302) and location:
        onward = ask(ours, location.removeprefix(f"http://127.0.0.1:{ours}"), accepts=accepts)
        if onward.body == other.body:
            return "pywb passes over a redirect to its own SURT even where its very second is named"
    return None


@pytest.mark.parametrize("accepts", ["", GZIP])
def test_raw_bodies_equal_those_of_pywb(ours: int, theirs: int, captures: list[dict[str, Any]], accepts: str) -> None:
    """`id_` of every capture, with content coding and without: the same status and the same bytes."""
    wrong, equal = [], 0
    for capture, mine, other in both((ours, "/web"), (theirs, "/all"), captures, accepts):
        if (mine.status, mine.body) == (other.status, other.body):
            equal += 1
        elif reason := why(capture, ours, mine, other, accepts):
            sys.stdout.write(f"{capture['path']}: {reason}\n")
        else:
            wrong.append(f"{capture['path']} {mine.status} {other.status} {mine.body[:60]!r} {other.body[:60]!r}")
    assert not wrong, "\n".join(wrong)
    assert equal > 0.8 * len(captures)


def test_a_pywb_that_asks_our_cdx_server_shows_the_same(
    ours: int, theirs: int, served: Path, captures: list[dict[str, Any]], tmp_path: Path
) -> None:
    """Its index is ours, its WARCs are those of the archive's folder: revisits, other tools' WARCs and all."""
    with configured(by_our_cdx(ours, f"{served / 'archive'}/"), tmp_path) as port:
        differ(port, theirs, captures)


def test_and_so_does_one_that_reads_the_warcs_from_s3(
    ours: int, theirs: int, s3: dict[str, str], captures: list[dict[str, Any]], tmp_path: Path
) -> None:
    """The same with the archive in a bucket."""
    with configured(by_our_cdx(ours, "s3://interop/copy/"), tmp_path, s3) as port:
        differ(port, theirs, captures[::3])


def differ(port: int, theirs: int, captures: list[dict[str, Any]]) -> None:
    """Fail where a pywb shows something else than the one that indexed the WARCs itself."""
    wrong = [
        f"{capture['path']} {mine.status} {other.status} {mine.body[:60]!r} {other.body[:60]!r}"
        for capture, mine, other in both((port, "/all"), (theirs, "/all"), captures, GZIP)
        if (mine.status, mine.body) != (other.status, other.body)
        and capture["but"] != POSTED
        and not (mine.status == other.status == 503)  # its page of an error names its own servers
    ]
    assert not wrong, "\n".join(wrong)


def test_our_host_reads_the_bucket_too(
    s3: dict[str, str],
    served: Path,
    python: Path,
    ours: int,
    captures: list[dict[str, Any]],
    tmp_path: Path,
) -> None:
    """Over S3 as over the folder, each record by a range."""
    port = free_port()
    command = [python, HERE / "serve.py", "s3://interop/copy", served / "catalog.sqlite", port]
    with running(command, port, tmp_path / "log", s3):
        for capture, mine, other in both((port, "/web"), (ours, "/web"), captures[::5], GZIP):
            assert (mine.status, mine.body) == (other.status, other.body), capture["path"]
