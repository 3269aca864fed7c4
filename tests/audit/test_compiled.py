"""What `make compiled` makes is used where it was made of just these sources, and nowhere else."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from audit.compiled import DONE, PLAIN, ROOT
from bench.compile_audit import compiled, missing, told

WHERE = "import audit; print(audit.__path__[0])"


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    """Return a folder with the sources of a checkout, and a folder that says it was compiled of them."""
    for room in ("audit", "articles"):
        shutil.copytree(ROOT / room, tmp_path / room, ignore=shutil.ignore_patterns("__pycache__"))
    (tmp_path / "build" / "compiled").mkdir(parents=True)
    built = Path(run(tmp_path, "from audit.compiled import folder; print(folder())"))
    (built / "audit").mkdir(parents=True)
    (built / DONE).touch()
    return tmp_path


def run(folder: Path, script: str, **environment: str) -> str:
    inherited = {name: value for name, value in os.environ.items() if name not in (PLAIN, "PYTHONPATH")}
    ran = subprocess.run(
        [sys.executable, "-c", script],
        cwd=folder,
        env=inherited | environment,
        capture_output=True,
        text=True,
        check=True,
    )
    return ran.stdout.strip()


def test_what_was_compiled_of_these_sources_is_used(checkout: Path) -> None:
    assert Path(run(checkout, WHERE)).is_relative_to(checkout / "build" / "compiled")
    assert run(checkout, WHERE, **{PLAIN: "1"}) == str(checkout / "audit")


@pytest.mark.parametrize("source", ["audit/wording.py", "audit/rules/figures.py", "articles/folding.py"])
def test_what_was_compiled_of_other_sources_is_not(checkout: Path, source: str) -> None:
    with (checkout / source).open("a") as file:
        file.write("\n")
    assert run(checkout, WHERE) == str(checkout / "audit")


def test_what_was_not_held_against_the_sources_is_not(checkout: Path) -> None:
    (done,) = (checkout / "build" / "compiled").glob(f"*/{DONE}")
    done.unlink()
    assert run(checkout, WHERE) == str(checkout / "audit")


def test_modules_are_compiled_and_say_the_same(tmp_path: Path) -> None:
    if why := missing():
        pytest.skip(f"nothing is compiled here: {why}")
    made, log = tmp_path / "made", tmp_path / "log"
    assert compiled(made, tmp_path, log, modules=("word_diff", "anchors", "order")), log.read_text()
    hunks = "word_diff.hunks(['a', ' ', 'b'], ['a', ' ', 'c', 'd'])"
    said = told(f"from audit import word_diff; print(word_diff.__file__, {hunks})", made)
    assert ".so " in said
    assert said.strip().endswith("([Hunk(old_start=2, old_end=3, new_start=2, new_end=4)], False)")
