"""What strangers send takes time in proportion to its size, where no pattern is what takes it (test_regexes.py).

Each thing is made in two sizes, one eight times the other, and the time of the processor is told for both. In
proportion that is eight times as long, with the square of the size 64 times. A test fails beyond 32 times, and only
where the larger one takes seconds: a machine that does much else, or a cache that was cold, makes no such difference.
"""

from __future__ import annotations

import gzip
import io
import sys
import time
from collections.abc import Callable
from contextlib import suppress
from datetime import UTC, datetime
from functools import partial
from typing import Any, NamedTuple

import pytest
from scrapy.robotstxt import ProtegoRobotParser

from articles.article import Article, Block, BlockKind, Image
from articles.page import Page
from articles.plain_page import plain_article
from audit.compare import compare
from audit.report.csv_table import csv_table
from crawlers.errors import SourceUnreadable
from crawlers.feeds import read_feed
from crawlers.requisites import needs_of_page, parse_srcset
from crawlers.robots import PRODUCT, with_few_agents
from crawlers.sources import read_listing
from crawlers.stylesheets import needs_of_sheet
from replay.rewrite.css import rewrite_css
from replay.rewrite.html import rewrite_page
from replay.rewrite.srcset import rewrite_srcset
from replay.rewrite.urls import Base
from storage import warc_reader
from storage.codings import content_decode
from storage.entity import entity_of
from storage.errors import WarcInvalid
from storage.http_message import dechunk, split_head
from storage.surt import surt
from tests.processor_time import at_most

TIMES = 8
TOO_MUCH = 32
SECONDS = 1.5
URL = "http://news.example/a/b.html"
BASE = Base(URL)


class Grown(NamedTuple):
    name: str
    size: int
    make: Callable[[int], Any]
    run: Callable[[Any], object]


def page(body: str | bytes) -> Page:
    sent = body if isinstance(body, bytes) else body.encode()
    return Page(URL, sent, datetime(2026, 1, 1, tzinfo=UTC), headers=(("Content-Type", "text/html; charset=utf-8"),))


def repeated(one: str, size: int) -> str:
    """Something so often, `%d` in it a number of its own each time."""
    return "".join(one.replace("%d", str(number)) for number in range(size))


def text(one: str, size: int, run: Callable[[str], object], before: str = "", behind: str = "") -> Grown:
    return Grown(f"{before}{one}", size, lambda n: before + repeated(one, n) + behind, run)


def as_page(read: Callable[[Page], object], body: str) -> None:
    with suppress(SourceUnreadable):  # which took its time, too
        read(page(body))


def drained(warc: bytes) -> None:
    with suppress(WarcInvalid):
        for _ in warc_reader.iterate(io.BytesIO(warc)):
            pass


def robots(body: str) -> None:
    rules = ProtegoRobotParser(with_few_agents(body.encode()), None)
    for _ in range(3):
        rules.allowed(f"http://a.example/{'a' * 500}", PRODUCT)


IN_PAGES = (
    *("<p>a b %d</p>", "<div>", "<b><i></b></i>", "<table><tr><td>", "<select><option>", "word ", "a<br>", "中文。"),
    *("<a href=/%d>y</a> 2026-01-02 ", "<a href=/x><img alt=y src=/%d.jpg></a>", "<img src=/x srcset='/%d 1x, /b 2x'>"),
    *("<div><article><p>%d</p></article></div>", "<article>a</article>", "<main>a</main>", "<div class=share>a</div>"),
    *("<h1>a</h1>", "<title>a</title>", "<meta property=og:title content=a>", "<base href=/%d>", "<body class=a%d>"),
    *("<script>a</script>", "<style>a{background:url(%d)}</style>", "<p style='background:url(%d)'>", "<style>"),
    *("<!--", "<!--a-->", "<![CDATA[", "<", ">", "<a ", "&amp", "&#1", "<iframe srcdoc='&lt;p&gt;'></iframe>"),
    *("<figure><img src=/%d.jpg><figcaption>By %d</figcaption></figure>", "<noscript><img src=/%d></noscript>"),
    *("<video poster=/%d><source src=/x></video>", "<svg><g>", "<template>", "<textarea>", "</p>", "<ul><li>a</ul>"),
    *("<p><strong>By A B%d</strong></p>", "<p>Correction: %d</p>", "<p class=caption>(Photo by A%d)</p>"),
)
IN_SHEETS = (
    "a{background:url(%d)}",
    "@import 'x%d';",
    "{",
    "(",
    "[",
    "/*",
    "'\n",
    "\\",
    "url(",
    "--a:url(x);",
    "@media a{",
)
IN_FEEDS = (
    *("<item><link>http://a.example/%d</link><title>t</title></item>", "<item><title>t</title></item>", "<x/>", "<x>"),
    *("<item><guid>http://a.example/</guid>", "<item><title><b>", "<!--a-->", "&amp;", "&", "<item><news><a/></news>"),
)
RECORD = (
    b"WARC/1.1\r\nWARC-Type: metadata\r\nWARC-Record-ID: <urn:uuid:a>\r\nWARC-Date: 2026-01-01T00:00:00Z\r\n"
    b"Content-Length: 1\r\n\r\na\r\n\r\n"
)
STATUS = "HTTP/1.1 200 OK\r\n"


