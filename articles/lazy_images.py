"""Images that a script loads when they come into view: where their addresses are, and what stands in until then."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Final

SETS: Final = ("data-srcset", "data-lazy-srcset")
"""Where scripts look for the candidates of an image that is not yet loaded."""

_SOURCES: Final = ("data-src", "data-original", "data-lazyload", "data-lazy-src", "data-echo", "data-url")
_OF_ANYTHING: Final = "data-url"  # which is as often the address of a page to be shared
_IMAGE: Final = re.compile(r"\.(?:avif|bmp|gif|ico|jfif|jpe?g|png|svg|tiff?|webp)(?![a-z0-9])", re.IGNORECASE)
_PAGE: Final = re.compile(r"\.s?html?\Z", re.IGNORECASE)

_WORD: Final = re.compile(r"\d++(?:x\d++)?|[a-z]++")
# Words that name a stand-in, whatever is beside them; those that also name what a picture shows (a gray wolf, a loading
# dock), so that they count alone; and words that say nothing beside these.
_STAND_INS: Final = frozenset({"1x1", "lazyload", "placeholder", "spacer"})
_ALONE: Final = frozenset({"blank", "gray", "grey", "lazy", "loader", "loading", "pixel", "transparent"})
_BESIDE: Final = frozenset(
    {"background", "bg", "default", "icon", "image", "img", "large", "load", "pic", "px", "small", "square"}
)


def lazy_sources(attributes: Mapping[str, str]) -> Iterator[str]:
    """Yield the addresses that a script would have loaded an image from, by the attributes of its element.

    >>> list(lazy_sources({"data-url": "/share.html", "data-src": "a.jpg"}))
    ['a.jpg']
    """
    for name in _SOURCES:
        source = attributes.get(name, "")
        if source.strip() and (_says_lazy(attributes) or _is_of_image(name, source)):
            yield source


def lazy_set(attributes: Mapping[str, str]) -> str | None:
    """Return the candidates that a script would have given an image, None where it has none."""
    return next((attributes[name] for name in SETS if attributes.get(name, "").strip()), None)


def is_stand_in(source: str, attributes: Mapping[str, str]) -> bool:
    """Return whether what an image of these attributes is loaded from stands in for one that is still to come.

    >>> [is_stand_in(source, {}) for source in ("", "data:,", "/i/blank.gif?1", "grey_2x1.png", "/i/gray-wolf.jpg")]
    [True, True, True, True, False]
    >>> is_stand_in("/i/loading-news.gif", {"class": "lazy"})
    True
    """
    source = source.strip()
    if not source or source[:5].lower() == "data:":
        return True
    name = _name_of(source).lower()
    words = set(_WORD.findall(name.rpartition(".")[0] or name))
    if words & _STAND_INS:
        return True
    others = {word for word in words - _ALONE if not word[0].isdigit()}
    return bool(words & _ALONE) and (others <= _BESIDE or _says_lazy(attributes))


def _says_lazy(attributes: Mapping[str, str]) -> bool:
    return "lazy" in attributes.get("class", "").lower()


def _is_of_image(name: str, source: str) -> bool:
    named = _name_of(source.strip())
    if _IMAGE.search(named):
        return True
    return name != _OF_ANYTHING and _PAGE.search(named) is None


def _name_of(address: str) -> str:
    """Return the last part of an address's path."""
    return address.partition("#")[0].partition("?")[0].rpartition("/")[2]
