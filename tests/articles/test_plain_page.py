"""Any saved page, read without knowing its template."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from articles.article import Article
from articles.page import Page
from articles.plain_page import plain_article

EDGI = Path(__file__).parents[3] / "shared" / "pages" / "edgi"
PAGE = """<html lang="en"><head><title>Site | Dam closed</title><base href="https://outlet.example/news/"></head><body>
<nav><a href="/home">Home</a></nav>
<main class="page menu"><h1>Dam closed</h1><p>The dam is <a href="why.html">closed</a>.</p>
<div class="share-box">Tell your friends</div><form>Search</form><p>It opens in May.</p><img src="dam.jpg">
<footer>All rights reserved</footer></main><aside>Weather: 12 degrees</aside></body></html>"""


def read(html: str) -> Article:
    return plain_article(Page("https://outlet.example/", html.encode(), datetime(2026, 1, 1, tzinfo=UTC)))


def test_the_main_content_is_read_and_what_stands_around_it_is_not() -> None:
    article = read(PAGE)
    assert article.headline == "Dam closed"
    assert [block.text for block in article.blocks] == ["The dam is closed.", "It opens in May."]
    assert article.links == ("https://outlet.example/news/why.html",)
    assert [image.url for image in article.images] == ["https://outlet.example/news/dam.jpg"]
    assert article.language == "en"


def test_a_page_without_main_is_read_whole() -> None:
    article = read("<title>Dam closed</title><p>The dam is closed.</p>")
    assert article.headline == "Dam closed"
    assert [block.text for block in article.blocks] == ["The dam is closed."]


HEAD = """<html lang="en"><head><title>Dam closed</title><meta property="article:published_time" content="{published}">
<meta name="author" content="Li Wei"></head><body><main><h1>Dam closed</h1>{shown}<p>It is closed.</p></main>"""


def test_times_and_authors_are_those_that_the_page_gives_to_machines() -> None:
    article = read(HEAD.format(published="2026-05-04T10:00:00+08:00", shown=""))
    assert article.byline == ("Li Wei",)
    assert article.published_at is not None
    assert article.published_at.isoformat() == "2026-05-04T10:00:00+08:00"
    assert article.zone_source == "page"
    assert article.modified_raw is None
    assert read(HEAD.format(published="", shown="<p>By Zhang San</p>")).byline == ("Zhang San",), "what is shown counts"


@pytest.mark.parametrize("published", ["2026-05-04T10:00:00", "2026-05-04", "yesterday"])
def test_of_a_time_without_a_zone_there_are_only_the_words(published: str) -> None:
    article = read(HEAD.format(published=published, shown=""))
    assert (article.published_at, article.published_raw, article.zone_source) == (None, published, None)


@pytest.mark.parametrize("nothing", ["", " ", "<!-- -->", "\x00"])
def test_a_page_that_holds_nothing_says_so_or_is_empty(nothing: str) -> None:
    article = read(nothing)
    assert article.headline == ""
    assert article.warnings or not article.blocks


@pytest.mark.skipif(not EDGI.is_dir(), reason="the real pages of ../shared/pages/edgi are not here")
def test_a_carousel_above_the_content_is_not_read() -> None:
    older, newer = (
        plain_article(Page("https://www.doi.gov/", path.read_bytes(), datetime(2026, 1, 1, tzinfo=UTC)))
        for path in (EDGI / "falsepos-footer-a.html", EDGI / "falsepos-footer-b.html")
    )
    assert older.headline == "Mission Statement"
    assert older == newer
