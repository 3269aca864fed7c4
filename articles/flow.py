"""From an HTML tree to the pieces a person sees one below the other: texts, pictures, players."""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass, field

from lxml import etree
from lxml.etree import _Element

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
_SOURCES = ("src", "data-src", "data-original", "data-lazyload")


@dataclass(frozen=True)
class Text:
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

    Two line breaks in a row part a text in two, as a blank line does for a reader.
    """
    flow = _Flow(frozenset(caption_classes))
    if root is not None:
        walker = etree.iterwalk(root, events=("start", "end"))
        for event, element in walker:
            if event == "end":
                flow.leave(element)
            elif not flow.enter(element):
                walker.skip_subtree()
    return flow.pieces


@dataclass
class _Flow:
    caption_classes: frozenset[str]
    pieces: list[Piece] = field(default_factory=list)
    lines: list[list[tuple[str, bool]]] = field(default_factory=lambda: [[]])
    links: list[str] = field(default_factory=list)
    bold: int = 0
    heading: int = 0
    caption: int = 0
    captioned: bool = False
    headed: bool = False

    def enter(self, element: _Element) -> bool:
        """Take in an element's start and its first text. False: it shows nothing (or not its children)."""
        tag = str(element.tag)
        if tag in _UNSEEN or _hidden(element):
            return False
        if tag in _PLAYERS:
            self.flush()
            self.pieces.append(Player())
            return False
        if tag in _BLOCKS:
            self.flush()
            self.heading += tag in _HEADINGS
        elif tag == "br":
            self.lines.append([])
        elif tag == "img":
            source = next((value for name in _SOURCES if (value := (element.get(name) or "").strip())), "")
            self.flush()
            self.pieces.append(Picture(source))
        elif tag == "a" and (link := element.get("href")):
            self.links.append(link)
        self.bold += tag in _BOLD
        self.caption += self._is_caption(element, tag)
        if element.text:
            self._write(element.text)
        return True

    def leave(self, element: _Element) -> None:
        """Take in an element's end and the text behind it."""
        tag = str(element.tag)
        if not (tag in _UNSEEN or tag in _PLAYERS or _hidden(element)):
            if tag in _BLOCKS:
                self.flush()
                self.heading -= tag in _HEADINGS
            self.bold -= tag in _BOLD
            self.caption -= self._is_caption(element, tag)
        if element.tail:
            self._write(element.tail)

    def flush(self) -> None:
        """End the text so far: one piece for each group of lines without a blank line between."""
        if len(self.lines) > 1 or self.lines[0]:
            group: list[tuple[str, bool]] = []
            for line in [*self.lines, []]:
                text = _SPACES.sub(" ", "".join(part for part, _ in line)).strip()
                if _shows(text):
                    group.append((text, all(bold for part, bold in line if _shows(part))))
                elif group:
                    self._piece(group)
                    group = []
            self.lines = [[]]
        self.links, self.captioned, self.headed = [], False, False

    def _piece(self, group: list[tuple[str, bool]]) -> None:
        self.pieces.append(
            Text(
                text="\n".join(line for line, _ in group),
                bold=all(bold for _, bold in group),
                heading=self.headed,
                caption=self.captioned,
                links=tuple(self.links),
            )
        )

    def _write(self, text: str) -> None:
        self.lines[-1].append((text, self.bold > 0))
        if self.heading or self.caption:
            shown = _shows(text)
            self.headed |= self.heading > 0 and shown
            self.captioned |= self.caption > 0 and shown

    def _is_caption(self, element: _Element, tag: str) -> bool:
        if tag in _CAPTIONS:
            return True
        name = element.get("class") if self.caption_classes else None
        return name is not None and not self.caption_classes.isdisjoint(name.split())


def _shows(text: str) -> bool:
    return bool(text) and not text.isspace() and bool(text.translate(_INVISIBLE).strip())


def _hidden(element: _Element) -> bool:
    style = element.get("style")
    if style and _NO_DISPLAY.search(style):
        return True
    return element.get("hidden") is not None or element.get("id") == "hide"
