from __future__ import annotations

import contextlib
import gzip
import time
from datetime import UTC, datetime
from pathlib import Path

import pytest

from articles.page import Page
from crawlers.errors import SourceUnreadable
from crawlers.feeds import MOST_BYTES, read_feed
from crawlers.sources import Link, Pager, read_listing
from crawlers.urls import absolute
from tests.processor_time import at_most


def page(body: str | bytes, url: str = "http://a.example/news/index.html") -> Page:
    return Page(url, body if isinstance(body, bytes) else body.encode(), datetime.now(UTC))


def test_a_listing_of_the_pla_cms_gives_links_with_what_it_says_of_them() -> None:
    listing = read_listing(
        page("""<div id="main-news-list"><!--HTMLBOX-->
        <a href="/2025xb/C/16400001.html"><div class="title"><h3>Drill
          ends</h3><small class="time">2026-05-07 18:25</small></div></a>
        <a href="16400002.html#top">Second &amp; last</a> <a href="javascript:void(0)">no</a>
        <!--HTMLBOX--></div><script>createPageHTML('5',
          '1', 'index','html' , '96','fenye')</script>""")
    )
    assert listing.links == (
        Link("http://a.example/2025xb/C/16400001.html", "Drill ends", "2026-05-07 18:25"),
        Link("http://a.example/news/16400002.html", "Second & last", None),
    )
    assert listing.links[0].announced == (("title", "Drill ends"), ("time", "2026-05-07 18:25"))
    assert listing.pager == Pager(5, "index", "html")
    assert listing.pager.url_of(listing.links[1].url, 6) == "http://a.example/news/index_6.html"


def test_a_time_beside_the_link_is_taken_from_its_own_item_only() -> None:
    listing = read_listing(
        page("<ul><li><a href=/1.html>One</a><span>2026-01-02 03:04</span></li><li><a href=/2.html>Two</a></li></ul>")
    )
    assert [link.time for link in listing.links] == ["2026-01-02 03:04", None]


def test_an_image_and_a_title_linking_to_the_same_page_are_one_link() -> None:
    listing = read_listing(page("<a href=/1.html><img src=i.png></a><a href=/1.html><h4>One</h4></a>"))
    assert listing.links == (Link("http://a.example/1.html", "One"),)


@pytest.mark.parametrize(
    "url, links, pager",
    [
        ("/news/index.html", "index_2.html index_11.html /x/index_99.html", Pager(11, "index", "html")),
        ("/n/index.html", "index1.html index2.html index9.html /x/index99.html", Pager(9, "index", "html", "")),
        ("/n/", "/n/index2.html /n/index2.htm http://b.example/n/index3.html", Pager(2, "index", "html", "")),
        ("/n/index.html", "index2019.html index_3.html", Pager(3, "index", "html")),
        ("/n/1.html", "12.html 13.html", None),
        ("/n/1.html", "12.html 1_2.html", Pager(2, "1", "html")),
    ],
)
def test_a_listing_without_the_call_may_number_its_pages_by_links(url: str, links: str, pager: Pager | None) -> None:
    body = "".join(f"<a href={link}>x</a>" for link in links.split())
    assert read_listing(page(body, f"http://a.example{url}")).pager == pager


def test_a_listing_in_gb18030_announces_readable_titles() -> None:
    body = '<meta charset="gb2312"><a href="/1.html">解放军 胡喆</a>'.encode("gb18030")
    assert read_listing(page(body)).links[0].title == "解放军 胡喆"


def test_links_are_relative_to_the_base_element() -> None:
    assert read_listing(page("<base href='/b/'><a href=1.html>x</a>")).links[0].url == "http://a.example/b/1.html"


def test_an_empty_body_is_no_listing() -> None:
    with pytest.raises(SourceUnreadable, match=r"a\.example/news/index\.html"):
        read_listing(page(""))


@pytest.mark.parametrize(
    "body",
    [
        "".join(f"<a href=/{number}>t</a>" for number in range(10_000)),  # the item of each link is the whole list
        "<a href=/1>t</a>" * 10_000,
        "".join(f"<a href=/{number}><b>" for number in range(120)) + "<p>x" * 50_000,  # each link holds the whole page
        "<b>" * 100 + "</b>" * 100 + "<b>x</b>" * 20_000 + "".join(f"<p><a href=/{n}>t</a>" for n in range(5_000)),
    ],
)
def test_a_listing_costs_what_it_has_and_not_its_square(body: str) -> None:
    began = time.process_time()
    assert read_listing(page(f"<html><body>{body}</body></html>")).links
    assert time.process_time() - began < 10  # without the bounds 8,000 links take more than 40 s


def test_a_real_listing_is_read(shared_pages: Path) -> None:
    body = (shared_pages / "chinadaily" / "list_world_china-us_2019_trimmed.html").read_bytes()
    listing = read_listing(page(body, "http://www.chinadaily.com.cn/world/china-us"))
    found = {link.url: link for link in listing.links}
    dated = [link for link in found.values() if link.time]
    assert len(dated) == 3
    assert all("/a/2" in link.url or "WS" in link.url for link in dated), dated


@pytest.mark.parametrize(
    "written",
    [
        "data:image/png;base64,AA==",
        "javascript:alert(1)",
        "mailto:a@b",
        "http://user:secret@a.example/",
        "http://[::1",
        "http://a.example:99999/",
        "ftp://a.example/x",
        "/" + "a" * 3000,
    ],
)
def test_what_cannot_be_asked_for_over_http_is_no_url(written: str) -> None:
    assert absolute("http://a.example/", written) is None


