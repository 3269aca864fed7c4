"""What an anchor says, and what one that was kept shows of an archive that was changed with all hashes made anew."""

from __future__ import annotations

import hashlib
import shutil
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from config.clock import Clock
from storage import keys
from storage.anchors import Anchor, StoredAnchor, find_anchor, make_anchor, newest_anchor
from storage.archive import Archive
from storage.commits import Draft, chained
from storage.errors import AnchorInvalid, AnchorMissing, FormatTooNew, LogBroken, NothingToAnchor
from storage.folder_store import FolderStore
from storage.log import Head
from storage.objects import ObjectStore, StoredObject
from storage.strict_json import canonical_json, parse_object
from storage.verify import VerifyProgress, VerifyReport, verify
from storage.verify_anchors import KeptAnchor
from tests.servers.s3 import S3Server

Capture = Callable[..., Draft]
NOON = datetime(2026, 1, 23, 12, 0, tzinfo=UTC)


class At(Clock):
    """A clock that stands."""

    def __init__(self, moment: datetime) -> None:
        super().__init__()
        object.__setattr__(self, "moment", moment)

    def now(self) -> datetime:
        return self.moment  # type: ignore[attr-defined, no-any-return]


@pytest.fixture
def whole(archive: Archive, capture: Capture) -> Archive:
    """An archive of two outlets with three commits and one."""
    for number in range(3):
        archive.log("demo").append(capture(archive, number=number))
    archive.log("other").append(capture(archive, outlet="other"))
    return archive


def made(archive: Archive, *, days: float = 0) -> StoredAnchor:
    return make_anchor(archive, At(NOON + timedelta(days=days)))[0]


def root_of(archive: Archive) -> Path:
    return Path(archive.store.url)


def held(archive: Archive, anchor: StoredAnchor) -> VerifyReport:
    """Open the archive as a stranger would, and hold it against an anchor that was kept."""
    return verify(Archive.open(FolderStore(root_of(archive))), kept=KeptAnchor(anchor))


def breaches(report: VerifyReport) -> dict[str, str]:
    return {problem.key: problem.what for problem in report.problems}


def delete(archive: Archive, *names: str) -> None:
    for name in names:
        (root_of(archive) / name).unlink()


def cut_off(archive: Archive, outlet: str, number: int) -> None:
    """Remove a commit with its copy and its objects."""
    commit = archive.log(outlet).read(number)
    delete(
        archive,
        keys.commit_key(outlet, number),
        keys.commit_copy_key(commit.crawl, number),
        *(ref.key for ref in commit.objects),
    )


def rewrite(archive: Archive, outlet: str, first: int, last: int) -> None:
    """Tell the history of an outlet otherwise from a commit on, with every hash made anew, copies too."""
    previous = None
    for number in range(first, last + 1):
        commit = archive.log(outlet).read(number)
        commit = replace(commit, software="forger/1", previous=previous or commit.previous)
        for key in (keys.commit_key(outlet, number), keys.commit_copy_key(commit.crawl, number)):
            (root_of(archive) / key).write_bytes(commit.to_bytes())
        previous = chained(commit.to_bytes())


# What it says


@pytest.mark.parametrize("kind", ["folder", "moto"])
def test_an_anchor_has_the_hash_of_each_logs_newest_commit_and_of_the_anchor_before(
    request: pytest.FixtureRequest, tmp_path: Path, capture: Capture, kind: str
) -> None:
    store: ObjectStore = (
        FolderStore(tmp_path / "archive") if kind == "folder" else request.getfixturevalue("moto_store")
    )
    archive = Archive.open(store, create=True, single_writer=True)
    for number in range(2):
        archive.log("demo").append(capture(archive, number=number))
    first, new = make_anchor(archive, At(NOON))
    assert (first.key, new) == ("anchors/2026-01-23.json", True)
    archive.log("other").append(capture(archive, outlet="other"))
    second, _ = make_anchor(archive, At(NOON))
    third, new = make_anchor(archive, At(NOON + timedelta(hours=3)))
    assert (third.key, new) == (second.key, False)

    stored = store.get("anchors/2026-01-23.2.json")
    assert stored == canonical_json(parse_object(stored))
    assert parse_object(stored) == {
        "format": 1,
        "archive": archive.id,
        "made_at": "2026-01-23T12:00:00.000000Z",
        "heads": {
            name: {"number": number, "sha256": hashlib.sha256(store.get(keys.commit_key(name, number))).hexdigest()}
            for name, number in (("demo", 2), ("other", 1))
        },
        "previous_key": "anchors/2026-01-23.json",
        "previous": "sha256:" + hashlib.sha256(store.get("anchors/2026-01-23.json")).hexdigest(),
    }
    assert parse_object(first.stored)["previous"] == archive.root
    assert Anchor.from_bytes(stored).to_bytes() == stored
    report = verify(archive, kept=KeptAnchor(second))
    assert (report.clean, report.warnings, report.anchors) == (True, (), 2)
    assert report.kept
    assert (report.kept.heads, report.kept.breaches, report.kept.in_archive) == (2, 0, True)


