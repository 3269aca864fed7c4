"""What a source announces: the links of a listing page and how many pages it has. Feeds are in `crawlers.feeds`."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Final
from urllib.parse import urljoin, urlsplit

from lxml.etree import _Element

from articles.charset import decode
from articles.markup import parse
from articles.page import Page
from crawlers.errors import SourceUnreadable
from crawlers.urls import absolute

LONGEST_ANNOUNCED: Final = 300
MOST_LINKS: Final = 50_000
_TIME: Final = re.compile(r"(?:19|20)\d\d[-/.]\d{1,2}[-/.]\d{1,2}(?:[ T]\d{1,2}:\d\d(?::\d\d)?)?")
# The PLA CMS announces its pages in an inline call: pages, this page, file name, extension; see research/outlets.md §0.
_PAGER: Final = re.compile(
    r"""createPageHTML\s*\(\s*['"](\d{1,5})['"]\s*,\s*['"]\d{1,5}['"]\s*,\s*['"]([\w.-]{1,64})['"]\s*,\s*['"](\w{1,8})['"]"""
)
_HEADINGS: Final = ".//h1|.//h2|.//h3|.//h4|.//h5|.//h6"


@dataclass(frozen=True)
class Link:
    """A URL that a source names, and what it says of it, in its own words."""

    url: str
    title: str | None = None
    time: str | None = None

    @property
    def announced(self) -> tuple[tuple[str, str], ...]:
        """What goes into the metadata record of the capture."""
        return tuple((name, said) for name, said in (("title", self.title), ("time", self.time)) if said)


@dataclass(frozen=True)
class Pager:
    """How a listing says that it goes on: `pages` files named `<name>_<n>.<extension>`, the first without a number.

    >>> Pager(5, "index", "html").url_of("http://a.example/news/index.html", 2)
    'http://a.example/news/index_2.html'
    """

    pages: int
    name: str
    extension: str

    def url_of(self, first: str, number: int) -> str:
        """Return the URL of page `number` of the listing whose first page is `first`."""
        return urljoin(first, f"{self.name}_{number}.{self.extension}")


@dataclass(frozen=True)
class SourcePage:
    """What one page of a source says. `further` are other sources (of a sitemap index), the newest first."""

    links: tuple[Link, ...]
    pager: Pager | None = None
    further: tuple[str, ...] = ()
    warnings: tuple[str, ...] = ()


def read_listing(page: Page) -> SourcePage:
    """Return the links of a listing page, each URL once, in the order of the page.

    Raises `SourceUnreadable` where the body is no HTML at all.
    """
    text = decode(page).text
    parsed = parse(text)
    if parsed.root is None:
        raise SourceUnreadable(f"{page.url} is no HTML page ({len(page.body)} bytes): no link was found in it")
    base = base_of(parsed.root, page.url)
    return SourcePage(
        links=merged(_links(parsed.root, base)),
        pager=_pager(text, parsed.root, base, page.url),
        warnings=parsed.warnings,
    )


def base_of(root: _Element, url: str) -> str:
    """Return what relative addresses on a page are relative to: its base element, else its URL."""
    for element in root.iter("base"):
        if written := element.get("href"):
            return absolute(url, written) or url
    return url


def merged(links: Iterable[Link]) -> tuple[Link, ...]:
    """Return each URL once, with the first title and the first time that any of its links gives."""
    found: dict[str, Link] = {}
    for link in links:
        known = found.get(link.url)
        if known is None:
            if len(found) >= MOST_LINKS:
                break
            found[link.url] = link
        elif not (known.title and known.time):
            found[link.url] = Link(link.url, known.title or link.title, known.time or link.time)
    return tuple(found.values())


def words(text: str | None) -> str | None:
    """Return a text in one line, cut to what a metadata record takes, or None where there is none."""
    return " ".join((text or "").split())[:LONGEST_ANNOUNCED] or None


def _links(root: _Element, base: str) -> Iterator[Link]:
    for anchor in root.iter("a", "area"):
        url = absolute(base, anchor.get("href") or "") if anchor.get("href") else None
        if url is not None:
            yield Link(url, _title(anchor), _time(anchor))


def _title(anchor: _Element) -> str | None:
    headings = anchor.xpath(_HEADINGS)
    if headings:
        return words("".join(headings[0].itertext()))
    text = words("".join(anchor.itertext()))
    return words(anchor.get("title")) or (words(_TIME.sub("", text)) if text else None)


def _time(anchor: _Element) -> str | None:
    """Find the time beside a link: in it, else in the item around it, if the item is about this link alone."""
    around: _Element | None = anchor
    for _ in range(3):
        if around is None:
            return None
        if around is not anchor and len({other.get("href") for other in around.iter("a")}) > 1:
            return None
        if found := _TIME.search(" ".join(around.itertext())):
            return found[0]
        around = around.getparent()
    return None


def _pager(text: str, root: _Element, base: str, url: str) -> Pager | None:
    if called := _PAGER.search(text):
        return Pager(int(called[1]), called[2], called[3])
    # Without the call: links to <this file>_<n>.<extension> in the same folder.
    folder, _, file = urlsplit(url).path.rpartition("/")
    name, _, extension = (file or "index.html").rpartition(".")
    if not name:
        return None
    numbered = re.compile(re.escape(f"{folder}/{name}_") + r"(\d{1,5})" + re.escape(f".{extension}"))
    host = urlsplit(url).netloc
    numbers = [
        int(found[1])
        for anchor in root.iter("a")
        if (target := absolute(base, anchor.get("href") or ""))
        and urlsplit(target).netloc == host
        and (found := numbered.fullmatch(urlsplit(target).path))
    ]
    return Pager(max(numbers), name, extension) if numbers else None