def test_urls_are_written_as_browsers_send_them() -> None:
    assert absolute("http://a.example", "?q=é") == "http://a.example/?q=%C3%A9"
    assert absolute("https://a.example/x/", "HTTPS://B.Example:443/ü\n#f") == "https://b.example/%C3%BC"
    assert absolute("http://a.example/", "http://[2001:db8::1]:80/x") == "http://[2001:db8::1]/x"


RSS = """<?xml version="1.0"?><rss version="2.0"><channel><title>Not an item</title><link>http://a.example/</link>
<item><title>One &amp; only</title><link>/1.html</link><pubDate>Mon, 05 Jan 2026 10:00:00 GMT</pubDate></item>
<item><title>By guid</title><guid>http://a.example/2.html</guid></item>
<item><guid isPermaLink="false">http://a.example/3.html</guid></item></channel></rss>"""
ATOM = """<feed xmlns="http://www.w3.org/2005/Atom"><link href="http://a.example/"/><entry><title>One</title>
<link rel="self" href="/no"/><link href="/1.html"/><published>2026-01-05T10:00:00Z</published></entry></feed>"""
RDF = """<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/"
xmlns:dc="http://purl.org/dc/elements/1.1/"><item rdf:about="x"><title>One</title><link>http://a.example/1.html</link>
<dc:date>2026-01-05</dc:date></item></rdf:RDF>"""
NEWS = """<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" xmlns:news="http://www.google.com/schemas/x">
<url><loc> http://a.example/1.html </loc><lastmod>2026-02-01</lastmod><news:news><news:title>One</news:title>
<news:publication_date>2026-01-05</news:publication_date></news:news></url></urlset>"""


@pytest.mark.parametrize(
    "text, links",
    [
        (
            RSS,
            (
                Link("http://a.example/1.html", "One & only", "Mon, 05 Jan 2026 10:00:00 GMT"),
                Link("http://a.example/2.html", "By guid", None),
            ),
        ),
        (ATOM, (Link("http://a.example/1.html", "One", "2026-01-05T10:00:00Z"),)),
        (RDF, (Link("http://a.example/1.html", "One", "2026-01-05"),)),
        (NEWS, (Link("http://a.example/1.html", "One", "2026-01-05"),)),
    ],
)
def test_feeds_and_sitemaps_give_links_with_what_they_say_of_them(text: str, links: tuple[Link, ...]) -> None:
    assert read_feed(page(text)).links == links
    assert read_feed(page(gzip.compress(text.encode()))).links == links


def test_a_sitemap_index_names_the_last_changed_first() -> None:
    index = read_feed(
        page("""<sitemapindex xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">
        <sitemap><loc>http://a.example/old.xml</loc><lastmod>2019-01-01</lastmod></sitemap>
        <sitemap><loc>http://a.example/new.xml.gz</loc><lastmod>2026-01-01</lastmod></sitemap></sitemapindex>""")
    )
    assert index.further == ("http://a.example/new.xml.gz", "http://a.example/old.xml")
    assert index.links == ()


def test_an_external_entity_is_not_read(tmp_path: Path) -> None:
    secret = tmp_path / "secret"
    secret.write_text("http://a.example/secret")
    body = f'<!DOCTYPE rss [<!ENTITY x SYSTEM "{secret.as_uri()}">]><rss><item><link>&x;</link></item></rss>'
    with pytest.raises(SourceUnreadable, match="declares entities"):
        read_feed(page(body))
    hidden = read_feed(page(body.encode("utf-16")))  # the declaration is not seen in these bytes, and not obeyed
    assert hidden.links == ()


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_a_billion_laughs_cost_nothing(encoding: str) -> None:
    entities = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 12))
    item = '<item a="&l11;"><title>&l11;</title><link>/1</link></item>'
    body = f'<!DOCTYPE r [<!ENTITY l0 "lol">{entities}]><rss>{item}</rss>'
    links: object = ()
    with at_most(2), contextlib.suppress(SourceUnreadable):
        links = read_feed(page(body.encode(encoding))).links
    assert len(str(links)) < 1000


def test_a_gzip_bomb_is_read_to_the_limit() -> None:
    bomb = gzip.compress(b"<urlset>" + b" " * (MOST_BYTES + 10_000_000), 9)
    assert len(bomb) < 100_000
    read = read_feed(page(bomb))
    assert read.links == ()
    assert any("unpacks to more" in warning for warning in read.warnings)


@pytest.mark.parametrize("around", ["{}", "<url>{}</url>", "<url>{}", "{}</b>"])
def test_a_feed_of_empty_elements_is_left(around: str) -> None:
    body = f"<urlset><url><loc>/1.html</loc></url>{around.format('<a/>' * 2_000_000)}"
    began = time.process_time()
    read = read_feed(page(body))
    assert [link.url for link in read.links] == ["http://a.example/1.html"]
    assert any("without a link" in warning for warning in read.warnings)
    assert time.process_time() - began < 8  # without the bound 20 s


@pytest.mark.parametrize("body", ["", "no xml", "<html><body>404</body></html>", "\x1f\x8bgarbage"])
def test_a_404_shell_is_no_feed(body: str) -> None:
    with pytest.raises(SourceUnreadable, match=r"a\.example"):
        read_feed(page(body.encode("latin-1")))


def test_a_feed_that_breaks_off_gives_the_items_before() -> None:
    assert [link.url for link in read_feed(page(RSS[: RSS.index("By guid")])).links] == ["http://a.example/1.html"]
