"""Attributes: which lead somewhere and are mapped, which are known to be mere text, and which go.

What is not known here stays where its value can be no address outside the archive: a new way to fetch something, or one
that was forgotten, comes to nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Final

from replay.rewrite.characters import escape, unescape
from replay.rewrite.css import rewrite_css
from replay.rewrite.kinds import Kind, Map
from replay.rewrite.srcset import rewrite_srcset
from replay.rewrite.urls import Base

Attributes = dict[str, str]
"""By name in lower case, with references decoded; the first of each name, as in browsers."""

_NAME: Final = re.compile(r"[a-z_][a-z0-9_.:-]*", re.ASCII)
_TEXTS: Final = frozenset(
    {
        "abbr",
        "alt",
        "class",
        "content",
        "datetime",
        "for",
        "headers",
        "id",
        "itemprop",
        "label",
        "lang",
        "media",
        "name",
    }
    | {"placeholder", "property", "sizes", "summary", "title", "value"}
)
_DROPPED: Final = frozenset(
    # Addresses, which the rules of an element bring back where it has a use for them.
    {"href", "xlink:href", "src", "lowsrc", "dynsrc", "data", "codebase", "classid", "archive", "code", "srcdoc"}
    # What would send something, or go somewhere.
    | {"action", "attributionsrc", "cite", "formaction", "longdesc", "manifest", "ping", "profile"}
    | {"target", "formtarget", "method", "formmethod", "rel", "download"}
    # What would not hold here, or would undo what the header of our answer says.
    | {"integrity", "crossorigin", "nonce", "referrerpolicy", "sandbox", "allow", "allowfullscreen", "csp"}
    | {"credentialless", "http-equiv", "charset", "is"}
    # What would happen by itself.
    | {"autofocus", "autoplay", "preload"}
)
# An address outside must have a colon, or two slashes (which may be backslashes, and have line ends between them). A
# backslash may also begin an escape: some attributes of SVG are read as CSS.
_COULD_LEAVE: Final = re.compile(r"[:\\]|/[\t\n\r]*/")
_IMAGE_DATA: Final = re.compile(r"[\x00-\x20]*data:image/", re.IGNORECASE)


def read(found: Iterable[tuple[str, str]]) -> Attributes:
    """Return the attributes of a tag as a browser has them."""
    attributes: Attributes = {}
    for name, value in found:
        if name not in attributes:
            attributes[name] = unescape(value) if "&" in value else value
    return attributes


def written(attributes: Attributes) -> str:
    """Return attributes as they stand in a tag, each with a blank before it.

    >>> written({"alt": 'a "b"', "hidden": ""})
    ' alt="a &quot;b&quot;" hidden=""'
    """
    return "".join([f' {name}="{escape(value)}"' for name, value in attributes.items()])


class Addresses:
    """Where what is written in one document leads: its base, and the map into the archive."""

    def __init__(self, base: Base, to: Map) -> None:
        self._base = base
        self._to = to

    def absolute(self, written: str) -> str | None:
        """Return a written address as an absolute http(s) URL, None where it is none."""
        return self._base.resolve(written)

    def mapped(self, written: str, kind: Kind) -> str | None:
        """Return where a written address leads, its fragment with it; None where that is nowhere in the archive."""
        if not written.strip():
            return None
        url = self._base.resolve(written)
        if url is None:
            return None
        fragment = written.partition("#")[2] if "#" in written else ""
        return f"{self._to(url, kind)}#{fragment}" if fragment else self._to(url, kind)

    def media(self, written: str) -> str | None:
        """Return where an image, a video or the like is; the address itself where that holds the image."""
        return written if _IMAGE_DATA.match(written) else self.mapped(written, Kind.MEDIA)

    def style(self, css: str) -> str:
        """Return a style sheet, or the content of a style attribute, that leads nowhere but there."""
        return rewrite_css(css, self._base, self._to)

    def kept(self, attributes: Attributes) -> Attributes:
        """Return the attributes that mean the same on every element: texts, style, and what can't be an address."""
        kept: Attributes = {}
        for name, value in attributes.items():
            if name in _TEXTS:
                kept[name] = value
            elif name == "style":
                kept[name] = self.style(value)
            elif name in ("background", "poster"):
                if address := self.media(value):
                    kept[name] = address
            elif name in ("srcset", "imagesrcset"):
                kept[name] = rewrite_srcset(value, self.media)
            elif name in _DROPPED or name.startswith("on") or not _NAME.fullmatch(name):
                continue
            elif name.startswith(("data-", "aria-")) or not _COULD_LEAVE.search(value):
                kept[name] = value
        return kept
