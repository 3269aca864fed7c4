"""Calling the command as a person, a pipe and a terminal do."""

from __future__ import annotations

import fcntl
import gc
import json
import os
import pty
import shutil
import sqlite3
import struct
import subprocess
import sys
import termios
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from unittest import mock

import pytest

ROOT = Path(__file__).resolve().parents[2]
OURS = ("PALIMPSEST_", "PREFECT_", "AWS_")
SIZES = ("COLUMNS", "LINES")  # they would win over the size of the terminal that a test gives


@dataclass(frozen=True)
class Ran:
    """What a call came to."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        return json.loads(self.out)


@dataclass(frozen=True)
class Door:
    """The command, with an archive and a state of its own, called from a folder."""

    folder: Path
    archive: Path
    state: Path
    environment: dict[str, str] = field(default_factory=dict)

    def given(self, **more: str) -> Door:
        """The same door with more in the environment."""
        return Door(self.folder, self.archive, self.state, self.environment | more)

    def copy(self, folder: Path) -> Door:
        """A door to a copy of the archive and the state, to be damaged."""
        # Whoever closes a file gives up this process's POSIX locks on it, those of SQLite too: another process would
        # then take away the log that a connection left behind by a call still uses ("disk I/O error").
        gc.collect()
        shutil.copytree(self.archive, folder / "archive")
        shutil.copytree(self.state, folder / "state")
        return Door(folder, folder / "archive", folder / "state", self.environment)

    @property
    def whole_environment(self) -> dict[str, str]:
        return {
            **{name: value for name, value in os.environ.items() if not name.startswith(OURS) and name not in SIZES},
            "PALIMPSEST_ARCHIVE": str(self.archive),
            "PALIMPSEST_STATE": str(self.state),
            "PYTHONPATH": str(ROOT),
            **self.environment,
        }

    def __call__(self, *words: str, capture: pytest.CaptureFixture[str]) -> Ran:
        """Call the door in this process: `main` itself, with its words, environment and folder."""
        from palimpsest.cli import main

        capture.readouterr()
        with (
            _in_folder(self.folder),
            mock.patch.dict(os.environ, self.whole_environment, clear=True),
            mock.patch.object(sys, "argv", ["palimpsest", *words]),
            pytest.raises(SystemExit) as ended,
        ):
            main()
        said = capture.readouterr()
        return Ran(_code(ended.value.code), said.out, said.err)

    def python(self, *words: str) -> list[str]:
        return [sys.executable, *words]

    def process(self, *words: str, timeout: float = 120) -> Ran:
        """Call the door in a process of its own."""
        done = subprocess.run(
            self.python("-m", "palimpsest", *words),
            cwd=self.folder,
            env=self.whole_environment,
            capture_output=True,
            text=True,
            timeout=timeout,
            check=False,
        )
        return Ran(done.returncode, done.stdout, done.stderr)

    def terminal(self, *words: str, code: str | None = None, out: Path | None = None) -> Ran:
        """Call the door (or run other code) on a terminal of 100 columns.

        `out` is all that reached the terminal, of both streams; or of standard error only, where standard output is
        redirected into a file.
        """
        ours, theirs = pty.openpty()
        fcntl.ioctl(theirs, termios.TIOCSWINSZ, struct.pack("HHHH", 40, 100, 0, 0))
        with ExitStack() as stack:
            process = subprocess.Popen(
                self.python("-c", code) if code else self.python("-m", "palimpsest", *words),
                cwd=self.folder,
                env=self.whole_environment | {"TERM": "xterm-256color"},
                stdin=subprocess.DEVNULL,
                stdout=theirs if out is None else stack.enter_context(out.open("wb")),
                stderr=theirs,
            )
        os.close(theirs)
        said = b"".join(_all_of(ours))
        os.close(ours)
        return Ran(process.wait(timeout=60), said.decode().replace("\r\n", "\n"), "")

    def sql(self, statement: str, *values: object) -> None:
        """Change the catalog behind the door's back."""
        (catalog,) = self.state.glob("*/catalog.sqlite")
        connection = sqlite3.connect(catalog)
        with connection:
            connection.execute(statement, values)
        connection.close()


def _all_of(terminal: int) -> Iterator[bytes]:
    while True:
        try:
            said = os.read(terminal, 65536)
        except OSError:  # Linux's way to say that nobody holds the other end any more
            return
        if not said:
            return
        yield said


def _code(code: object) -> int:
    return code if isinstance(code, int) else 0 if code is None else 1


@contextmanager
def _in_folder(folder: Path) -> Iterator[None]:
    before = Path.cwd()
    os.chdir(folder)
    try:
        yield
    finally:
        os.chdir(before)
