"""A page rewritten: from the bytes of a capture to HTML in UTF-8 that neither runs nor leaves the archive."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from articles.charset import decode
from articles.page import Page
from replay.rewrite.attributes import Addresses, read
from replay.rewrite.characters import escape
from replay.rewrite.elements import Elements
from replay.rewrite.html_tokens import COMMON_LINK, Doctype, End, Plain, Start, Text, attributes_of, tokens_of
from replay.rewrite.kinds import Map
from replay.rewrite.urls import Base

DEEPEST: Final = 3
"""So many documents within documents (`srcdoc`) are rewritten; those further in are empty."""

_BASE: Final = re.compile(r"<base[\s/>]", re.IGNORECASE)
_XHTML: Final = "application/xhtml+xml"
_VOID: Final = frozenset(  # elements of HTML that have no end tag
    ("area", "base", "br", "col", "embed", "frame", "hr", "img", "input", "link", "meta", "source", "track", "wbr")
)


@dataclass(frozen=True)
class Onward:
    """Where a page would have sent its reader after so many seconds: an absolute URL."""

    seconds: int
    url: str


@dataclass(frozen=True)
class Rewritten:
    """A page in UTF-8, where it would have sent its reader, and what was odd about its characters."""

    body: bytes
    onward: Onward | None = None
    warnings: tuple[str, ...] = ()


def rewrite_page(page: Page, to: Map) -> Rewritten:
    """Return a captured page with every address mapped by `to`, and with nothing in it that runs.

    A page in XHTML becomes one in HTML. Never fails whatever the body is, and takes time in proportion to it. Raises
    ValueError where the page's own URL is no http(s) URL.

    >>> from datetime import UTC, datetime
    >>> html = "<a href=c onclick=d()>\u672c</a><script>e()</script>"
    >>> page = Page("http://a.example/b/", html.encode("gbk"), datetime.now(UTC))
    >>> rewrite_page(page, lambda url, kind: f"/{kind}/{url}").body.decode()
    '<a href="/page/http://a.example/b/c" target="_top">\u672c</a>'
    """
    decoded = decode(page)
    base = Base(page.url, decoded.codec)
    xhtml = (page.header("Content-Type") or "").partition(";")[0].strip().lower() == _XHTML
    document = _Document(decoded.text.replace("\x00", "\ufffd"), base, decoded.codec, to, xhtml=xhtml)
    html = document.rewritten()
    return Rewritten(html.encode("utf-8", "replace"), document.onward(), decoded.doubts)


class _Document:
    """One document: a page, or the source of one within it."""

    def __init__(self, text: str, base: Base, codec: str, to: Map, depth: int = 0, *, xhtml: bool = False) -> None:
        self._text = text
        self._xhtml = xhtml
        self._url = base.url
        self._base = _declared_base(text, base, codec, xhtml=xhtml)
        self._codec = codec
        self._to = to
        self._depth = depth
        self._addresses = Addresses(self._base, to)
        self._elements = Elements(self._addresses, base.url, self._inner)

    def rewritten(self) -> str:
        """Return the document's HTML."""
        out: list[str] = []
        begun = False
        for token in tokens_of(self._text, xhtml=self._xhtml):
            if isinstance(token, Plain):
                begun = begun or not token.text.isspace()
                out.append(token.text)
                continue
            if isinstance(token, Doctype):
                out.append("" if begun else token.text)
            elif isinstance(token, Text):
                out.append(escape(token.text))
            elif isinstance(token, End):
                out.append(self._end(token.name))
            elif token.name == "a" and (common := COMMON_LINK.fullmatch(token.attributes)):
                out.append(self._elements.common_link(common))
            elif token.raw is None:
                out.append(self._start(token))
            else:
                out.append(self._raw(token.name, token.attributes, token.raw))
            begun = True
        return "".join(out)

    def onward(self) -> Onward | None:
        """Return where the document, once rewritten, turned out to send its reader, if to another page."""
        refresh = self._elements.refresh
        url = self._base.resolve(refresh.reference) if refresh and refresh.reference else None
        return Onward(refresh.seconds, url) if refresh and url and url != self._url else None

    def _start(self, tag: Start) -> str:
        """Return what stands for a start tag. One that ends itself in XHTML would, in HTML, hold all that follows."""
        attributes = read(attributes_of(tag.attributes))
        if not (self._xhtml and tag.closed and tag.name not in _VOID):
            return self._elements.start(tag.name, attributes, closed=tag.closed)
        return self._elements.start(tag.name, attributes, closed=False) + self._elements.end(tag.name)

    def _end(self, name: str) -> str:
        """Return what stands for an end tag. In HTML `</br>` would be a line of its own."""
        return "" if self._xhtml and name == "br" else self._elements.end(name)

    def _raw(self, name: str, attributes: str, raw: str) -> str:
        """Return what stands for an element of raw text."""
        match name:
            case "style":
                content = self._addresses.style(raw.replace("<![CDATA[", "").replace("]]>", ""))
            case "title" | "textarea":
                content = raw.replace("<", "&lt;")
            case "xmp" | "plaintext":
                return f"<pre>{escape(raw)}</pre>"
            case "iframe":
                return self._elements.start(name, read(attributes_of(attributes)), closed=False)
            case _:  # script, and what is for browsers without frames or plug-ins
                return ""
        return self._elements.start(name, read(attributes_of(attributes)), closed=False) + content + f"</{name}>"

    def _inner(self, source: str) -> str:
        if self._depth == DEEPEST:
            return ""
        return _Document(source, self._base, self._codec, self._to, self._depth + 1).rewritten()


def _declared_base(text: str, base: Base, codec: str, *, xhtml: bool) -> Base:
    """Return the base that the first `base` element with an address declares, else the document's own."""
    if _BASE.search(text):
        for token in tokens_of(text, xhtml=xhtml):
            if isinstance(token, Start) and token.name == "base":
                attributes = read(attributes_of(token.attributes))
                if "href" in attributes:
                    url = base.resolve(attributes["href"])
                    return base if url is None else Base(url, codec)
    return base
