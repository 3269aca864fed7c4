"""What a machine needs before it can do anything: a folder for what it knows itself."""

from __future__ import annotations

import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from flows.errors import StateUnusable
from tests.flows.machines import Machine


@pytest.fixture
def disk(tmp_path: Path) -> Iterator[Path]:
    """A disk of its own, which only root can make."""
    folder = tmp_path / "disk"
    folder.mkdir()
    made = subprocess.run(["mount", "-t", "tmpfs", "tmpfs", folder], capture_output=True)
    if made.returncode:
        pytest.skip(f"a disk cannot be made here: {made.stderr.decode().strip()}")
    yield folder
    subprocess.run(["umount", folder], check=True)


def test_a_state_that_can_only_be_read_is_refused_at_once(disk: Path, tmp_path: Path) -> None:
    machine = Machine(str(tmp_path / "archive"), disk / "state")
    machine.on(0).catalog.close()
    subprocess.run(["mount", "-o", "remount,ro", disk], check=True)
    with pytest.raises(StateUnusable, match=r"it cannot be written to\. Set PALIMPSEST_STATE"):
        machine.on(0)
    with pytest.raises(StateUnusable, match="it cannot be made, Read-only file system"):
        Machine(machine.archive, disk / "other").on(0)
