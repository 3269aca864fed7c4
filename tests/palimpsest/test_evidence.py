"""Evidence: one file that proves a change, and a check that no altered byte gets past, and no story made up of what a
commit holds. What no commit holds, the README names."""

from __future__ import annotations

import gzip
import io
import json
import random
import re
import subprocess
import zipfile
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from warcio.archiveiterator import ArchiveIterator

from articles.article import Article
from audit.compare import compare
from audit.errors import EvidenceInvalid
from audit.evidence import reproduction
from audit.evidence.check import check
from audit.evidence.places import ABOUT, ARTICLES, FINDINGS, WARC
from audit.evidence.told import told
from audit.evidence.wacz import DATAPACKAGE, DIGEST, dumped, read_wacz, write_wacz
from audit.findings import findings_id
from audit.findings_json import to_json
from storage.catalog.derive import change_id
from tests.palimpsest.conftest import Call, Crawled
from tests.palimpsest.doors import Door
from tests.servers.tsa import Tsa

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


def rewritten(files: Files, change: Callable[[Files], None], **fields: str) -> bytes:
    """What somebody writes who alters files, or `fields` of the list of them, and makes that list fit."""
    altered = {path: data for path, data in files.items() if path not in (DATAPACKAGE, DIGEST)}
    change(altered)
    package = json.loads(files[DATAPACKAGE])
    about = {name: value for name, value in package.items() if name not in ("profile", "wacz_version", "resources")}
    return write_wacz(altered, {**about, **fields})


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
    assert [step["holds"] for part in ("integrity", "reproduction") for step in ran.json[part]] == [True] * 11
    assert "WRONG" not in call(empty, "evidence", "verify", str(made)).out


@pytest.mark.parametrize(("a", "b"), [("2", "1"), ("1", "1")])
def test_of_what_is_no_change_there_is_no_evidence(
    crawled: Crawled, call: Call, tmp_path: Path, a: str, b: str
) -> None:
    out = tmp_path / "none.wacz"
    ran = call(crawled.door, "evidence", "demo:cbf:26000103", str(out), "--from", a, "--to", b)
    assert (ran.code, ran.out, out.exists()) == (2, "", False)
    assert "state" in ran.err


@pytest.mark.parametrize(
    ("older", "newer", "wrong"),
    [
        ("old", "old", "both states are of one content"),
        ("new", "old", "its sightings do not follow each other in time"),
        ("old", "new", ""),
    ],
)
def test_evidence_of_no_change_made_by_hand_does_not_hold(files: Files, older: str, newer: str, wrong: str) -> None:
    """All that hashes and tables can show of it is whole: it says of true sightings what did not happen."""
    about = json.loads(files[ABOUT])
    sides = {"old": (older, ("first", "last")), "new": (newer, ("first",))}
    articles = {side: files[ARTICLES[of]] for side, (of, _) in sides.items()}
    states = {side: about[of] for side, (of, _) in sides.items()}
    for side, (_, which) in sides.items():
        sightings = [states[side]["sightings"][0 if one == "first" else -1] | {"which": one} for one in which]
        about[side] = states[side] | {"article": ARTICLES[side], "sightings": sightings}
    about["last_seen_before"] = about["old"]["sightings"][-1]["captured_at"]
    about["first_seen_after"] = about["new"]["sightings"][0]["captured_at"]
    about["change_id"] = change_id(about["url"], about["old"]["content_id"], about["new"]["content_id"])
    about["findings_id"] = findings_id(about["change_id"], about["engine"])
    old, new = (Article.from_json(json.loads(articles[side])) for side in ("old", "new"))
    found = compare(old, new)

    def change(altered: Files) -> None:
        altered |= {ARTICLES[side]: articles[side] for side in sides}
        altered |= {ABOUT: dumped(about), FINDINGS: dumped(to_json(found))}
        altered |= told(about, old, new, found, altered[WARC])

    title = {"title": f"Evidence of a change: {new.headline}", "mainPageDate": about["first_seen_after"][:19] + "Z"}
    data = rewritten(files, change, **title)
    checked = check(data, name="evidence")
    lines = [line for step in checked.integrity for line in step.wrong]
    assert (len(lines), checked.holds) == ((1, False) if wrong else (0, True)), lines
    assert all(wrong in line for line in lines)


