"""A page made ready for readers: decoded once, cut and parsed once, however many readers look at it."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from typing import TypeVar, cast
from urllib.parse import urljoin, urlsplit

from articles.charset import decode
from articles.markup import Parsed, parse
from articles.page import Page

Found = TypeVar("Found")
_DEFAULT_PORT = re.compile(r"^(http://[^/?]*?):80(?![^/?])|^(https://[^/?]*?):443(?![^/?])")


@dataclass(frozen=True)
class Split:
    """A page cut at its body's two delimiters: the frame (all but the body), and the body, each a tree of its own.

    Cutting the text before parsing is what the outlet's own script does to load further pages, and it holds against
    stray end tags in a body, which would close the containers around it. `body` is None where a delimiter is missing.
    """

    frame: Parsed
    body: Parsed | None
    marks: int


class Document:
    """A page's characters and trees. What was odd about them is in `warnings` of each part."""

    def __init__(self, page: Page) -> None:
        self.page = page
        decoded = decode(page)
        self.text = decoded.text
        self.codec = decoded.codec
        self.warnings = decoded.warnings
        self._splits: dict[tuple[str, str, str], Split] = {}
        self._found: dict[str, object] = {}

    @cached_property
    def path(self) -> str:
        """The path of the page's URL."""
        return urlsplit(self.page.url).path

    @cached_property
    def whole(self) -> Parsed:
        """The page as one tree, without its comments."""
        return parse(self.text)

    def once(self, name: str, find: Callable[[], Found]) -> Found:
        """Return what `find` returned the first time it was asked for under that name."""
        if name not in self._found:
            self._found[name] = find()
        return cast("Found", self._found[name])

    def absolute(self, reference: str) -> str | None:
        """Return a link or image address of the page as an absolute http(s) URL, else None.

        Without fragment, and without the scheme's own port: old archives write `:80` into the addresses of pages.
        """
        try:
            url = urljoin(self.page.url, reference.strip()).partition("#")[0]
        except ValueError:  # "http://[": what a browser would not follow either
            return None
        return _DEFAULT_PORT.sub(r"\1\2", url) if url.startswith(("http://", "https://")) else None

    def split(self, begin: re.Pattern[str], end: re.Pattern[str], *, after: str) -> Split:
        """Cut at the first `begin` that comes after the text `after`, and at the first `end` that follows it."""
        key = (begin.pattern, end.pattern, after)
        if key not in self._splits:
            self._splits[key] = self._split(begin, end, max(self.text.find(after), 0))
        return self._splits[key]

    def _split(self, begin: re.Pattern[str], end: re.Pattern[str], position: int) -> Split:
        first = begin.search(self.text, position)
        second = end.search(self.text, first.end()) if first else None
        if first is None or second is None:
            return Split(parse(self.text, comments=True), None, int(first is not None))
        frame = self.text[: first.end()] + self.text[second.start() :]
        return Split(parse(frame, comments=True), parse(self.text[first.end() : second.start()]), 2)
