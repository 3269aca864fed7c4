"""Lists that are too long for a module: text files beside this one."""

from __future__ import annotations

from pathlib import Path


def listed(name: str) -> str:
    """Return the lines of a list without its comments."""
    lines = (Path(__file__).parent / name).read_text(encoding="utf-8").splitlines()
    return "\n".join(line for line in lines if not line.startswith("#"))
