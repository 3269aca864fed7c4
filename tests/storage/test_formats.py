"""Archives of every format that was ever written, read by our code and by one made from docs/formats.md alone."""

from __future__ import annotations

import gzip
import hashlib
import io
import json
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
import pytest

from articles.article import Article
from storage.announced import read_announced
from storage.archive import Archive
from storage.catalog.announced import announced
from storage.catalog.catalog import Catalog
from storage.catalog.changes import changes
from storage.commits import Commit, Kind, ObjectRole, chained
from storage.folder_store import FolderStore
from storage.payload import page_of
from storage.rows import CaptureRow
from storage.tables import read_captures, read_listings, read_readings
from storage.verify import verify
from storage.warc_check import check_warc

URL = "http://127.0.0.1:8790/CHINA_209163/TopStories_209189/16436969.html"
ARCHIVES = Path(__file__).parents[1] / "fixtures" / "archives"
FORMATS = sorted(path.name for path in ARCHIVES.iterdir() if path.name[0].isdigit())
# The heads of the logs: whoever makes a fixture anew instead of adding one for a new format is found out here.
HEADS = {
    "1": {
        "demo": (4, "sha256:b79ca52ac9ce670b5f7a87a57b8720539799c96bca21c560a80f693de9ac733b"),
        "silent": (1, "sha256:897e01e0938b33e2d535dec8d5ad49586d9a0bc91d861c669d6befb6116c9f3b"),
    },
    "1-told": {"demo": (5, "sha256:2b9f8fe83e380fbdf387dd414749acc8c25ffe4ea3684c1c87afd4222c98ee84")},
    "1-words": {"demo": (4, "sha256:b7c56d7d32169c84b2e67e0f189219272b7c2000f4a80fcef07882394b72d4e1")},
}
SCHEMAS = {"captures": (b"1",), "readings": (b"1", b"2"), "listings": (b"1",)}
COUNTED = {"1": (2, 5, 12), "1-told": (1, 5, 12), "1-words": (1, 4, 10)}
"""Outlets, commits and objects."""


@pytest.fixture(params=FORMATS)
def kept(request: pytest.FixtureRequest) -> Archive:
    """An archive of a format, as it was written then."""
    return Archive.open(FolderStore(ARCHIVES / request.param))


def test_every_format_that_was_written_is_kept() -> None:
    assert set(HEADS) == set(FORMATS)
    for number, heads in HEADS.items():
        archive = Archive.open(FolderStore(ARCHIVES / number))
        assert {
            outlet: (tip := archive.log(outlet).tip(), chained(archive.store.get(f"{outlet}/log/{tip:08d}.json")))
            for outlet in archive.outlets()
        } == heads


def test_a_kept_archive_opens_and_verifies(kept: Archive) -> None:
    before = sorted(path for path in Path(kept.store.url).rglob("*"))
    report = verify(kept, warc_check=check_warc)
    assert (report.problems, report.warnings) == ((), ())
    assert (report.outlets, report.commits, report.objects) == COUNTED[Path(kept.store.url).name]
    assert sorted(path for path in Path(kept.store.url).rglob("*")) == before


def test_a_kept_archives_commits_are_written_again_as_they_were(kept: Archive) -> None:
    for outlet in kept.outlets():
        for commit in kept.log(outlet).walk():
            stored = kept.store.get(f"{outlet}/log/{commit.number:08d}.json")
            assert Commit.from_bytes(stored).to_bytes() == stored


def test_a_kept_archives_pages_and_articles_are_read() -> None:
    kept = Archive.open(FolderStore(ARCHIVES / "1"))
    captures: dict[str, CaptureRow] = {}
    readings = []
    for commit in kept.log("demo").walk():
        for ref in commit.objects:
            if ref.role == "captures":
                captures |= {row.record_id: row for row in read_captures(kept.store.get(ref.key))}
            elif ref.role == "readings":
                readings += read_readings(kept.store.get(ref.key))
    pages = [
        page_of(kept.store, row, captures.get(row.refers_to_id or "")).body
        for row in sorted(captures.values(), key=lambda row: row.captured_at)
    ]
    assert [len(page) for page in pages] == [1484, 1484, 1484, 3]
    assert [row.outcome for row in readings] == ["article", "article", "article", "doubtful"]
    assert [row.weak for row in readings] == [False, False, True, False]
    assert [row.article_json is None for row in readings] == [False, True, True, True]
    assert readings[0].article_json is not None
    article = Article.from_json(json.loads(readings[0].article_json))
    assert (article.headline, article.editors) == ("Drill ends “in good order”", ("Huang Panyue",))
    assert [(commit.kind, commit.recovers) for commit in kept.log("demo").walk()] == [
        (Kind.CAPTURE, None),
        (Kind.READING, None),
        (Kind.CAPTURE, "20260123T110000Z-demo-00c0de"),
        (Kind.READING, None),
    ]


