"""Where a token is asked for: coming in by the window, and the session that the archive's hosts are handed."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from config.clock import Clock
from tests.browser.axe import graver_than_that
from tests.browser.chromium import launch
from tests.browser.served import Served, serving, serving_kept
from tests.replay.kept import answered, catalog_of, new_archive
from web.holdings import Holdings

TOKEN = "a-token-of-enough-characters"
STORY = "http://news.example/a/story.html"
AT = "20260123080000"
PAGE = """<!doctype html><title>A story</title><link rel="stylesheet" href="/look.css"><h1>Harbour reopens</h1>
<p id="figures">none</p><script>
fetch("/figures.json").then((a) => a.json()).then((f) => { document.getElementById("figures").textContent = f.ships; });
</script>"""


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    folder = tmp_path_factory.mktemp("token")
    with serving_kept(
        folder,
        answered(PAGE, url=STORY),
        answered("h1 { color: rgb(1, 2, 3) }", url="http://news.example/look.css", head="Content-Type: text/css\r\n"),
        answered('{"ships": 14}', url="http://news.example/figures.json", head="Content-Type: application/json\r\n"),
        token=TOKEN,
    ) as served:
        yield served


def come_in(page: Page) -> None:
    page.get_by_label("Token").fill(TOKEN)
    page.get_by_role("button", name="Open").click()


def test_without_it_there_is_a_page_that_asks_and_with_it_one_goes_on(page: Page, served: Served) -> None:
    page.goto(f"{served.origins.window}/outlets")
    expect(page.get_by_role("heading", level=1)).to_have_text("This window asks for its token")
    page.get_by_label("Token").fill("a wrong one")
    page.get_by_role("button", name="Open").click()
    expect(page.get_by_role("alert")).to_have_text("That is not the token.")
    come_in(page)
    expect(page.get_by_role("heading", level=1)).to_have_text("Outlets")
    assert page.url == f"{served.origins.window}/outlets"
    page.get_by_role("button", name="Sign out").click()
    page.goto(f"{served.origins.window}/outlets")
    expect(page.get_by_label("Token")).to_be_visible()


def test_a_feed_by_plain_http_from_another_machine_asks_on_our_page_and_opens(browser: Browser, tmp_path: Path) -> None:
    """There browsers do not say that they are some, and a challenge would be a dialog of theirs."""
    archive = new_archive(tmp_path / "archive")
    catalog = catalog_of(archive, tmp_path)
    with serving(Holdings(archive, catalog, {}, Clock()), TOKEN, "http://lan.example") as served:
        another = launch(browser.browser_type, served.port)
        page = another.new_page()
        with page.expect_request("**/changes.atom") as asked:
            page.goto("http://lan.example/changes.atom")
        assert "sec-fetch-site" not in asked.value.all_headers()
        expect(page.get_by_role("heading", level=1)).to_have_text("This window asks for its token")
        with page.expect_response("**/changes.atom") as answer:
            come_in(page)
        assert answer.value.status == 200
        assert answer.value.headers["content-type"].startswith("application/atom+xml")
        another.close()
    catalog.close()


@pytest.mark.usefixtures("full_replay")
def test_the_session_is_handed_over_and_full_replay_runs_with_it(
    page: Page, context: BrowserContext, served: Served
) -> None:
    page.goto(served.replay(AT, STORY))
    expect(page.get_by_role("heading", level=1)).to_have_text("A session is needed")
    page.get_by_role("link", name="Come in by the window").click()
    come_in(page)
    page.wait_for_url(served.replay(AT, STORY))
    story = page.frame_locator("#replay")
    expect(story.locator("#figures")).to_have_text("14")
    expect(story.locator("h1")).to_have_css("color", "rgb(1, 2, 3)")
    cookies = {cookie["name"]: cookie for cookie in context.cookies()}
    assert all(cookie["httpOnly"] for cookie in cookies.values())
    assert cookies["palimpsest"]["domain"] == "127.0.0.1"
    assert cookies["palimpsest-archive"]["domain"] == ".archive.localhost"
    asked = [path for _, path in served.window.asked + served.archived.asked]
    assert asked
    assert not [path for path in asked if TOKEN in path]


def test_the_safe_view_shows_its_style_with_the_session(page: Page, served: Served) -> None:
    page.goto(f"{served.origins.window}/handover?to=/web/{AT}mp_/{STORY}")
    come_in(page)
    page.wait_for_url(f"{served.origins.archive}/web/{AT}mp_/{STORY}")
    expect(page.get_by_role("heading", level=1)).to_have_css("color", "rgb(1, 2, 3)")


def test_the_framed_view_shows_it_too(page: Page, served: Served) -> None:
    page.goto(f"{served.origins.window}/handover?to=/view/{AT}/{STORY}")
    come_in(page)
    page.wait_for_url(f"{served.origins.archive}/view/{AT}/{STORY}")
    story = page.frame_locator("iframe")
    expect(story.locator("h1")).to_have_css("color", "rgb(1, 2, 3)")


def test_links_from_an_archived_page_back_to_the_window_ask_for_nothing(page: Page, served: Served) -> None:
    """The window's cookie comes with nothing that another site leads to."""
    page.goto(f"{served.origins.window}/handover?to=/view/{AT}/{STORY}")
    come_in(page)
    page.wait_for_url(f"{served.origins.archive}/view/{AT}/{STORY}")
    page.get_by_role("link", name="All captures").click()
    page.wait_for_url(f"{served.origins.window}/calendar?**")
    expect(page.get_by_role("button", name="Sign out")).to_be_visible()


