"""Feeds as files in a folder that a web server serves."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from config.errors import PalimpsestError
from config.whole_file import write_whole


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
    try:
        folder.mkdir(parents=True, exist_ok=True)
        if path.is_file() and path.read_bytes() == body:
            return FeedFile(path, changed=False)
        write_whole(path, body, durable=False)
    except OSError as error:
        raise FeedNotWritten(f"{path} cannot be written: {error.strerror}. Name another folder (--out).") from error
    return FeedFile(path, changed=True)
