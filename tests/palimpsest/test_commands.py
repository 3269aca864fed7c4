"""Each command on a small archive: what it shows, and how it ends."""

from __future__ import annotations

import json
import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from datetime import timedelta
from pathlib import Path

import pytest
import yaml

from config.outlet_file import load_outlet
from tests.flows.machines import ROOT, demo_outlet
from tests.palimpsest.conftest import Call, Crawled
from tests.palimpsest.doors import Door

pytestmark = [pytest.mark.slow, pytest.mark.xdist_group("door"), pytest.mark.timeout(180)]

FOG = "Harbor pilots fail first rehearsal of berthing in fog"


def rows(said: str) -> list[list[str]]:
    return [line.split("\t") for line in said.splitlines()]


def test_articles_are_lines_of_cells_where_nobody_looks(crawled: Crawled, call: Call) -> None:
    ran = call(crawled.door, "articles")
    heading, *lines = rows(ran.out)
    assert heading == ["published", "headline", "editors", "states", "last seen", "now", "url"]
    assert len(lines) == 24
    (fog,) = [line for line in lines if line[1] == FOG]
    assert fog[3] == "2"
    assert fog[4].endswith("Z")
    assert fog[6] == f"{crawled.site}/2025xb/H_1001/L_1002/26000102.html"
    assert ran.code == 0


@pytest.mark.parametrize(
    ("words", "count"),
    [
        (["beehives"], 1),
        (["--person", "Emil", "--changed"], 1),
        (["--missing"], 1),
        (["--outlet", "chinamil"], 0),
        (["--limit", "4"], 4),
        (["--since", "2100-01-01"], 0),
    ],
)
def test_articles_are_searched(crawled: Crawled, call: Call, words: list[str], count: int) -> None:
    assert len(call(crawled.door, "articles", *words, "--json").json) == count


def test_nothing_found_is_a_sentence_and_no_empty_table(crawled: Crawled, call: Call) -> None:
    ran = call(crawled.door, "articles", "no article says this")
    assert (ran.code, ran.out) == (0, "No article of the archive is meant by that.\n")


@pytest.mark.parametrize("words", ["nonsense", "7x", "2026-13-45", "99999999999d", ""])
def test_a_since_that_is_none_is_refused_with_what_to_write(crawled: Crawled, call: Call, words: str) -> None:
    ran = call(crawled.door, "changes", "--since", words)
    assert ran.code == 2
    assert ran.out == ""
    assert "--since" in ran.err


def test_history_tells_states_changes_and_absences(crawled: Crawled, call: Call) -> None:
    ran = call(crawled.door, "history", "demo:cbf:26000102")
    assert ran.code == 0
    order = [ran.out.index(words) for words in ("state 1", "changed", "headline: Harbor pilots", "state 2")]
    assert order == sorted(order)
    gone = call(crawled.door, "history", f"{crawled.site}/2025xb/C_1003/TE/26000203.html").out
    assert "first missing" in gone
    assert "HTTP 404" in gone


@pytest.mark.parametrize("asked", ["http://127.0.0.1/never.html", "demo:cbf:1", "no key"])
def test_history_of_what_is_unknown(crawled: Crawled, call: Call, asked: str) -> None:
    ran = call(crawled.door, "history", asked)
    assert (ran.code, ran.out) == (1, "")
    assert asked in ran.err
    assert "palimpsest articles" in ran.err
    as_json = call(crawled.door, "history", asked, "--json")
    assert (as_json.code, as_json.out) == (1, "null\n")


def with_schedule(door: Door, site: str, schedule: str) -> Door:
    """The door with an outlet file of the site that says this schedule."""
    outlets = Path(tempfile.mkdtemp(dir=door.folder))
    said = demo_outlet(site).model_dump(mode="json") | {"schedule": schedule}
    (outlets / "demo.yml").write_text(json.dumps(said))
    return door.given(PALIMPSEST_OUTLETS=str(outlets))