def test_the_evidence_of_every_change_holds(crawled: Crawled, call: Call, tmp_path: Path) -> None:
    changes = [one["change_id"] for one in call(crawled.door, "changes", "--since", "3650d", "--json").json["changes"]]
    assert len(changes) > 5
    for number, change in enumerate(changes):
        out = tmp_path / f"{number}.wacz"
        assert call(crawled.door, "evidence", change, str(out)).code == 0
        assert check(out.read_bytes(), name=change).reproduced, said(out.read_bytes())


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
    for words in ("It is not proved who wrote the answers", "plain HTTP", "THE CLOCK WAS SIMULATED", "no commit holds"):
        assert words in text
    assert "$" not in text
    assert f"\n\n    {json.loads(files[ABOUT])['url']}\n\n" in text  # to be copied as it stands


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


@pytest.fixture(scope="session")
def stamped(crawled: Crawled, tsa_server: Tsa, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The evidence of the same change, out of an archive with an anchor that a time-stamp authority signed."""
    folder = tmp_path_factory.mktemp("stamped")
    door = crawled.door.copy(folder)
    assert door.process("anchor", "--tsa", tsa_server.url).code == 0
    assert door.process("evidence", "demo:cbf:26000103", "number.wacz").code == 0
    return folder / "number.wacz"


def test_of_a_token_it_is_said_whether_its_signature_was_checked(
    stamped: Path, made: Path, empty: Door, call: Call, honest_tsa: Tsa
) -> None:
    words = ("evidence", "verify", str(stamped))
    unchecked = call(empty, *words)
    assert unchecked.code == 0
    assert "by CN=TSA of the tests; its signature was NOT checked against a root (give --tsa-cert)" in unchecked.out
    checked = call(empty, *words, "--tsa-cert", str(honest_tsa.root))
    assert checked.code == 0
    assert "by CN=TSA of the tests; its signature leads to a given root" in checked.out
    another = call(empty, *words, "--tsa-cert", str(honest_tsa.other_root))
    assert another.code == 1
    assert ".tsr is not signed by a TSA that the given roots vouch for" in another.out
    assert "leads to" not in another.out
    unstamped = call(empty, "evidence", "verify", str(made), "--tsa-cert", str(honest_tsa.root))
    assert unstamped.code == 0
    assert "no time-stamp token is here" in unstamped.out
    assert "nothing to hold against the certificates that were given" in unstamped.out
    assert call(empty, *words, "--tsa-cert", str(made)).code == 2


def test_the_readme_tells_how_openssl_checks_the_token(stamped: Path, tmp_path: Path, honest_tsa: Tsa) -> None:
    with zipfile.ZipFile(stamped) as file:
        file.extractall(tmp_path)
    (token,) = (tmp_path / "anchors").glob("*.tsr")
    (line,) = re.findall(r"^    (openssl ts -verify .*)$", (tmp_path / "evidence/README.md").read_text(), re.MULTILINE)
    for root, code in ((honest_tsa.root, 0), (honest_tsa.other_root, 1)):
        words = line.replace("DAY", token.stem).replace("ROOT.pem", str(root)).split()
        assert subprocess.run(words, cwd=tmp_path, capture_output=True, check=False).returncode == code


def test_the_check_tells_what_is_to_be_compared_with_another_hand_s(
    made: Path, files: Files, empty: Door, call: Call
) -> None:
    about = json.loads(files[ABOUT])
    out = call(empty, "evidence", "verify", str(made)).out
    assert f"the newest is number {about['log']['last']}, {about['log']['head']}" in out
    assert f"changed between {about['last_seen_before']} and {about['first_seen_after']}" in out


@pytest.mark.parametrize(
    ("path", "old", "new", "named"),
    [
        ("evidence/report.html", b"63", b"64", "report.html: is not what follows"),
        ("evidence/report.txt", b"63", b"64", "report.txt: is not what follows"),
        ("evidence/README.md", b"is not proved", b"is proved", "README.md: is not what follows"),
        ("pages/pages.jsonl", b"older state", b"newer state", "pages.jsonl: is not what follows"),
        ("indexes/index.cdx", b"text/html", b"text/evil", "index.cdx: is not what follows"),
        ("evidence/evidence.json", b'_before": "[0-9]{4}', b'_before": "2001', "`last_seen_before` is not when"),
        ("evidence/evidence.json", b'_after": "[0-9]{4}', b'_after": "2031', "`first_seen_after` is not when"),
        ("evidence/evidence.json", b'ed_at": "[0-9]{4}', b'ed_at": "2001', "table of captures has another time"),
        ("evidence/evidence.json", b'"[0-9]{4}(?=-[0-9-]+T)', b'"2001', "table of readings has another time"),
        ("evidence/evidence.json", b"simulated-clock", b"cherished-clock", "`vantage` is not what the warcinfo"),
        ("evidence/evidence.json", b'"egress": "', b'"egress": "not ', "`vantage` is not what the warcinfo"),
        ("evidence/evidence.json", b'"software": "palimpsest', b'"software": "evil', "`software` is not what"),
        ("evidence/evidence.json", b'"first_known": true', b'"first_known": false', "README.md: is not what follows"),
        ("evidence/evidence.json", b'"first_known": true', b'"first_known": "so"', "is not what it ever is"),
        ("evidence/evidence.json", b'"which": "first"', b'"which": "last"', "has not the sightings"),
        ("evidence/evidence.json", b'"reading_commit": ', b'"reading_commit": 1', "table of readings has another"),
        ("evidence/evidence.json", rb'commits": \[\s+', b'commits": [\n          1', "the tables of other commits"),
        ("evidence/evidence.json", b'(?<= {8})"url": "http', b'"url": "ftp', "has another URL or original"),
        ("evidence/evidence.json", b"pip install", b"pip  install", "is not what it ever is"),
        ("evidence/evidence.json", b'"url": ', b'"proof": "sworn", "url": ', "has not the fields"),
        ("evidence/evidence.json", rb'(t",\s+"key": "[^"]+",\s+"offset": )', rb"\g<1>1", "does not stand beside"),
        ("evidence/evidence.json", rb'(fo",\s+"key": ")', rb"\1x", "does not begin a WARC"),
        ("log/palimpsest.json", b"created", b"crowned", "does not follow the entry"),
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
        ("evidence/outlet.json", b'"Asia/Shanghai"', b'"Asia/Tokyo"', "this version has not the reader"),
        ("evidence/outlet.json", b'"timezone"', b'"timezoom"', "this version can't use it"),
    ],
)
def test_a_story_that_was_made_up_afterwards_does_not_hold(
    files: Files, path: str, old: bytes, new: bytes, named: str
) -> None:
    def change(altered: Files) -> None:
        altered[path], times = re.subn(old, new, altered[path])
        assert times

    data = rewritten(files, change)
    assert named in said(data)
    assert not check(data, name="evidence").reproduced


def test_a_file_too_many_or_too_few_and_a_list_that_says_more_do_not_hold(files: Files) -> None:
    def more(altered: Files) -> None:
        altered["evidence/oath.txt"] = b"I saw it all."

    def less(altered: Files) -> None:
        del altered["evidence/report.html"]

    assert "evidence/oath.txt: no bundle has such a file" in said(rewritten(files, more))
    assert "evidence/report.html: is not here" in said(rewritten(files, less))
    said_of_title = said(rewritten(files, lambda _: None, title="Evidence of a crime"))
    assert "datapackage.json: is not what follows" in said_of_title


def test_a_record_that_no_table_lists_does_not_hold(files: Files) -> None:
    def change(altered: Files) -> None:
        about = json.loads(altered["evidence/evidence.json"])
        warc = altered["archive/data.warc.gz"]
        one = next(entry for entry in about["records"] if entry["type"] == "response")
        member = gzip.decompress(warc[one["at"] : one["at"] + one["length"]])
        id_ = f"urn:uuid:{uuid4()}"
        made_up = gzip.compress(member.replace(one["record_id"].encode(), id_.encode()))
        about["records"].append({**one, "record_id": id_, "at": len(warc), "length": len(made_up)})
        altered["evidence/evidence.json"] = dumped(about)
        altered["archive/data.warc.gz"] += made_up

    assert "no table lists it" in said(rewritten(files, change))


def test_another_version_may_write_a_report_otherwise_and_says_which_to_use(
    files: Files, monkeypatch: pytest.MonkeyPatch
) -> None:
    def change(altered: Files) -> None:
        altered["evidence/report.txt"] += b"\n"

    monkeypatch.setattr(reproduction, "software", lambda: "palimpsest/999")
    assert check(rewritten(files, lambda _: None), name="evidence").reproduced
    checked = check(rewritten(files, change), name="evidence")
    assert (checked.holds, checked.reproduced) == (True, False)
    assert "evidence/report.txt" in said(rewritten(files, change))
    assert "this version is palimpsest/999" in said(rewritten(files, change))


def test_a_table_a_record_and_an_anchor_of_another_archive_are_found(files: Files) -> None:
    def table(altered: Files) -> None:
        path = next(path for path in altered if path.endswith(".captures.parquet"))
        altered[path] += b"\0"

    def record(altered: Files) -> None:
        altered["archive/data.warc.gz"] += altered["archive/data.warc.gz"]

    def anchor(altered: Files) -> None:
        path = next(path for path in altered if path.startswith("anchors/"))
        altered[path] = altered[path].replace(b'"demo":{"number":', b'"demo":{"number":1')

    assert "is not the table that the log lists" in said(rewritten(files, table))
    assert "holds more than its records" in said(rewritten(files, record))

    def token(altered: Files) -> None:
        path = next(path for path in altered if path.startswith("anchors/"))
        altered[path.replace(".json", ".tsr")] = b"granted"

    assert "names another log" in said(rewritten(files, anchor))
    assert ".tsr" in said(rewritten(files, token))


def test_another_engine_or_reader_is_no_failure_and_says_which_version_to_use(
    made: Path, empty: Door, call: Call, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(reproduction, "ENGINE", "audit/999")
    ran = call(empty, "evidence", "verify", str(made))
    assert ran.code == 3
    assert "this version compares by audit/999" in ran.out
    assert "palimpsest/" in ran.out


def test_evidence_of_the_time_before_reader_ids_told_the_outlets_facts_is_reproduced(files: Files) -> None:
    about = json.loads(files["evidence/evidence.json"])
    sightings = [sighting for side in ("old", "new") for sighting in about[side]["sightings"]]
    for sighting in sightings:
        sighting["reader_id"] = sighting["reader_id"].partition("+")[0]
    assert {sighting["reader_id"] for sighting in sightings} == {"pla-2025xb/2"}
    old = files | {"evidence/evidence.json": json.dumps(about).encode()}
    assert [step.holds for step in reproduction.reproduction(old)[:2]] == [True, True]
    other = old | {"evidence/outlet.json": files["evidence/outlet.json"].replace(b'"Asia/Shanghai"', b'"Asia/Tokyo"')}
    read_again, *_ = reproduction.reproduction(other)
    assert read_again.holds is False
    assert "content id" in read_again.wrong[0]


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
    ran = call(crawled.door, "evidence", "sha256:00", str(made))
    assert "is there already" in ran.err, "that is said before anything is looked for"


def test_what_the_archive_does_not_have_is_said(crawled: Crawled, call: Call, tmp_path: Path) -> None:
    ran = call(crawled.door, "evidence", "sha256:00", str(tmp_path / "x.wacz"))
    assert ran.code == 1
    assert "the archive has no change sha256:00" in ran.err
    assert not (tmp_path / "x.wacz").exists()
