"""What makes a store an archive."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from config.clock import Clock
from storage.archive import Archive
from storage.errors import ArchiveInvalid, ArchiveMissing, FormatTooNew
from storage.folder_store import FolderStore
from storage.objects import ObjectStore
from storage.strict_json import canonical_json, parse_object


def test_an_archive_is_made_once_and_opened_ever_after(store: ObjectStore) -> None:
    made = Archive.open(store, create=True, single_writer=True)
    again = Archive.open(store)
    assert again.id == made.id
    assert again.manifest == made.manifest
    assert Archive.open(store, create=True, single_writer=True).id == made.id


def test_the_manifest_says_what_it_is_and_when_it_was_made(tmp_path: Path) -> None:
    Archive.open(FolderStore(tmp_path), create=True, clock=Clock(timedelta(days=-3650)))
    found = parse_object((tmp_path / "palimpsest.json").read_bytes())
    assert found["format"] == 1
    assert "log" in found["about"]
    created = datetime.fromisoformat(found["created"])
    assert timedelta(days=3649) < datetime.now(UTC) - created < timedelta(days=3651)


def test_where_there_is_no_archive_it_says_so(store: ObjectStore) -> None:
    with pytest.raises(ArchiveMissing, match="holds no archive"):
        Archive.open(store)


def test_several_that_make_the_archive_at_once_make_one(tmp_path: Path) -> None:
    def make(_: int) -> str:
        return Archive.open(FolderStore(tmp_path / "archive"), create=True).id

    with ThreadPoolExecutor(8) as pool:
        assert len(set(pool.map(make, range(8)))) == 1


def test_an_archive_that_lost_its_manifest_gets_no_new_one(tmp_path: Path) -> None:
    store = FolderStore(tmp_path)
    Archive.open(store, create=True)
    store.create("demo/log/00000001.json", b"{}")
    (tmp_path / "palimpsest.json").unlink()
    with pytest.raises(ArchiveInvalid, match=r"demo/log/00000001.json is in it.*restore palimpsest.json"):
        Archive.open(store, create=True)


def test_an_archive_is_not_made_among_other_things(tmp_path: Path) -> None:
    (tmp_path / "thesis.odt").write_bytes(b"x")
    with pytest.raises(ArchiveInvalid, match="choose an empty place"):
        Archive.open(FolderStore(tmp_path), create=True)
    assert [path.name for path in tmp_path.iterdir()] == ["thesis.odt"]


def test_an_archive_of_a_newer_format_asks_for_an_upgrade(tmp_path: Path) -> None:
    FolderStore(tmp_path).create("palimpsest.json", canonical_json({"format": 2, "whatever": True}))
    with pytest.raises(FormatTooNew, match=r"is of format 2; .*Upgrade Palimpsest"):
        Archive.open(FolderStore(tmp_path))


@pytest.mark.parametrize(
    "manifest",
    [
        b"",
        b"[]",
        b"{}",
        b'{"format":"1"}',
        b'{"format":1}',
        b'{"format":1,"archive":"../../etc"}',
        b'{"format":1,"format":1,"archive":"8f14e45f-ceea-467f-a8b4-5f1d2c3b4a59"}',
        b'{"format":1,"archive":"8F14E45F-CEEA-467F-A8B4-5F1D2C3B4A59"}',
        b"\xff\xfe",
        b"[" * 100_000,
    ],
)
def test_a_manifest_that_is_none_is_refused(tmp_path: Path, manifest: bytes) -> None:
    (tmp_path / "palimpsest.json").write_bytes(manifest)
    with pytest.raises(ArchiveInvalid, match=r"palimpsest.json in .* is not what it should be"):
        Archive.open(FolderStore(tmp_path))


def test_fields_that_later_versions_add_to_the_manifest_do_no_harm(tmp_path: Path) -> None:
    Archive.open(FolderStore(tmp_path), create=True)
    found = parse_object((tmp_path / "palimpsest.json").read_bytes()) | {"colour": "red"}
    (tmp_path / "palimpsest.json").write_bytes(canonical_json(found))
    assert Archive.open(FolderStore(tmp_path)).id == found["archive"]
