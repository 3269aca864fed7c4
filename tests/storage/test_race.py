"""No store is trusted to keep two writers apart before it was seen to."""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path

import pytest

from storage.archive import Archive
from storage.commits import Draft
from storage.errors import ArchiveMissing, ObjectTaken, StoreUnavailable, StoreUnsafe
from storage.folder_store import FolderStore
from storage.keys import probe_prefix
from storage.objects import ObjectStore, StoredObject
from storage.race import RACERS, WriterCheck, fingerprint, race
from storage.s3_client import S3Options
from storage.s3_store import S3Store
from storage.stores import open_store
from storage.verify import verify
from tests.servers.s3 import S3Server


class OverwritingStore(FolderStore):
    """A store that checks whether a name is taken and then writes, with a pause in which others do the same."""

    def create(self, key: str, body: bytes | Path) -> StoredObject:
        assert isinstance(body, bytes)
        path = self.root / key
        if path.exists() and path.read_bytes() != body:
            raise ObjectTaken("taken", store=self.url, key=key)
        time.sleep(0.02)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(body)
        return StoredObject(key, len(body), None)


class IgnorantStore(FolderStore):
    """A store that takes every write and has never heard of conditions."""

    def create(self, key: str, body: bytes | Path) -> StoredObject:
        assert isinstance(body, bytes)
        (self.root / key).parent.mkdir(parents=True, exist_ok=True)
        (self.root / key).write_bytes(body)
        return StoredObject(key, len(body), None)


def test_one_of_eight_writers_wins_in_a_folder_and_on_moto(tmp_path: Path, moto_store: ObjectStore) -> None:
    for store in (FolderStore(tmp_path), moto_store):
        assert [race(store) for _ in range(5)] == [1] * 5


def test_more_than_one_of_eight_writers_wins_on_swift(swift_server: S3Server, monkeypatch: pytest.MonkeyPatch) -> None:
    swift_server.use(monkeypatch)
    store = open_store(f"s3://{swift_server.new_bucket()}/archive")
    assert max(race(store) for _ in range(5)) > 1


def test_swift_is_refused_for_two_writers_and_taken_for_one(
    swift_server: S3Server, monkeypatch: pytest.MonkeyPatch, capture: Callable[..., Draft]
) -> None:
    swift_server.use(monkeypatch)
    store = open_store(f"s3://{swift_server.new_bucket()}/archive")
    with pytest.raises(StoreUnsafe, match=r"of 8 simultaneous writers .* single_writer"):
        Archive.open(store, create=True)
    with pytest.raises(ArchiveMissing):
        Archive.open(store)

    alone = Archive.open(store, create=True, single_writer=True)
    for number in range(3):
        alone.log("demo").append(capture(alone, number=number))
    report = verify(alone)
    assert (report.problems, report.warnings, report.commits, report.objects) == ((), (), 3, 3)

    reader = Archive.open(store)
    assert [commit.number for commit in reader.log("demo").walk()] == [1, 2, 3]
    with pytest.raises(StoreUnsafe):
        reader.log("demo").append(capture(reader, number=3))
    assert reader.log("demo").tip() == 3


def test_a_store_that_ignores_the_condition_is_refused(tmp_path: Path) -> None:
    store = IgnorantStore(tmp_path)
    assert race(store) == RACERS
    with pytest.raises(StoreUnsafe, match="8 of 8"):
        WriterCheck(store).require()


def test_a_store_that_checks_without_a_lock_is_refused(tmp_path: Path) -> None:
    with pytest.raises(StoreUnsafe):
        WriterCheck(OverwritingStore(tmp_path)).require()


def test_a_safe_store_is_raced_once_and_remembered(tmp_path: Path) -> None:
    store = FolderStore(tmp_path)
    WriterCheck(store).require()
    probes = [found.key for found in store.list("probes/")]
    WriterCheck(store).require()
    assert [found.key for found in store.list("probes/")] == probes
    assert f"{probe_prefix(fingerprint(store))}create-only.json" in probes


def test_a_copy_of_the_archive_elsewhere_is_raced_again(tmp_path: Path) -> None:
    WriterCheck(FolderStore(tmp_path / "one")).require()
    (tmp_path / "one").rename(tmp_path / "two")
    moved = FolderStore(tmp_path / "two")
    before = len(list(moved.list("probes/")))
    WriterCheck(moved).require()
    assert len(list(moved.list("probes/"))) > before


def test_a_refused_store_is_not_remembered_as_safe(tmp_path: Path) -> None:
    store = IgnorantStore(tmp_path)
    for _ in range(2):
        with pytest.raises(StoreUnsafe):
            WriterCheck(store).require()


def test_a_store_that_does_not_answer_is_neither_safe_nor_unsafe(
    moto_server: S3Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    moto_server.use(monkeypatch)
    dead = S3Store("bucket", endpoint="http://127.0.0.1:1", options=S3Options(attempts=1, pause=0.01))
    with pytest.raises(StoreUnavailable):
        WriterCheck(dead).require()
    WriterCheck(dead, single_writer=True).require()


def test_reading_an_archive_writes_nothing_into_it(archive: Archive, tmp_path: Path) -> None:
    before = sorted(path.name for path in tmp_path.rglob("*"))
    copied = Archive.open(FolderStore(tmp_path / "archive"))
    assert copied.outlets() == []
    assert list(copied.log("demo").walk()) == []
    assert verify(copied).clean
    assert sorted(path.name for path in tmp_path.rglob("*")) == before
