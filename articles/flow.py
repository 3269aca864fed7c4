"""From an HTML tree to the pieces a person sees one below the other: texts, pictures, players."""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass
from typing import NamedTuple

from lxml.etree import _Attrib, _Element

_BLOCKS = frozenset(
    [
        "address",
        "article",
        "aside",
        "blockquote",
        "body",
        "caption",
        "center",
        "dd",
        "details",
        "div",
        "dl",
        "dt",
        "fieldset",
        "figcaption",
        "figure",
        "footer",
        "form",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "header",
        "hr",
        "html",
        "li",
        "main",
        "nav",
        "ol",
        "p",
        "pre",
        "section",
        "summary",
        "table",
        "tbody",
        "td",
        "tfoot",
        "th",
        "thead",
        "tr",
        "ul",
    ]
)
_HEADINGS = frozenset(("h1", "h2", "h3", "h4", "h5", "h6"))
_BOLD = frozenset(("strong", "b"))
_CAPTIONS = frozenset(("figcaption", "caption"))
_PLAYERS = frozenset(("video", "audio", "iframe", "embed", "object"))
_UNSEEN = frozenset(
    [
        "script",
        "style",
        "template",
        "noscript",
        "head",
        "title",
        "meta",
        "link",
        "select",
        "textarea",
        "button",
        "svg",
        "math",
        "map",
        "datalist",
    ]
)
_SPACES = re.compile(r"[ \t\r\n\f]+")
_NO_DISPLAY = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
_INVISIBLE = dict.fromkeys(map(ord, "\u200b\u200c\u200d\u2060\ufeff\u00ad"))
MOST_PIECES = 20_000
"""A body with more is not read to its end. The longest known to us has 213."""
_SOURCES = ("src", "data-src", "data-original", "data-lazyload")


class Text(NamedTuple):
    """A run of text set off from its neighbours. Line breaks within are `\\n`; white space is as HTML shows it."""

    text: str
    bold: bool = False  # all of it
    heading: bool = False
    caption: bool = False  # marked as one
    links: tuple[str, ...] = ()  # as written


@dataclass(frozen=True)
class Picture:
    """An image, by its address as written."""

    source: str


@dataclass(frozen=True)
class Player:
    """A video or sound."""


Piece = Text | Picture | Player


def pieces(root: _Element | None, *, caption_classes: Collection[str] = ()) -> list[Piece]:
    """Return what a page's body shows, in order. Empty paragraphs, hidden elements and scripts show nothing.

    Two line breaks in a row part a text in two, as a blank line does for a reader. After `MOST_PIECES` pieces the rest
    is left out.
    """
    flow = _Flow(frozenset(caption_classes))
    if root is not None:
        flow.take(root)
        flow.flush()
    return flow.pieces[:MOST_PIECES]


class _Flow:
    """The text since the last block's edge, as lines of (text, bold), and what it stands in."""

    def __init__(self, caption_classes: frozenset[str]) -> None:
        self.caption_classes = caption_classes
        self.pieces: list[Piece] = []
        self.lines: list[list[tuple[str, bool]]] = [[]]
        self.links: list[str] = []
        self.bold = self.heading = self.caption = 0
        self.captioned = self.headed = False

    def take(self, element: _Element) -> None:
        """Take in an element and the text behind it. Recursive: the parser gives no tree deeper than 256."""
        if len(self.pieces) > MOST_PIECES:
            return
        tag = str(element.tag)
        kind = _TAGS.get(tag)
        block, bold, heading, caption = kind or _INLINE
        attributes = element.attrib
        if (tag not in _UNSEEN) and not (attributes and _hidden(attributes)):
            if attributes and self.caption_classes and (name := attributes.get("class")):
                caption = caption or not self.caption_classes.isdisjoint(name.split())
            if block:
                self.flush()
            self.bold += bold
            self.heading += heading
            self.caption += caption
            if kind or self._special(tag, element):
                if text := element.text:
                    self._write(text)
                for child in element:
                    self.take(child)
            if block:
                self.flush()
            self.bold -= bold
            self.heading -= heading
            self.caption -= caption
        if tail := element.tail:
            self._write(tail)

    def _special(self, tag: str, element: _Element) -> bool:
        if tag == "br":
            self.lines.append([])
        elif tag == "img":
            source = next((value for name in _SOURCES if (value := (element.get(name) or "").strip())), "")
            self.flush()
            self.pieces.append(Picture(source))
        elif tag == "a":
            if link := element.get("href"):
                self.links.append(link)
        elif tag in _PLAYERS:
            self.flush()
            self.pieces.append(Player())
            return False
        return True

    def flush(self) -> None:
        """End the text so far: one piece for each group of lines without a blank line between."""
        if len(self.lines) == 1:  # most texts are one line, and half of these calls find none
            line = self.lines[0]
            if not line:
                return
            if len(line) == 1:
                text, bold = line[0]
                if _shows(text):
                    text = _on_one_line(text)
                    self.pieces.append(Text(text, bold, self.headed, self.captioned, tuple(self.links)))
            else:
                self._group([line])
            self.lines = [[]]
        else:
            group: list[list[tuple[str, bool]]] = []
            for line in [*self.lines, []]:
                if any(_shows(text) for text, _ in line):
                    group.append(line)
                elif group:
                    self._group(group)
                    group = []
            self.lines = [[]]
        self.links, self.captioned, self.headed = [], False, False

    def _group(self, lines: list[list[tuple[str, bool]]]) -> None:
        text = "\n".join([_on_one_line("".join([part for part, _ in line])) for line in lines])
        if _shows(text):
            bold = all(bold for line in lines for part, bold in line if bold or _shows(part))
            self.pieces.append(Text(text, bold, self.headed, self.captioned, tuple(self.links)))

    def _write(self, text: str) -> None:
        if text.isspace() and not self.lines[-1]:  # between blocks
            return
        self.lines[-1].append((text, self.bold > 0))
        if self.heading or self.caption:
            shown = _shows(text)
            self.headed |= self.heading > 0 and shown
            self.captioned |= self.caption > 0 and shown


def _on_one_line(text: str) -> str:
    """White space as HTML shows it. A look first: most texts are in order, and looking is ten times as fast."""
    if "\n" in text or "  " in text or "\t" in text or "\r" in text or "\f" in text:
        text = _SPACES.sub(" ", text)
    return text.strip()


def _shows(text: str) -> bool:
    return bool(text.strip()) and (text.isascii() or bool(text.translate(_INVISIBLE).strip()))


def _hidden(attributes: _Attrib) -> bool:
    style = attributes.get("style")
    if style and ":" in style and _NO_DISPLAY.search(style):
        return True
    return "hidden" in attributes or attributes.get("id") == "hide"


# What a tag is: block, bold, heading, caption. Any other is inline, or special.
_INLINE = (False, False, False, False)
_TAGS = {
    **{tag: (True, False, tag in _HEADINGS, tag in _CAPTIONS) for tag in _BLOCKS},
    **dict.fromkeys(_BOLD, (False, True, False, False)),
    **dict.fromkeys(("span", "em", "i", "u", "font", "sup", "sub"), _INLINE),
}
