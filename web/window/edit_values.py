"""What stands before and after an edit, as pages show it: a time in the outlet's zone, an image by its name."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Final
from urllib.parse import unquote, urlsplit

from markupsafe import Markup, escape

from articles.visible import visible
from audit.edit import EditType
from web.window.times import own_moment

TIMES: Final = frozenset({EditType.PUBLISHED, EditType.MODIFIED, EditType.MODIFIED_ALONE})
IMAGES: Final = frozenset({EditType.IMAGE_ADDED, EditType.IMAGE_REMOVED, EditType.IMAGE_REPLACED, EditType.IMAGE_MOVED})
ADDRESSES: Final = IMAGES | {EditType.LINK_ADDED, EditType.LINK_REMOVED, EditType.LINK_MOVED}


@dataclass(frozen=True)
class ImageNamed:
    """An image: its file's name, and its URL."""

    name: str
    url: str


def time_of(edit_type: str, value: str) -> datetime | None:
    """Return the moment that an edit of a time came from or led to; None for what is none.

    >>> time_of("published time moved", "2026-01-01T13:30:00+08:00").isoformat()
    '2026-01-01T13:30:00+08:00'
    >>> time_of("words", "2026-01-01T13:30:00+08:00"), time_of("published time moved", "")
    (None, None)
    """
    if edit_type not in TIMES or not value:
        return None
    try:
        moment = datetime.fromisoformat(value)
    except ValueError:
        return None
    return moment if moment.tzinfo is not None else None


def image_of(edit_type: str, value: str) -> ImageNamed | None:
    """Return an image by its URL, which an article holds without scheme; None where the edit is none of an image.

    >>> image_of("image added", "//demo.example/att/tug%20boat.jpg?w=1")
    ImageNamed(name='tug boat.jpg', url='http://demo.example/att/tug%20boat.jpg?w=1')
    >>> image_of("words", "//demo.example/tug.jpg")
    """
    if edit_type not in IMAGES or not value:
        return None
    try:
        name = unquote(urlsplit(value).path.rstrip("/").rpartition("/")[2])
    except ValueError:
        name = ""
    # The archive's host takes http and https for one.
    return ImageNamed(name or value, f"http:{value}" if value.startswith("//") else value)


def plain_value(edit_type: str, value: str) -> str:
    """Return what an edit came from or led to as text: of an address, which is kept without scheme, no slashes before.

    >>> plain_value("link added", "//demo.example/tides.html"), plain_value("words", "//")
    ('demo.example/tides.html', '//')
    """
    return value.removeprefix("//") if edit_type in ADDRESSES else value


def reason_in(reason: str, edit_type: str, values: tuple[str, str], zone: str) -> Markup:
    """Return the reason of an edit, with a page's own times in a zone and addresses as they are shown.

    >>> times = "2026-01-01T13:30:00+08:00", "2026-01-01T15:30:00+08:00"
    >>> said = reason_in("It moved from {} to {}, 2 h later.".format(*times), "published time moved", times, "UTC")
    >>> said.striptags()
    'It moved from 2026-01-01 05:30 UTC to 2026-01-01 07:30 UTC, 2 h later.'
    """
    told = escape(visible(reason))
    for value in dict.fromkeys(values):
        moment = time_of(edit_type, value)
        if moment is not None:
            told = told.replace(escape(value), own_moment(moment, zone))
        elif value.startswith("//"):
            told = told.replace(escape(value), escape(plain_value(edit_type, value)))
    return told
