"""A page that was written to break out of the archive, in Chromium: it reaches neither the window nor the live web."""

from __future__ import annotations

import time
from collections.abc import Iterator
from dataclasses import dataclass

import pytest
from playwright.sync_api import Browser, BrowserContext, Error, Frame, Page, Response, expect

from tests.browser.chromium import Canary, launch
from tests.browser.hostile_page import AT, CHAINED, OUTSIDE, URL
from tests.browser.hostile_page import served as served
from tests.browser.served import Served
from web.origins import host_of

PEACEFUL = "http://news.example/peaceful.html"

# What the attacks come to in a frame that wombat does not reach, where the browser's own functions are.
REFUSED = {
    "fetch",
    "fetch, no referrer",
    "websocket",
    "event source",
    "webtransport",
    "worker",
    "shared worker",
    "top document",
    "top address",
    "top sandbox",
    "register archived",
    "register replayed",
    "register ours, set up anew",
    "register wabac itself",
}

NEVER_LIVE = {
    *("accept-ch", "clear-site-data", "content-security-policy-report-only", "nel", "refresh", "report-to"),
    *("reporting-endpoints", "service-worker-allowed", "set-cookie", "sourcemap", "speculation-rules"),
    *("strict-transport-security", "access-control-allow-origin"),
}

pytestmark = pytest.mark.timeout(120)


def in_realms(frame: Frame) -> dict[str, dict[str, str]]:
    """What the attacks came to, where wombat is and in the frame where it is not."""
    frame.wait_for_function("self.results?.at(-1) === 'done'", timeout=30_000)
    frame.wait_for_function("self[length - 1].results?.at(-1) === 'done'", timeout=30_000)
    bare = frame.child_frames[-1]
    return {
        name: dict(line.partition(": ")[::2] for line in realm.evaluate("self.results"))
        for name, realm in (("wombat", frame), ("bare", bare))
    }


def attack(page: Page, served: Served) -> dict[str, dict[str, str]]:
    """Replay the hostile page and wait until all was tried."""
    page.goto(served.replay(AT, URL))
    expect(page.frame_locator("#replay").locator("h1")).to_have_text("Hostile")
    frame = page.frame(url=lambda url: f"mp_/{URL}" in url)
    assert frame is not None
    return in_realms(frame)


def assert_banner_is_ours(page: Page, served: Served, url: str) -> None:
    assert page.url == served.replay(AT, url)
    expect(page.locator(".what")).to_have_text(f"Archived page, captured 2026-01-23 08:00 UTC from {url}")
    expect(page.locator("#parts")).to_contain_text("captured 2026-01-23 08:00 UTC")
    expect(page.locator("#replay")).to_have_attribute("sandbox", "allow-scripts allow-same-origin allow-forms")


def test_the_canary_hears_who_leaves(page: Page, bird: Canary) -> None:
    with pytest.raises(Error, match="ERR_EMPTY_RESPONSE"):
        page.goto(f"http://control.{OUTSIDE}/")
    assert any(said.startswith(b"GET / HTTP/1.1") for how, said in bird.came)


@dataclass(frozen=True)
class Attacked:
    """A profile in which the hostile page was replayed, and what came of its attacks by realm."""

    page: Page
    came: dict[str, dict[str, str]]

    @property
    def context(self) -> BrowserContext:
        return self.page.context


@pytest.fixture(scope="class")
def attacked(browser: Browser, served: Served, bird: Canary) -> Iterator[Attacked]:
    bird.came.clear()
    served.forget()
    page = browser.new_context().new_page()
    yield Attacked(page, attack(page, served))
    page.context.close()


