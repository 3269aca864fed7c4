"""The archive that the tests ask other people's tools about."""

from __future__ import annotations

import json
from base64 import b64decode
from pathlib import Path
from typing import Any

import pytest


def pytest_addoption(parser: pytest.Parser) -> None:
    """Take the folder that `make_archive.py` filled."""
    parser.addoption("--made", type=Path, required=True, help="the folder that interop/make_archive.py filled")


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
