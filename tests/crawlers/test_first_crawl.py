"""One crawl of an outlet that nothing is known of: sources of every kind, whole and broken."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import pytest

from crawlers.result import SourceResult
from tests.crawlers.child import Child, crawled, outlet_of
from tests.crawlers.site import Answer, Site, article, listing

ONE, TWO, THREE, FOUR, FIVE, SIX, SEVEN, EIGHT, NINE = (f"/2025xb/C/2600000{n}.html" for n in range(1, 10))
PARTS = [THREE.replace(".html", f"_{n}.html") for n in (2, 3)]
XML = {"Content-Type": "application/xml"}
CSS = {"Content-Type": "text/css"}

PAGES = {
    "/robots.txt": "User-agent: *\nDisallow: /nothing",
    "/news/index.html": listing(ONE),
    ONE: Answer(
        article(head="<link rel=stylesheet href=/s.css>", more="<p><img src=/i.png></p>"), headers={"Set-Cookie": "a=b"}
    ),
    "/s.css": Answer("@import '/t.css'; b{background:url(/b.png)}", headers=CSS),
    "/t.css": Answer("@font-face{src:url(/f.woff2)}", headers=CSS),
    # announces two pages and has three
    "/probe/index.html": listing(TWO, pages=2),
    "/probe/index_2.html": listing(THREE, pages=2),
    "/probe/index_3.html": listing(FOUR, pages=2),
    TWO: article(more="<img src=http://127.0.0.2:9/a.png>"),
    THREE: article(pages=3),
    **{part: article("More.", pages=3) for part in PARTS},
    FOUR: lambda before: Answer("busy", 503) if before < 2 else Answer(article()),
    "/capped/index.html": listing(FIVE, pages=9),
    "/capped/index_2.html": listing(SIX, pages=9),
    "/moved/index.html": Answer(status=301, headers={"Location": "/there/index.html"}),
    "/there/index.html": listing(SEVEN),
    "/rss.xml": Answer(f"<rss><channel><item><title>T</title><link>{EIGHT}</link></item></channel></rss>", headers=XML),
    "/map.xml": Answer("<sitemapindex><sitemap><loc>/a.xml</loc></sitemap></sitemapindex>", headers=XML),
    "/a.xml": Answer(f"<urlset><url><loc>{NINE}</loc></url></urlset>", headers=XML),
    **{path: article() for path in (FIVE, SIX, SEVEN, EIGHT, NINE)},
    "/down/index.html": Answer("down", 500),
    "/c.xml": "<html>404</html>",
    "/loop/index.html": Answer(status=302, headers={"Location": "/loop/index.html"}),
    "/bare/index.html": "<html>Welcome</html>",
}


@dataclass(frozen=True)
class Seen:
    site: Site
    child: Child

    def source(self, path: str) -> SourceResult:
        return next(source for source in self.child.result.sources if source.url == self.site.url + path)

    def facts(self, path: str) -> dict[str, str]:
        return self.child.facts_of(self.site.url + path)[-1]


@pytest.fixture(scope="module")
def first(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Seen]:
    site = Site(PAGES)
    sources = [
        {"url": f"{site.url}/news/index.html"},
        {"url": f"{site.url}/probe/index.html", "pages": 5, "probe": True},
        {"url": f"{site.url}/capped/index.html", "pages": 2, "probe": True},
        {"url": f"{site.url}/moved/index.html"},
        {"kind": "feed", "url": f"{site.url}/rss.xml"},
        {"kind": "sitemap", "url": f"{site.url}/map.xml"},
        {"url": f"{site.url}/down/index.html"},
        {"kind": "feed", "url": f"{site.url}/c.xml"},
        {"url": f"{site.url}/loop/index.html"},
        {"url": f"{site.url}/bare/index.html"},
        {"url": "http://127.0.0.2:9/index.html"},
    ]
    outlet = outlet_of(site.url, sources=sources, politeness={"retries": 2})
    yield Seen(site, crawled(tmp_path_factory.mktemp("first") / "crawl", outlet))
    site.close()


def test_all_that_the_sources_name_is_fetched_with_what_it_needs(first: Seen) -> None:
    wanted = {ONE, TWO, THREE, *PARTS, FOUR, FIVE, SIX, SEVEN, EIGHT, NINE}
    assert wanted | {"/s.css", "/t.css", "/b.png", "/f.woff2", "/i.png"} <= set(first.site.paths())
    assert all(first.site.times(path) == 1 for path in wanted - {FOUR})
    result = first.child.result
    assert result.looks == {"new": 9}
    assert result.finish_reason == "finished"
    assert result.roles["part"] == 2
    assert result.roles["requisite"] == 5
    assert result.roles["feed"] == 2
    assert result.exchanges == sum(result.outcomes.values()) == sum(result.roles.values())
    assert not result.errors


def test_progress_was_told(first: Seen) -> None:
    last = first.child.told[-1]
    assert last["fetched"] == first.child.result.exchanges
    assert last["queued"] == 0


def test_every_capture_says_how_it_came_about(first: Seen) -> None:
    facts = first.facts(ONE)
    assert facts["via"] == f"{first.site.url}/news/index.html"
    assert facts["role"] == "article"
    assert facts["purpose"] == "new"
    assert facts["article-key"] == "site:cbf:26000001"
    (record,) = [one for one in first.child.records if one.type == "metadata" and one.url == first.site.url + ONE]
    assert f"announced: title=Title of {ONE}\r\nannounced: time=2026-01-23 10:00\r\n".encode() in record.block
    assert first.facts("/i.png")["article-url"] == first.site.url + ONE
    assert first.facts("/f.woff2")["via"] == f"{first.site.url}/t.css"
    assert first.facts("/robots.txt")["role"] == "robots"
    assert first.facts(PARTS[0])["article-url"] == first.site.url + THREE


def test_the_wire_shows_an_honest_modest_client(first: Seen) -> None:
    for asked in first.site.asked:
        assert asked.headers["User-Agent"] == "Palimpsest/0.1 (+mailto:tests@example.org)"
        assert asked.headers["Accept-Encoding"] == "gzip"
        assert not {"Cookie", "Referer"} & set(asked.headers)


def test_a_listing_is_followed_to_one_page_more_than_it_announces(first: Seen) -> None:
    assert first.source("/probe/index.html").pages == 3
    assert "/probe/index_4.html" not in first.site.paths()


def test_a_listing_is_followed_no_further_than_the_outlet_says(first: Seen) -> None:
    assert first.source("/capped/index.html").ok
    assert "/capped/index_3.html" not in first.site.paths()


def test_a_feed_and_a_sitemap_are_sources_too(first: Seen) -> None:
    assert first.source("/rss.xml").new == 1
    assert first.source("/map.xml").new == 1
    assert first.child.result.roles["sitemap"] == 2


def test_redirects_of_a_listing_are_followed_and_each_hop_is_captured(first: Seen) -> None:
    assert first.source("/moved/index.html").ok
    assert first.facts("/there/index.html")["via"] == f"{first.site.url}/moved/index.html"
    assert first.facts("/there/index.html")["role"] == "listing"


def test_a_redirect_loop_ends(first: Seen) -> None:
    assert not first.source("/loop/index.html").ok
    assert first.site.times("/loop/index.html") < 10


def test_a_source_that_fails_makes_the_crawl_incomplete_and_the_others_go_on(first: Seen) -> None:
    result = first.child.result
    assert not result.complete
    assert len(result.incomplete) == 4
    assert first.source("/down/index.html").error == "answered HTTP 500"
    assert (first.source("/c.xml").error or "").startswith("is no feed")
    assert not result.sources[-1].ok
    assert not result.next_thorough  # what is new there is still on top


def test_a_listing_that_names_no_article_is_warned_about(first: Seen) -> None:
    assert first.source("/bare/index.html").ok
    assert any("/bare/index.html names no article" in warning for warning in first.child.result.warnings)


def test_each_attempt_is_recorded(first: Seen) -> None:
    assert first.site.times(FOUR) == 3
    assert len(first.child.facts_of(first.site.url + FOUR)) == 3
    assert first.child.result.statuses["503"] == 2


def test_a_third_party_that_is_down_leaves_requisites_and_nothing_else(first: Seen) -> None:
    assert first.child.facts_of("http://127.0.0.2:9/robots.txt")[0]["outcome"] == "refused"
    assert sum(first.child.result.left_requisites.values()) == 1
    assert first.child.result.left == {}