@pytest.mark.usefixtures("full_replay", "attacked")
class TestTheHostilePage:
    """Replayed once, then looked at from all sides, in the order of the tests."""

    def test_it_is_refused_what_the_browser_offers(self, attacked: Attacked) -> None:
        bare = attacked.came["bare"]
        assert {name for name, what in bare.items() if what == "refused"} >= REFUSED
        assert bare["its interface"] == bare["raw captures"] == "404"
        assert bare["open"] == "null"
        assert bare["frames around"] == "1", "the page that is kept for new workers is not listed"

    def test_it_reaches_neither_another_host_nor_the_window(self, served: Served, bird: Canary) -> None:
        assert bird.came == []
        assert served.window.asked == []
        ours = {path for host, path in served.archived.asked if host == host_of(served.origins.archive)}
        assert {path for path in ours if not path.startswith("/static/")} == {f"/replay/{AT}/{URL}"}

    def test_documents_that_wabac_does_not_rewrite_run_no_scripts(self, attacked: Attacked) -> None:
        frame = attacked.page.frame(url=lambda url: f"mp_/{URL}" in url)
        assert frame is not None
        assert frame.evaluate("self.ranIn ?? null") is None

    def test_it_changes_nothing_around_it(self, attacked: Attacked, served: Served) -> None:
        assert attacked.context.pages == [attacked.page]
        assert_banner_is_ours(attacked.page, served, URL)
        parts = attacked.page.locator("#parts").text_content() or ""
        assert not any(theirs in parts for theirs in ("PWNED", "1990", "did not start"))

    def test_nothing_of_it_stays_for_the_next_page(self, attacked: Attacked, served: Served) -> None:
        bare = attacked.came["bare"]
        assert (bare["wabac's database"], bare["unregister"], bare["cookies"]) == ("written", "true", "set")
        attacked.page.goto(served.replay(AT, PEACEFUL))
        expect(attacked.page.frame_locator("#replay").locator("h1")).to_have_text("Peaceful")
        assert_banner_is_ours(attacked.page, served, PEACEFUL)
        peaceful = attacked.page.frame(url=lambda url: f"mp_/{PEACEFUL}" in url)
        assert peaceful is not None
        assert (
            peaceful.evaluate("WB_wombat_location.wombat.__sessionStorage.length") == 0
        )  # the browser's own, of this tab
        assert {worker.url for worker in attacked.context.service_workers} == {f"{served.origins.replay}/worker.js"}
        beside = attacked.context.new_page()
        beside.goto(f"{served.origins.replay}/boot.js")
        assert beside.evaluate("[localStorage.length, sessionStorage.length]") == [0, 0]
        assert beside.evaluate("caches.keys()") == []
        assert beside.evaluate("indexedDB.databases().then((all) => all.map(({name}) => name))") == ["collDB"]

    def test_the_window_and_the_archive_keep_nothing_of_it(self, attacked: Attacked, served: Served) -> None:
        page = attacked.context.new_page()
        for address in (f"{served.origins.window}/static/window.css", f"{served.origins.archive}/static/archive.css"):
            page.goto(address)
            assert page.evaluate("[localStorage.length, sessionStorage.length]") == [0, 0]
            assert page.evaluate("indexedDB.databases()") == []
        assert attacked.context.cookies(served.origins.window) == []
        names = {cookie["name"] for cookie in attacked.context.cookies(served.origins.archive)}
        assert names <= {"evil", "palimpsest-archive"}, "set by its script for the upper name; no archived Set-Cookie"


@pytest.mark.usefixtures("full_replay")
def test_no_peer_connection_leaves_where_wombat_does_not_reach(page: Page, served: Served, bird: Canary) -> None:
    """Chromium refuses it (152), or ends the page that asked (156); nobody is asked for a way out either way."""
    attack(page, served)
    bird.came.clear()
    frame = page.frame(url=lambda url: f"mp_/{URL}" in url)
    assert frame is not None
    ended: list[Page] = []
    page.on("crash", lambda gone: ended.append(gone))  # Playwright sets an attribute on what it is given
    try:
        frame.child_frames[-1].evaluate("self.rtc()")
        came = frame.child_frames[-1].evaluate("self.results.at(-1)")
    except Error:
        came = "the page is no more"
    assert came == "rtc: refused" or ended
    time.sleep(1)  # a STUN request is sent within milliseconds of the offer
    assert bird.came == []