def test_unchanged_heads_write_nothing_on_another_day_either(whole: Archive) -> None:
    anchor = made(whole)
    before = list(whole.store.list())
    assert make_anchor(whole, At(NOON + timedelta(days=9))) == (anchor, False)
    assert list(whole.store.list()) == before


def test_names_follow_one_another_whatever_the_clock_says(whole: Archive, capture: Capture) -> None:
    names = []
    for number, days in enumerate((0, 1, -5, 1, 2, 2)):
        whole.log("demo").append(capture(whole, token=f"0000{number:02d}"))
        names.append(made(whole, days=days).key.removeprefix("anchors/2026-01-"))
    assert names == ["23.json", "24.json", "24.2.json", "24.3.json", "25.json", "25.2.json"]
    report = verify(whole)
    assert report.clean
    assert [(warning.key, "a clock was wrong" in warning.what) for warning in report.warnings] == [
        ("anchors/2026-01-24.2.json", True)
    ]


def test_an_archive_without_commits_has_nothing_to_anchor(archive: Archive) -> None:
    with pytest.raises(NothingToAnchor, match="no commit yet"):
        made(archive)


def test_many_machines_at_once_make_one(whole: Archive) -> None:
    root = root_of(whole)
    with ThreadPoolExecutor(8) as pool:
        results = list(
            pool.map(lambda number: make_anchor(Archive.open(FolderStore(root)), Clock(timedelta(0, number))), range(8))
        )
    assert sum(new for _, new in results) == 1
    assert len({anchor.sha256 for anchor, _ in results}) == 1
    assert verify(whole).anchors == 1


class LateStore(FolderStore):
    """Lists no anchor yet, as some object stores do for a while."""

    def list(self, prefix: str = "") -> Iterator[StoredObject]:
        return (found for found in super().list(prefix) if not found.key.startswith("anchors/"))


def test_an_anchor_that_the_store_does_not_list_yet_is_followed(whole: Archive, capture: Capture) -> None:
    first = made(whole)
    whole.log("demo").append(capture(whole, number=9))
    late = Archive.open(LateStore(root_of(whole)))
    second, new = make_anchor(late, At(NOON))
    assert (new, second.key, second.anchor.previous_key) == (True, "anchors/2026-01-23.2.json", first.key)
    assert verify(whole) == replace(verify(whole), problems=(), warnings=(), anchors=2)


def test_an_anchor_that_passed_over_another_is_a_warning(whole: Archive, capture: Capture) -> None:
    first = made(whole)
    whole.log("demo").append(capture(whole, number=8))
    second = made(whole)
    whole.log("demo").append(capture(whole, number=9))
    anchor = replace(made(whole, days=1).anchor, previous_key=first.key, previous=chained(first.stored))
    (root_of(whole) / "anchors/2026-01-24.json").write_bytes(anchor.to_bytes())
    report = verify(whole)
    assert report.clean
    assert [(warning.key, second.key in warning.what) for warning in report.warnings] == [
        ("anchors/2026-01-24.json", True)
    ]


@pytest.mark.parametrize("breach", ["cut off", "rewritten", "gone"])
def test_no_anchor_is_laid_over_a_breach(whole: Archive, capture: Capture, breach: str) -> None:
    made(whole)
    if breach == "cut off":
        cut_off(whole, "demo", 3)
    elif breach == "rewritten":
        rewrite(whole, "demo", 3, 3)
    else:
        shutil.rmtree(root_of(whole) / "other")
    fresh = Archive.open(FolderStore(root_of(whole)))
    fresh.log("third").append(capture(fresh, outlet="third"))
    with pytest.raises(
        LogBroken, match=r"other/log/00000001\.json" if breach == "gone" else r"demo/log/00000003\.json"
    ):
        make_anchor(fresh, At(NOON))
    assert newest_anchor(fresh) == newest_anchor(whole)


# What it shows


def test_what_was_added_since_is_no_breach(whole: Archive, capture: Capture) -> None:
    anchor = made(whole)
    for number in (5, 6):
        whole.log("demo").append(capture(whole, number=number))
    whole.log("third").append(capture(whole, outlet="third"))
    made(whole, days=1)
    assert held(whole, anchor).problems == ()


