"""A spool holds whole groups, whatever happens to its writer, and nobody deletes what is not committed."""

from __future__ import annotations

import os
import subprocess
import sys
from datetime import timedelta
from pathlib import Path
from time import monotonic, sleep

import pytest

from config.clock import Clock
from crawlers import spool_writer
from crawlers.errors import SpoolInUse, SpoolNotCommitted, SpoolUsed, SpoolWriteFailed
from crawlers.spool import Spool
from crawlers.spool_lock import SpoolLock
from crawlers.spool_writer import SpoolWriter
from storage.warc import warc_record
from tests.crawlers.archived import archived

CRAWL = "20260123T080000Z-demo-abc123"
ROOT = Path(__file__).resolve().parents[2]


def writer(folder: Path, **limits: object) -> SpoolWriter:
    return SpoolWriter(folder, CRAWL, (("software", "test"),), clock=Clock(), **limits)  # type: ignore[arg-type]


def group(name: str, size: int = 100) -> bytes:
    """Two records, the metadata record last, as a group ends."""
    uri = (("WARC-Target-URI", f"http://demo.example/{name}"), ("WARC-Record-ID", f"<urn:{name}>"))
    return warc_record("request", uri, os.urandom(size)) + warc_record("metadata", uri, b"name: x\r\n")


def names(folder: Path) -> list[str]:
    return [str(record.url).rpartition("/")[2] for record in archived(folder) if record.type == "metadata"]


def test_a_sealed_warc_has_its_name_and_the_open_one_another(tmp_path: Path) -> None:
    spool = writer(tmp_path)
    assert spool.write(group("a")) > 0
    assert [path.name for path in tmp_path.glob("*.warc*")] == [f"{CRAWL}-00000.warc.gz.open"]
    assert Spool(tmp_path).sealed() == []
    sealed = spool.seal()
    assert sealed == tmp_path / f"{CRAWL}-00000.warc.gz"
    spool.write(group("b"))
    spool.close()
    assert [path.name for path in Spool(tmp_path).sealed()] == [f"{CRAWL}-0000{n}.warc.gz" for n in (0, 1)]
    assert names(tmp_path) == ["a", "b"]


def test_a_spool_that_nothing_was_written_to_has_no_warc(tmp_path: Path) -> None:
    spool = writer(tmp_path)
    assert spool.warcinfo_id.startswith("urn:uuid:")  # a file is open now, with a warcinfo and no group
    assert spool.seal() is None
    spool.close()
    assert list(tmp_path.glob("*.warc*")) == []


def test_room_is_made_by_size(tmp_path: Path) -> None:
    spool = writer(tmp_path, max_bytes=3000)
    assert not spool.make_room(10_000)  # nothing is open
    spool.write(group("a", 1500))
    assert not spool.make_room(500)
    assert spool.make_room(2000)
    spool.write(group("too-large-for-any", 5000))
    assert spool.make_room(1)
    spool.close()
    assert names(tmp_path) == ["a", "too-large-for-any"]
    assert len(Spool(tmp_path).sealed()) == 2


def test_room_is_made_by_age(tmp_path: Path) -> None:
    spool = writer(tmp_path, max_age=timedelta(seconds=0.05))
    spool.write(group("a"))
    deadline = monotonic() + 10
    while not spool.make_room():
        assert monotonic() < deadline
        sleep(0.01)
    assert len(Spool(tmp_path).sealed()) == 1
    spool.close()