def test_what_listings_named_and_what_was_announced_is_read() -> None:
    kept = Archive.open(FolderStore(ARCHIVES / "1-told"))
    by_role = {ref.role: kept.store.get(ref.key) for commit in kept.log("demo").walk() for ref in commit.objects}
    named, unreadable = read_listings(by_role[ObjectRole.LISTINGS])
    assert (named.role, named.outcome, named.named) == ("listing", "listing", (("ul.list", URL),))
    assert (unreadable.outcome, unreadable.named, unreadable.warnings) == ("unreadable", (), ("no HTML",))
    change, alarm = read_announced(by_role[ObjectRole.ANNOUNCED])
    assert (change.kind, change.weight, change.types, change.undisclosed) == (
        "change",
        "substantive",
        ("headline",),
        True,
    )
    assert (alarm.kind, alarm.articles, alarm.url) == ("alarm", 10, URL)


def test_a_catalog_of_a_kept_archive_has_its_change_and_that_it_was_announced(tmp_path: Path) -> None:
    kept = Archive.open(FolderStore(ARCHIVES / "1-told"))
    catalog = Catalog.open(f"sqlite:///{tmp_path / 'catalog.sqlite'}")
    catalog.sync(kept)
    (change,) = changes(catalog)
    assert (change.url, change.fields) == (URL, ("headline",))
    assert [row.change_id for row in announced(catalog, "demo") if row.change_id] == [change.change_id]


def test_how_pages_write_their_own_times_is_read_where_a_table_has_it(tmp_path: Path) -> None:
    for name, words in (("1", {None}), ("1-words", {"2026-01-23", "2026-01-24"})):
        log = Archive.open(FolderStore(ARCHIVES / name))
        refs = [ref for commit in log.log("demo").walk() for ref in commit.objects if ref.role == ObjectRole.READINGS]
        assert {row.published_raw for ref in refs for row in read_readings(log.store.get(ref.key))} == words
    catalog = Catalog.open(f"sqlite:///{tmp_path / 'catalog.sqlite'}")
    catalog.sync(log)
    (change,) = changes(catalog)
    assert (change.fields, change.times) == (("headline",), '{"published":["2026-01-23","2026-01-24"]}')


# What follows knows docs/formats.md and nothing of our code.


def commits_of(root: Path, outlet: str) -> list[dict[str, Any]]:
    """Walk a log and check its chain, each object's size and hash, and the copies (§4, §5)."""
    previous = hashlib.sha256((root / "palimpsest.json").read_bytes()).hexdigest()
    commits = []
    number = 1
    while (path := root / outlet / "log" / f"{number:08d}.json").exists():
        stored = path.read_bytes()
        commit = json.loads(stored)
        assert commit["format"] <= 1
        assert (commit["number"], commit["outlet"], commit["previous"]) == (number, outlet, f"sha256:{previous}")
        for ref in commit["objects"]:
            body = (root / ref["key"]).read_bytes()
            assert (len(body), hashlib.sha256(body).hexdigest()) == (ref["size"], ref["sha256"])
        crawl = commit["crawl"]
        folder = root / outlet / "objects" / crawl[:4] / crawl[4:6] / crawl[6:8] / crawl
        assert (folder / path.name).read_bytes() == stored
        previous = hashlib.sha256(stored).hexdigest()
        commits.append(commit)
        number += 1
    return commits


def rows_of(root: Path, commits: list[dict[str, Any]], role: str) -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = []
    for commit in commits:
        for ref in commit["objects"]:
            if ref["role"] == role:
                table = pq.read_table(io.BytesIO((root / ref["key"]).read_bytes()))
                assert table.schema.metadata[b"palimpsest.table"] == role.encode()
                assert table.schema.metadata[b"palimpsest.schema"] in SCHEMAS[role]
                rows += table.to_pylist()
    return rows


def record_of(root: Path, row: dict[str, Any]) -> tuple[dict[str, str], bytes]:
    """Return a record's header and block (§11.4)."""
    with (root / row["warc_key"]).open("rb") as file:
        file.seek(row["offset"])
        record = gzip.decompress(file.read(row["length"]))
    head, _, rest = record.partition(b"\r\n\r\n")
    version, *lines = head.decode().split("\r\n")
    assert version == "WARC/1.1"
    fields = {name: value for name, _, value in (line.partition(": ") for line in lines)}
    block = rest[: int(fields["Content-Length"])]
    assert rest[len(block) :] == b"\r\n\r\n"
    assert fields["WARC-Block-Digest"] == f"sha256:{hashlib.sha256(block).hexdigest()}" == row["block_digest"]
    assert fields["WARC-Record-ID"] == f"<{row['record_id']}>"
    return fields, block