def test_two_moments_of_another_site_are_linked_and_not_framed(page: Page, served: Served) -> None:
    page.goto(f"{served.origins.window}/side-by-side?url={STORY}")
    come_in(page)
    expect(page.get_by_role("heading", level=1)).to_have_text("The page at two moments")
    assert page.locator("iframe").count() == 0
    page.get_by_role("link", name="The page as it was at").first.click()
    expect(page.frame_locator("iframe").locator("h1")).to_have_text("Harbour reopens")


@pytest.mark.usefixtures("full_replay")  # axe-core comes the same way
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_pages_that_ask_for_the_token_can_be_used_by_everybody(browser: Browser, served: Served, scheme: str) -> None:
    context = browser.new_context(color_scheme=scheme, bypass_csp=True)  # type: ignore[arg-type]
    page = context.new_page()
    for address, heading in (
        (f"{served.origins.window}/outlets", "This window asks for its token"),
        (served.replay(AT, STORY), "A session is needed"),
    ):
        page.goto(address)
        expect(page.get_by_role("heading", level=1)).to_have_text(heading)
        assert graver_than_that(page) == []
    page.goto(f"{served.origins.window}/outlets")
    page.get_by_label("Token").fill("a wrong one")
    page.get_by_role("button", name="Open").click()
    expect(page.get_by_role("alert")).to_be_visible()
    assert graver_than_that(page) == []
    context.close()


def test_signing_out_ends_the_session_of_the_archives_host(page: Page, served: Served) -> None:
    page.goto(f"{served.origins.window}/handover?to=/view/{AT}/{STORY}")
    come_in(page)
    page.wait_for_url(f"{served.origins.archive}/view/{AT}/{STORY}")
    expect(page.get_by_role("banner")).to_be_visible()  # past the step, which has the same address
    page.goto(f"{served.origins.window}/")
    page.get_by_role("button", name="Sign out").click()
    expect(page.get_by_label("Token")).to_be_visible()
    page.goto(f"{served.origins.archive}/view/{AT}/{STORY}")
    expect(page.get_by_role("heading", level=1)).to_have_text("A session is needed")
    expect(page.get_by_role("banner")).to_have_css("display", "flex")  # it looks like the window
