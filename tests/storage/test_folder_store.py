"""What only a folder can do wrong: full disks, dead writers, links that lead out, names half made."""

from __future__ import annotations

import os
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from storage import folder_store
from storage.archive import Archive
from storage.commits import Draft
from storage.errors import ObjectMissing, ObjectTaken, StoreFull, StoreRefused, StoreUnavailable
from storage.folder_store import ABANDONED_AFTER, INCOMING, FolderStore
from storage.verify import verify
from tests.storage.rights import without_rights

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A disk of 512 KiB, which only root can make."""
    folder = tmp_path / "disk"
    folder.mkdir()
    made = subprocess.run(["mount", "-t", "tmpfs", "-o", "size=512k", "tmpfs", folder], capture_output=True)
    if made.returncode:
        pytest.skip(f"a small disk cannot be made here: {made.stderr.decode().strip()}")
    yield folder
    subprocess.run(["umount", folder], check=True)


def test_a_full_disk_is_said_and_leaves_nothing_half_made(small_disk: Path, capture: Callable[..., Draft]) -> None:
    archive = Archive.open(FolderStore(small_disk / "archive"), create=True)
    first = capture(archive, number=0)
    archive.log("demo").append(first)
    before = sorted(found.key for found in archive.store.list())
    with pytest.raises(StoreFull, match=r"(?s)demo/big in .*ENOSPC.*Make room"):
        archive.store.create("demo/big", os.urandom(1 << 20))
    assert sorted(found.key for found in archive.store.list()) == before
    assert list((small_disk / "archive" / INCOMING).iterdir()) == []

    filler = small_disk / "filler"
    with pytest.raises(OSError, match="No space"):
        filler.write_bytes(bytes(1 << 20))
    with pytest.raises(StoreFull):
        archive.log("demo").append(capture(archive, number=1))
    report = verify(archive)
    assert (report.problems, report.commits) == ((), 1)
    filler.unlink()
    archive.log("demo").append(capture(archive, number=1))
    assert archive.log("demo").append(first).number == 1
    report = verify(archive)
    assert (report.problems, report.warnings, report.commits) == ((), (), 2)


def test_a_file_that_may_not_grow_is_a_full_store(tmp_path: Path) -> None:
    limits = resource.getrlimit(resource.RLIMIT_FSIZE)
    store = FolderStore(tmp_path)
    resource.setrlimit(resource.RLIMIT_FSIZE, (1000, limits[1]))
    try:
        with pytest.raises(StoreFull, match="EFBIG"):
            store.create("a", bytes(5000))
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, limits)
    with pytest.raises(ObjectMissing):
        store.get("a")
    store.create("a", bytes(5000))


def test_a_writer_that_dies_at_any_line_leaves_no_torn_object(tmp_path: Path) -> None:
    """The process kills itself at one line after another; a name has all its bytes or is not there."""
    program = """if True:
        import os, signal, sys
        from pathlib import Path
        from storage.folder_store import FolderStore
        import storage.folder_store as module
        deadly, count = int(sys.argv[2]), 0
        def watch(frame, event, arg):
            global count
            if frame.f_code.co_filename == module.__file__:
                count += event == "line"
                if count == deadly:
                    os.kill(os.getpid(), signal.SIGKILL)
            return watch
        store = FolderStore(Path(sys.argv[1]))
        sys.settrace(watch)
        store.create("demo/object", b"0123456789" * 1000)
        sys.settrace(None)
        print("alive")
    """
    torn = 0
    for deadly in range(1, 400, 5):
        root = tmp_path / str(deadly)
        died = subprocess.run(
            [sys.executable, "-c", program, root, str(deadly)],
            env={**os.environ, "PYTHONPATH": str(ROOT)},
            capture_output=True,
            timeout=60,
        )
        store = FolderStore(root)
        assert [found.key for found in store.list()] in ([], ["demo/object"])
        try:
            assert store.get("demo/object") == b"0123456789" * 1000
        except ObjectMissing:
            torn += 1
        store.create("demo/object", b"0123456789" * 1000)
        if died.returncode == 0:
            break
    else:
        pytest.fail("the writer always died: the last line was never reached")
    assert torn > 3


def test_what_dead_writers_left_is_taken_away_after_a_day(tmp_path: Path) -> None:
    FolderStore(tmp_path).create("a", b"x")
    fresh, old = tmp_path / INCOMING / "1-fresh", tmp_path / INCOMING / "2-old"
    for left in (fresh, old):
        left.write_bytes(b"half")
    long_ago = time.time() - ABANDONED_AFTER - 60
    os.utime(old, (long_ago, long_ago))
    store = FolderStore(tmp_path)
    store.create("b", b"x")
    assert fresh.exists()
    assert not old.exists()
    assert [found.key for found in store.list()] == ["a", "b"]


def test_a_name_is_durable_before_anyone_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The order that power loss cannot undo: the file's bytes, then its name, then the folder that holds the name."""
    done: list[str] = []
    for name in ("fsync", "link"):
        real = getattr(os, name)

        def noted(*args: object, _name: str = name, _real: Callable[..., object] = real) -> object:
            what = (
                _name
                if _name == "link"
                else "flush " + ("folder" if Path(f"/proc/self/fd/{args[0]}").is_dir() else "file")
            )
            done.append(what)
            return _real(*args)

        monkeypatch.setattr(folder_store.os, name, noted)
    (tmp_path / "demo").mkdir()
    FolderStore(tmp_path).create("demo/object", b"x")
    assert done == ["flush file", "link", "flush folder"]


