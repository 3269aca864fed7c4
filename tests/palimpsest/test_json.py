"""What `--json` prints has the keys that docs/json.md shows, no more and no fewer."""

from __future__ import annotations

import gzip
import json
from pathlib import Path

import pytest

from tests.palimpsest.conftest import Call, Crawled
from tests.palimpsest.documented import commands, example, keys
from tests.palimpsest.test_help import SHOWS

pytestmark = [pytest.mark.slow, pytest.mark.xdist_group("door"), pytest.mark.timeout(180)]
PAGE = Path(__file__).resolve().parents[1] / "fixtures" / "outlets" / "chinamil" / "2026-01-23.html.gz"


def test_every_command_that_prints_json_is_described() -> None:
    assert sorted(commands()) == sorted(SHOWS)


@pytest.mark.parametrize(
    ("command", "words"),
    [
        ("status", []),
        ("outlets", []),
        ("articles", []),
        ("changes", ["--since", "60d"]),
        ("rebuild", []),
    ],
)
def test_keys_are_those_of_the_document(crawled: Crawled, call: Call, command: str, words: list[str]) -> None:
    ran = call(crawled.door, command, *words, "--json")
    assert ran.code == (command == "status"), ran.err  # the crawls of the demo outlet are long overdue
    assert keys(ran.json) == keys(example(command))


def test_keys_of_a_crawls_report(crawled: Crawled) -> None:
    printed = [report.to_json() for report in crawled.reports]
    assert {path.removeprefix("[]") for path in keys(printed)} == keys(example("crawl"))
    assert keys(example("demo")["days"][0]["report"]) == keys(example("crawl"))


def test_keys_of_histories(crawled: Crawled, call: Call) -> None:
    asked = ("26000102", "26000203", "20000302")  # one that changed, one that is gone, one that was posted again
    printed = [call(crawled.door, "history", f"demo:cbf:{number}", "--json").json for number in asked]
    assert {path.removeprefix("[]") for path in keys(printed)} == keys(example("history"))


def test_keys_of_a_damaged_archive(crawled: Crawled, call: Call, tmp_path: Path) -> None:
    door = crawled.door.copy(tmp_path)
    next(door.archive.glob("demo/objects/**/*.cdxj.gz")).unlink()
    (door.archive / "Notes").mkdir()
    (door.archive / "Notes" / "list.txt").write_text("milk")
    ran = call(door, "verify", "--json")
    assert ran.code == 1
    assert ran.json["clean"] is False
    # With --anchor (`kept`) it is held against the document in test_anchor.py.
    assert keys(ran.json) == {path for path in keys(example("verify")) if not path.startswith(".kept.")}


def test_keys_of_an_article_that_is_read(crawled: Crawled, call: Call, tmp_path: Path) -> None:
    page = tmp_path / "page.html"
    page.write_bytes(gzip.decompress(PAGE.read_bytes()))
    url = "http://eng.chinamil.com.cn/2025xb/V_251452/16438812.html"
    ran = call(crawled.door, "read", str(page), "--url", url, "--captured-at", "2026-01-24T02:00:00Z", "--json")
    assert ran.code == 0, ran.err
    assert keys(ran.json) == keys(example("read"))
    assert ran.json["editors"] == ["Huang Panyue"]


def test_moments_carry_their_offset(crawled: Crawled, call: Call) -> None:
    printed = call(crawled.door, "changes", "--since", "60d", "--json").out
    (change, *_) = json.loads(printed)["changes"]
    assert change["last_seen_before"].endswith("+00:00")
    assert "T" in change["last_seen_before"]
