"""What was found as feeds: Atom (RFC 4287) and JSON Feed 1.1. Pure: the same entries give the same bytes.

Text of pages goes in as text, which XML and JSON escape; what XML 1.0 cannot hold at all is made visible.
"""

from __future__ import annotations

import json
import re
import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Final

from lxml import etree

from articles.visible import visible

_ATOM: Final = "http://www.w3.org/2005/Atom"
_NAMES: Final = uuid.UUID("6f2c7a54-6a0e-5b43-9d7c-3d5c0f3d8a11")
_SPACES: Final = re.compile(r"\s+")
_NOT_IN_ADDRESSES: Final = frozenset('<>"{}|\\^`')
_GENERATOR: Final = "Palimpsest"


@dataclass(frozen=True)
class FeedEntry:
    """One thing that was found.

    `id` is a permanent `urn:uuid:` (see `entry_id`). `title` and `summary` are plain text, `html` is markup that we
    made ourselves, with everything of the page's escaped (audit.report.html_body.safe). `url` is where the article is,
    or was. `at` is when it was first seen so (aware). `labels` are short words: types, weight, outlet.
    """

    id: str
    title: str
    summary: str
    html: str
    url: str
    at: datetime
    labels: tuple[str, ...] = ()


@dataclass(frozen=True)
class FeedHead:
    """What is said of a feed as a whole. `id` is permanent; `url` is where the feed itself is, where that is known."""

    id: str
    title: str
    url: str | None = None
    home: str | None = None


def entry_id(*named: str) -> str:
    """Return a permanent id for what the words name: UUID version 5 (RFC 9562), as a URN.

    >>> entry_id("change", "sha256:ab", "2026-01-24T02:00:00+00:00") == entry_id("change", "sha256:ab")
    False
    """
    return uuid.uuid5(_NAMES, "\n".join(named)).urn


def atom(head: FeedHead, entries: Sequence[FeedEntry]) -> bytes:
    """Return an Atom document with the entries in the order given. Of entries with the same id the first is kept.

    `updated` of the feed is that of its newest entry (the beginning of time where there is none, so that an empty feed
    is valid, too, and the same each time).
    """
    feed = etree.Element(f"{{{_ATOM}}}feed", nsmap={None: _ATOM})
    _add(feed, "id", head.id)
    _add(feed, "title", _text(head.title))
    if head.url is not None:
        _add(feed, "link", rel="self", type="application/atom+xml", href=_address(head.url))
    if head.home is not None:
        _add(feed, "link", rel="alternate", type="text/html", href=_address(head.home))
    _add(feed, "updated", _moment(max((entry.at for entry in entries), default=datetime(1970, 1, 1, tzinfo=UTC))))
    _add(_add(feed, "author"), "name", _GENERATOR)
    _add(feed, "generator", _GENERATOR)
    for entry in _distinct(entries):
        node = _add(feed, "entry")
        _add(node, "id", entry.id)
        _add(node, "title", _text(entry.title))
        _add(node, "link", rel="alternate", href=_address(entry.url))
        _add(node, "updated", _moment(entry.at))
        _add(node, "published", _moment(entry.at))
        for label in entry.labels:
            _add(node, "category", term=_text(label))
        _add(node, "summary", _text(entry.summary), type="text")
        _add(node, "content", _lines(entry.html), type="html")
    return etree.tostring(feed, xml_declaration=True, encoding="utf-8", pretty_print=True)


def json_feed(head: FeedHead, entries: Sequence[FeedEntry]) -> bytes:
    """Return a JSON Feed 1.1 document (jsonfeed.org) with the entries in the order given, one of each id."""
    feed: dict[str, object] = {"version": "https://jsonfeed.org/version/1.1", "title": _text(head.title)}
    if head.home is not None:
        feed["home_page_url"] = _address(head.home)
    if head.url is not None:
        feed["feed_url"] = _address(head.url)
    feed["authors"] = [{"name": _GENERATOR}]
    feed["items"] = [
        {
            "id": entry.id,
            "url": _address(entry.url),
            "title": _text(entry.title),
            "summary": _text(entry.summary),
            "content_html": _lines(entry.html),
            "date_published": _moment(entry.at),
            "tags": [_text(label) for label in entry.labels],
        }
        for entry in _distinct(entries)
    ]
    return json.dumps(feed, ensure_ascii=False, indent=2).encode() + b"\n"


def _distinct(entries: Sequence[FeedEntry]) -> list[FeedEntry]:
    found: dict[str, FeedEntry] = {}
    for entry in entries:
        found.setdefault(entry.id, entry)
    return list(found.values())


def _add(parent: etree._Element, name: str, text: str | None = None, **attributes: str) -> etree._Element:
    element = etree.SubElement(parent, f"{{{_ATOM}}}{name}", attributes)
    element.text = text
    return element


def _moment(at: datetime) -> str:
    """RFC 3339, in UTC, to the second: what every reader of feeds understands."""
    return f"{at.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}"


def _text(text: str) -> str:
    return _held(_SPACES.sub(" ", text).strip())


def _lines(text: str) -> str:
    return "\n".join(_held(line) for line in text.splitlines())


def _held(text: str) -> str:
    """Return text that XML 1.0 can hold: beyond what steers, it refuses two noncharacters."""
    return visible(text).replace("\ufffe", "\\ufffe").replace("\uffff", "\\uffff")


def _address(url: str) -> str:
    """Return an address that a feed may hold as an IRI reference: white space, quotes and the like are encoded."""
    return "".join(
        "".join(f"%{byte:02X}" for byte in character.encode())
        if character.isspace() or character in _NOT_IN_ADDRESSES
        else character
        for character in _held(url)
    )