def sent() -> list[Grown]:
    def rewritten(of: Page) -> object:
        return rewrite_page(of, lambda *_: "x")

    readers: list[tuple[Callable[[Page], object], int]] = [(plain_article, 3000), (rewritten, 1000)]
    readers += [(read_listing, 1000), (needs_of_page, 1000)]
    grown = [text(one, size, partial(as_page, read)) for read, size in readers for one in IN_PAGES]
    for one in IN_SHEETS:
        grown.append(text(one, 1000, lambda it: needs_of_sheet(it.encode(), URL)))
        grown.append(text(one, 1000, lambda it: rewrite_css(it, BASE, lambda *_: "x")))
    for one in IN_FEEDS:
        grown += [text(one, 1000, partial(as_page, read_feed), before) for before in ("<rss>", "<rss><item>")]
    for one in ("a: b\r\n", " c\r\n", "\r", "a:b\n", "Content-Encoding: gzip, br\r\n"):
        grown.append(text(one, 2000, lambda it: split_head(it.encode()), STATUS, "\r\n"))
        grown.append(text(one, 1000, lambda it: entity_of(it.encode()), STATUS, "\r\nx"))
    for one in ("1\r\na\r\n", "1", "1\r", "1\na\n", "0", "1;a", "fffffff\r\n"):
        grown += [text(one, 2000, lambda it: dechunk(it.encode()), before) for before in ("", "0\r\n")]
    for one in ("a,", "a (,", ",", "a 1x, ", "("):
        grown += [text(one, 3000, run) for run in (parse_srcset, lambda it: rewrite_srcset(it, str))]
    for one in ("?a%d=b&", "/a/..", "a.", "%25", f"sid={'0' * 32}&", "é", f"(a({'a' * 24}))/"):
        grown += [text(one, 1000, surt, before) for before in ("http://", URL, f"{URL}?")]
    for one in ("Disallow: /%d\n", "User-agent: a%d\n", "User-agent: *\nDisallow: /*a*b%d\n", "Sitemap: /\n"):
        grown.append(text(one, 1000, robots, "User-agent: *\n"))
    return [
        *grown,
        Grown(
            "agents and rules", 500, lambda n: repeated("User-agent: a%d\n", n) + repeated("Allow: /%d\n", n), robots
        ),
        Grown("gzip, members", 300, lambda n: gzip.compress(b"a") * n, lambda it: content_decode(["gzip"], it)),
        Grown("WARC, plain", 300, lambda n: RECORD * n, drained),
        Grown("WARC, members", 300, lambda n: gzip.compress(RECORD) * n, drained),
        Grown("WARC, empty members", 300, lambda n: gzip.compress(RECORD) + gzip.compress(b"") * n, drained),
        Grown("WARC, fields", 1000, lambda n: gzip.compress(RECORD[:10] + b"A: b\r\n" * n + RECORD[10:]), drained),
        Grown("WARC, folds", 1000, lambda n: RECORD[:10] + b"A: b\r\n" + b" c\r\n" * n + RECORD[10:], drained),
        Grown("WARC, empty lines", 1000, lambda n: (RECORD + b"\r\n" * n) * 2, drained),
        Grown("cells", 1000, lambda n: [(";" * n, " " * n, '"' * n, ';"' * n)], csv_table),
    ]