def test_status_of_a_good_archive(crawled: Crawled, call: Call) -> None:
    last = crawled.reports[-1].started
    door = with_schedule(crawled.door, crawled.site, f"0 0 {(last - timedelta(days=2)).day} * *")
    ran = call(door, "status")
    assert (ran.code, ran.err) == (0, "")
    assert "\ndemo\t" in ran.out
    assert "\tok\t" in ran.out
    assert "gone 1" in ran.out
    assert call(door, "status", "--json").json[0]["overdue_since"] is None


def test_status_of_an_outlet_whose_crawls_do_not_come(crawled: Crawled, call: Call) -> None:
    door = with_schedule(crawled.door, crawled.site, "0 6 * * *")
    ran = call(door, "status")
    assert ran.code == 1
    assert "\tok, overdue\t" in ran.out
    (due,) = re.findall(r"^  demo: a crawl was due (\S+) 22:00Z and has not come$", ran.out, re.MULTILINE)
    as_json = call(door, "status", "--json")
    assert (as_json.code, as_json.json[0]["overdue_since"]) == (1, f"{due}T22:00:00+00:00")


def test_status_where_no_file_describes_the_outlet(crawled: Crawled, call: Call, tmp_path: Path) -> None:
    ran = call(crawled.door.given(PALIMPSEST_OUTLETS=str(tmp_path / "nowhere")), "status")
    assert ran.code == 0
    assert "\tok\t" in ran.out
    assert ran.err.startswith(f"What is due is not known: {tmp_path / 'nowhere'}: there is no such folder.")


def test_a_crawl_without_a_report_may_be_under_way(crawled: Crawled, call: Call, tmp_path: Path) -> None:
    door = crawled.door.copy(tmp_path).given(PALIMPSEST_OUTLETS=str(tmp_path / "nowhere"))
    log = sorted((door.archive / "demo" / "log").glob("*.json"))
    _captures, *rest = [path for path in log if json.loads(path.read_bytes())["crawl"] == crawled.reports[-1].crawl_id]
    for path in rest:
        path.unlink()
    assert call(door, "rebuild").code == 0
    ran = call(door, "status")
    assert (ran.code, "\tunder way or cut off\t" in ran.out) == (0, True)


def test_outlets_lists_what_can_be_crawled(empty: Door, call: Call) -> None:
    _, *lines = rows(call(empty, "outlets").out)
    assert [line[0] for line in lines] == ["chinamil", "demo"]
    assert not empty.archive.exists()


def test_rebuild_makes_the_same_catalog(crawled: Crawled, call: Call, tmp_path: Path) -> None:
    door = crawled.door.copy(tmp_path)
    before = call(door, "articles", "--json").out
    door.sql("update articles set headline = 'wrong'")
    assert call(door, "articles", "--json").out != before
    assert call(door, "rebuild").code == 0
    assert call(door, "articles", "--json").out == before


