"""Stores of every kind, and small archives in them."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest

from storage import keys
from storage.archive import Archive
from storage.commits import Draft, Kind, ObjectRef, ObjectRole
from storage.folder_store import FolderStore
from storage.objects import ObjectStore
from storage.stores import open_store
from tests.servers.fixtures import honest_tsa as honest_tsa
from tests.servers.fixtures import moto_server as moto_server
from tests.servers.fixtures import swift_server as swift_server
from tests.servers.fixtures import tsa_server as tsa_server
from tests.servers.s3 import S3Server

STARTED = datetime(2026, 1, 23, 8, 0, tzinfo=UTC)


@pytest.fixture(params=["folder", "moto", "swift"])
def store(request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> ObjectStore:
    """A new, empty store of every kind."""
    if request.param == "folder":
        return FolderStore(tmp_path / "archive")
    server: S3Server = request.getfixturevalue(f"{request.param}_server")
    server.use(monkeypatch)
    return open_store(f"s3://{server.new_bucket()}/some/prefix")


@pytest.fixture
def moto_store(moto_server: S3Server, monkeypatch: pytest.MonkeyPatch) -> ObjectStore:
    moto_server.use(monkeypatch)
    return open_store(f"s3://{moto_server.new_bucket()}/archive")


@pytest.fixture
def archive(tmp_path: Path) -> Archive:
    """A new archive in a folder."""
    return Archive.open(FolderStore(tmp_path / "archive"), create=True)


@pytest.fixture
def capture() -> Callable[..., Draft]:
    """Return the function that stores one WARC of a crawl and drafts the commit of it."""

    def make(archive: Archive, *, outlet: str = "demo", token: str = "00c0de", number: int = 0) -> Draft:
        crawl = keys.new_crawl_id(outlet, STARTED, token)
        stored = archive.store.create(keys.warc_key(crawl, number), f"WARC {token} {number}\n".encode() * 20)
        return Draft(
            kind=Kind.CAPTURE,
            crawl=crawl,
            started=STARTED,
            finished=STARTED,
            software="tests/1",
            objects=(ObjectRef.of(stored, ObjectRole.WARC),),
            counts={"captures": 1},
        )

    return make
