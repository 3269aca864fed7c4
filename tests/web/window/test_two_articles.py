"""Two articles against each other, as a re-post with edits asks for it."""

from __future__ import annotations

from storage.catalog.changes import changes
from storage.catalog.reposts import reposts
from tests.web.visitor import Visitor
from tests.web.window.conftest import Crawled
from tests.web.window.made import HARBOR, SIDEBAR
from tests.web.window.reading import page_of, text_of
from web.window.links import article_link, two_articles_link


def test_a_repost_leads_to_what_was_edited_on_the_way(window: Visitor, crawled: Crawled) -> None:
    similar = next(one for one in reposts(crawled.holdings.catalog) if one.similarity < 1)
    address = two_articles_link("demo", similar.later_url, similar.earlier_url)
    told = page_of(window.get("/changes"))
    assert address in told.xpath("//a/@href")
    for look in ("inline", "sides"):
        page = page_of(window.get(f"{address}&view={look}"))
        assert "Similar text" in text_of(page.xpath("//article/header/p[last()]"))
        links = page.xpath("//dl[@class='two-articles']//a/@href")
        assert [link.partition("url=")[2] for link in links[::2]] == [
            one.replace(":", "%3A").replace("/", "%2F") for one in (similar.earlier_url, similar.later_url)
        ]
        types = {text_of(item.xpath(".//strong")) for item in page.xpath("//aside//li[@id]")}
        assert "headline" in types
        assert not page.xpath("//a[contains(@href, 'evidence.wacz')]")
    whole = window.get(f"{address}&whole=true")
    assert "Show all paragraphs" not in whole.text


def test_what_differs_is_told_as_nobody_s_edit(made_window: Visitor) -> None:
    page = page_of(made_window.get(two_articles_link("demo", HARBOR, SIDEBAR)))
    (told,) = page.xpath("//aside")
    assert text_of(told.xpath("./h3")) == "Differences"
    types = [text_of(kind) for kind in told.xpath(".//li//strong")]
    assert {"headline", "correction only in the other", "image only in the one"} <= set(types)
    assert not {"added", "removed", "became", "dropped", "edits"} & set(text_of(told).split())


def test_the_api_compares_them_too(window: Visitor, crawled: Crawled) -> None:
    similar = next(one for one in reposts(crawled.holdings.catalog) if one.similarity < 1)
    asked = {"url": similar.later_url, "with": similar.earlier_url}
    found = window.get("/api/v1/article/compare", params=asked).json()
    assert (found["old_url"], found["url"]) == (similar.earlier_url, similar.later_url)
    assert found["old"]["content_id"] == similar.earlier_content_id
    assert found["new"]["content_id"] == similar.content_id
    assert found["change_id"] is None


def test_what_is_asked_wrongly_is_told(window: Visitor, crawled: Crawled) -> None:
    known = next(iter(reposts(crawled.holdings.catalog))).later_url
    assert window.get("/two-articles", params={"url": known}).status_code == 400
    missing = window.get("/two-articles", params={"url": known, "with": "http://news.example/never"})
    assert missing.status_code == 404
    assert "has never seen http://news.example/never" in page_of(missing, 404).text_content()


def test_one_article_twice_is_refused_and_leads_to_its_states(window: Visitor, crawled: Crawled) -> None:
    known = next(iter(reposts(crawled.holdings.catalog))).later_url
    asked = {"outlet": "demo", "url": known, "with": known}
    page = page_of(window.get("/two-articles", params=asked), 400)
    assert text_of(page.xpath("//h1")) == "That is one article, not two"
    assert f"{known} was named twice." in text_of(page.xpath("//*[@class='lead']"))
    assert article_link("demo", known) in page.xpath("//main//a/@href")
    edited = next(one for one in changes(crawled.holdings.catalog) if one.url != known)
    for more in ({}, {"a": "1", "b": "2"}):
        same = {"url": edited.url, "with": edited.url, **more}
        problem = window.get("/api/v1/article/compare", params=same)
        assert problem.status_code == 400
        assert problem.json()["title"] == "That is one article, not two"
