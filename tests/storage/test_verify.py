"""Whatever is changed in an archive after the fact, `verify` names it; what it cannot see is shown too."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import BinaryIO

import pytest

from storage import keys
from storage.archive import Archive
from storage.commits import Commit, Draft
from storage.errors import ArchiveInvalid, ArchiveMissing, FormatTooNew
from storage.folder_store import FolderStore
from storage.objects import ObjectStore
from storage.strict_json import canonical_json, parse_object
from storage.verify import VerifyProgress, VerifyReport, verify
from tests.servers.s3 import S3Server

Capture = Callable[..., Draft]


@pytest.fixture
def whole(archive: Archive, capture: Capture) -> Archive:
    """An archive of two outlets with three commits and one."""
    for number in range(3):
        archive.log("demo").append(capture(archive, number=number))
    archive.log("other").append(capture(archive, outlet="other"))
    return archive


def root_of(archive: Archive) -> Path:
    return Path(archive.store.url)


def evidence(archive: Archive) -> list[Path]:
    """Return the files of an archive that mean something, without the probes of the race."""
    return sorted(path for path in root_of(archive).rglob("*") if path.is_file() and "probes" not in path.parts)


def judged(root: Path) -> VerifyReport | ArchiveInvalid | ArchiveMissing | FormatTooNew:
    """Return what `palimpsest verify` would say of the archive in a folder."""
    try:
        return verify(Archive.open(FolderStore(root)))
    except (ArchiveInvalid, ArchiveMissing, FormatTooNew) as error:
        return error


def names(said: VerifyReport | Exception, key: str) -> bool:
    if isinstance(said, VerifyReport):
        return any(key == problem.key or key in problem.what for problem in said.problems)
    return key in str(said) or (key == "palimpsest.json" and isinstance(said, FormatTooNew))


def test_a_whole_archive_is_clean(whole: Archive) -> None:
    assert verify(whole) == VerifyReport(outlets=2, commits=4, objects=4, bytes_read=4 * 14 * 20)


def test_a_flipped_byte_in_any_file_is_named(whole: Archive) -> None:
    root = root_of(whole)
    flips = 0
    for path in evidence(whole):
        stored = path.read_bytes()
        key = path.relative_to(root).as_posix()
        for place in {0, len(stored) - 1, *range(3, len(stored), 23)}:
            path.write_bytes(stored[:place] + bytes([stored[place] ^ 1]) + stored[place + 1 :])
            said = judged(root)
            assert names(said, key), f"byte {place} of {key}: {said}"
            flips += 1
        path.write_bytes(stored)
    assert flips > 200
    assert verify(whole).clean


def test_a_deleted_object_or_commit_is_named(whole: Archive, tmp_path: Path) -> None:
    root = root_of(whole)
    for path in evidence(whole):
        key = path.relative_to(root).as_posix()
        kept = tmp_path / "kept"
        path.rename(kept)
        said = judged(root)
        if keys.parse_number(path.name) and "objects" in path.parts:  # a copy: its commit is whole
            assert isinstance(said, VerifyReport)
            assert said.clean
            assert [warning.key for warning in said.warnings] == [key]
        else:
            assert names(said, key), f"{key}: {said}"
        kept.rename(path)
    assert verify(whole).clean


def test_a_shortened_and_a_lengthened_object_are_named(whole: Archive) -> None:
    path = next(path for path in evidence(whole) if path.suffix == ".gz")
    stored = path.read_bytes()
    for changed in (b"", stored[:-1], stored + b"\0"):
        path.write_bytes(changed)
        [problem] = verify(whole).problems
        assert problem.key == path.relative_to(root_of(whole)).as_posix()
        assert f"it has {len(changed)} bytes" in problem.what


def test_what_is_changed_or_deleted_in_a_bucket_is_named(
    moto_server: S3Server, moto_store: ObjectStore, capture: Capture
) -> None:
    archive = Archive.open(moto_store, create=True, single_writer=True)
    drafts = [capture(archive, number=number) for number in range(3)]
    commits = [archive.log("demo").append(draft) for draft in drafts]
    assert verify(archive) == VerifyReport(outlets=1, commits=3, objects=3, bytes_read=3 * 14 * 20)

    changed, deleted = drafts[0].objects[0].key, drafts[2].objects[0].key
    edited = keys.commit_key("demo", 2)
    bucket, _, prefix = archive.url.removeprefix("s3://").partition("/")
    client = moto_server.client()
    client.put_object(Bucket=bucket, Key=f"{prefix}/{changed}", Body=archive.store.get(changed)[:-1] + b"?")
    client.delete_object(Bucket=bucket, Key=f"{prefix}/{deleted}")
    client.put_object(Bucket=bucket, Key=f"{prefix}/{edited}", Body=replace(commits[1], software="x").to_bytes())
    assert {problem.key for problem in verify(archive).problems} == {changed, deleted, edited}


@pytest.mark.parametrize("number", [1, 2, 3])
@pytest.mark.parametrize("with_copy", [False, True])
def test_an_edited_commit_is_named(whole: Archive, number: int, with_copy: bool) -> None:
    root = root_of(whole)
    edited = replace(whole.log("demo").read(number), counts={"captures": 99}).to_bytes()
    (root / keys.commit_key("demo", number)).write_bytes(edited)
    if with_copy:
        (root / keys.commit_copy_key(Commit.from_bytes(edited).crawl, number)).write_bytes(edited)
    report = verify(whole)
    if number == 3 and with_copy:  # the newest commit with its copy: only an anchor elsewhere shows it
        assert report.clean
    else:
        assert [problem.key for problem in report.problems] == [keys.commit_key("demo", number)]


def test_a_changed_copy_is_named_and_not_the_commit(whole: Archive) -> None:
    copy = keys.commit_copy_key(whole.log("demo").read(1).crawl, 1)
    (root_of(whole) / copy).write_bytes(b"{}")
    assert [problem.key for problem in verify(whole).problems] == [copy]


def test_a_missing_commit_is_named_with_the_copy_that_restores_it(whole: Archive) -> None:
    root = root_of(whole)
    copy = keys.commit_copy_key(whole.log("demo").read(2).crawl, 2)
    (root / "demo/log/00000002.json").unlink()
    report = verify(whole)
    assert [problem.key for problem in report.problems] == ["demo/log/00000002.json"]
    assert copy in report.problems[0].what
    shutil.copy(root / copy, root / "demo/log/00000002.json")
    assert verify(whole).clean


def test_the_newest_commit_cannot_vanish_while_its_copy_is_there(whole: Archive) -> None:
    (root_of(whole) / "demo/log/00000003.json").unlink()
    assert [problem.key for problem in verify(whole).problems] == ["demo/log/00000003.json"]


def test_many_missing_commits_are_one_finding(whole: Archive) -> None:
    root = root_of(whole)
    (root / "demo/log/00000001.json").rename(root / "demo/log/99999999.json")
    found = {problem.key: problem.what for problem in verify(whole).problems}
    assert "commits 4 to 99999998 are missing" in found["demo/log/00000004.json"]
    assert "demo/log/00000001.json" in found
    assert "demo/log/99999999.json" in found


def test_a_log_that_was_moved_from_another_archive_is_named(whole: Archive, tmp_path: Path, capture: Capture) -> None:
    foreign = Archive.open(FolderStore(tmp_path / "foreign"), create=True)
    foreign.log("third").append(capture(foreign, outlet="third"))
    shutil.copytree(tmp_path / "foreign/third", root_of(whole) / "third")
    assert names(judged(root_of(whole)), "third/log/00000001.json")


def test_what_only_an_anchor_elsewhere_can_show(whole: Archive) -> None:
    """docs/formats.md says so; if this fails because verify learned to see it, say that there."""
    root = root_of(whole)
    newest = whole.log("demo").read(3)
    for key in (keys.commit_key("demo", 3), keys.commit_copy_key(newest.crawl, 3), newest.objects[0].key):
        (root / key).unlink()
    assert verify(whole).clean
    shutil.rmtree(root / "other")
    assert verify(whole).clean


def test_objects_that_no_commit_lists_are_a_warning(whole: Archive, capture: Capture) -> None:
    draft = capture(whole, number=7)
    report = verify(whole)
    assert report.clean
    assert [warning.key for warning in report.warnings] == [draft.objects[0].key]
    assert "no commit lists it" in report.warnings[0].what


def test_what_has_no_place_in_an_archive_is_a_warning(whole: Archive) -> None:
    for key in ("demo/log/notes.txt", "demo/objects/stray", "Pictures/x"):
        whole.store.create(key, b"x")
    report = verify(whole)
    assert report.clean
    assert {warning.key for warning in report.warnings} == {"demo/log/notes.txt", "demo/objects/stray", "Pictures"}


def test_one_outlet_can_be_checked_alone(whole: Archive) -> None:
    (root_of(whole) / "demo/log/00000001.json").unlink()
    report = verify(whole, outlets=["other"])
    assert (report.clean, report.outlets, report.commits) == (True, 1, 1)
    assert [problem.key for problem in verify(whole, outlets=["third"]).problems] == ["third/log/"]


def test_a_commit_of_a_newer_format_is_a_problem_in_words(whole: Archive) -> None:
    path = root_of(whole) / "demo/log/00000003.json"
    path.write_bytes(canonical_json(parse_object(path.read_bytes()) | {"format": 2}))
    assert any("Upgrade Palimpsest" in problem.what for problem in verify(whole).problems)


def test_the_records_of_a_whole_warc_are_checked_by_whoever_knows_them(whole: Archive) -> None:
    asked: dict[str, bytes] = {}

    def check(key: str, file: BinaryIO) -> Iterator[str]:
        asked[key] = file.read()
        if "00000.warc" in key:
            yield "record 3 does not have its digest"

    damaged = whole.log("demo").read(2).objects[0].key
    (root_of(whole) / damaged).write_bytes(b"damaged")
    report = verify(whole, outlets=["demo"], warc_check=check)
    assert set(asked) == {whole.log("demo").read(number).objects[0].key for number in (1, 3)}
    assert all(body.startswith(b"WARC") for body in asked.values())
    assert [problem.what[:8] for problem in report.problems] == ["record 3", "it is no"]


def test_progress_is_told_for_every_object(whole: Archive) -> None:
    told: list[VerifyProgress] = []
    verify(whole, progress=told.append)
    assert [(step.outlet, step.done, step.total) for step in told] == [
        ("demo", 1, 3),
        ("demo", 2, 3),
        ("demo", 3, 3),
        ("other", 1, 1),
    ]
    assert told[-1].bytes_read == 4 * 14 * 20


def test_a_link_out_of_the_archive_is_a_problem_and_not_followed(whole: Archive, tmp_path: Path) -> None:
    ref = whole.log("demo").read(1).objects[0]
    path = root_of(whole) / ref.key
    path.rename(tmp_path / "outside")
    path.symlink_to(tmp_path / "outside")
    [problem] = verify(whole).problems
    assert (problem.key, "symbolic link" in problem.what) == (ref.key, True)
