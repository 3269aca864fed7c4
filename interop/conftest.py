"""The archive that the tests ask other people's tools about."""

from __future__ import annotations

import json
import os
import time
from base64 import b64decode
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import boto3
import pytest
from servers import HERE, POSTED, free_port, indexed_by_itself, running


def pytest_addoption(parser: pytest.Parser) -> None:
    """Take the folder that `make_archive.py` filled."""
    parser.addoption("--made", type=Path, required=True, help="the folder that interop/make_archive.py filled")
    parser.addoption("--served", type=Path, required=True, help="the folder that interop/make_served.py filled")
    parser.addoption("--ours", type=Path, required=True, help="the Python of our own environment")


@pytest.fixture(scope="session")
def made(pytestconfig: pytest.Config) -> Path:
    """Return the folder of the archive."""
    folder: Path = pytestconfig.getoption("--made")
    return folder.resolve()


@pytest.fixture(scope="session")
def warcs(made: Path) -> list[dict[str, Any]]:
    """Return what the manifest says of each WARC, bytes as bytes."""
    described: list[dict[str, Any]] = json.loads((made / "manifest.json").read_text())["warcs"]
    for warc in described:
        for record in warc["records"]:
            record["block"] = b64decode(record["block"])
        for capture in warc["captures"]:
            capture["payload"] = None if capture["payload"] is None else b64decode(capture["payload"])
    return described


@pytest.fixture(scope="session")
def tables(made: Path) -> dict[str, list[dict[str, Any]]]:
    """Return what the manifest says of the rows of readings and of listings, file after file."""
    manifest = json.loads((made / "manifest.json").read_text())
    return {name: manifest[name] for name in ("readings", "listings")}


@pytest.fixture(scope="session")
def served(pytestconfig: pytest.Config) -> Path:
    """Return the folder that make_served.py filled."""
    folder: Path = pytestconfig.getoption("--served")
    return folder.resolve()


@pytest.fixture(scope="session")
def captures(served: Path, warcs: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Return what an index of the archive has, each with its path. Those that share second and URL are one.

    `but` says why pywb shows something else.
    """
    known = {(capture["url"], capture["timestamp"]): capture["but"] for warc in warcs for capture in warc["captures"]}
    listed: dict[str, dict[str, Any]] = {}
    for capture in json.loads((served / "captures.json").read_text()):
        timestamp = time.strftime("%Y%m%d%H%M%S", time.gmtime(capture["at"] // 1_000_000))
        url = capture["url"]
        # pywb leads from a URL without a path to the one with it.
        path = f"{timestamp}id_/{url if url.count('/') > 2 else '/?'.join(url.split('?')) if '?' in url else url + '/'}"
        capture |= {"path": path, "but": known.get((url, timestamp))}
        if url.startswith("http://httpbin.org/post"):
            capture["but"] = POSTED
        listed.setdefault(f"{capture['surt']} {timestamp}", capture)
    return list(listed.values())


@pytest.fixture(scope="session")
def python(pytestconfig: pytest.Config) -> Path:
    """Return our own environment's Python."""
    return Path(pytestconfig.getoption("--ours")).absolute()


@pytest.fixture(scope="session")
def ours(served: Path, python: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[int]:
    """Run our archive's host, and return its port."""
    port = free_port()
    command = [python, HERE / "serve.py", served / "archive", served / "catalog.sqlite", port]
    with running(command, port, tmp_path_factory.mktemp("ours") / "log"):
        yield port


@pytest.fixture(scope="session")
def theirs(served: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[int]:
    """Run a pywb over the same WARCs, indexed by itself."""
    warcs = [path for pattern in ("*.warc", "*.warc.gz") for path in (served / "archive").rglob(pattern)]
    with indexed_by_itself(warcs, tmp_path_factory.mktemp("theirs")) as server:
        yield server.port


@pytest.fixture(scope="session")
def s3(served: Path, python: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, str]]:
    """Run moto's S3 server with a copy of the archive, `s3://interop/copy/`; return the variables that lead there."""
    port = free_port()
    environment = {
        **os.environ,
        "AWS_ENDPOINT_URL": f"http://127.0.0.1:{port}",
        "AWS_ACCESS_KEY_ID": "a",
        "AWS_SECRET_ACCESS_KEY": "b",
        "AWS_DEFAULT_REGION": "us-east-1",
        "AWS_EC2_METADATA_DISABLED": "true",
    }
    command = [python.parent / "moto_server", "-H", "127.0.0.1", "-p", port]
    with running(command, port, tmp_path_factory.mktemp("s3") / "log"):
        client = boto3.client(
            "s3",
            endpoint_url=environment["AWS_ENDPOINT_URL"],
            aws_access_key_id="a",
            aws_secret_access_key="b",  # noqa: S106  (moto asks for one, and takes any)
            region_name="us-east-1",
        )
        client.create_bucket(Bucket="interop")
        for path in (served / "archive").rglob("*"):
            if path.is_file():
                key = f"copy/{path.relative_to(served / 'archive').as_posix()}"
                client.put_object(Bucket="interop", Key=key, Body=path.read_bytes())
        yield environment
