"""Compile the comparison with mypyc, hold it against the sources, and put it where `audit` looks for it.

    python -m bench.compile_audit            # make it, unless it is there
    python -m bench.compile_audit --remove   # compare in plain Python again

Needs a C compiler and Python's headers (on Debian: gcc and python3-dev), and about a minute. Compiled and plain
findings are compared over made articles in English and Chinese, both ways, and over every labelled pair in tests and
bench; one that differs, and what was compiled is not used. Exit code 1 then, and where it cannot be compiled.
"""

from __future__ import annotations

import argparse
import hashlib
import os
import random
import shutil
import subprocess
import sys
import sysconfig
import tempfile
from collections.abc import Iterable, Sequence
from pathlib import Path

from articles.article import Article, Block, BlockKind
from audit.compare import compare
from audit.compiled import BUILT, DONE, PLAIN, ROOT, folder, found
from audit.findings_json import to_json
from bench.diffing import pairs
from bench.held_out import DATA, labelled_pairs
from bench.made_texts import Writer

MODULES = (
    *("accents", "align", "anchors", "classify", "counted", "differences", "diffing", "equal_ends"),
    *("figure_hits", "figure_joints", "hit", "hits", "hunks", "initials", "islands", "lexicon", "likeness"),
    *("named_in_quotes", "names", "news_tags", "order", "parted", "parts", "quantities", "quote_marks"),
    *("readable", "reworded", "runs", "said_otherwise", "side", "signs", "similar", "slight", "slips"),
    *("source_hits", "spelling", "turning", "weigh", "whereabouts", "word_diff", "wording", "worth", "zone"),
)
"""What runs for each pair. Modules whose names tests or doors replace, and lists of rules, stay as they are."""


def main() -> int:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter, prog="python -m bench.compile_audit"
    )
    parser.add_argument("--remove", action="store_true", help="remove all that was compiled")
    chosen = parser.parse_args()
    if chosen.remove:
        shutil.rmtree(BUILT, ignore_errors=True)
        print("compares in plain Python")
        return 0
    if found() is not None:
        print(f"compiled already: {found()}")
        return 0
    if why := missing():
        print(f"cannot compile: {why}; all works without, at two thirds of the speed", file=sys.stderr)
        return 1
    return built()


def missing() -> str:
    """Return in words what is not there that compiling needs, "" where all is."""
    compiler = (sysconfig.get_config_var("CC") or "cc").split()[0]
    if shutil.which(compiler) is None:
        return f"there is no C compiler {compiler} (on Debian: apt install gcc)"
    if not (Path(sysconfig.get_path("include")) / "Python.h").is_file():
        return "there is no Python.h (on Debian: apt install python3-dev)"
    return ""


def built() -> int:
    print(f"compiling {len(MODULES)} modules of audit, about a minute …", flush=True)
    BUILT.mkdir(parents=True, exist_ok=True)
    target = folder()
    with tempfile.TemporaryDirectory(dir=BUILT) as work:
        made, log = Path(work) / "made", Path(work) / "log"
        if not compiled(made, Path(work), log):
            print(log.read_text(errors="replace")[-4000:], file=sys.stderr)
            print("could not be compiled: see above; all works without", file=sys.stderr)
            return 1
        if said(None) != said(made):
            print(
                "what was compiled says something else than the sources: not used. Please report it.", file=sys.stderr
            )
            return 1
        if folder() != target:
            print("the sources were edited while they were compiled: not used. Please call it again.", file=sys.stderr)
            return 1
        (made / DONE).touch()
        shutil.rmtree(target, ignore_errors=True)
        made.rename(target)
    for other in BUILT.iterdir():
        if other != target:
            shutil.rmtree(other, ignore_errors=True)
    print(f"compiled, and it says the same: {target}")
    return 0


def compiled(made: Path, work: Path, log: Path, modules: Sequence[str] = MODULES) -> bool:
    """Compile modules of audit into a folder; return whether that went well. What the compiler says is in the log."""
    script = (
        "import sys; from mypyc.build import mypycify; from setuptools import Distribution\n"
        "made, work, *paths = sys.argv[1:]\n"
        "extensions = mypycify(['--config-file=pyproject.toml', *paths], opt_level='2', target_dir=work)\n"
        "command = Distribution({'name': 'audit', 'ext_modules': extensions}).get_command_obj('build_ext')\n"
        "command.build_lib, command.build_temp = made, work\n"
        "command.ensure_finalized(); command.run()\n"
    )
    paths = [f"audit/{name}.py" for name in modules]
    with log.open("wb") as out:
        ran = subprocess.run(
            [sys.executable, "-c", script, str(made), str(work), *paths], cwd=ROOT, stdout=out, stderr=out, check=False
        )
    return ran.returncode == 0


def said(built: Path | None) -> str:
    """Return the digest of what a new process finds with the modules in a folder, or with the sources alone."""
    return told("from bench.compile_audit import digest; print(digest())", built)


def told(script: str, built: Path | None) -> str:
    """Return what Python code prints in a new process, which takes the modules in a folder, or the sources alone."""
    if built is not None:
        using = "import audit; from pathlib import Path; from audit.compiled import use"
        script = f"{using}; use(Path({str(built)!r}), audit.__path__); {script}"
    environment = os.environ | {"PYTHONHASHSEED": "0", PLAIN: "1"}
    command = [sys.executable, "-c", script]
    return subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=True).stdout


def digest() -> str:
    """Return the digest of all findings over made articles and labelled pairs, and how they were made."""
    findings = hashlib.sha256()
    for one, other in sources():
        for pair in ((one, other), (other, one)):
            findings.update(repr(to_json(compare(*pair))).encode())
    return findings.hexdigest()


def sources() -> list[tuple[Article, Article]]:
    made = []
    for language, length in (("en", 800), ("zh", 1500)):
        for old, new in pairs(Writer(random.Random(17), chinese=language == "zh"), 150, length):
            made.append((article(old, language), article(new, language)))
    for path in (*sorted(DATA.glob("*.yml")), ROOT / "tests" / "audit" / "edits.yml"):
        for pair in labelled_pairs(path):
            one, other = (article([Block(BlockKind.PARAGRAPH, text)], pair.language) for text in (pair.old, pair.new))
            made.append((one, other))
    return made


def article(blocks: Iterable[Block], language: str) -> Article:
    return Article("A", language=language, blocks=tuple(blocks))


if __name__ == "__main__":
    sys.exit(main())
