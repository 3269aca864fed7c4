"""The way of a person: what changed, which article, what it said before and after, and the pages as they were.

Once by mouse and once by keyboard alone.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.served import Served, serving
from tests.web.window.conftest import Crawled
from tests.web.window.conftest import crawled as crawled

HEADLINE = "Mountain weather station reports long winter without sun"
BEFORE, AFTER = "36 days", "63 days"
MOST_TABS = 150

Follow = Callable[[Locator], None]

pytestmark = pytest.mark.timeout(120)


@pytest.fixture(scope="module")
def demo(crawled: Crawled) -> Iterator[Served]:
    with serving(crawled.holdings) as served:
        yield served


def by_mouse(link: Locator) -> None:
    link.click()


def by_keyboard(link: Locator) -> None:
    """Go from where the page begins with the Tab key until the link has the focus, and press Enter."""
    page = link.page
    expect(link).to_be_visible()
    for _ in range(MOST_TABS):
        page.keyboard.press("Tab")
        if link.evaluate("link => link === document.activeElement"):
            style = link.evaluate("link => getComputedStyle(link).outlineStyle")
            assert style != "none", "nobody sees where the focus is"
            page.keyboard.press("Enter")
            return
    raise AssertionError(f"the Tab key does not lead to {link}")


def safe_view(page: Page, state: int) -> Locator:
    row = page.get_by_role("row").filter(has=page.get_by_role("rowheader", name=str(state), exact=True))
    return row.get_by_role("link", name="safe view")


@pytest.mark.usefixtures("full_replay")
@pytest.mark.parametrize("follow", [by_mouse, by_keyboard])
def test_from_the_overview_to_the_page_as_it_was(page: Page, demo: Served, follow: Follow) -> None:
    page.goto(f"{demo.origins.window}/")
    follow(page.get_by_role("link", name=re.compile(r"^\d+ changes$")))

    expect(page).to_have_title(re.compile("Changes"))
    follow(page.get_by_role("link", name=HEADLINE, exact=True))

    expect(page.get_by_role("heading", level=1)).to_have_text(HEADLINE)
    expect(page.locator("del").first).to_contain_text("36")
    expect(page.locator("ins").first).to_contain_text("63")
    follow(page.get_by_title("Read this state").nth(1))

    expect(page.get_by_role("article")).to_contain_text(AFTER)
    follow(page.get_by_role("link", name="Compare with the state before"))
    follow(page.get_by_role("link", name="Side by side"))

    compared = page.url
    expect(page.get_by_role("link", name="Side by side")).to_have_attribute("aria-current", "true")
    for state, text in ((1, BEFORE), (2, AFTER)):
        follow(safe_view(page, state))
        expect(page.locator(".what")).to_contain_text("Archived page (no script runs here), captured")
        expect(page.frame_locator("iframe").locator("body")).to_contain_text(text)
        page.goto(compared)

    follow(page.get_by_role("link", name="all captures"))
    follow(page.get_by_role("link", name="First and last side by side"))
    for number, text in enumerate((BEFORE, AFTER)):
        expect(page.frame_locator("iframe").nth(number).locator("body")).to_contain_text(text)

    follow(page.get_by_role("link", name="with scripts").nth(1))
    expect(page.frame_locator("#replay").locator("body")).to_contain_text(AFTER)
    follow(page.get_by_role("link", name="All captures"))
    expect(page).to_have_url(re.compile(re.escape(demo.origins.window) + "/calendar"))
