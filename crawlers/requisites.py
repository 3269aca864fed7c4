"""What a page needs to be shown: images, style sheets, scripts, fonts, icons. One step from the page, no further.

Frames, objects, video and audio are not requisites: frames are pages, and the others have no bound in size.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from lxml.etree import _Element

from articles.charset import decode
from articles.lazy_images import SETS, lazy_sources
from articles.markup import parse
from articles.page import Page
from crawlers.sources import base_of
from crawlers.stylesheets import CssNeeds, needs_of_rules, needs_of_style
from crawlers.urls import absolute

MOST_OF_A_PAGE: Final = 300
MOST_STYLE: Final = 512 * 1024  # characters of style in a page that are taken apart, which takes up to 3 s
_SHEETS: Final = frozenset({"stylesheet"})
_OTHER_LINKS: Final = frozenset(
    {"icon", "apple-touch-icon", "apple-touch-icon-precomposed", "mask-icon", "preload", "modulepreload", "manifest"}
)


@dataclass(frozen=True)
class Needs:
    """The requisites of a page, each once, in the page's order; `sheets` are those that may need more.

    `dropped` counts what a page names beyond the limit of one page; `warnings` say what was not searched.
    """

    sheets: tuple[str, ...] = ()
    others: tuple[str, ...] = ()
    dropped: int = 0
    warnings: tuple[str, ...] = ()


def needs_of_page(page: Page) -> Needs:
    """Return the requisites of an HTML page. What is no HTML needs nothing."""
    root = parse(decode(page).text).root
    if root is None:
        return Needs()
    base = base_of(root, page.url)
    sheets: dict[str, None] = {}
    others: dict[str, None] = {}
    dropped: set[str] = set()
    styles = _Styles(base)
    for is_sheet, url in _named(root, base, styles):
        if url in sheets or url in others or url == page.url:
            continue
        if len(sheets) + len(others) >= MOST_OF_A_PAGE:
            dropped.add(url)
        else:
            (sheets if is_sheet else others)[url] = None
    warnings = (
        (f"{page.url}: {styles.refused} of its styles were not searched: {styles.why}",) if styles.refused else ()
    )
    return Needs(tuple(sheets), tuple(others), len(dropped), warnings)


def parse_srcset(text: str) -> tuple[str, ...]:
    """Return the addresses in a `srcset` attribute, as the HTML standard parses it (§4.8.4.3.10).

    >>> parse_srcset("a.jpg 1x, b,c.jpg 2x,data:image/png;base64,AA== 3x, d.jpg, e.jpg (x, y) 4w")
    ('a.jpg', 'b,c.jpg', 'data:image/png;base64,AA==', 'd.jpg', 'e.jpg')
    """
    found = []
    at, end = 0, len(text)
    while at < end:
        while at < end and (text[at].isspace() or text[at] == ","):
            at += 1
        start = at
        while at < end and not text[at].isspace():
            at += 1
        written = text[start:at]
        if written.endswith(","):
            written = written.rstrip(",")
        else:  # descriptors, up to a comma that is in no brackets
            inside = 0
            while at < end and (inside or text[at] != ","):
                inside += {"(": 1, ")": -1 if inside else 0}.get(text[at], 0)
                at += 1
        if written:
            found.append(written)
    return tuple(found)


class _Styles:
    """Takes the style attributes and elements of one page apart, together up to `MOST_STYLE`."""

    def __init__(self, base: str) -> None:
        self._base = base
        self._left = MOST_STYLE
        self.refused = 0
        self.why: str | None = None  # the first was refused

    def of(self, element: _Element) -> Iterator[CssNeeds]:
        if style := element.get("style"):
            yield self._noted(needs_of_style(style, self._base, self._spend))
        if element.tag == "style":
            yield self._noted(needs_of_rules("".join(element.itertext()), self._base, self._spend))

    def _spend(self, characters: int) -> bool:
        if characters > self._left:
            return False
        self._left -= characters
        return True

    def _noted(self, needs: CssNeeds) -> CssNeeds:
        if needs.refused is not None:
            self.refused += 1
            self.why = self.why or needs.refused
        return needs


def _named(root: _Element, base: str, styles: _Styles) -> Iterator[tuple[bool, str]]:
    """Yield (whether it is a style sheet, URL) for all that the page names."""
    for element in root.iter():
        if not isinstance(element.tag, str):
            continue
        for is_sheet, written in _of_element(element):
            url = absolute(base, written) if written.strip() else None
            if url is not None:
                yield is_sheet, url
        for needs in styles.of(element):
            yield from ((True, url) for url in needs.imports)
            yield from ((False, url) for url in needs.others)


def _of_element(element: _Element) -> Iterator[tuple[bool, str]]:
    tag = element.tag
    if tag == "link":
        kinds = set(element.get("rel", "").lower().split())
        if kinds & _SHEETS or (kinds & {"preload"} and element.get("as", "").lower() == "style"):
            yield True, element.get("href", "")
        elif kinds & _OTHER_LINKS or ("shortcut" in kinds):
            yield False, element.get("href", "")
        yield from ((False, written) for written in parse_srcset(element.get("imagesrcset", "")))
    elif tag in ("img", "source", "script", "input", "image"):
        in_media = tag == "source" and getattr(element.getparent(), "tag", None) in ("video", "audio")
        if not in_media and (tag != "input" or element.get("type", "").lower() == "image"):
            yield from _of_image_or_script(element)
    elif tag == "video":
        yield False, element.get("poster", "")
    if background := element.get("background"):
        yield False, background


def _of_image_or_script(element: _Element) -> Iterator[tuple[bool, str]]:
    yield False, element.get("src", "")
    if element.tag != "script":
        yield from ((False, written) for written in lazy_sources(dict(element.attrib)))
    if element.tag == "image":  # in SVG
        yield False, element.get("href") or element.get("xlink:href") or ""
    for name in ("srcset", *SETS):
        if written := element.get(name):
            yield from ((False, one) for one in parse_srcset(written))