def test_what_was_written_is_synced_within_the_interval_and_before_the_seal(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    synced: list[int] = []
    real = os.fsync
    monkeypatch.setattr(spool_writer.os, "fsync", lambda file: (synced.append(os.fstat(file).st_size), real(file))[1])
    spool = writer(tmp_path, sync_every=timedelta(seconds=0.02))
    spool.write(group("a"))
    deadline = monotonic() + 10
    while spool.size not in synced:
        assert monotonic() < deadline
        sleep(0.01)
    spool.write(group("b"))
    size = spool.size
    synced.clear()
    spool.close()
    assert size in synced


def test_a_sync_that_fails_stops_the_writing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    spool = writer(tmp_path, sync_every=timedelta(seconds=0.02))
    spool.write(group("a"))

    def broken(file: int) -> None:
        raise OSError(5, "Input/output error")

    monkeypatch.setattr(spool_writer.os, "fsync", broken)

    def write_for_ten_seconds() -> None:
        deadline = monotonic() + 10
        while monotonic() < deadline:
            spool.write(group("b"))
            sleep(0.01)

    with pytest.raises(SpoolWriteFailed, match="could not be synced: Input/output error"):
        write_for_ten_seconds()
    monkeypatch.undo()
    spool.close()


def test_a_torn_write_is_taken_back(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    spool = writer(tmp_path)
    spool.write(group("a"))
    real = os.write
    taken = []

    def full(file: int, data: bytes) -> int:
        if taken:
            raise OSError(28, "No space left on device")
        taken.append(real(file, data[:50]))
        return taken[0]

    monkeypatch.setattr(spool_writer.os, "write", full)
    with pytest.raises(SpoolWriteFailed, match=r"did not take a group of \d+ bytes: No space left on device"):
        spool.write(group("b"))
    monkeypatch.undo()
    assert (tmp_path / f"{CRAWL}-00000.warc.gz.open").stat().st_size == spool.size
    spool.write(group("c"))
    spool.close()
    assert names(tmp_path) == ["a", "c"]


def test_a_write_that_the_kernel_takes_in_pieces_is_finished(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    real = os.write
    monkeypatch.setattr(spool_writer.os, "write", lambda file, data: real(file, data[:37]))
    spool = writer(tmp_path)
    spool.write(group("a"))
    monkeypatch.undo()
    spool.close()
    assert names(tmp_path) == ["a"]


def test_a_spool_has_one_writer_in_its_life(tmp_path: Path) -> None:
    spool = writer(tmp_path)
    assert Spool(tmp_path).in_use()
    with pytest.raises(SpoolInUse):
        writer(tmp_path)
    with pytest.raises(SpoolInUse):
        Spool(tmp_path).recover()
    with pytest.raises(SpoolInUse):
        Spool(tmp_path).discard(set())
    spool.close()
    assert not Spool(tmp_path).in_use()
    with pytest.raises(SpoolUsed):
        writer(tmp_path)


def test_a_lock_falls_with_its_process(tmp_path: Path) -> None:
    code = f"""
from pathlib import Path
from crawlers.spool_lock import SpoolLock
lock = SpoolLock(Path({str(tmp_path)!r}))
lock.sign()
print("held", flush=True)
input()
"""
    with subprocess.Popen(
        [sys.executable, "-c", code], cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as child:
        assert child.stdout is not None
        assert child.stdout.readline() == "held\n"
        assert Spool(tmp_path).in_use()
        child.kill()
        child.wait()
    assert not Spool(tmp_path).in_use()
    SpoolLock(tmp_path).release()


def torn_spool(folder: Path, *groups: bytes, tail: bytes) -> Path:
    """A spool whose writer died: an open WARC of these groups, and what was being written."""
    spool = writer(folder)
    for one in groups:
        spool.write(one)
    spool.warcinfo_id  # noqa: B018 - opens a WARC where no group did
    path = folder / f"{CRAWL}-00000.warc.gz.open"
    content = path.read_bytes()
    spool.close()
    for sealed in Spool(folder).sealed():
        sealed.unlink()
    path.write_bytes(content + tail)
    return path


@pytest.mark.parametrize("cut", [1, 10, 20, 150, -1])
def test_a_torn_spool_is_cut_to_whole_groups_and_sealed(tmp_path: Path, cut: int) -> None:
    torn_spool(tmp_path, group("a"), group("b"), tail=group("torn")[:cut])
    assert [path.name for path in Spool(tmp_path).recover()] == [f"{CRAWL}-00000.warc.gz"]
    assert names(tmp_path) == ["a", "b"]
    before = (tmp_path / f"{CRAWL}-00000.warc.gz").read_bytes()
    assert len(Spool(tmp_path).recover()) == 1  # again changes nothing
    assert (tmp_path / f"{CRAWL}-00000.warc.gz").read_bytes() == before


def test_a_group_without_its_metadata_record_is_cut_off_too(tmp_path: Path) -> None:
    request = warc_record("request", (("WARC-Record-ID", "<urn:x>"),), b"GET / HTTP/1.1\r\n\r\n")
    torn_spool(tmp_path, group("a"), tail=request)
    Spool(tmp_path).recover()
    assert [record.type for record in archived(tmp_path)] == ["warcinfo", "request", "metadata"]


@pytest.mark.parametrize("tail", [b"", b"\x1f\x8b\x08\x00", group("torn")[:40]])
def test_a_torn_spool_without_a_whole_group_leaves_no_warc(tmp_path: Path, tail: bytes) -> None:
    torn_spool(tmp_path, tail=tail)
    assert Spool(tmp_path).recover() == []
    assert list(tmp_path.glob("*.warc*")) == []


def test_an_empty_open_file_leaves_no_warc(tmp_path: Path) -> None:
    (tmp_path / f"{CRAWL}-00000.warc.gz.open").touch()
    assert Spool(tmp_path).recover() == []


def test_discard_refuses_what_is_not_committed(tmp_path: Path) -> None:
    folder = tmp_path / "spool"
    folder.mkdir()
    spool = writer(folder)
    spool.write(group("a"))
    spool.seal()
    spool.write(group("b"))
    spool.close()
    first, second = (path.name for path in Spool(folder).sealed())
    with pytest.raises(SpoolNotCommitted, match=second):
        Spool(folder).discard({first})
    assert len(Spool(folder).sealed()) == 2
    Spool(folder).discard({first, second})
    assert not folder.exists()


def test_discard_refuses_an_open_warc(tmp_path: Path) -> None:
    torn_spool(tmp_path, group("a"), tail=b"")
    with pytest.raises(SpoolNotCommitted, match="open"):
        Spool(tmp_path).discard({f"{CRAWL}-00000.warc.gz"})