def test_a_link_that_leads_out_of_the_archive_is_not_followed(tmp_path: Path) -> None:
    secret = tmp_path / "secret"
    secret.mkdir()
    (secret / "file").write_bytes(b"secret")
    root = tmp_path / "archive"
    (root / "demo").mkdir(parents=True)
    (root / "demo" / "out").symlink_to(secret / "file")
    (root / "other").symlink_to(secret)
    (root / "demo" / "dangling").symlink_to(tmp_path / "nowhere")
    store = FolderStore(root)
    for key in ("demo/out", "other/file"):
        for ask in (store.get, store.head, store.open):
            with pytest.raises(StoreRefused, match="symbolic link leads out"):
                ask(key)
        with pytest.raises(StoreRefused):
            store.create(key, b"x")
    with pytest.raises(StoreRefused):
        store.create("other/new", b"x")
    with pytest.raises((StoreRefused, ObjectTaken)):
        store.create("demo/dangling", b"x")
    assert sorted(path.name for path in tmp_path.iterdir()) == ["archive", "secret"]
    assert list(secret.iterdir()) == [secret / "file"]


def test_an_archive_behind_a_link_is_an_archive(tmp_path: Path) -> None:
    (tmp_path / "real").mkdir()
    (tmp_path / "link").symlink_to(tmp_path / "real")
    store = FolderStore(tmp_path / "link")
    store.create("demo/object", b"x")
    assert FolderStore(tmp_path / "real").get("demo/object") == b"x"
    assert store.identity == FolderStore(tmp_path / "real").identity


def test_a_file_where_a_folder_should_be_is_refused_in_words(tmp_path: Path) -> None:
    store = FolderStore(tmp_path)
    store.create("demo", b"x")
    with pytest.raises(StoreRefused, match=r"demo/log/00000001\.json"):
        store.create("demo/log/00000001.json", b"x")
    with pytest.raises(ObjectMissing):
        store.get("demo/log/00000001.json")


def test_a_folder_that_may_not_be_written_is_refused_in_words(tmp_path: Path) -> None:
    if os.geteuid() == 0:
        root = Path("/proc/palimpsest")
    else:
        root = tmp_path / "locked"
        root.mkdir(mode=0o500)
    with pytest.raises((StoreRefused, ObjectMissing)):
        FolderStore(root).create("demo/object", b"x")


def test_a_folder_that_may_no_longer_be_read_is_refused_and_not_an_empty_one() -> None:
    with tempfile.TemporaryDirectory() as folder:
        Path(folder).chmod(0o755)
        root = Path(folder) / "archive"
        store = FolderStore(root)
        store.create("demo/log/00000001.json", b"one")
        root.chmod(0)
        try:
            with without_rights():
                for ask in (
                    lambda: store.get("demo/log/00000001.json"),
                    lambda: store.head("demo/log/00000001.json"),
                    lambda: list(store.list()),
                    lambda: store.folders(),
                ):
                    with pytest.raises(StoreRefused, match="Permission denied"):
                        ask()
        finally:
            root.chmod(0o755)
        assert [found.key for found in store.list()] == ["demo/log/00000001.json"]


@pytest.mark.parametrize("leaves", ["nothing", "an empty folder"])
def test_a_folder_that_went_away_is_a_store_that_does_not_answer(tmp_path: Path, leaves: str) -> None:
    """Moved, or its disk no longer mounted: not an archive in which everything is missing."""
    root, away = tmp_path / "archive", tmp_path / "away"
    store = FolderStore(root)
    assert list(store.list()) == []  # there was never anything
    store.create("demo/log/00000001.json", b"one")
    assert store.get("demo/log/00000001.json") == b"one"
    root.rename(away)
    if leaves == "an empty folder":
        root.mkdir()
    for ask in (
        lambda: store.get("demo/log/00000001.json"),
        lambda: store.get_range("demo/log/00000001.json", 0, 1),
        lambda: list(store.list("demo/log/")),
        lambda: store.folders(),
    ):
        with pytest.raises(StoreUnavailable, match="moved away"):
            ask()
    if leaves == "an empty folder":
        root.rmdir()
    away.rename(root)
    assert store.get("demo/log/00000001.json") == b"one"
    with pytest.raises(ObjectMissing):
        store.get("demo/log/00000002.json")