@pytest.mark.parametrize("kind", ["*.warc.gz", "*.cdxj.gz", "*.captures.parquet", "crawl.log.gz"])
def test_verify_names_the_object_that_was_tampered_with(
    crawled: Crawled, call: Call, tmp_path: Path, kind: str
) -> None:
    door = crawled.door.copy(tmp_path)
    chosen = sorted(door.archive.glob(f"demo/objects/**/{kind}"))[1]
    body = bytearray(chosen.read_bytes())
    body[len(body) // 2] ^= 1
    chosen.chmod(0o644)
    chosen.write_bytes(body)
    ran = call(door, "verify")
    assert ran.code == 1
    (damaged,) = [line for line in ran.out.splitlines() if line.startswith("DAMAGED")]
    assert str(chosen.relative_to(door.archive)) in damaged
    assert ": 1 PROBLEM · 1 outlet, " in ran.out


def test_verify_of_a_whole_archive(crawled: Crawled, call: Call) -> None:
    for words in ([], ["--shallow"], ["--outlet", "demo"]):
        ran = call(crawled.door, "verify", *words)
        assert ran.code == 0
        assert ": clean · 1 outlet, 8 commits, " in ran.out


@pytest.mark.parametrize(
    "words",
    [
        ["status"],
        ["articles"],
        ["changes"],
        ["history", "demo:cbf:26000102"],
        ["search", "fog"],
        ["feed"],
        ["verify"],
        ["anchor"],
        ["rebuild"],
    ],
)
def test_an_archive_that_is_not_there(empty: Door, call: Call, words: list[str]) -> None:
    ran = call(empty, *words)
    assert ran.code == 2
    assert ran.out == ""
    assert str(empty.archive) in ran.err
    assert not empty.archive.exists()


def test_an_outlet_that_is_misspelt(empty: Door, call: Call) -> None:
    ran = call(empty, "crawl", "chinamill")
    assert ran.code == 2
    assert "did you mean chinamil? known: chinamil, demo" in ran.err
    assert not empty.archive.exists()


@pytest.mark.parametrize(
    "words",
    [
        ["status"],
        ["status", "--json"],
        ["articles"],
        ["changes"],
        ["changes", "--format", "csv"],
        ["search", "fog"],
        ["verify"],
    ],
)
@pytest.mark.parametrize(
    ("outlet", "hint"), [("chinamill", "did you mean chinamil? known: chinamil, demo"), ("../x", "known: chinamil")]
)
def test_an_outlet_that_nobody_knows_is_not_an_outlet_without_news(
    crawled: Crawled, call: Call, words: list[str], outlet: str, hint: str
) -> None:
    ran = call(crawled.door, *words, "--outlet", outlet)
    assert (ran.code, ran.out) == (2, "")
    assert ran.err.startswith(f"palimpsest: there is no outlet '{outlet}': {hint}")


def test_an_outlet_is_known_by_its_file_or_by_its_log(crawled: Crawled, call: Call, tmp_path: Path) -> None:
    ran = call(crawled.door, "status", "--outlet", "chinamil")
    assert (ran.code, ran.out.splitlines()[1]) == (0, "chinamil has not been crawled into this archive yet.")
    without_files = crawled.door.given(PALIMPSEST_OUTLETS=str(tmp_path / "nowhere"))
    for command in ("status", "articles", "changes", "verify"):
        assert call(without_files, command, "--outlet", "demo").code == 0


def test_a_log_that_was_taken_away_is_damage_and_no_misspelling(crawled: Crawled, call: Call, tmp_path: Path) -> None:
    door = crawled.door.copy(tmp_path).given(PALIMPSEST_OUTLETS=str(tmp_path / "nowhere"))
    shutil.rmtree(door.archive / "demo" / "log")
    ran = call(door, "verify", "--outlet", "demo")
    assert ran.code == 1
    assert "DAMAGED  demo/log/" in ran.out


@pytest.mark.parametrize("words", [["status"], ["verify"]])
@pytest.mark.parametrize(
    ("given", "told"),
    [
        ({"PALIMPSEST_ARCHIVE": "s3://bucket/news"}, "credentials"),
        ({"PALIMPSEST_ARCHIVE": "s3://bucket/news", "AWS_ENDPOINT_URL": "nonsense"}, "endpoint"),
        ({"PALIMPSEST_ARCHIVE": "s3://bucket/news", "AWS_PROFILE": "nobody"}, "profile"),
    ],
)
def test_a_store_that_can_not_be_asked_says_nothing_of_the_archive(
    empty: Door, call: Call, words: list[str], given: dict[str, str], told: str
) -> None:
    ran = call(empty.given(AWS_EC2_METADATA_DISABLED="true", **given), *words)
    assert (ran.code, ran.out) == (2, "")
    assert told in ran.err


@pytest.mark.parametrize("catalog", ["sqlite:////proc/nope/catalog.sqlite", "nonsense://somewhere"])
def test_a_catalog_that_can_not_be_opened(crawled: Crawled, call: Call, catalog: str) -> None:
    ran = call(crawled.door.given(PALIMPSEST_CATALOG=catalog), "status")
    assert (ran.code, ran.out) == (2, "")
    assert "PALIMPSEST_CATALOG" in ran.err


@pytest.mark.parametrize("words", [["status"], ["changes"], ["crawl", "demo"], ["rebuild"], ["schedule"]])
@pytest.mark.parametrize("state", ["/proc/nope", "/proc/version"])
def test_a_state_that_can_not_be_kept(crawled: Crawled, call: Call, words: list[str], state: str) -> None:
    ran = call(crawled.door.given(PALIMPSEST_STATE=state), *words)
    assert (ran.code, ran.out) == (2, "")
    assert f"can't be kept in {state}/" in ran.err
    assert "Set PALIMPSEST_STATE to a folder" in ran.err


def test_an_archive_that_can_not_be_made(empty: Door, call: Call) -> None:
    file = empty.folder / "file"
    file.write_text("")
    for place, why in (("/proc/nope", "No such file or directory (ENOENT)"), (str(file), "File exists (EEXIST)")):
        ran = call(empty, "crawl", "demo", "--archive", place)
        assert (ran.code, ran.out) == (2, "")
        assert ran.err.startswith(f"palimpsest: {place}: the folder cannot be made: {why}.")


def test_all_settings_that_are_wrong_are_told_at_once(empty: Door, call: Call) -> None:
    (empty.folder / "palimpsest.toml").write_text('statte = "here"\n')
    wrong = empty.given(PALIMPSEST_ARCHIVE="ftp://somewhere", PALIMPSEST_CONTACT="nobody", PALIMPSEST_CATALOG="secret")
    ran = call(wrong, "status")
    assert ran.code == 2
    assert ran.out == ""
    for words in ("4 to mend", "archive", "contact", "catalog", "did you mean state?"):
        assert words in ran.err
    assert "secret" not in ran.err


def test_a_broken_outlet_file_is_named_with_line_and_key(empty: Door, call: Call) -> None:
    outlets = empty.folder / "outlets"
    outlets.mkdir()
    (outlets / "paper.yml").write_text("id: paper\nname: Paper\nhome: http://paper.example/\nscheduel: never\n")
    ran = call(empty.given(PALIMPSEST_OUTLETS=str(outlets)), "outlets")
    assert ran.code == 2
    assert "paper.yml:4: scheduel" in ran.err


@pytest.mark.parametrize(
    "words",
    [
        ["outlets"],
        ["crawl", "paper"],
        ["schedule"],
        ["web", "--port", "0", "--archive-port", "0"],
        ["read", "page.html", "--url", "http://paper.example/1.html"],
    ],
)
def test_what_an_outlet_file_says_of_reading_is_checked_before_anything_is_made(
    empty: Door, call: Call, words: list[str]
) -> None:
    outlets = empty.folder / "outlets"
    outlets.mkdir()
    said = load_outlet(ROOT / "config" / "outlets" / "chinamil.yml").model_dump(mode="json") | {"id": "paper"}
    said["readers"] = ["pla-2025xb", "pla-2022b"]
    said["expectations"] = {"filled": {"headline": 1.0, "editor": 0.8}}
    (outlets / "paper.yml").write_text(yaml.safe_dump(said, sort_keys=False))
    lines = (outlets / "paper.yml").read_text().splitlines()
    (empty.folder / "page.html").write_text("<title>Nothing</title>")
    ran = call(empty.given(PALIMPSEST_OUTLETS=str(outlets)), *words)
    assert (ran.code, ran.out) == (2, "")
    reader, field = (lines.index(line) + 1 for line in ("- pla-2022b", "    editor: 0.8"))
    no_field = "articles have no such field: did you mean editors?"
    assert ran.err.splitlines()[1:] == [
        f"  paper.yml:{reader}: readers[1]: there is no reader 'pla-2022b': did you mean pla-2022?",
        f"  paper.yml:{field}: expectations.filled.editor: {no_field}",
    ]
    assert not empty.archive.exists()
    assert not empty.state.exists()


def test_a_saved_page_of_no_outlet(empty: Door, call: Call, tmp_path: Path) -> None:
    page = tmp_path / "page.html"
    page.write_text("<title>Nothing</title>")
    assert call(empty, "read", str(page), "--url", "http://elsewhere.example/1.html").code == 2
    shell = call(empty, "read", str(page), "--url", "http://eng.chinamil.com.cn/2025xb/V_251452/16438812.html")
    assert shell.code == 1
    assert "reading" in shell.out


def test_a_reader_that_goes_away_is_no_error(empty: Door) -> None:
    """More is written than a pipe holds (64 KiB), so that the writer surely meets it broken."""
    outlets = empty.folder / "outlets"
    outlets.mkdir()
    said = load_outlet(ROOT / "config" / "outlets" / "chinamil.yml").model_dump(mode="json")
    said["sources"] = [{"url": f"http://paper.example/{number}.html"} for number in range(2000)]
    (outlets / "chinamil.yml").write_text(json.dumps(said))
    door = empty.given(PALIMPSEST_OUTLETS=str(outlets))
    assert len(door.process("outlets", "--json").out) > 2 * 65536
    done = subprocess.run(
        ["bash", "-c", f"{sys.executable} -m palimpsest outlets --json | head -c 1; echo ${{PIPESTATUS[0]}}"],
        cwd=door.folder,
        # Unbuffered, Python writes once and does not look at what is left over.
        env={name: value for name, value in door.whole_environment.items() if name != "PYTHONUNBUFFERED"},
        capture_output=True,
        text=True,
    )
    assert (done.stdout, done.stderr) == ("[0\n", "")


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ("outlets > /dev/full", "could not be written to standard output: No space left on device"),
        ("outlets --json > /dev/full", "could not be written to standard output: No space left on device"),
        ("--help > /dev/full", "could not be written to standard output: No space left on device"),
        ("crawl demo >&-", "standard output is closed, so nobody would see the result: nothing was done"),
    ],
)
def test_an_output_that_takes_nothing_is_told_in_one_line(empty: Door, words: str, said: str) -> None:
    done = subprocess.run(
        ["bash", "-c", f"{sys.executable} -m palimpsest {words}"],
        cwd=empty.folder,
        env=empty.whole_environment,
        capture_output=True,
        text=True,
    )
    assert (done.returncode, done.stdout, done.stderr.count("\n")) == (2, "", 1)
    assert said in done.stderr
    assert not empty.archive.exists()


