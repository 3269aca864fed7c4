"""Writing a file that must not be half there, nor in the place of another."""

from __future__ import annotations

import hashlib
from pathlib import Path

from config.errors import PalimpsestError
from config.whole_file import write_whole


class FileTaken(PalimpsestError):
    """A file is where one was to be written."""

    exit_code = 2


class FileUnwritable(PalimpsestError):
    """The place for a file cannot be written to."""

    exit_code = 2


def require_free(path: Path, *, force: bool = False) -> None:
    """Raise FileTaken where there is such a file, and `force` was not given: to be asked before there is much to do."""
    if path.exists() and not force:
        raise FileTaken(f"{path} is there already. Choose another name, or --force to write over it.")


def write_new(path: Path, data: bytes, *, force: bool = False) -> str:
    """Write `data` to `path`, whole or not at all, and return its SHA-256 in hex.

    Raises:
        FileTaken: there is such a file, and `force` was not given.
        FileUnwritable: the folder is not there, or full, or not ours to write to.
    """
    require_free(path, force=force)
    try:
        write_whole(path, data)
    except OSError as error:
        raise FileUnwritable(f"{path} can't be written: {error.strerror or error}.") from error
    return hashlib.sha256(data).hexdigest()
