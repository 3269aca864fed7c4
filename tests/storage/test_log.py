"""The log: numbered without a gap, chained, never doubled; with several writers, and with writers that are killed."""

from __future__ import annotations

import os
import random
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from storage import keys
from storage.archive import Archive
from storage.commits import Commit, Draft, Kind, chained
from storage.errors import (
    CommitInvalid,
    FormatTooNew,
    KeyInvalid,
    LogBroken,
    ObjectDamaged,
    ObjectMissing,
    StoreUnavailable,
)
from storage.folder_store import FolderStore
from storage.objects import ObjectStore, StoredObject
from storage.strict_json import canonical_json, parse_object
from storage.verify import verify

ROOT = Path(__file__).resolve().parents[2]
WORKER = Path(__file__).with_name("append_worker.py")
Capture = Callable[..., Draft]


def start_worker(url: str, outlet: str, token: str, count: int) -> subprocess.Popen[str]:
    """Start a writer and return when it is ready to begin."""
    worker = subprocess.Popen(
        [sys.executable, WORKER, url, outlet, token, str(count)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
    )
    assert worker.stdout is not None
    assert worker.stdout.readline() == "ready\n"
    return worker


@pytest.fixture(params=["folder", "moto"])
def shared_store(request: pytest.FixtureRequest, tmp_path: Path) -> ObjectStore:
    """A store that other processes can open too."""
    if request.param == "folder":
        return FolderStore(tmp_path / "archive")
    store: ObjectStore = request.getfixturevalue("moto_store")
    return store


def go(worker: subprocess.Popen[str]) -> None:
    assert worker.stdin is not None
    worker.stdin.write("\n")
    worker.stdin.flush()


def numbers_of(worker: subprocess.Popen[str]) -> list[int]:
    """Wait for a writer's end and return the numbers of the commits that it was told of."""
    said, _ = worker.communicate(timeout=120)
    assert worker.returncode == 0
    return [int(line) for line in said.split()]


def test_commits_are_numbered_from_one_and_chained_from_the_manifest(archive: Archive, capture: Capture) -> None:
    log = archive.log("demo")
    assert log.tip() == 0
    commits = [log.append(capture(archive, number=number)) for number in range(3)]
    assert [commit.number for commit in commits] == [1, 2, 3]
    stored = [archive.store.get(keys.commit_key("demo", number)) for number in (1, 2, 3)]
    assert commits[0].previous == chained(archive.manifest)
    assert [commit.previous for commit in commits[1:]] == [chained(stored[0]), chained(stored[1])]
    assert [commit.to_bytes() for commit in commits] == stored
    assert list(archive.log("demo").walk()) == commits
    assert list(archive.log("demo").walk(after=2)) == commits[2:]
    assert archive.outlets() == ["demo"]


@pytest.mark.parametrize("count", [0, 1, 2, 3, 4, 7, 8, 9, 33])
def test_the_tip_is_found_without_a_listing(archive: Archive, capture: Capture, count: int) -> None:
    log = archive.log("demo")
    for number in range(count):
        log.append(capture(archive, number=number))
    assert archive.log("demo").tip() == log.tip() == count


def test_a_byte_equal_copy_lies_beside_the_crawls_objects(archive: Archive, capture: Capture) -> None:
    commit = archive.log("demo").append(capture(archive))
    copy = keys.crawl_prefix(commit.crawl) + "00000001.json"
    assert archive.store.get(copy) == archive.store.get("demo/log/00000001.json")


def test_a_draft_is_committed_once_however_often_it_is_tried(archive: Archive, capture: Capture) -> None:
    first = archive.log("demo").append(capture(archive, number=0))
    archive.log("demo").append(capture(archive, number=1))
    same = archive.log("demo")
    again = capture(archive, number=0)
    assert same.append(again) == same.append(again) == archive.log("demo").append(again) == first
    recovered = replace(again, recovers=again.crawl)
    assert archive.log("demo").append(recovered) == first
    assert archive.log("demo").tip() == 2


def test_a_draft_without_objects_is_committed_once_for_its_crawl_and_kind(archive: Archive, capture: Capture) -> None:
    log = archive.log("demo")
    capture_commit = log.append(capture(archive))
    empty = replace(capture(archive), kind=Kind.READING, objects=(), readers=("pla-2022/1",))
    first = log.append(empty)
    assert (capture_commit.number, first.number) == (1, 2)
    assert archive.log("demo").append(empty) == first
    assert archive.log("demo").append(replace(empty, crawl=keys.new_crawl_id("demo", empty.started))).number == 3


def test_a_restart_between_the_commit_and_its_copy_lays_the_copy(archive: Archive, capture: Capture) -> None:
    draft = capture(archive)
    commit = archive.log("demo").append(draft)
    copy = Path(archive.store.url) / keys.commit_copy_key(commit.crawl, 1)
    copy.unlink()
    assert [warning.key for warning in verify(archive).warnings] == [keys.commit_copy_key(commit.crawl, 1)]
    assert archive.log("demo").append(draft) == commit
    assert copy.exists()
    copy.unlink()
    assert archive.log("demo").repair_copies() == [keys.commit_copy_key(commit.crawl, 1)]
    assert archive.log("demo").repair_copies() == []
    assert verify(archive).warnings == ()


def test_a_crawls_commits_and_objects_are_found_for_its_spool(archive: Archive, capture: Capture) -> None:
    log = archive.log("demo")
    other = log.append(capture(archive, token="aaaaaa"))
    ours = [log.append(capture(archive, token="bbbbbb", number=number)) for number in range(2)]
    for fresh in (log, archive.log("demo")):
        assert fresh.find(other.crawl) == [other]
        assert fresh.find(ours[0].crawl) == ours
        assert fresh.find(ours[0].crawl, after=1) == ours
        assert fresh.committed_keys(ours[0].crawl) == {ref.key for commit in ours for ref in commit.objects}
        assert fresh.find(keys.new_crawl_id("demo", ours[0].started, "cccccc")) == []


def test_after_saves_reading_the_older_commits(archive: Archive, capture: Capture) -> None:
    for number in range(5):
        archive.log("demo").append(capture(archive, number=number))
    counted = CountingStore(Path(archive.store.url))
    log = Archive.open(counted, single_writer=True).log("demo")
    counted.read.clear()
    log.append(replace(capture(archive, token="bbbbbb"), after=5))
    assert {name for name in counted.read if "/log/" in name} == {f"demo/log/0000000{number}.json" for number in (5, 6)}


class CountingStore(FolderStore):
    """A folder that remembers which objects were read."""

    def __init__(self, root: Path) -> None:
        super().__init__(root)
        self.read: list[str] = []

    def get(self, key: str) -> bytes:
        found = super().get(key)
        self.read.append(key)
        return found


def test_a_crawl_that_begins_after_a_log_that_was_cut_is_told_so(archive: Archive, capture: Capture) -> None:
    archive.log("demo").append(capture(archive))
    with pytest.raises(LogBroken, match=r"demo/log/00000007.json is missing, and was there before"):
        archive.log("demo").append(replace(capture(archive, token="bbbbbb"), after=7))


def test_nothing_is_committed_that_the_store_does_not_hold(archive: Archive, capture: Capture) -> None:
    draft = capture(archive)
    absent = replace(draft.objects[0], key=keys.warc_key(draft.crawl, 9))
    with pytest.raises(ObjectMissing, match="00009"):
        archive.log("demo").append(replace(draft, objects=(*draft.objects, absent)))
    with pytest.raises(ObjectDamaged):
        archive.log("demo").append(replace(draft, objects=(replace(draft.objects[0], size=1),)))
    assert archive.log("demo").tip() == 0


def test_objects_that_are_committed_in_part_are_not_committed_again(archive: Archive, capture: Capture) -> None:
    one, two = capture(archive, number=0), capture(archive, number=1)
    archive.log("demo").append(one)
    with pytest.raises(CommitInvalid, match=r"00000.warc.gz .* listed by commit 1 .*Commit only what is not"):
        archive.log("demo").append(replace(one, objects=one.objects + two.objects))
    assert archive.log("demo").append(two).number == 2


@pytest.mark.parametrize(
    "wrong",
    [
        {"crawl": "20260123T080000Z-other-00c0de"},
        {"crawl": "yesterday"},
        {"counts": {"captures": -1}},
        {"report": {"share": float("nan")}},
        {"report": {"big": 2**53}},
    ],
)
def test_a_draft_that_no_commit_can_say_is_refused_before_anything_is_written(
    archive: Archive, capture: Capture, wrong: dict[str, object]
) -> None:
    with pytest.raises(CommitInvalid):
        archive.log("demo").append(replace(capture(archive), **wrong))  # type: ignore[arg-type]
    assert archive.log("demo").tip() == 0


def test_an_object_of_another_outlet_is_not_committed(archive: Archive, capture: Capture) -> None:
    foreign = capture(archive, outlet="other")
    with pytest.raises(CommitInvalid, match="not among the objects of demo"):
        archive.log("demo").append(replace(capture(archive), objects=foreign.objects))


@pytest.mark.parametrize("outlet", ["", "..", "a/b", "Demo", "anchors", "probes", "-a", "a-", "x" * 64])
def test_a_log_has_an_outlets_name(archive: Archive, outlet: str) -> None:
    with pytest.raises(KeyInvalid):
        archive.log(outlet)


def test_nothing_is_added_to_a_log_with_a_gap(archive: Archive, capture: Capture) -> None:
    for number in range(3):
        archive.log("demo").append(capture(archive, number=number))
    (Path(archive.store.url) / "demo/log/00000002.json").unlink()
    with pytest.raises(LogBroken, match=r"00000002.json is missing, and the commit after it is there"):
        archive.log("demo").append(capture(archive, number=3))
    assert not (Path(archive.store.url) / "demo/log/00000002.json").exists()


def test_nothing_is_added_to_a_chain_that_does_not_hold(archive: Archive, capture: Capture) -> None:
    for number in range(2):
        archive.log("demo").append(capture(archive, number=number))
    path = Path(archive.store.url) / "demo/log/00000001.json"
    path.write_bytes(path.read_bytes().replace(b'"captures":1', b'"captures":2'))
    with pytest.raises(LogBroken, match=r"00000002.json does not continue demo/log/00000001.json"):
        archive.log("demo").append(capture(archive, number=2))
    with pytest.raises(LogBroken):
        list(archive.log("demo").walk())


def test_a_commit_that_was_put_elsewhere_is_refused(archive: Archive, capture: Capture) -> None:
    commit = archive.log("demo").append(capture(archive))
    archive.store.create("other/log/00000001.json", commit.to_bytes())
    with pytest.raises(LogBroken, match="put where it does not belong"):
        archive.log("other").read(1)


def test_a_commit_of_a_newer_format_asks_for_an_upgrade(archive: Archive, capture: Capture) -> None:
    commit = archive.log("demo").append(capture(archive))
    newer = parse_object(commit.to_bytes()) | {"format": 2, "number": 2}
    archive.store.create("demo/log/00000002.json", canonical_json(newer))
    with pytest.raises(FormatTooNew, match=r"demo/log/00000002.json is of format 2; .* up to 1. Upgrade Palimpsest"):
        list(archive.log("demo").walk())
    with pytest.raises(FormatTooNew):
        archive.log("demo").append(capture(archive, number=1))


def test_two_and_more_writers_leave_no_gap_and_no_double(shared_store: ObjectStore) -> None:
    archive = Archive.open(shared_store, create=True)
    workers = [start_worker(shared_store.url, "demo", f"00000{number}", 6) for number in range(3)]
    for worker in workers:
        go(worker)
    told = [numbers_of(worker) for worker in workers]
    assert sorted(number for numbers in told for number in numbers) == list(range(1, 19))
    assert any(numbers != list(range(numbers[0], numbers[0] + 6)) for numbers in told), "they took turns: no race"
    commits = list(archive.log("demo").walk())
    assert [commit.number for commit in commits] == list(range(1, 19))
    assert len({ref.key for commit in commits for ref in commit.objects}) == 18
    report = verify(archive)
    assert (report.problems, report.warnings, report.commits) == ((), (), 18)


def test_two_recoveries_of_the_same_spool_commit_it_once(tmp_path: Path) -> None:
    archive = Archive.open(FolderStore(tmp_path / "archive"), create=True)
    workers = [start_worker(archive.store.url, "demo", "00c0de", 12) for _ in range(2)]
    for worker in workers:
        go(worker)
    assert [numbers_of(worker) for worker in workers] == [list(range(1, 13))] * 2
    assert archive.log("demo").tip() == 12
    assert verify(archive) == replace(verify(archive), problems=(), warnings=(), commits=12, objects=12)


def test_a_writer_that_is_killed_again_and_again_commits_everything_once(shared_store: ObjectStore) -> None:
    archive = Archive.open(shared_store, create=True)
    in_a_folder = isinstance(shared_store, FolderStore)
    kills, longest = (6, 0.15) if in_a_folder else (2, 0.5)
    chance = random.Random(20260123)
    killed = rounds = 0
    while killed < kills or rounds < 2 * kills:
        rounds += 1
        assert rounds < 20 * kills, "the writers end before they can be killed"
        worker = start_worker(shared_store.url, "demo", "00c0de", 25)
        go(worker)
        time.sleep(chance.uniform(0.0, longest))  # the moment of death is what is varied
        if worker.poll() is None:
            killed += 1
        else:
            longest /= 1.5  # a fast machine, or little is left to commit
        worker.kill()
        worker.communicate()
        log = archive.log("demo")
        assert [commit.number for commit in log.walk()] == list(range(1, log.tip() + 1))
    worker = start_worker(shared_store.url, "demo", "00c0de", 25)
    go(worker)
    assert numbers_of(worker) == list(range(1, 26))
    report = verify(archive)
    assert (report.problems, report.warnings, report.commits, report.objects) == ((), (), 25, 25)


class LosingStore(FolderStore):
    """A folder whose answer to the creation of a commit is lost: it is made, and nobody is told."""

    lose = True

    def create(self, key: str, body: bytes | Path) -> StoredObject:
        made = super().create(key, body)
        if self.lose and "/log/" in key:
            self.lose = False
            raise StoreUnavailable("the reply was lost", store=self.url, key=key)
        return made


def test_a_commit_whose_reply_was_lost_is_found_by_the_same_writer(tmp_path: Path, capture: Capture) -> None:
    archive = Archive.open(LosingStore(tmp_path / "archive"), create=True)
    log = archive.log("demo")
    draft = capture(archive)
    with pytest.raises(StoreUnavailable):
        log.append(draft)
    assert log.append(draft).number == 1
    assert isinstance(log.read(1), Commit)
    assert log.tip() == 1
