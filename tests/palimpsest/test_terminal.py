"""What reaches a terminal: whole URLs, bars that go again, and nothing that a stranger's text could steer it with."""

from __future__ import annotations

import json
import re
import subprocess
from pathlib import Path

import pytest

from tests.palimpsest.conftest import Call, Crawled
from tests.palimpsest.doors import Door

pytestmark = [pytest.mark.slow, pytest.mark.xdist_group("door"), pytest.mark.timeout(180)]

HOSTILE = "Pilots \x1b]0;owned\x07\x1b[2J\u202efog\u2066 \x9b31m\nDAMAGED  x\x00\u2028end"
STEERING = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\u2028\u2029]")
RICH_S_OWN = re.compile(r"\x1b\[(?:\d+(?:;\d+)*)?[mAGHJK]|\x1b\[\?25[lh]|\r")
"""Colours, and the moves that draw a bar again; none of them can be brought by text that was made visible."""


@pytest.fixture
def hostile(crawled: Crawled, tmp_path: Path) -> Door:
    """The archive's door, with a catalog in which an article says what no article should."""
    door = crawled.door.copy(tmp_path)
    said = json.dumps(HOSTILE, ensure_ascii=False)[1:-1]
    old = "Harbor pilots fail first rehearsal of berthing in fog"
    door.sql("update articles set headline = ? where headline = ?", HOSTILE, old)
    door.sql("update articles set article_json = replace(article_json, ?, ?)", old, said)
    door.sql("update articles set editors = ? where headline = ?", json.dumps([HOSTILE]), HOSTILE)
    return door


@pytest.mark.parametrize(
    "words", [["articles"], ["changes", "--since", "60d"], ["history", "demo:cbf:26000102"], ["status"]]
)
def test_hostile_text_never_reaches_a_pipe_raw(hostile: Door, call: Call, words: list[str]) -> None:
    ran = call(hostile, *words)
    assert ran.code == (words == ["status"])  # its crawls are overdue
    assert STEERING.findall(ran.out.replace("\n", "").replace("\t", "")) == []
    assert "\nDAMAGED" not in ran.out
    if words != ["status"]:
        assert r"Pilots \x1b]0;owned\x07\x1b[2J\u202efog\u2066 \x9b31m\x0aDAMAGED" in ran.out


@pytest.mark.parametrize("words", [["articles"], ["changes", "--since", "60d"], ["history", "demo:cbf:26000102"]])
def test_hostile_text_never_reaches_a_terminal_raw(hostile: Door, words: list[str]) -> None:
    ran = hostile.terminal(*words)
    assert ran.code == 0
    assert STEERING.findall(RICH_S_OWN.sub("", ran.out).replace("\n", "")) == []
    assert r"\x1b]0;owned\x07" in ran.out


def test_hostile_text_in_json_is_escaped_or_json(hostile: Door, call: Call) -> None:
    ran = call(hostile, "articles", "--json")
    assert HOSTILE in [article["headline"] for article in ran.json]
    assert re.findall("[\x00-\x09\x0b-\x1f]", ran.out) == []
    assert STEERING.findall(ran.out) == []


PROGRESS = """
from palimpsest.progress import shown_progress
from flows.steps.progress import ProgressEvent
with shown_progress() as progress:
    progress(ProgressEvent("capture", 1, 2, "http://x.example/\\x1b]0;owned\\x07\\u202e[red]fog[/red]"))
print("after")
"""


def test_progress_shows_hostile_urls_made_visible(crawled: Crawled) -> None:
    ran = crawled.door.terminal(code=PROGRESS)
    assert ran.code == 0
    assert STEERING.findall(RICH_S_OWN.sub("", ran.out).replace("\n", "")) == []
    assert r"\x1b]0;owned\x07" in ran.out
    assert "[red]" in ran.out


def test_progress_in_a_log_shows_hostile_urls_made_visible(crawled: Crawled) -> None:
    done = subprocess.run(
        crawled.door.python("-c", PROGRESS), env=crawled.door.whole_environment, capture_output=True, check=True
    )
    assert done.stdout == b"after\n"
    assert b"\\x1b]0;owned\\x07" in done.stderr
    assert b"\x1b" not in done.stderr


@pytest.mark.parametrize("words", [["articles"], ["changes", "--since", "60d"], ["history", "demo:cbf:26000105"]])
def test_urls_stay_whole_on_a_hundred_columns(crawled: Crawled, words: list[str]) -> None:
    ran = crawled.door.terminal(*words)
    assert f"{crawled.site}/2025xb/H_1001/L_1002/26000105.html" in ran.out
    assert max(len(line) for line in RICH_S_OWN.sub("", ran.out).splitlines()) <= 100


def test_a_redirected_result_does_not_land_among_the_bars(crawled: Crawled, tmp_path: Path) -> None:
    result = tmp_path / "result"
    ran = crawled.door.terminal("verify", out=result)
    assert ": clean · " in result.read_text()
    assert ": clean · " not in ran.out
    assert "checking" in ran.out
