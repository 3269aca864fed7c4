"""Feeds as files in a folder that a web server serves."""

from __future__ import annotations

import os
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from config.errors import PalimpsestError


class FeedNotWritten(PalimpsestError):
    """A feed's file cannot be written where it should go."""

    exit_code = 2


@dataclass(frozen=True)
class FeedFile:
    """One file, and whether there was anything to write: one that holds the same already is left alone."""

    path: Path
    changed: bool


def write_feed(folder: Path, name: str, body: bytes) -> FeedFile:
    """Write a feed into a folder, which is made where there is none. Who reads meanwhile gets the old one or the new.

    A file with these bytes already is not touched, so that web servers answer "not modified". Raises FeedNotWritten.
    """
    path = folder / name
    unfinished = folder / f".{name}.{os.getpid()}"
    try:
        folder.mkdir(parents=True, exist_ok=True)
        if path.is_file() and path.read_bytes() == body:
            return FeedFile(path, changed=False)
        unfinished.write_bytes(body)
        unfinished.replace(path)
    except OSError as error:
        raise FeedNotWritten(f"{path} cannot be written: {error.strerror}. Name another folder (--out).") from error
    finally:
        with suppress(OSError):  # it is not there, as it should be, or nothing can be written or removed here
            unfinished.unlink()
    return FeedFile(path, changed=True)
