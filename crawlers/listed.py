"""Which articles a page of a listing, or a feed, names, and which of them stand together. Pure.

The crawl asks a source for links to follow (`crawlers.sources`); this asks what a reader of the page was led to.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from typing import Final

from lxml.etree import _Element

from articles.charset import decode
from articles.markup import parse
from articles.page import Page
from config.outlet import Outlet
from crawlers.errors import SourceUnreadable
from crawlers.feeds import read_feed
from crawlers.sources import MOST_LINKS, base_of
from crawlers.urls import absolute
from storage.catalog.listed import NO_BOX
from storage.exchange import Role

VERSION: Final = 1
"""Rises whenever the same page may be found to name others, or in other boxes."""

FEED: Final = "feed"
"""The one box of a feed."""

_HIGHEST: Final = 12
"""So many elements up from a link its box is looked for. Listings have it 1 to 5 up."""

_LONGEST_NAME: Final = 80

Named = tuple[tuple[str, str], ...]
"""(box, URL of an article's first page), in the order of the page, each URL once a box."""


def listing_reader_id(outlet: Outlet) -> str:
    """Return the id under which listings are read today: it changes with what the outlet's file calls an article."""
    about = json.dumps([VERSION, *(pattern.url for pattern in outlet.articles)])
    return f"listing/{hashlib.sha256(about.encode()).hexdigest()[:8]}"


def named_by(page: Page, role: Role, outlet: Outlet) -> Named:
    """Return the articles that a page with the role listing or feed names.

    A box is the nearest element around a link that holds links to two articles or more, named by the tags, ids and
    classes of itself and the one around it; of several with one name the later ones have a number behind it.

    Raises:
        SourceUnreadable: the body is no HTML, or no feed.
    """
    if role is Role.FEED:
        matches = (outlet.match(link.url) for link in read_feed(page).links)
        return _once((FEED, match.first_url) for match in matches if match is not None)
    parsed = parse(decode(page).text)
    if parsed.root is None:
        raise SourceUnreadable(f"{page.url} is no HTML page ({len(page.body)} bytes): no link was found in it")
    return _once(_in_boxes(list(_links(parsed.root, page.url, outlet))))


def _once(named: Iterator[tuple[str, str]]) -> Named:
    return tuple(dict.fromkeys(named))


def _links(root: _Element, url: str, outlet: Outlet) -> Iterator[tuple[_Element, str]]:
    base = base_of(root, url)
    found = 0
    for anchor in root.iter("a", "area"):
        target = absolute(base, anchor.get("href") or "") if anchor.get("href") else None
        if target is not None and (match := outlet.match(target)) is not None:
            yield anchor, match.first_url
            found += 1
            if found == MOST_LINKS:
                return


def _in_boxes(links: list[tuple[_Element, str]]) -> Iterator[tuple[str, str]]:
    only: dict[_Element, str] = {}  # the article that an element links to, as far as one is known
    boxes: set[_Element] = set()  # elements with links to several
    for anchor, url in links:
        for element in _up(anchor):
            if only.setdefault(element, url) != url:
                boxes.add(element)
                break
    names: dict[_Element, str] = {}
    taken: dict[str, int] = {}
    for anchor, url in links:
        box = next((element for element in _up(anchor) if element in boxes), None)
        if box is None:
            yield NO_BOX, url
            continue
        if box not in names:
            name = f"{_name(box.getparent())}>{_name(box)}"
            taken[name] = taken.get(name, 0) + 1
            names[box] = name if taken[name] == 1 else f"{name} {taken[name]}"
        yield names[box], url


def _up(anchor: _Element) -> Iterator[_Element]:
    element = anchor.getparent()
    for _ in range(_HIGHEST):
        if element is None:
            return
        yield element
        element = element.getparent()


def _name(element: _Element | None) -> str:
    if element is None:
        return ""
    classes = "".join(f".{one}" for one in (element.get("class") or "").split())
    its_id = f"#{element.get('id')}" if element.get("id") else ""
    return f"{element.tag!s}{its_id}{classes}"[:_LONGEST_NAME]
