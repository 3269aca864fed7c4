"""Real pages of outlets and of others, rewritten: nothing of what they say is lost, and nothing leads away."""

from __future__ import annotations

import gzip
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from xml.etree.ElementTree import Element

import pytest

from articles.charset import decode
from articles.page import Page
from demo.site import Site
from replay.rewrite.html import rewrite_page
from tests.replay.rewrite.oracle import HTML, to, tree, unsafe

FIXTURES = sorted((Path(__file__).parents[2] / "fixtures" / "outlets").glob("*/*.html.gz"))
UNSEEN = {f"{HTML}{name}" for name in ("script", "style", "iframe", "noscript", "title", "noframes", "object")}


def page_of(body: bytes, url: str = "http://www.example.cn/a/b.html") -> Page:
    return Page(url, body, datetime(2026, 1, 23, tzinfo=UTC))


def said(element: Element) -> Iterator[str]:
    """Yield the words that a page shows, in the order of its tree."""
    if isinstance(element.tag, str) and element.tag not in UNSEEN:
        if element.text:
            yield from element.text.split()
        for child in element:
            yield from said(child)
            if child.tail:
                yield from child.tail.split()


def shape(element: Element) -> list[str]:
    """Return the elements of a page that rewriting leaves in place, in the order of its tree."""
    gone = UNSEEN | {f"{HTML}{name}" for name in ("link", "meta", "base")}
    return [child.tag for child in element.iter() if isinstance(child.tag, str) and child.tag not in gone]


def check(page: Page) -> None:
    made = rewrite_page(page, to).body.decode()
    assert unsafe(made) == []
    before, after = tree(decode(page).text), tree(made)
    if b"<noscript" not in page.body.lower() and b"data-src" not in page.body:
        assert shape(after) == shape(before)
        assert list(said(after)) == list(said(before))
    else:  # what is for those without scripts is shown
        words = list(said(after))
        assert set(said(before)) <= set(words)
    links = [link.get("href", "") for link in before.iter(f"{HTML}a")]
    mapped = [link.get("href", "") for link in after.iter(f"{HTML}a")]
    assert len(mapped) == len(links)
    assert all(href.startswith(("/page/http", "#")) for href in mapped if href)


@pytest.mark.parametrize("path", FIXTURES, ids=lambda path: f"{path.parent.name}/{path.name}")
def test_pages_of_our_outlets(path: Path) -> None:
    check(page_of(gzip.decompress(path.read_bytes())))


def test_pages_kept_beside_the_checkout(shared_pages: Path) -> None:
    paths = sorted(shared_pages.glob("*/*.html"))
    assert len(paths) >= 16
    for path in paths:
        check(page_of(path.read_bytes()))


def test_pages_of_the_demo() -> None:
    origin = "http://demo.example"
    site = Site(origin, day=3)
    front = tree(site.answer("/").body.decode())
    paths = {link.get("href", "").removeprefix(origin) for link in front.iter(f"{HTML}a")}
    assert len(paths) > 5
    for path in {"/", *(path for path in paths if path.startswith("/"))}:
        check(page_of(site.answer(path).body, origin + path))
