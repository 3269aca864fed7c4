"""The comparison in C: made by `make compiled`, used wherever it was made of just these sources, and else left alone.

mypyc turns the modules as they are into extension modules; what they say stays the same (`bench/compile_audit.py` makes
them and holds them against these). They lie in a folder that is named by the digest of all sources that may be in them,
so that an edit, another branch or a new release never runs what was compiled of something else: its folder is another
one, and without it Python's own way is taken.
"""

from __future__ import annotations

import hashlib
import os
import sys
from collections.abc import MutableSequence
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
BUILT = ROOT / "build" / "compiled"
PLAIN = "AUDIT_IN_PYTHON"
"""An environment variable: whatever it says, what was compiled is left alone."""
DONE = "done"
"""A file that stands in a folder whose modules were held against the sources, and said the same."""

_ROOMS = ("audit", "articles")  # mypyc puts constants of what is imported into what it compiles


def folder() -> Path:
    """Return where the compiled modules of the present sources lie, or would lie, for this version of Python."""
    digest = hashlib.sha256(sys.implementation.cache_tag.encode())
    for room in _ROOMS:
        for path in sorted((ROOT / room).rglob("*.py")):
            digest.update(f"\0{path.relative_to(ROOT).as_posix()}\0".encode() + path.read_bytes())
    return BUILT / digest.hexdigest()[:16]


def use(built: Path, path: MutableSequence[str]) -> None:
    """Have a folder of compiled modules taken before the sources; `path` is that of the package `audit`."""
    path.insert(0, str(built / "audit"))
    sys.path.append(str(built))  # what mypyc's modules share is a module of its own


def found() -> Path | None:
    """Return the folder of compiled modules to use: None where there is none of these sources, or `PLAIN` is set."""
    if os.environ.get(PLAIN) or not BUILT.is_dir():
        return None
    built = folder()
    return built if (built / DONE).is_file() else None
