"""Evidence: one file that proves a change, and a check that no altered byte and no made-up story gets past."""

from __future__ import annotations

import io
import json
import random
import zipfile
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from warcio.archiveiterator import ArchiveIterator

from audit.errors import EvidenceInvalid
from audit.evidence import reproduction
from audit.evidence.check import check
from audit.evidence.wacz import DATAPACKAGE, DIGEST, read_wacz, write_wacz
from tests.palimpsest.conftest import Call, Crawled
from tests.palimpsest.doors import Door

pytestmark = [pytest.mark.slow, pytest.mark.xdist_group("door"), pytest.mark.timeout(180)]

Files = dict[str, bytes]


@pytest.fixture(scope="session")
def made(crawled: Crawled, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The evidence of the number that was changed silently, out of an archive with an anchor."""
    folder = tmp_path_factory.mktemp("evidence")
    door = crawled.door.copy(folder)
    assert door.process("anchor").code == 0
    done = door.process("evidence", f"{crawled.site}/2025xb/H_1001/L_1002/26000103.html", "number.wacz")
    assert done.code == 0, done.err
    return folder / "number.wacz"


@pytest.fixture(scope="session")
def files(made: Path) -> Files:
    found, wrong = read_wacz(made.read_bytes())
    assert not wrong
    return found


def rewritten(files: Files, change: Callable[[Files], None]) -> bytes:
    """What somebody writes who alters files and makes the list of them fit."""
    altered = {path: data for path, data in files.items() if path not in (DATAPACKAGE, DIGEST)}
    change(altered)
    package = json.loads(files[DATAPACKAGE])
    about = {name: value for name, value in package.items() if name not in ("profile", "wacz_version", "resources")}
    return write_wacz(altered, about)


def said(data: bytes) -> str:
    """Everything that the check finds wrong, in one text."""
    try:
        checked = check(data, name="evidence")
    except EvidenceInvalid as error:
        return str(error)
    return "\n".join(line for step in (*checked.integrity, *checked.reproduction) for line in step.wrong)


def test_it_holds_and_is_reproduced_from_the_file_alone(made: Path, empty: Door, call: Call) -> None:
    ran = call(empty, "evidence", "verify", str(made), "--json")
    assert ran.code == 0
    assert [step["holds"] for part in ("integrity", "reproduction") for step in ran.json[part]] == [True] * 9
    assert "WRONG" not in call(empty, "evidence", "verify", str(made)).out


def test_it_is_a_wacz_with_the_exchanges_byte_for_byte(files: Files, crawled: Crawled) -> None:
    package = json.loads(files[DATAPACKAGE])
    assert (package["profile"], package["wacz_version"]) == ("data-package", "1.1.1")
    assert {entry["path"] for entry in package["resources"]} == set(files) - {DATAPACKAGE, DIGEST}
    header, *pages = map(json.loads, files["pages/pages.jsonl"].splitlines())
    assert header["format"] == "json-pages-1.0"
    assert [page["url"] for page in pages] == [package["mainPageUrl"]] * 2  # the older state was seen once
    kinds = [record.rec_type for record in ArchiveIterator(io.BytesIO(files["archive/data.warc.gz"]))]
    assert kinds.count("warcinfo") == 2
    assert kinds.count("response") >= 2
    warcs = b"".join(path.read_bytes() for path in crawled.door.archive.rglob("*.warc.gz"))
    for entry in json.loads(files["evidence/evidence.json"])["records"]:
        member = files["archive/data.warc.gz"][entry["at"] : entry["at"] + entry["length"]]
        assert member in warcs
    for line in files["indexes/index.cdx"].decode().splitlines():
        place = json.loads(line.partition("{")[1] + line.partition("{")[2])
        member = files["archive/data.warc.gz"][int(place["offset"]) : int(place["offset"]) + int(place["length"])]
        (record,) = ArchiveIterator(io.BytesIO(member))
        assert record.rec_headers["WARC-Target-URI"] == place["url"]


def test_the_readme_says_what_is_not_proved(files: Files) -> None:
    text = files["evidence/README.md"].decode()
    for words in ("It is not proved who wrote the answers", "plain HTTP", "THE CLOCK WAS SIMULATED"):
        assert words in text
    assert "$" not in text


def test_every_altered_byte_is_found_and_its_file_named(made: Path, files: Files) -> None:
    data = made.read_bytes()
    with zipfile.ZipFile(io.BytesIO(data)) as file:
        starts = {entry.filename: entry.header_offset + 30 + len(entry.filename.encode()) for entry in file.infolist()}
    dice = random.Random(1)
    for path, start in starts.items():
        for place in {0, len(files[path]) - 1, dice.randrange(len(files[path]))}:
            altered = bytearray(data)
            altered[start + place] ^= 1 << dice.randrange(8)
            assert path in said(bytes(altered)), (path, place)
    for place in [*range(30), *dice.sample(range(len(data)), 60), *range(len(data) - 200, len(data))]:
        altered = bytearray(data)
        altered[place] ^= 1 << dice.randrange(8)
        assert said(bytes(altered)), place
    assert said(data + b"\n")
    assert said(data[:-1])
    assert said(b"")


@pytest.mark.parametrize(
    ("path", "old", "new", "named"),
    [
        ("evidence/new.article.json", b"63 days", b"64 days", "is not the article that its content id names"),
        (
            "evidence/evidence.json",
            b'"reader_id": "pla-2025xb/',
            b'"reader_id": "pla-2022/',
            "no table lists the reading",
        ),
        ("evidence/evidence.json", b'"url": "http:', b'"url": "https:', "its change id is not that of its URL"),
        ("evidence/findings.json", b'"63"', b'"64"', "other edits come out"),
        ("log/00000002.json", b'"status":"ok"', b'"status":"no"', "does not follow the entry"),
        ("evidence/outlet.json", b'"pla-2025xb"', b'"pla-9999xx"', "this version has not the reader"),
        ("evidence/outlet.json", b'"timezone"', b'"timezoom"', "this version can't use it"),
    ],
)
def test_a_story_that_was_made_up_afterwards_does_not_hold(
    files: Files, path: str, old: bytes, new: bytes, named: str
) -> None:
    def change(altered: Files) -> None:
        assert old in altered[path]
        altered[path] = altered[path].replace(old, new)

    assert named in said(rewritten(files, change))


def test_a_table_a_record_and_an_anchor_of_another_archive_are_found(files: Files) -> None:
    def table(altered: Files) -> None:
        path = next(path for path in altered if path.endswith(".captures.parquet"))
        altered[path] += b"\0"

    def record(altered: Files) -> None:
        altered["archive/data.warc.gz"] += altered["archive/data.warc.gz"]

    def anchor(altered: Files) -> None:
        path = next(path for path in altered if path.startswith("anchors/"))
        altered[path] = altered[path].replace(b'"sha256":"', b'"sha256":"00', 1)

    assert "is not the table that the log lists" in said(rewritten(files, table))
    assert "holds more than its records" in said(rewritten(files, record))
    assert "names another log" in said(rewritten(files, anchor))


def test_another_engine_or_reader_is_no_failure_and_says_which_version_to_use(
    made: Path, empty: Door, call: Call, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(reproduction, "ENGINE", "audit/999")
    ran = call(empty, "evidence", "verify", str(made))
    assert ran.code == 3
    assert "this version compares by audit/999" in ran.out
    assert "palimpsest/" in ran.out


def test_a_zip_that_is_not_safe_is_not_read() -> None:
    def zipped(write: Callable[[zipfile.ZipFile], None], method: int = zipfile.ZIP_STORED) -> bytes:
        written = io.BytesIO()
        with zipfile.ZipFile(written, "w", method) as file:
            write(file)
        return written.getvalue()

    bomb = zipped(lambda file: file.writestr("a", b"\0" * (1 << 20)), zipfile.ZIP_DEFLATED)
    assert "a: is compressed" in said(bomb)
    many = zipped(lambda file: [file.writestr(f"{n}", b"") for n in range(20_001)] and None)
    assert "more than evidence ever does" in said(many)


def test_the_same_archive_gives_the_same_file(files: Files, made: Path) -> None:
    package: dict[str, Any] = json.loads(files[DATAPACKAGE])
    about = {name: value for name, value in package.items() if name not in ("profile", "wacz_version", "resources")}
    rest = {path: data for path, data in files.items() if path not in (DATAPACKAGE, DIGEST)}
    assert write_wacz(rest, about) == made.read_bytes()
    assert datetime.fromisoformat(package["created"]) <= datetime.now(UTC)


def test_a_file_that_is_there_is_not_written_over(made: Path, crawled: Crawled, call: Call) -> None:
    url = f"{crawled.site}/2025xb/H_1001/L_1002/26000103.html"
    before = made.read_bytes()
    ran = call(crawled.door, "evidence", url, str(made))
    assert (ran.code, "is there already" in ran.err) == (2, True)
    assert made.read_bytes() == before


def test_what_the_archive_does_not_have_is_said(crawled: Crawled, call: Call, tmp_path: Path) -> None:
    ran = call(crawled.door, "evidence", "sha256:00", str(tmp_path / "x.wacz"))
    assert ran.code == 1
    assert "the archive has no change sha256:00" in ran.err
    assert not (tmp_path / "x.wacz").exists()