def test_the_newest_commit_cut_off_with_its_copy_and_objects(whole: Archive) -> None:
    anchor = made(whole)
    cut_off(whole, "demo", 3)
    for report in (verify(whole), held(whole, anchor)):
        assert [problem.key for problem in report.problems] == ["demo/log/00000003.json"]
    delete(whole, anchor.key)
    assert verify(whole).clean
    found = breaches(held(whole, anchor))
    assert set(found) == {"demo/log/00000003.json", "anchors/"}
    assert "the log ends at 2, and commits up to 3 at the least were cut off" in found["demo/log/00000003.json"]
    assert anchor.sha256 in found["anchors/"]


def test_a_whole_outlet_removed(whole: Archive) -> None:
    anchor = made(whole)
    shutil.rmtree(root_of(whole) / "other")
    delete(whole, anchor.key)
    assert verify(whole).clean
    found = breaches(held(whole, anchor))
    assert set(found) == {"other/log/", "anchors/"}
    assert "the whole log is gone" in found["other/log/"]


@pytest.mark.parametrize("first", [1, 2, 3])
def test_a_chain_rewritten_to_its_end_with_all_hashes(whole: Archive, first: int) -> None:
    anchor = made(whole)
    rewrite(whole, "demo", first, 3)
    shutil.rmtree(root_of(whole) / "anchors")
    assert verify(whole).clean
    report = held(whole, anchor)
    assert set(breaches(report)) == {"demo/log/00000003.json", "anchors/"}
    assert f"had the sha256:{anchor.anchor.heads['demo'].sha256}" in breaches(report)["demo/log/00000003.json"]
    assert report.kept
    assert (report.kept.breaches, report.kept.in_archive) == (1, False)


def test_a_chain_rewritten_beyond_an_old_anchors_head(whole: Archive, capture: Capture) -> None:
    """Even an old anchor proves everything up to its commit; what came later, it cannot know."""
    anchor = made(whole)
    for number in (5, 6):
        whole.log("demo").append(capture(whole, number=number))
    rewrite(whole, "demo", 4, 5)
    assert held(whole, anchor).clean
    rewrite(whole, "demo", 2, 5)
    assert "demo/log/00000003.json" in breaches(held(whole, anchor))


def test_an_anchor_remade_over_a_rewritten_chain_is_not_the_one_that_was_kept(whole: Archive) -> None:
    anchor = made(whole)
    rewrite(whole, "demo", 2, 3)
    delete(whole, anchor.key)
    forged = made(Archive.open(FolderStore(root_of(whole))))
    assert forged.key == anchor.key
    assert verify(whole).clean
    assert set(breaches(held(whole, anchor))) == {"demo/log/00000003.json", "anchors/"}
    with pytest.raises(AnchorMissing, match="removed or changed since"):
        find_anchor(whole, anchor.sha256)
    assert find_anchor(whole, forged.sha256) == forged


def test_an_archive_made_anew_under_the_same_address(whole: Archive, capture: Capture) -> None:
    anchor = made(whole)
    shutil.rmtree(root_of(whole))
    again = Archive.open(FolderStore(root_of(whole)), create=True)
    again.log("demo").append(capture(again))
    found = breaches(held(again, anchor))
    assert set(found) == {"palimpsest.json"}
    assert whole.id in found["palimpsest.json"]


def test_what_is_cut_off_in_a_bucket_is_named(moto_server: S3Server, moto_store: ObjectStore, capture: Capture) -> None:
    archive = Archive.open(moto_store, create=True, single_writer=True)
    commits = [archive.log("demo").append(capture(archive, number=number)) for number in range(3)]
    anchor = made(archive)
    bucket, _, prefix = archive.url.removeprefix("s3://").partition("/")
    for key in (
        keys.commit_key("demo", 3),
        keys.commit_copy_key(commits[2].crawl, 3),
        commits[2].objects[0].key,
        anchor.key,
    ):
        moto_server.client().delete_object(Bucket=bucket, Key=f"{prefix}/{key}")
    assert verify(archive).clean
    assert set(breaches(verify(archive, kept=KeptAnchor(anchor)))) == {"demo/log/00000003.json", "anchors/"}


def test_only_the_outlets_that_are_looked_at_are_held_against_it(whole: Archive) -> None:
    anchor = made(whole)
    cut_off(whole, "demo", 3)
    other = verify(whole, outlets=["other"], kept=KeptAnchor(anchor))
    assert other.clean
    assert other.kept
    assert other.kept.heads == 1
    assert not verify(whole, outlets=["demo"], kept=KeptAnchor(anchor)).clean


def test_what_is_committed_and_anchored_while_verify_runs_is_no_breach(whole: Archive, capture: Capture) -> None:
    made(whole)

    def crawl(at: VerifyProgress) -> None:
        if (at.outlet, at.done) == ("other", 1):
            whole.log("demo").append(capture(whole, number=7))
            make_anchor(whole, At(NOON + timedelta(days=1)))

    assert verify(whole, progress=crawl).clean
    assert verify(whole).anchors == 2


