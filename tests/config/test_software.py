"""The commit that is checked out, read as git itself says it."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

from config.software import _git_commit, software


def git(folder: Path, *words: str) -> str:
    author = ("-c", "user.name=a", "-c", "user.email=a@example.org")
    done = subprocess.run(["git", *author, "-C", str(folder), *words], capture_output=True, text=True, check=True)
    return done.stdout.strip()


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    folder = tmp_path / "repository"
    folder.mkdir()
    git(folder, "init", "--quiet")
    git(folder, "commit", "--quiet", "--allow-empty", "--message", "first")
    return folder


def test_the_commit_of_a_branch_loose_or_packed_and_of_none(repository: Path) -> None:
    commit = git(repository, "rev-parse", "HEAD")
    assert _git_commit(repository / ".git") == commit
    git(repository, "pack-refs", "--all")
    assert _git_commit(repository / ".git") == commit
    git(repository, "checkout", "--quiet", "--detach")
    assert _git_commit(repository / ".git") == commit


def test_the_commit_of_a_worktree(repository: Path) -> None:
    worktree = repository.parent / "worktree"
    git(repository, "worktree", "add", "--quiet", "-b", "other", str(worktree))
    git(worktree, "commit", "--quiet", "--allow-empty", "--message", "second")
    assert _git_commit(worktree / ".git") == git(worktree, "rev-parse", "HEAD") != git(repository, "rev-parse", "HEAD")


def test_no_checkout_has_no_commit(tmp_path: Path) -> None:
    assert _git_commit(tmp_path / ".git") is None
    assert software().startswith("palimpsest/")
