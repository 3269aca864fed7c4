"""Feeds by the rules of their specifications: RFC 4287 (Atom) and JSON Feed 1.1."""

from __future__ import annotations

import json
import re
from datetime import UTC, datetime, timedelta, timezone
from itertools import count
from typing import Any
from urllib.parse import urlsplit

from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from audit.feeds import FeedEntry, FeedHead, atom, entry_id, json_feed
from audit.report.html_body import safe

ATOM = {"a": "http://www.w3.org/2005/Atom"}
HEAD = FeedHead("urn:uuid:00000000-0000-5000-8000-000000000001", "What <changed> & when", "http://127.0.0.1/feed.atom")
NOON = datetime(2026, 1, 24, 12, tzinfo=timezone(timedelta(hours=8)))
_NUMBERS = count()

texts = st.text(max_size=60)


@st.composite
def feed_entries(draw: Any) -> FeedEntry:
    text = draw(texts)
    return FeedEntry(
        id=entry_id("test", str(next(_NUMBERS))),
        title=text,
        summary=draw(texts),
        html=f"<p>{safe(draw(texts))}</p>",
        url=f"http://outlet.example/{text}",
        at=NOON + timedelta(seconds=draw(st.integers(0, 10**6))),
        labels=tuple(draw(st.lists(texts, max_size=2))),
    )


@given(st.lists(feed_entries(), max_size=4))
def test_every_atom_feed_meets_the_rules(entries: list[FeedEntry]) -> None:
    feed = etree.fromstring(atom(HEAD, entries))
    for node in (feed, *feed.findall("a:entry", ATOM)):
        for name in ("id", "title", "updated"):
            assert len(node.findall(f"a:{name}", ATOM)) == 1
        assert urlsplit(node.findtext("a:id", namespaces=ATOM)).scheme
        moment = node.findtext("a:updated", namespaces=ATOM)
        assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ", moment)
        datetime.fromisoformat(moment)
    assert feed.find("a:author/a:name", ATOM).text  # of the feed, so of every entry
    assert [link.get("rel") for link in feed.findall("a:link", ATOM)] == ["self"]
    ids = [node.text for node in feed.findall("a:entry/a:id", ATOM)]
    assert ids == [entry.id for entry in entries]
    for link in feed.findall("a:entry/a:link", ATOM):
        assert not re.search(r'[\s<>"{}|\\^`\x00-\x1f\x7f]', link.get("href"))
    for content in feed.findall("a:entry/a:content", ATOM):
        assert content.get("type") == "html"


@given(st.lists(feed_entries(), max_size=4))
def test_every_json_feed_meets_the_rules(entries: list[FeedEntry]) -> None:
    feed = json.loads(json_feed(HEAD, entries))
    assert feed["version"] == "https://jsonfeed.org/version/1.1"
    assert feed["title"]
    assert [item["id"] for item in feed["items"]] == [entry.id for entry in entries]
    for item in feed["items"]:
        assert isinstance(item["content_html"], str)
        assert datetime.fromisoformat(item["date_published"]).tzinfo is not None
        assert all(isinstance(tag, str) for tag in item["tags"])


def test_what_a_page_says_stays_text() -> None:
    hostile = "</title><script>alert(1)</script>\x1b[2J\x00\u202e"
    entry = FeedEntry(entry_id("x"), hostile, hostile, f"<p>{safe(hostile)}</p>", "http://a.example/\x1b", NOON)
    feed = etree.fromstring(atom(HEAD, [entry]))
    assert feed.findtext("a:entry/a:title", namespaces=ATOM) == "</title><script>alert(1)</script>\\x1b[2J\\x00\\u202e"
    assert feed.findtext("a:entry/a:content", namespaces=ATOM).startswith("<p>&lt;/title&gt;&lt;script&gt;")
    for written in (atom(HEAD, [entry]), json_feed(HEAD, [entry])):
        assert not re.search(b"[\x00-\x09\x0b-\x1f\x7f]", written)


def test_an_empty_feed_is_valid_and_the_same_each_time() -> None:
    assert etree.fromstring(atom(HEAD, [])).findtext("a:updated", namespaces=ATOM) == "1970-01-01T00:00:00Z"
    assert atom(HEAD, []) == atom(HEAD, [])


def test_moments_are_told_in_utc_and_an_id_comes_once() -> None:
    entry = FeedEntry(entry_id("x"), "t", "s", "<p>", "http://a.example/", NOON)
    written = atom(HEAD, [entry, entry])
    assert written.count(b"<entry>") == 1
    assert b"<updated>2026-01-24T04:00:00Z</updated>" in written
    assert NOON.astimezone(UTC).hour == 4