def test_ctrl_c_says_that_nothing_is_lost(empty: Door, crawled: Crawled) -> None:
    """The outlet's sources hang: nothing answers on a socket that listens and never accepts."""
    with socket.socket() as silent:
        silent.bind(("127.0.0.1", 0))
        silent.listen(50)
        outlets = empty.folder / "outlets"
        outlets.mkdir()
        outlet = demo_outlet(f"http://127.0.0.1:{silent.getsockname()[1]}")
        said = outlet.model_dump(mode="json")
        said["politeness"] |= {"timeout": "2s", "retries": 0}  # what is under way is waited for
        (outlets / "demo.yml").write_text(json.dumps(said))
        process = subprocess.Popen(
            [sys.executable, "-m", "palimpsest", "crawl", "demo"],
            cwd=empty.folder,
            env=empty.given(PALIMPSEST_OUTLETS=str(outlets)).whole_environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            start_new_session=True,
        )
        deadline = time.monotonic() + 60
        while not list(empty.state.glob("*/spool/*/lock")) and time.monotonic() < deadline:
            time.sleep(0.05)
        os.kill(process.pid, signal.SIGINT)
        out, err = process.communicate(timeout=90)
    assert process.returncode == 130, err
    assert out == ""
    assert "the next crawl of demo commits it" in err
    assert "Traceback" not in err
