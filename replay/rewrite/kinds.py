"""What a URL in a page is for, and the door through which the caller says where it leads instead."""

from __future__ import annotations

from collections.abc import Callable
from enum import StrEnum
from typing import TypeAlias


class Kind(StrEnum):
    """What is done with a URL: opened by a person, shown in a frame, or fetched to show the page."""

    PAGE = "page"
    FRAME = "frame"
    STYLE = "style"
    MEDIA = "media"  # images, fonts, audio, video: shown as stored, under a type that can't run


Map: TypeAlias = Callable[[str, Kind], str]
"""From an absolute http(s) URL without fragment, in ASCII, to the URL that stands in its place."""
