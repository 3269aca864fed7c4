"""wabac.js, which rewrites archived pages in the browser: where npm put it, if it did.

It is AGPL-3.0 and stays as npm brings it, a file of its own that the browser is given beside ours.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Final

NPM: Final = Path(__file__).resolve().parents[1] / "npm"
_WORKER: Final = Path("node_modules", "@webrecorder", "wabac", "dist", "sw.js")


@dataclass(frozen=True)
class Wabac:
    """The script of wabac's service worker, and the path under which it is served, which tells its content."""

    script: bytes
    path: str


@lru_cache(maxsize=1)
def _read(file: Path, modified: float) -> Wabac:  # noqa: ARG001  (another file under the same name is read again)
    script = file.read_bytes()
    return Wabac(script, f"/wabac/{hashlib.sha256(script).hexdigest()[:16]}/sw.js")


def wabac(npm: Path = NPM) -> Wabac | None:
    """Return wabac as npm installed it, or None where it is not (`make replay` does it)."""
    file = npm / _WORKER
    try:
        return _read(file, file.stat().st_mtime)
    except FileNotFoundError:
        return None
