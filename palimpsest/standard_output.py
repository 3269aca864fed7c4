"""Standard output, and what is said of it when nothing can be written there."""

from __future__ import annotations

import errno
import io
import os
import select
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from config.errors import PalimpsestError

if TYPE_CHECKING:
    from _typeshed import ReadableBuffer

_OUTPUT = 1


class OutputLost(PalimpsestError):
    """What a command found could not be written to standard output."""

    exit_code = 2


@contextmanager
def standard_output() -> Iterator[None]:
    """Within, what cannot be written to standard output is OutputLost; where its reader has gone, the command ends, 0.

    A closed standard output is OutputLost before anything is done. Descriptors that are closed lead nowhere from here
    on: else the next file that is opened, the catalog perhaps, would get what a library prints.
    """
    closed = _open_the_closed()
    if _OUTPUT in closed:
        raise OutputLost(
            "standard output is closed, so nobody would see the result: nothing was done. "
            "Send it to a file, or to /dev/null."
        )
    before = sys.__stdout__
    if before is None or sys.stdout is not before:  # somebody else's already: a test's, a notebook's
        yield
        return
    before.flush()
    sys.stdout = io.TextIOWrapper(
        io.BufferedWriter(_Output(_OUTPUT, "wb", closefd=False)),
        encoding=before.encoding,
        errors=before.errors,
        line_buffering=before.isatty(),
    )
    try:
        yield
        sys.stdout.flush()
    except OutputLost:
        _lead_nowhere()
        raise
    except SystemExit as ended:
        # `palimpsest articles | head`: the reader has gone, which is no error of ours. Typer takes it for one, and
        # leaves with 1 from where it caught the broken pipe.
        if not (isinstance(ended.__context__, BrokenPipeError) and _reader_has_gone()):
            raise
        _lead_nowhere()
        sys.exit(0)


class _Output(io.FileIO):
    """Standard output's descriptor. A full disk is not told as an OSError, which could be about any other file."""

    def write(self, data: ReadableBuffer, /) -> int:
        try:
            return super().write(data)
        except BrokenPipeError:
            raise
        except OSError as error:
            raise OutputLost(
                f"the result could not be written to standard output: {error.strerror}. "
                "What is there is cut off; run the command again with another place to write to."
            ) from error


def _open_the_closed() -> set[int]:
    closed = set()
    for descriptor in (0, 1, 2):
        try:
            os.fstat(descriptor)
        except OSError as error:
            if error.errno != errno.EBADF:
                raise
            closed.add(descriptor)
            os.dup2(os.open(os.devnull, os.O_RDWR), descriptor)
            os.set_inheritable(descriptor, True)
    return closed


def _lead_nowhere() -> None:
    """Point standard output at nothing, so that the flush at exit does not complain a second time."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), _OUTPUT)


def _reader_has_gone() -> bool:
    """Tell whether nobody reads standard output any more: the pipe that broke may have been another."""
    poll = select.poll()
    poll.register(_OUTPUT, 0)
    return any(event & select.POLLERR for _, event in poll.poll(0))
