"""What the door says of itself, and what that costs."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import typer

from config.software import software
from palimpsest.cli import app

ROOT = Path(__file__).resolve().parents[2]
HEAVY = """
    scrapy twisted prefect boto3 botocore pyarrow sqlalchemy lxml pydantic_settings rich.console rich.table
    rich.progress yaml tinycss2 uvicorn warcio deflate rfc8785 asyncio fastapi httpx h11
    articles.article articles.reading audit config crawlers flows storage demo
"""
SHOWS = (
    "demo",
    "crawl",
    "status",
    "outlets",
    "articles",
    "history",
    "changes",
    "feed",
    "diff",
    "search",
    "read",
    "verify",
    "anchor",
    "evidence make",
    "evidence verify",
    "rebuild",
)
OF_AN_ARCHIVE = (
    "demo",
    "crawl",
    "schedule",
    "status",
    "articles",
    "history",
    "changes",
    "feed",
    "diff",
    "search",
    "verify",
    "anchor",
    "web",
    "evidence make",
    "rebuild",
)
COMMANDS = (*SHOWS, "schedule", "web")

PROBE = """
import json, sys
sys.argv = ["palimpsest", *json.loads(sys.argv[1])]
from palimpsest.cli import app
try:
    app()
except SystemExit as ended:
    code = ended.code
print(json.dumps([code, sorted(sys.modules)]), file=sys.stderr)
"""


def listed_commands() -> dict[str, Any]:
    return dict(typer.main.get_command(app).commands)  # type: ignore[attr-defined]


def commands() -> dict[str, Any]:
    """Every command by the words that call it: those of a group by two."""
    found = {}
    for name, command in listed_commands().items():
        if hasattr(command, "commands"):
            found |= {f"{name} {sub}": below for sub, below in command.commands.items()}
        else:
            found[name] = command
    return found


@pytest.mark.parametrize("words", [["--help"], ["-h"], ["changes", "--help"], ["schedule", "--help"], ["demo", "-h"]])
def test_help_imports_nothing_heavy(words: list[str]) -> None:
    done = subprocess.run(
        [sys.executable, "-c", PROBE, json.dumps(words)], cwd=ROOT, capture_output=True, text=True, check=True
    )
    code, modules = json.loads(done.stderr.splitlines()[-1])
    assert code == 0
    assert "Usage: palimpsest" in done.stdout
    # Typer itself loads pydantic to describe a command's options (0.29); for the list of commands it does not.
    unwanted = set(HEAVY.split()) | ({"pydantic"} if words[0].startswith("-") else set())
    assert sorted(unwanted & set(modules)) == []


def test_no_command_is_missing_here() -> None:
    assert sorted(commands()) == sorted(COMMANDS)


@pytest.mark.parametrize("name", COMMANDS)
def test_each_command_has_a_summary_of_one_line_and_an_example(name: str) -> None:
    said: str = commands()[name].help or ""
    summary, blank = (said + "\n\n").splitlines()[:2]
    assert summary.endswith(".")
    assert len(summary) <= 60, "it is cut off in the list of commands"
    assert blank == ""
    assert f"\nExample: palimpsest {name}" in said


@pytest.mark.parametrize("name", COMMANDS)
def test_json_where_something_is_shown_and_archive_where_one_is_meant(name: str) -> None:
    options = {option for parameter in commands()[name].params for option in parameter.opts}
    assert ("--json" in options) == (name in SHOWS)
    assert ("--archive" in options) == (name in OF_AN_ARCHIVE)


def test_the_list_of_commands_cuts_no_summary_off() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "palimpsest", "--help"], cwd=ROOT, capture_output=True, text=True, check=True
    )
    listed = done.stdout.partition("Commands:")[2]
    assert len(listed.splitlines()) == len(listed_commands()) + 1
    assert "..." not in listed


def test_the_version_is_what_records_of_an_archive_say() -> None:
    done = subprocess.run(
        [sys.executable, "-c", PROBE, '["--version"]'], cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert done.stdout == f"{software()}\n"
    assert re.fullmatch(r"palimpsest/[0-9.]+(\+g[0-9a-f]{12})?", software())
    code, modules = json.loads(done.stderr.splitlines()[-1])
    assert code == 0
    assert sorted({*HEAVY.split()} - {"config"} & set(modules)) == []


def test_another_package_named_config_is_refused(tmp_path: Path) -> None:
    foreign = tmp_path / "config"
    foreign.mkdir()
    (foreign / "__init__.py").write_text("")
    calls = "import config, sys; sys.argv = ['palimpsest', 'outlets']; from palimpsest.cli import main; main()"
    done = subprocess.run(
        [sys.executable, "-c", calls],
        cwd=tmp_path,
        env={"PYTHONPATH": f"{tmp_path}:{ROOT}", "PATH": "/usr/bin"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 2
    assert "the package `config` was imported from" in done.stderr
    assert str(foreign) in done.stderr
    assert "Traceback" not in done.stderr


def test_a_foreign_config_that_nobody_imported_yet_loses_to_ours(tmp_path: Path) -> None:
    (tmp_path / "config").mkdir()
    (tmp_path / "config" / "__init__.py").write_text("raise RuntimeError('another package')")
    done = subprocess.run(
        [
            sys.executable,
            "-c",
            "import sys; sys.argv = ['palimpsest', 'outlets']; from palimpsest.cli import main; main()",
        ],
        cwd=tmp_path,
        env={"PYTHONPATH": f"{tmp_path}:{ROOT}", "PATH": "/usr/bin"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert "chinamil" in done.stdout