def test_a_reader_made_from_the_specification_alone_reads_format_1() -> None:
    root = ARCHIVES / "1"
    about = json.loads((root / "palimpsest.json").read_bytes())
    assert about["format"] == 1
    commits = commits_of(root, "demo")
    assert {commit["archive"] for commit in commits} == {about["archive"]}
    assert [commit["kind"] for commit in commits] == ["capture", "reading", "capture", "reading"]
    named = ["pla-2025/1", "unclaimed/0badcafe"]
    assert [commit["readers"] for commit in commits] == [[], named, [], named]

    captures = {row["record_id"]: row for row in rows_of(root, commits, "captures")}
    first, again, not_modified, chunked = sorted(captures.values(), key=lambda row: row["captured_at"])
    assert [row["outcome"] for row in (first, again, not_modified, chunked)] == [
        "response",
        "revisit",
        "revisit",
        "response",
    ]
    fields, block = record_of(root, first)
    head, _, payload = block.partition(b"\r\n\r\n")
    assert head.startswith(b"HTTP/1.1 200 OK\r\n")
    assert fields["WARC-Target-URI"] == first["url"]
    assert fields["WARC-Payload-Digest"] == f"sha256:{hashlib.sha256(payload).hexdigest()}" == first["payload_digest"]
    for revisit, profile in ((again, "identical-payload-digest"), (not_modified, "server-not-modified")):
        fields, block = record_of(root, revisit)
        assert fields["WARC-Type"] == "revisit"
        assert fields["WARC-Profile"] == f"http://netpreserve.org/warc/1.1/revisit/{profile}"
        assert fields["WARC-Refers-To"] == f"<{first['record_id']}>" == f"<{revisit['refers_to_id']}>"
        assert fields["WARC-Refers-To-Target-URI"] == first["url"]
        assert block.endswith(b"\r\n\r\n")
        assert revisit["payload_digest"] == first["payload_digest"]
    _, block = record_of(root, chunked)
    assert block.endswith(b"3\r\nabc\r\n0\r\n\r\n")
    assert chunked["payload_digest"] == f"sha256:{hashlib.sha256(b'abc').hexdigest()}"

    article, sighting, weak, doubtful = rows_of(root, commits, "readings")
    assert article["content_id"] == f"sha256:{hashlib.sha256(article['article_json']).hexdigest()}"
    said = json.loads(article["article_json"])
    assert (said["schema"], said["published_at"]) == (1, "2026-01-23T15:59:34+08:00")
    assert {hashed["field"] for hashed in article["field_hashes"]} == set(said) - {"schema"}
    assert next(hashed["hash"] for hashed in article["field_hashes"] if hashed["field"] == "language") == (
        f"sha256:{hashlib.sha256(json.dumps(said['language']).encode()).hexdigest()}"
    )
    assert [row["content_id"] for row in (sighting, weak)] == [article["content_id"]] * 2
    assert [row["weak"] for row in (article, sighting, weak)] == [False, False, True]
    assert (doubtful["outcome"], doubtful["content_id"]) == ("doubtful", None)
    assert article["captures"] == [{"role": "article", "record_id": first["record_id"]}]

    [dead] = rows_of(root, commits_of(root, "silent"), "captures")
    assert (dead["outcome"], dead["status"], dead["error"]) == ("dns", None, "no such name")
    fields, block = record_of(root, dead)
    assert fields["WARC-Type"] == "metadata"
    assert block.startswith(b"format: palimpsest-capture/1\r\n")


def test_the_specification_alone_tells_what_listings_named_and_what_was_announced() -> None:
    root = ARCHIVES / "1-told"
    commits = commits_of(root, "demo")
    assert [commit["kind"] for commit in commits] == ["capture", "reading", "capture", "reading", "announcement"]
    captures = {row["record_id"]: row for row in rows_of(root, commits, "captures")}
    named, _ = rows_of(root, commits, "listings")
    assert named["named"] == [{"box": "ul.list", "url": URL}]
    assert captures[named["record_id"]]["role"] == named["role"] == "listing"
    (ref,) = commits[-1]["objects"]
    lines = (root / ref["key"]).read_bytes().split(b"\n")
    assert lines.pop() == b""
    change, alarm = map(json.loads, lines)
    old, new = (row["content_id"] for row in rows_of(root, commits, "readings"))
    ids = json.dumps({"new": new, "old": old, "url": URL}, separators=(",", ":")).encode()
    assert change["change_id"] == f"sha256:{hashlib.sha256(ids).hexdigest()}"
    named_too = f"{change['change_id']}\n{change['engine']}".encode()
    assert change["findings_id"] == f"sha256:{hashlib.sha256(named_too).hexdigest()}"
    assert (alarm["kind"], alarm["articles"]) == ("alarm", 10)


@pytest.mark.parametrize("name", FORMATS)
def test_the_cdxj_finds_the_captures(name: str) -> None:
    root = ARCHIVES / name
    commits = commits_of(root, "demo")
    captures = {(row["offset"], row["warc_key"].rpartition("/")[2]) for row in rows_of(root, commits, "captures")}
    found = set()
    for commit in commits:
        for ref in commit["objects"]:
            if ref["role"] == "cdxj":
                lines = gzip.decompress((root / ref["key"]).read_bytes()).decode().splitlines()
                assert lines == sorted(lines)
                values = [json.loads(line.split(" ", 2)[2]) for line in lines]
                found |= {(int(value["offset"]), value["filename"]) for value in values}
    assert found == captures
