"""What only a browser can tell of our pages: what there is room for on a phone, and what can be told apart."""

from __future__ import annotations

import re
from collections.abc import Iterator
from urllib.parse import quote

import pytest
from playwright.sync_api import Browser, Page

from tests.browser.served import Served, serving
from tests.web.window.conftest import holdings as holdings
from tests.web.window.made import HARBOR
from web.holdings import Holdings

_HARBOR = quote(HARBOR, safe="")
_CALENDAR = f"/calendar?outlet=demo&day=2026-01-01&url={_HARBOR}"
EVERYWHERE = [
    "/",
    "/changes",
    "/changes?weight=cosmetic",
    "/changes?what=absence&what=withdrawn&what=return&what=re-post&what=image+replaced",
    "/outlets",
    "/outlets/demo",
    "/search",
    "/search?q=harbor",
    "/search?q=fog&what=added",
    "/search?q=fog&what=removed",
    f"/article?url={_HARBOR}",
    f"/article?url={_HARBOR}&state=2",
    f"/article?url={_HARBOR}&a=1&b=3&view=sides",
    _CALENDAR,
    f"/side-by-side?url={_HARBOR}",
    "/docs",
    "/nothing-here",
]
OURS = (
    "history",
    "page ",
    "safe view",
    "with scripts",
    "bytes",
    "all captures",
    "what ",
    "the ",
    "alone",
    "image ",
)
_CONTRAST = """element => {
    const light = colour => {
        const parts = colour.match(/[0-9.]+/g).slice(0, 3).map(Number).map(part => part / 255)
            .map(part => part <= .04045 ? part / 12.92 : ((part + .055) / 1.055) ** 2.4);
        return .2126 * parts[0] + .7152 * parts[1] + .0722 * parts[2];
    };
    const ink = light(getComputedStyle(element).color);
    const paper = light(getComputedStyle(element.closest("a")).backgroundColor);
    return (Math.max(ink, paper) + .05) / (Math.min(ink, paper) + .05);
}"""

pytestmark = pytest.mark.timeout(120)


@pytest.fixture(scope="module")
def made(holdings: Holdings) -> Iterator[Served]:
    with serving(holdings) as served:
        yield served


@pytest.fixture(params=["light", "dark"])
def phone(browser: Browser, request: pytest.FixtureRequest) -> Iterator[Page]:
    context = browser.new_context(viewport={"width": 390, "height": 844}, color_scheme=request.param)
    yield context.new_page()
    context.close()


def test_each_capture_of_a_day_can_be_compared_on_a_phone(made: Served, phone: Page) -> None:
    phone.goto(made.origins.window + _CALENDAR)
    links = phone.get_by_role("link", name=re.compile("^the last and that of 2026"))
    assert links.count() == 3
    for link in links.all():
        box = link.bounding_box()
        assert box is not None
        assert box["x"] >= 0
        assert box["x"] + box["width"] <= 390
    assert phone.evaluate("document.scrollingElement.scrollWidth") <= 390
    assert phone.evaluate("[...document.querySelectorAll('.table')].every(one => one.scrollWidth <= one.clientWidth)")


def test_how_often_the_chosen_day_was_captured_can_be_read(made: Served, phone: Page) -> None:
    phone.goto(made.origins.window + _CALENDAR)
    count = phone.locator(".day[aria-current] sup")
    assert count.evaluate(_CONTRAST) >= 4.5
    phone.locator(".day[aria-current]").hover()
    assert count.evaluate(_CONTRAST) >= 4.5


@pytest.mark.parametrize("path", [f"/article?url={_HARBOR}", "/outlets/demo", _CALENDAR])
def test_a_caption_is_as_wide_as_its_table(made: Served, phone: Page, path: str) -> None:
    phone.goto(made.origins.window + path)
    widths = phone.evaluate(
        "[...document.querySelectorAll('main caption')].map(one => [one.offsetWidth, one.parentElement.offsetWidth])"
    )
    assert widths
    assert all(caption >= table - 1 and caption > 300 for caption, table in widths)


@pytest.mark.parametrize("path", ["/changes", "/search"])
def test_what_is_asked_for_stands_in_one_line_on_a_desk_and_fills_each_on_a_phone(
    browser: Browser, made: Served, path: str
) -> None:
    for width, in_lines in ((1280, {"/changes": 1, "/search": 2}[path]), (390, None)):
        page = browser.new_page(viewport={"width": width, "height": 900})
        page.goto(made.origins.window + path)
        fields = page.locator(".filters .fields").bounding_box()
        assert fields is not None
        boxes = [box for one in page.locator(".filters .fields label").all() if (box := one.bounding_box())]
        lines = {round(box["y"] + box["height"]): box["x"] + box["width"] for box in boxes}
        assert in_lines in (None, len(lines))
        assert all(abs(end - fields["x"] - fields["width"]) < 2 for end in lines.values()), lines
        assert page.evaluate("document.scrollingElement.scrollWidth") <= width
        page.close()


@pytest.mark.parametrize("width", [320, 360])
def test_nothing_stands_beyond_the_narrowest_of_screens(browser: Browser, made: Served, width: int) -> None:
    """320 CSS pixels are a window of 1280 at a zoom of 400 % (WCAG 2.2, 1.4.10)."""
    page = browser.new_page(viewport={"width": width, "height": 640})
    for path in EVERYWHERE:
        page.goto(made.origins.window + path)
        assert page.evaluate("document.scrollingElement.scrollWidth") <= width, path
    page.close()


def test_no_two_links_that_are_read_alike_lead_to_different_places(browser: Browser, made: Served) -> None:
    """A screen reader lists links without what stands around them (WCAG 2.2, 2.4.9)."""
    page = browser.new_page()
    for path in EVERYWHERE:
        page.goto(made.origins.window + path)
        links: list[list[str]] = page.evaluate(
            "[...document.querySelectorAll('main a[href]:not([tabindex=\"-1\"])')]"
            ".map(one => [one.textContent.trim().replace(/\\s+/g, ' '), one.href])"
        )
        leads: dict[str, set[str]] = {}
        for name, address in links:
            leads.setdefault(name, set()).add(address)
        alike = {name for name, to in leads.items() if len(to) > 1}
        of_ours = {name for name in alike if name.startswith(OURS)}
        headlines = [name for name in alike - of_ours if len(name) > 12]  # that two articles share: the outlet's doing
        assert {name for name in of_ours if not any(headline in name for headline in headlines)} == set(), path
    page.close()


def test_the_fields_and_the_picture_of_an_article_are_whole_on_a_phone(made: Served, phone: Page) -> None:
    phone.goto(f"{made.origins.window}/article?url={_HARBOR}&a=1&b=2")
    for part in (".table:has(.facts)", ".picture"):
        assert phone.locator(part).first.evaluate("one => one.scrollWidth <= one.clientWidth")
    assert phone.locator(".life:visible .tick").evaluate_all(
        "all => all.every(one => one.getBoundingClientRect().left >= 0 && one.getBoundingClientRect().right <= 390)"
    )
