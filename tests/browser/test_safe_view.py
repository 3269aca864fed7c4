"""The safe view in Chromium: what rewriting alone keeps from running and leaving, and what a reader sees."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from datetime import UTC, datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
from playwright.sync_api import Page, expect

from articles.page import Page as Captured
from config.clock import Clock
from replay.rewrite.html import rewrite_page
from storage.catalog.catalog import Catalog
from tests.browser.chromium import Canary
from tests.browser.served import Served, serving
from tests.replay.kept import PNG, answered, keep, new_archive
from tests.replay.rewrite.test_hostile import BEFORE, EVIL, VECTORS
from web.holdings import Holdings

AT = "20260123080000"
URL = "http://news.example/a/1.html"


SIDE_BY_SIDE = 60
LEADING_AWAY = """frames => frames.flatMap(frame => {
  const inside = frame.contentDocument
  return !inside ? [frame.src + " is out of reach"] : [...inside.querySelectorAll("*")].flatMap(element =>
    ["href", "xlink:href", "src", "action", "formaction", "data", "poster", "background"].flatMap(name => {
      const value = element.getAttribute(name)
      if (value === null || /^data:image\\//i.test(value)) return []
      let url
      try { url = new URL(value, inside.baseURI) } catch { return [] }
      return url.origin === location.origin ? [] : [`${frame.src} <${element.localName} ${name}="${value}">`]
    }))
})"""


TRIED = """frames => {
  for (const frame of frames) for (const element of frame.contentDocument?.querySelectorAll("*") ?? []) {
    element.focus?.()
    element.dispatchEvent(new MouseEvent("mouseover", {bubbles: true}))
    if (/^javascript:/i.test(element.href?.baseVal ?? element.href ?? ""))
      element.dispatchEvent(new MouseEvent("click", {bubbles: true, cancelable: true}))
  }
}"""


class Bare(ThreadingHTTPServer):
    """Serves pages by number, with no header that would hold them back; notes in which of them a script ran."""

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Answering)
        self.pages: list[bytes] = []
        self.ran: set[str] = set()
        self.origin = f"http://127.0.0.1:{self.server_port}"


class _Answering(BaseHTTPRequestHandler):
    server: Bare

    def do_GET(self) -> None:
        name, _, rest = self.path.removeprefix("/").partition("/")
        if rest.endswith("ran"):
            self.server.ran.add(self.headers["Referer"] or "nobody")
        body = self.server.pages[int(rest)] if name == "vector" and rest.isdigit() else b""
        if name == "frames":
            first = int(rest)
            numbers = range(first, min(first + SIDE_BY_SIDE, len(self.server.pages)))
            body = "".join(f'<iframe src="/vector/{number}"></iframe>' for number in numbers).encode()
        self.send_response(200)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        pass


@pytest.fixture
def bare() -> Iterator[Bare]:
    with Bare() as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield server
        server.shutdown()


def rewritten(body: str) -> bytes:
    page = Captured(EVIL, body.encode(), datetime.now(UTC), headers=(("Content-Type", "text/html; charset=utf-8"),))
    return rewrite_page(page, lambda url, kind: f"/{kind}/{url}").body


def look_at_all(page: Page, bare: Bare) -> list[str]:
    """Open all pages in frames, click and point at what is in them; return what leads to another host."""
    away: list[str] = []
    for first in range(0, len(bare.pages), SIDE_BY_SIDE):
        page.goto(f"{bare.origin}/frames/{first}")
        frames = page.evaluate_handle("[...document.querySelectorAll('iframe')]")
        away += page.evaluate(LEADING_AWAY, frames)
        page.evaluate(TRIED, frames)
        page.wait_for_timeout(200)
    return away


def test_the_vectors_do_what_they_are_for_where_nobody_rewrites_them(page: Page, bare: Bare, bird: Canary) -> None:
    """Not all of them in this browser; but of a list of which nothing did anything no more need be asked."""
    bird.came.clear()
    bare.pages = [vector.encode() for vector in VECTORS]
    away = look_at_all(page, bare)
    assert len(bare.ran) > 30
    assert len(bird.came) > 10
    assert len(away) > 30


def test_rewritten_they_neither_run_nor_lead_away_without_any_policy(page: Page, bare: Bare, bird: Canary) -> None:
    bird.came.clear()
    bare.pages = [rewritten(before + vector) for before in BEFORE[:3] for vector in VECTORS]
    assert look_at_all(page, bare) == []
    assert bare.ran == set()
    assert bird.came == []


STORY = """<!doctype html><html lang=zh><meta charset=gb2312><title>军网</title>
<link rel=stylesheet href="/s.css"><style>@font-face{font-family:f;src:url(/f.woff2)} h1{font-family:f}</style>
<h1>中国军网 㐀</h1><img id=i src="i.png"><img id=lazy src="data:," data-src="j.png">
<noscript><p id=without>without scripts</p></noscript>
<a id=on href="2.html">on</a> <a id=new href="2.html" target=_blank>new</a> <a id=out href="http://outside.example/x">out</a>
<a id=down href="#end">down</a> <a id=place href="2.html#place">a place</a> <iframe id=inner src="frame.html"></iframe>
<form action="http://outside.example/send" method=post><button id=send>send</button></form>
<img src="http://outside.example/spy.png"><script>document.title = "ran"</script>
<p id=end style="margin-top: 3000px">end</p>"""


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    folder = tmp_path_factory.mktemp("safe")
    archive = new_archive(folder / "archive")

    def kept(path: str, body: bytes, mime: str) -> None:
        keep(archive, answered(body, url=f"http://news.example{path}", head=f"Content-Type: {mime}\r\n"))

    kept("/a/1.html", STORY.encode("gb18030"), "text/html")
    kept("/a/2.html", b"<h1>the second</h1><p style='margin-top: 3000px' id=place>x", "text/html")
    kept("/a/frame.html", b"<p>in the frame</p><img src=i.png><a href=2.html>on</a>", "text/html")
    kept("/a/i.png", PNG, "image/png")
    kept("/a/j.png", PNG, "text/plain")  # as servers say that know no better
    kept("/s.css", b"h1 { color: rgb(1, 2, 3); background: url(/a/i.png) }", "text/css")
    kept("/f.woff2", b"wOF2", "font/woff2")
    catalog = Catalog.open(f"sqlite:///{folder / 'catalog.sqlite'}")
    catalog.sync(archive)
    with serving(Holdings(archive, catalog, {}, Clock())) as served:
        yield served
    catalog.close()


@pytest.fixture
def story(page: Page, served: Served, bird: Canary) -> Iterator[Page]:
    bird.came.clear()
    served.forget()
    page.goto(f"{served.origins.archive}/view/{AT}/{URL}")
    expect(page.frame_locator("iframe").locator("#end")).to_be_attached()
    yield page
    assert bird.came == []
    assert {host for host, _ in served.archived.asked} == {served.origins.archive.removeprefix("http://")}


def test_a_page_is_seen_with_all_that_belongs_to_it(story: Page, served: Served) -> None:
    seen = story.frame_locator("iframe").first
    expect(seen.locator("h1")).to_have_text("中国军网 㐀")
    expect(seen.locator("h1")).to_have_css("color", "rgb(1, 2, 3)")
    expect(seen.locator("#without")).to_be_visible()
    for image in ("#i", "#lazy"):
        expect(seen.locator(image)).to_have_js_property("naturalWidth", 1)
    inner = seen.frame_locator("#inner")
    expect(inner.locator("p")).to_have_text("in the frame")
    expect(inner.locator("img")).to_have_js_property("naturalWidth", 1)
    asked = {path for _, path in served.archived.asked}
    assert f"/web/{AT}im_/http://news.example/f.woff2" in asked
    assert seen.locator("html").evaluate("() => document.title") == "军网"


def test_a_link_leads_on_with_our_frame_around_its_page(story: Page, served: Served) -> None:
    story.frame_locator("iframe").first.locator("#on").click()
    story.wait_for_url(f"{served.origins.archive}/view/{AT}/http://news.example/a/2.html")
    expect(story.frame_locator("iframe").locator("h1")).to_have_text("the second")


def test_a_link_beside_another_moment_leads_from_the_window_to_its_page(page: Page, served: Served) -> None:
    page.goto(f"{served.origins.window}/side-by-side?url={URL}")
    page.frame_locator("iframe").first.locator("#on").click()
    page.wait_for_url(f"{served.origins.archive}/view/{AT}/http://news.example/a/2.html")
    expect(page.frame_locator("iframe").locator("h1")).to_have_text("the second")


def test_a_link_in_a_frame_of_the_page_does_so_too(story: Page, served: Served) -> None:
    story.frame_locator("iframe").first.frame_locator("#inner").locator("a").click()
    story.wait_for_url(f"{served.origins.archive}/view/{AT}/http://news.example/a/2.html")


def test_a_link_to_a_new_window_opens_one_in_the_archive(story: Page, served: Served) -> None:
    with story.expect_popup() as opened:
        story.frame_locator("iframe").first.locator("#new").click()
    opened.value.wait_for_url(f"{served.origins.archive}/view/{AT}/http://news.example/a/2.html")
    assert opened.value.evaluate("window.opener") is None
    expect(opened.value.frame_locator("iframe").locator("h1")).to_have_text("the second")


def test_a_link_to_what_the_archive_lacks_says_so(story: Page, served: Served) -> None:
    story.frame_locator("iframe").first.locator("#out").click()
    story.wait_for_url(f"{served.origins.archive}/view/{AT}/http://outside.example/x")
    expect(story.locator("main")).to_contain_text("no capture of http://outside.example/x")


def test_a_place_on_the_page_is_scrolled_to(story: Page) -> None:
    seen = story.frame_locator("iframe").first
    seen.locator("#down").click()
    expect(seen.locator("#end")).to_be_in_viewport()
    expect(story.get_by_role("navigation")).to_be_in_viewport()


def test_a_place_on_another_page_is_scrolled_to(story: Page, served: Served) -> None:
    story.frame_locator("iframe").first.locator("#place").click()
    story.wait_for_url(f"{served.origins.archive}/view/{AT}/http://news.example/a/2.html#place")
    expect(story.frame_locator("iframe").locator("#place")).to_be_in_viewport()


def test_a_form_sends_nothing(story: Page, served: Served) -> None:
    before = len(served.archived.asked)
    story.frame_locator("iframe").first.locator("#send").click()
    story.wait_for_timeout(300)
    assert len(served.archived.asked) == before
    expect(story.frame_locator("iframe").first.locator("#send")).to_be_visible()
