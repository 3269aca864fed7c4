"""What a source announces: the links of a listing page and how many pages it has. Feeds are in `crawlers.feeds`."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import islice
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
# The PLA CMS announces its pages in an inline call: pages, this page, file name, extension.
_PAGER: Final = re.compile(
    r"""createPageHTML\s*\(\s*['"](\d{1,5})['"]\s*,\s*['"]\d{1,5}['"]\s*,\s*['"]([\w.-]{1,64})['"]\s*,\s*['"](\w{1,8})['"]"""
)
_HEADINGS: Final = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
# Elements and texts that are looked through. Links without an end nest, 256 deep, and each then holds the whole page.
_MOST_IN_A_LINK: Final = 200
_MOST_IN_AN_ITEM: Final = 500


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

    The PLA CMS writes the `_` (and so eng.chinamil.com.cn), en.people.cn has `index2.html` (inferred: both are from
    other people's crawlers).

    >>> Pager(5, "index", "html").url_of("http://a.example/news/index.html", 2)
    'http://a.example/news/index_2.html'
    >>> Pager(5, "index", "html", "").url_of("http://a.example/news/", 2)
    'http://a.example/news/index2.html'
    """

    pages: int
    name: str
    extension: str
    separator: str = "_"

    def url_of(self, first: str, number: int) -> str:
        """Return the URL of page `number` of the listing whose first page is `first`."""
        return urljoin(first, f"{self.name}{self.separator}{number}.{self.extension}")


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
    times = _Times()
    for anchor in root.iter("a", "area"):
        url = absolute(base, anchor.get("href") or "") if anchor.get("href") else None
        if url is not None:
            yield Link(url, _title(anchor), times.beside(anchor))


def _title(anchor: _Element) -> str | None:
    inside = islice(anchor.iter(), _MOST_IN_A_LINK)
    if (heading := next((element for element in inside if element.tag in _HEADINGS), None)) is not None:
        return words("".join(islice(heading.itertext(), _MOST_IN_A_LINK)))
    text = words("".join(islice(anchor.itertext(), _MOST_IN_A_LINK)))
    return words(anchor.get("title")) or (words(_TIME.sub("", text)) if text else None)


class _Times:
    """Finds the time beside a link: in it, else in the item around it, if the item is about this link alone.

    Each element is looked through once, however many links are in it: a listing may be one list of 30,000 links.
    """

    def __init__(self) -> None:
        self._known: dict[_Element, tuple[bool, str | None]] = {}  # whether it is about one link alone, and its time

    def beside(self, anchor: _Element) -> str | None:
        around: _Element | None = anchor
        for _ in range(3):
            if around is None:
                return None
            if around not in self._known:
                self._known[around] = _about(around, is_link=around is anchor)
            alone, time = self._known[around]
            if not alone or time:
                return time
            around = around.getparent()
        return None


def _about(element: _Element, *, is_link: bool) -> tuple[bool, str | None]:
    inside = list(islice(element.iter(), _MOST_IN_AN_ITEM))
    hrefs = {other.get("href") for other in inside if other.tag == "a"}
    if not is_link and (len(hrefs) > 1 or len(inside) == _MOST_IN_AN_ITEM):
        return False, None
    found = _TIME.search(" ".join(islice(element.itertext(), _MOST_IN_AN_ITEM)))
    return True, found[0] if found else None


def _pager(text: str, root: _Element, base: str, url: str) -> Pager | None:
    if called := _PAGER.search(text):
        return Pager(int(called[1]), called[2], called[3])
    # Without the call: links to <this file>_<n>.<extension> in the same folder, or to <this file><n>.<extension>.
    folder, _, file = urlsplit(url).path.rpartition("/")
    name, _, extension = (file or "index.html").rpartition(".")
    if not name:
        return None
    # A number right behind a number would make 12.html page 2 of 1.html.
    separator = "_" if name[-1].isdigit() else "_?"
    numbered = re.compile(re.escape(f"{folder}/{name}") + rf"({separator})(\d{{1,5}})" + re.escape(f".{extension}"))
    host = urlsplit(url).netloc
    found: dict[str, int] = {}
    for anchor in root.iter("a"):
        target = urlsplit(absolute(base, anchor.get("href") or "") or "")
        if target.netloc == host and (page := numbered.fullmatch(target.path)):
            found[page[1]] = max(found.get(page[1], 0), int(page[2]))
    if not found:
        return None
    separator = max(found)  # "_" where there are both
    return Pager(found[separator], name, extension, separator)
