"""Which articles a listing names, and which of them stand together."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from articles.page import Page
from config.outlet import ArticlePattern, Outlet
from config.outlet_file import load_outlet
from crawlers.errors import SourceUnreadable
from crawlers.listed import listing_reader_id, named_by
from demo.site import Site
from storage.exchange import Role

OUTLETS = Path(__file__).parents[2] / "config" / "outlets"
URL = "http://a.example/news/"


@pytest.fixture(scope="module")
def outlet() -> Outlet:
    pattern = ArticlePattern(era="x", cms="cbf", url=r"http://a\.example/(?P<id>\d+)(?:_(?P<page>\d+))?\.html")
    return load_outlet(OUTLETS / "demo.yml").model_copy(update={"articles": (pattern,)})


def page(body: str, url: str = URL) -> Page:
    return Page(url, body.encode(), datetime(2026, 1, 24, tzinfo=UTC), 200, (), "urn:uuid:1")


def listing(body: str, outlet: Outlet) -> tuple[tuple[str, str], ...]:
    return tuple(
        (box, url.removeprefix("http://a.example/")) for box, url in named_by(page(body), Role.LISTING, outlet)
    )


def test_what_stands_in_one_list_is_one_box(outlet: Outlet) -> None:
    body = """<div class="main wide"><ul id="news"><li><a href=/2.html><img></a> <h3><a href="/2.html">Two</a></h3></li>
        <li><a href=/1.html>One</a></li></ul></div>
        <div class=side><ul class=most><li><a href=/7.html>x</a></li><li><a href=/2.html>y</a></li></ul>
        <ul class=most><li><a href=/8.html>x</a></li><li><a href=/9_2.html>y</a></li></ul></div>
        <p><a href=/6.html>alone</a></p><a href=/about.html>no article</a>"""
    assert listing(body, outlet) == (
        ("div.main.wide>ul#news", "2.html"),
        ("div.main.wide>ul#news", "1.html"),
        ("div.side>ul.most", "7.html"),
        ("div.side>ul.most", "2.html"),
        ("div.side>ul.most 2", "8.html"),
        ("div.side>ul.most 2", "9.html"),
        ("html>body", "6.html"),
    )


def test_a_feed_is_one_box(outlet: Outlet) -> None:
    feed = "<rss><channel><item><link>http://a.example/2.html</link></item><item><link>/1.html</link></item></channel></rss>"
    assert named_by(page(feed), Role.FEED, outlet) == (
        ("feed", "http://a.example/2.html"),
        ("feed", "http://a.example/1.html"),
    )


def test_links_far_from_all_others_are_in_no_box(outlet: Outlet) -> None:
    deep = "<div>" * 20 + "<a href=/{}.html>x</a>" + "</div>" * 20
    assert listing(deep.format(1) + deep.format(2), outlet) == (("", "1.html"), ("", "2.html"))


def test_what_is_none_is_told(outlet: Outlet) -> None:
    with pytest.raises(SourceUnreadable):
        named_by(page(""), Role.LISTING, outlet)
    with pytest.raises(SourceUnreadable):
        named_by(page("<html></html>"), Role.FEED, outlet)


def test_other_patterns_are_another_reader(outlet: Outlet) -> None:
    other = outlet.model_copy(update={"articles": (*outlet.articles, replace_era(outlet.articles[0]))})
    assert listing_reader_id(outlet) != listing_reader_id(other)
    assert listing_reader_id(outlet).startswith("listing/")


def replace_era(pattern: ArticlePattern) -> ArticlePattern:
    return pattern.model_copy(update={"url": pattern.url.replace("html", "shtml")})


def test_boxes_of_the_demo_keep_their_names_from_day_to_day() -> None:
    demo = load_outlet(OUTLETS / "demo.yml")
    origin = "http://127.0.0.1:8790"
    path = "/2025xb/C_1003/TE/index.html"
    found = []
    for day in range(5):
        body = Site(origin, day).answer(path).body
        named = named_by(replace(page("", origin + path), body=body), Role.LISTING, demo)
        boxes: dict[str, list[str]] = {}
        for box, url in named:
            boxes.setdefault(box, []).append(url.rpartition("/")[2].removesuffix(".html"))
        found.append(boxes)
    assert all(boxes.keys() == found[0].keys() for boxes in found)
    lists = [next(numbers for box, numbers in boxes.items() if "#main-news-list" in box) for boxes in found]
    assert ["26000205" in numbers for numbers in lists] == [False, True, True, False, False]
    assert all("26000201" in numbers for numbers in lists)


@pytest.mark.parametrize("body", ["<a href=/1.html>" * 20_000, "<div><a href=/{0}.html>x</a>" * 20_000])
def test_hostile_nesting_costs_what_it_has(body: str, outlet: Outlet) -> None:
    named = "".join(body.replace("{0}", str(number), 1) for number in range(1)) if "{0}" not in body else body
    assert len(named_by(page(named), Role.LISTING, outlet)) <= 50_000