# The archive's own anchors


@pytest.fixture
def thrice(whole: Archive, capture: Capture) -> Archive:
    """An archive with three anchors, each over one commit more."""
    for days in range(3):
        whole.log("demo").append(capture(whole, number=10 + days))
        made(whole, days=days)
    return whole


def test_a_breach_that_many_anchors_show_is_one_finding(thrice: Archive) -> None:
    shutil.rmtree(root_of(thrice) / "other")
    [problem] = verify(thrice).problems
    assert problem.key == "other/log/"
    assert "anchors/2026-01-23.json (and 2 more)" in problem.what


@pytest.mark.parametrize("day", [23, 24])
def test_an_anchor_that_another_continues_cannot_be_changed_or_removed(thrice: Archive, day: int) -> None:
    key = f"anchors/2026-01-{day}.json"
    path = root_of(thrice) / key
    anchor = Anchor.from_bytes(path.read_bytes())
    path.write_bytes(replace(anchor, made_at=anchor.made_at + timedelta(minutes=1)).to_bytes())
    assert "one of them was changed" in breaches(verify(thrice))[key]
    path.unlink()
    assert "it is missing or no anchor" in breaches(verify(thrice))[key]
    path.write_bytes(b"{}")
    assert any("is no anchor" in problem.what for problem in verify(thrice).problems if problem.key == key)


def test_the_newest_anchor_with_another_head_is_held_against_the_log(thrice: Archive) -> None:
    key = "anchors/2026-01-25.json"
    anchor = Anchor.from_bytes(thrice.store.get(key))
    forged = replace(anchor, heads={**anchor.heads, "demo": Head(6, "0" * 64)})
    (root_of(thrice) / key).write_bytes(forged.to_bytes())
    [problem] = verify(thrice).problems
    assert problem.key == "demo/log/00000006.json"
    assert f"{key} says so, or was changed itself" in problem.what


def test_an_anchor_that_cannot_be_read_is_named_and_nothing_is_made_after_it(thrice: Archive, capture: Capture) -> None:
    path = root_of(thrice) / "anchors/2026-01-25.json"
    path.write_bytes(path.read_bytes()[:-1])
    assert [problem.key for problem in verify(thrice).problems] == ["anchors/2026-01-25.json"]
    thrice.log("demo").append(capture(thrice, number=20))
    with pytest.raises(AnchorInvalid, match=r"anchors/2026-01-25\.json is no anchor"):
        made(thrice)


def test_what_is_no_anchor_is_a_warning(thrice: Archive) -> None:
    stray = ["anchors/2026-01-23.1.json", "anchors/2026-02-30.json", "anchors/note.txt", "anchors/x.tsr"]
    for key in stray:
        thrice.store.create(key, b"x")
    report = verify(thrice)
    assert report.clean
    assert sorted(warning.key for warning in report.warnings) == sorted(stray)


def test_a_token_whose_anchor_is_missing_names_it(thrice: Archive) -> None:
    thrice.store.create("anchors/2026-01-25.tsr", b"x")
    delete(thrice, "anchors/2026-01-25.json")
    assert [problem.key for problem in verify(thrice).problems] == ["anchors/2026-01-25.json"]


@pytest.mark.parametrize(
    ("field", "value", "says"),
    [
        ("format", 2, "Upgrade"),
        ("format", "1", "'format'"),
        ("archive", 7, "'archive'"),
        ("made_at", "2026-01-23", "'made_at'"),
        ("heads", [], "'heads'"),
        ("heads", {"../demo": {"number": 1, "sha256": "0" * 64}}, "no outlet id"),
        ("heads", {"demo": {"number": 0, "sha256": "0" * 64}}, "begins at 1"),
        ("heads", {"demo": {"number": 1, "sha256": "0" * 63}}, "no SHA-256"),
        ("heads", {"demo": {"number": 1}}, "'sha256'"),
        ("previous_key", "demo/log/00000001.json", "'previous_key'"),
        ("previous", "0" * 64, "'previous'"),
    ],
)
def test_what_is_no_anchor_is_refused_in_words(whole: Archive, field: str, value: object, says: str) -> None:
    stored = canonical_json({**parse_object(made(whole).stored), field: value})
    with pytest.raises((AnchorInvalid, FormatTooNew), match=says):
        Anchor.from_bytes(stored, name="that file")


def test_later_fields_are_passed_over(whole: Archive) -> None:
    anchor = made(whole)
    assert Anchor.from_bytes(canonical_json({**parse_object(anchor.stored), "witness": "x"})) == anchor.anchor
