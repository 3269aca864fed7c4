"""RSS, RDF, Atom and sitemaps (with their indexes, and gzipped) as links. What they hold is hostile until read.

No entity is expanded, nothing is loaded, and the size is limited before and after decompression; elements are let go
as they are read, so a sitemap of 50,000 URLs costs its bytes and its links.
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterator
from io import BytesIO
from typing import Final

from lxml import etree
from lxml.etree import _Element

from articles.page import Page
from crawlers.errors import SourceUnreadable
from crawlers.sources import MOST_LINKS, Link, SourcePage, merged, words
from crawlers.urls import absolute

MOST_BYTES: Final = 50 * 1024 * 1024  # sitemaps.org: no more than 50 MB uncompressed
# Measured: 7 MiB of empty elements, two million, take 20 s and 280 MB. An item of a feed has some ten elements.
MOST_TO_NOTHING: Final = 50_000
_ROOTS: Final = frozenset({"rss", "rdf", "feed", "urlset", "sitemapindex"})
_ITEMS: Final = frozenset({"item", "entry", "url", "sitemap"})
_DECLARES: Final = re.compile(rb"<!ENTITY|<!ELEMENT|<!ATTLIST")
_TIMES: Final = ("publication_date", "published", "pubdate", "date", "updated", "lastmod")


def read_feed(page: Page) -> SourcePage:
    """Return the links of a feed or a sitemap; those of a sitemap index are `further`, the last changed first.

    Raises `SourceUnreadable` for what is neither, and for a document that declares entities.
    """
    body, warnings = _unpacked(page)
    if _DECLARES.search(body):
        raise SourceUnreadable(f"{page.url} declares entities or elements of its own: no feed does, so it was not read")
    items = etree.iterparse(
        BytesIO(body),
        events=("start", "end"),
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        huge_tree=False,
        recover=True,  # feeds with a bare & are common
        remove_comments=True,
        remove_pis=True,
        collect_ids=False,
    )
    links: list[Link] = []
    indexed: list[tuple[str, str]] = []
    seen_root = False
    to_nothing = 0  # elements since the last link
    try:
        for event, element in items:
            name = _name(element)
            to_nothing += 1
            if not seen_root:
                seen_root = True
                if name not in _ROOTS:
                    raise SourceUnreadable(f"{page.url} is no feed and no sitemap: its first element is <{name}>")
            if event == "end" and name in _ITEMS:
                link = _link(element, page.url)
                if link is not None and name == "sitemap":
                    indexed.append((link.time or "", link.url))
                elif link is not None:
                    links.append(link)
                to_nothing = 0 if link is not None else to_nothing
                _let_go(element)
            if to_nothing > 2 * MOST_TO_NOTHING:  # each begins and ends
                warnings.append(f"{page.url} goes on for {MOST_TO_NOTHING} elements without a link: it was left there")
                break
            if len(links) + len(indexed) >= MOST_LINKS:
                warnings.append(f"{page.url} names more than {MOST_LINKS} URLs: the rest was not read")
                break
    except etree.XMLSyntaxError as wrong:
        if not seen_root:
            raise SourceUnreadable(f"{page.url} is no XML: {wrong.msg}") from None
        warnings.append(f"{page.url} breaks off or is too deep: {wrong.msg}")
    if not seen_root:
        raise SourceUnreadable(f"{page.url} is no XML ({len(page.body)} bytes)")
    # A stable sort: sitemaps without a time keep their order.
    further = tuple(url for _, url in sorted(indexed, key=lambda one: one[0], reverse=True))
    return SourcePage(merged(links), further=tuple(dict.fromkeys(further)), warnings=tuple(warnings))


def _unpacked(page: Page) -> tuple[bytes, list[str]]:
    body, warnings = page.body, []
    if body.startswith(b"\x1f\x8b"):
        unpacker = zlib.decompressobj(wbits=31)
        try:
            body = unpacker.decompress(body, MOST_BYTES)
        except zlib.error as wrong:
            raise SourceUnreadable(f"{page.url} is broken gzip: {wrong}") from None
        if not unpacker.eof:
            warnings.append(f"{page.url} breaks off, or unpacks to more than {MOST_BYTES} bytes: the rest was not read")
    return body[:MOST_BYTES].lstrip(), warnings


def _link(item: _Element, base: str) -> Link | None:
    url = title = None
    times: dict[str, str] = {}
    for element in _below(item):
        name, text = _name(element), words(element.text)
        if name == "link" and element.get("href"):  # Atom
            if element.get("rel", "alternate") == "alternate":
                url = url or absolute(base, element.get("href", ""))
        elif name in ("link", "loc") and text:
            url = url or absolute(base, text)
        elif name == "guid" and text and element.get("isPermaLink", "true") == "true":
            times.setdefault("guid", text)
        elif name == "title":
            title = title or words("".join(part for part in element.itertext() if isinstance(part, str)))
        elif name in _TIMES and text:
            times.setdefault(name, text)
    url = url or (absolute(base, times["guid"]) if times.get("guid", "").startswith("http") else None)
    time = next((times[name] for name in _TIMES if name in times), None)
    return None if url is None else Link(url, title, time)


def _below(item: _Element) -> Iterator[_Element]:
    """Yield the children of an item and, for <news:news> and its like, theirs."""
    for child in item:
        if isinstance(child.tag, str):
            yield child
            if _name(child) == "news":
                yield from (grandchild for grandchild in child if isinstance(grandchild.tag, str))


def _name(element: _Element) -> str:
    tag = element.tag
    return tag.rpartition("}")[2].lower() if isinstance(tag, str) else ""


def _let_go(element: _Element) -> None:
    element.clear()
    parent = element.getparent()
    while parent is not None and element.getprevious() is not None:
        del parent[0]
