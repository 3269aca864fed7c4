"""`palimpsest read`, as it is typed."""

from __future__ import annotations

import gzip
import json
from pathlib import Path

import pytest
import typer
from typer.testing import CliRunner, Result

from articles.errors import UrlUnclaimed
from config.errors import OutletUnknown
from palimpsest.commands.read import read
from tests.articles.pages import FIXTURES

VISIBLE = "http://eng.chinamil.com.cn/2025xb/V_251452/16438812.html"
LONG = "http://eng.chinamil.com.cn/CHINA_209163/Exercises/16320417.html"


@pytest.fixture
def saved(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder of saved pages, which is also the working folder: no .env or palimpsest.toml of this machine counts."""
    for path in (FIXTURES / "chinamil").glob("*.html.gz"):
        (tmp_path / path.stem).write_bytes(gzip.decompress(path.read_bytes()))
    monkeypatch.chdir(tmp_path)
    return tmp_path


def run(*words: str) -> Result:
    app = typer.Typer(rich_markup_mode=None, pretty_exceptions_enable=False)
    app.command()(read)
    return CliRunner().invoke(app, words)


def test_json_is_the_article_and_nothing_else(saved: Path) -> None:
    result = run("2026-01-23.html", "--url", VISIBLE, "--captured-at", "2026-01-24T02:00:00Z", "--json")
    assert result.exit_code == 0
    expected = json.loads((FIXTURES / "chinamil" / "2026-01-23.json").read_text(encoding="utf-8"))
    assert json.loads(result.stdout) == expected["article"]
    assert result.stderr == ""


def test_a_person_sees_the_fields_the_text_and_the_ids(saved: Path) -> None:
    lines = run("2026-01-23.html", "--url", VISIBLE).stdout.splitlines()
    assert lines[0] == "Japan steps up diplomacy with subtle maneuvers at beginning of 2026"
    assert "byline     Li Ziyue, Chen Ze'an" in lines
    assert "published  2026-01-23 15:59:34+08:00 (the outlet's zone; the page prints none)" in lines
    assert "[subhead] Indo-Pacific narrative fans bloc confrontation" in lines
    assert "translation original_outlet: paper.people.com.cn" in lines
    assert "key        chinamil:cbf:16438812" in lines
    assert any(line.startswith("reading    article, by pla-2025xb/2+") for line in lines)
    assert any(line.startswith("content id sha256:") for line in lines)


def test_an_article_of_three_pages_needs_its_parts(saved: Path) -> None:
    alone = run("2024-06-18.html", "--url", LONG, "--json")
    assert alone.exit_code == 1
    assert json.loads(alone.stdout)["headline"] == "Twelve units hold flood drill on the Lancang"
    assert "incomplete" in alone.stderr
    assert "16320417_2.html" in alone.stderr
    parts = ("--part", "2024-06-18_2.html", "--part", "2024-06-18_3.html")
    whole = run("2024-06-18.html", "--url", LONG, *parts, "--json")
    assert whole.exit_code == 0
    assert len(json.loads(whole.stdout)["blocks"]) == 11


def test_a_page_that_is_no_article_gives_null_and_the_reason(saved: Path) -> None:
    (saved / "shell.html").write_text('<meta http-equiv="refresh" content="0;url=/">', encoding="utf-8")
    result = run("shell.html", "--url", LONG, "--json")
    assert (result.exit_code, result.stdout) == (1, "null\n")
    assert "not an article" in result.stderr


def test_a_url_of_no_outlet_says_which_outlets_there_are(saved: Path) -> None:
    result = run("2026-01-23.html", "--url", "http://news.example/1.html")
    assert isinstance(result.exception, UrlUnclaimed)
    assert result.exception.exit_code == 2
    assert "chinamil" in str(result.exception)


def test_a_page_of_a_mirror_is_read_for_the_outlet_that_is_named(saved: Path) -> None:
    mirror = VISIBLE.replace("eng.chinamil.com.cn", "mirror.example")
    result = run("2026-01-23.html", "--url", mirror, "--outlet", "chinamil")
    assert result.exit_code == 0
    assert "no pattern of the outlet fits" in result.stdout
    assert isinstance(run("2026-01-23.html", "--url", mirror, "--outlet", "chinamill").exception, OutletUnknown)


@pytest.mark.parametrize(
    "words",
    [
        ("missing.html", "--url", VISIBLE),
        ("2026-01-23.html",),
        ("2026-01-23.html", "--url", VISIBLE, "--captured-at", "2026-01-24"),
        ("2026-01-23.html", "--url", VISIBLE, "--captured-at", "yesterday"),
        ("2026-01-23.html", "--url", VISIBLE, "--part", "2026-01-23.html"),
    ],
    ids=["no such file", "no URL", "a time without its zone", "no time", "a part that is not announced"],
)
def test_wrong_words_are_exit_code_2(words: tuple[str, ...], saved: Path) -> None:
    result = run(*words)
    assert result.exit_code == 2
    assert "Error" in result.stderr


def test_a_page_cannot_steer_the_terminal(saved: Path) -> None:
    page = (saved / "2026-01-23.html").read_text(encoding="utf-8").replace("By Li Ziyue", "\u202e&#x9b;By Li Ziyue")
    (saved / "odd.html").write_text(page, encoding="utf-8")
    shown = run("odd.html", "--url", VISIBLE).stdout
    assert "\u202e" not in shown
    assert "\\u202e" in shown