@pytest.mark.usefixtures("full_replay")
class TestLeaving:
    @pytest.fixture(autouse=True)
    def nobody_came_yet(self, bird: Canary, served: Served) -> None:
        bird.came.clear()
        served.forget()

    @pytest.mark.parametrize(
        ("way", "to"),
        [
            ("#away", f"http://left.{OUTSIDE}/"),
            ("#new", f"http://new.{OUTSIDE}/"),
            ("#send", f"http://sent.{OUTSIDE}/"),
        ],
    )
    def test_whoever_leaves_it_stays_in_the_archive(
        self, page: Page, served: Served, bird: Canary, way: str, to: str
    ) -> None:
        page.goto(served.replay(AT, URL))
        page.frame_locator("#replay").locator(way).click()
        page.wait_for_url(served.replay(AT, to))
        assert bird.came == []

    @pytest.mark.parametrize("page_name", ["redirect.html", "refresh.html", "location.html", "home.html"])
    def test_a_page_that_leads_away_leads_nowhere_else(
        self, page: Page, served: Served, bird: Canary, page_name: str
    ) -> None:
        page.goto(served.replay(AT, f"http://news.example/{page_name}"))
        page.wait_for_url(lambda url: OUTSIDE in url or url.endswith(served.origins.window + "/"))
        assert page.url.startswith(served.origins.archive)
        assert bird.came == []
        assert served.window.asked == []

    def test_its_headers_are_not_sent_live(self, page: Page, served: Served) -> None:
        answers: list[Response] = []
        page.on("response", lambda answer: answers.append(answer))
        page.goto(served.replay(AT, URL))
        expect(page.frame_locator("#replay").locator("h1")).to_have_text("Hostile")
        (head,) = [answer.headers for answer in answers if f"if_/{URL}" in answer.url]
        assert not {name for name in head if not name.startswith("x-archive-")} & {*NEVER_LIVE, "link"}
        assert OUTSIDE not in head["content-security-policy"]
        assert head["origin-agent-cluster"] == "?1"


@pytest.mark.usefixtures("full_replay")
def test_a_browser_without_connection_allowlists_sends_no_request_either(
    browser: Browser, served: Served, bird: Canary
) -> None:
    """It may open a connection without a word, and ask a STUN server; docs/replay.md says so."""
    bird.came.clear()
    served.forget()
    older = launch(browser.browser_type, bird.port, allowlists=False)
    try:
        attack(older.new_page(), served)
    finally:
        older.close()
    assert [said for how, said in bird.came if how == "tcp" and said] == []
    assert served.window.asked == []