def states() -> list[Grown]:
    def grown(name: str, size: int, article: Callable[[int, int], Article]) -> Grown:
        return Grown(f"compared: {name}", size, lambda n: (article(n, 0), article(n, 1)), lambda it: compare(*it))

    def listed(field: str, of: str) -> Callable[[int, int], Article]:
        def article(n: int, side: int) -> Article:
            fields: dict[str, Any] = {field: tuple(of.format(number, side) for number in range(n))}
            return Article("H", **fields)

        return article

    def images(of: str, caption: str = "") -> Callable[[int, int], Article]:
        return lambda n, side: Article(
            "H",
            images=tuple(Image(of.format(number, side), caption.format(number, side) or None) for number in range(n)),
        )

    def blocks(text: str) -> Callable[[int, int], Article]:
        return lambda n, side: Article(
            "H", blocks=tuple(Block(BlockKind.PARAGRAPH, text.format(number, side)) for number in range(n))
        )

    def paragraph(n: int, side: int) -> Article:
        return Article("H", blocks=(Block(BlockKind.PARAGRAPH, f"It killed {side} people. " * n),))

    def turned(n: int, side: int) -> Article:
        return Article("H", links=tuple(f"http://a.example/{n * side - number}" for number in range(n)))

    def shuffled(n: int, side: int) -> Article:
        order = sorted(range(n), key=lambda number: (number * 7919 * side) % 10007)
        texts = [
            f"Row {number} of the table says {number * number} on day {side * (number % 9 == 0)}." for number in order
        ]
        return Article("H", blocks=tuple(Block(BlockKind.PARAGRAPH, text) for text in texts))

    return [
        grown("paragraphs in another order", 2000, shuffled),
        grown("links", 4000, listed("links", "http://a.example/{0}{1}")),
        grown("links turned round", 4000, turned),
        grown("the same link", 4000, lambda n, side: Article("H", links=("http://a.example/",) * (n + side))),
        *(grown(field, 1000, listed(field, "Ann{1} Bo{0}")) for field in ("keywords", "byline", "editors", "section")),
        grown("images", 2000, images("http://a.example/{1}/{0}.jpg")),
        grown("images with captions", 150, images("http://a.example/{0}.jpg", "Ship {0} on day {1}")),
        grown("other images with captions", 150, images("http://a.example/{0}{1}.jpg", "Ship {0} on day {1}")),
        grown("paragraphs", 60, blocks("Day {1}: storm {0} killed {0} people.")),
        grown("the same paragraph", 150, lambda n, side: blocks("The same words stand here.")(n + side * n // 2, side)),
        grown("a long headline", 1000, lambda n, side: Article(("word ", "ward ")[side] * n)),
        grown("a long paragraph", 60, paragraph),
    ]


def spent(one: Grown, size: int) -> float:
    made = one.make(size)
    began = time.process_time()
    try:
        with at_most(30):
            one.run(made)
    except AssertionError as late:
        pytest.fail(f"{one.name}: {size} of it {late}", pytrace=False)
    return time.process_time() - began


def grows(one: Grown) -> str | None:
    """Return what is wrong with it, None where nothing is."""
    large = spent(one, TIMES * one.size)
    if large < SECONDS:
        return None
    small = min(spent(one, one.size) for _ in range(3))
    large = min(large, spent(one, TIMES * one.size))
    if large < SECONDS or large < TOO_MUCH * small:
        return None
    return f"{one.name}: {small:.2f} s of {one.size}, {large:.2f} s of {TIMES} times as many"


@pytest.mark.timeout(900)  # of the clock, on a machine that does much else
@pytest.mark.parametrize("made", [sent, states])
def test_time_is_in_proportion(made: Callable[[], list[Grown]]) -> None:
    assert [wrong for one in made() if (wrong := grows(one))] == []


def test_what_takes_time_with_the_square_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys.modules[__name__], "SECONDS", 0.1)  # what is found is found sooner, too

    def emptied(items: list[int]) -> None:
        for item in list(reversed(items)):
            items.remove(item)

    assert grows(Grown("a list, emptied from its end", 1500, lambda size: list(range(size)), emptied))
