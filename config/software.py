"""Which version of this program wrote something."""

from __future__ import annotations

from functools import cache
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent


@cache
def software() -> str:
    """Return `palimpsest/<version>`, with `+g<commit>` where the program runs from a git checkout.

    It is written into every warcinfo and every commit, so that a later reader knows what made them.
    """
    try:
        number = version("palimpsest")
    except PackageNotFoundError:  # run from a checkout that nobody installed
        number = "0"
    commit = _git_commit(ROOT / ".git")
    return f"palimpsest/{number}" + (f"+g{commit[:12]}" if commit else "")


def _git_commit(folder: Path) -> str | None:
    """Read the checked-out commit without running git, which a server may not have."""
    try:
        if folder.is_file():  # a worktree's, which names its folder and shares its branches (gitrepository-layout(5))
            folder = folder.parent / folder.read_text().removeprefix("gitdir: ").strip()
        head = (folder / "HEAD").read_text().strip()
        if not head.startswith("ref: "):
            return head
        shared = folder / "commondir"
        shared = folder / shared.read_text().strip() if shared.is_file() else folder
        loose = shared / head.removeprefix("ref: ")
        if loose.is_file():
            return loose.read_text().strip()
        packed = (shared / "packed-refs").read_text().splitlines()
    except OSError:
        return None
    name = head.removeprefix("ref: ")
    return next((line.split()[0] for line in packed if line.endswith(f" {name}")), None)