class TestTheSafeView:
    """Nothing of the page runs; what it looks for is looked for in the archive."""

    @pytest.fixture(autouse=True)
    def nobody_came_yet(self, bird: Canary, served: Served) -> None:
        bird.came.clear()
        served.forget()

    def test_it_runs_nothing_and_reaches_nothing(self, page: Page, served: Served, bird: Canary) -> None:
        page.goto(served.view(AT, URL), wait_until="networkidle")
        frame = page.frame(url=lambda url: f"mp_/{URL}" in url)
        assert frame is not None
        expect(frame.locator("h1")).to_have_text("Hostile")
        assert frame.evaluate("self.results ?? null") is None
        assert frame.locator("script, [onload], [onerror], [ping]").count() == 0
        page.wait_for_timeout(1500)  # its Refresh says one second
        assert page.url == served.view(AT, URL)
        assert bird.came == []
        assert served.window.asked == []
        assert {host for host, _ in served.archived.asked} == {host_of(served.origins.archive)}
        assert page.context.cookies() == []
        expect(page.locator(".what")).to_have_text(
            f"Archived page (no script runs here), captured 2026-01-23 08:00 UTC from {URL}"
        )

    @pytest.mark.parametrize(("form", "parts"), [("/view/{at}/{url}", 24), ("/web/{at}id_/{url}", 0)])
    def test_what_it_embeds_is_led_nowhere_else(
        self, page: Page, served: Served, bird: Canary, form: str, parts: int
    ) -> None:
        """The policy leaves redirects to the archive's host (redirects=allow), which follows them in the archive."""
        address = served.origins.archive + form.format(at=AT, url=CHAINED)
        page.goto(address, wait_until="networkidle")
        assert {frame.evaluate("self.ranIn ?? null") for frame in page.frames} == {None}
        assert page.url == address
        assert bird.came == []
        assert served.window.asked == []
        assert {host for host, _ in served.archived.asked} == {host_of(served.origins.archive)}
        asked = {path for _, path in served.archived.asked}
        assert len({path for path in asked if "/chain/" in path}) == parts
        assert not [path for path in asked if path.startswith("/web/*/")]

    def test_beside_another_moment_it_steers_nothing_by_itself(self, page: Page, served: Served, bird: Canary) -> None:
        steer = (URL, "http://news.example/refresh.html", "http://news.example/location.html")
        addresses = [f"{served.origins.window}/side-by-side?url={url}" for url in steer]
        pages = [page, *(page.context.new_page() for _ in steer[1:])]
        for one, address in zip(pages, addresses, strict=True):
            one.goto(address, wait_until="networkidle")
        page.wait_for_timeout(1500)
        assert [one.url for one in pages] == addresses
        assert {path.partition("?")[0] for _, path in served.window.asked if "/static/" not in path} == {
            "/side-by-side"
        }
        assert page.context.cookies() == []
        assert bird.came == []

    def test_whoever_leaves_it_stays_in_the_archive(self, page: Page, served: Served, bird: Canary) -> None:
        page.goto(served.view(AT, URL))
        with page.context.expect_page() as opened:
            page.frame_locator("iframe").locator("#new").click()
        opened.value.wait_for_url(served.view(AT, f"http://new.{OUTSIDE}/"))
        assert opened.value.evaluate("opener") is None
        page.frame_locator("iframe").locator("#away").click()
        page.wait_for_url(served.view(AT, f"http://left.{OUTSIDE}/"))
        assert bird.came == []

    def test_it_sends_no_form_and_runs_no_link(self, page: Page, served: Served, bird: Canary) -> None:
        page.goto(served.view(AT, URL))
        for way in ("#send", "#script"):
            page.frame_locator("iframe").locator(way).click(force=True)
        page.wait_for_timeout(500)
        assert page.url == served.view(AT, URL)
        assert bird.came == []

    @pytest.mark.parametrize("page_name", ["refresh.html", "location.html"])
    def test_a_page_that_leads_away_stays(self, page: Page, served: Served, bird: Canary, page_name: str) -> None:
        address = served.view(AT, f"http://news.example/{page_name}")
        page.goto(address, wait_until="networkidle")
        page.wait_for_timeout(500)
        assert page.url == address
        assert bird.came == []

    def test_its_headers_are_not_sent_live(self, page: Page, served: Served) -> None:
        answers: list[Response] = []
        page.on("response", lambda answer: answers.append(answer))
        page.goto(served.view(AT, URL), wait_until="networkidle")
        for part in ("mp_", "id_"):
            page.goto(f"{served.origins.archive}/web/{AT}{part}/{URL}")
        heads = [answer.headers for answer in answers if f"_/{URL}" in answer.url]
        assert len(heads) == 3
        live = {name for head in heads for name in head if not name.startswith("x-archive-")}
        assert not live & NEVER_LIVE
        assert not [head for head in heads if OUTSIDE in head["content-security-policy"]]
        assert not [head for head in heads if OUTSIDE in head.get("link", "")]
        assert page.context.cookies() == []
