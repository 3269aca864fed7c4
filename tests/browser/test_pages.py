"""Every page of ours in the browser: what axe-core finds, on a desk and on a phone, light and dark; with pictures.

The pictures are kept in `build/screenshots`, for people to look at.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, Literal

import httpx
import pytest
from playwright.sync_api import Browser, BrowserContext

from tests.browser.axe import graver_than_that
from tests.browser.served import Served, serving
from tests.web.window.conftest import Crawled
from tests.web.window.conftest import crawled as crawled
from tests.web.window.conftest import holdings as holdings
from tests.web.window.made import GONE, HARBOR
from web.holdings import Holdings

ROOT = Path(__file__).resolve().parents[2]
SCREENSHOTS = ROOT / "build" / "screenshots"
DEVICES = {"desk": (1280, 900), "phone": (390, 844)}
SCHEMES: tuple[Literal["light", "dark"], ...] = ("light", "dark")
TALLEST = 8000
"""Of what is taken whole into a picture, in pixels; of longer pages the beginning is."""

pytestmark = pytest.mark.timeout(120)


@pytest.fixture(scope="module")
def demo(crawled: Crawled) -> Iterator[Served]:
    with serving(crawled.holdings) as served:
        yield served


@pytest.fixture(scope="module")
def made(holdings: Holdings) -> Iterator[Served]:
    with serving(holdings) as served:
        yield served


@pytest.fixture(scope="module")
def devices(browser: Browser) -> Iterator[dict[str, BrowserContext]]:
    """A profile for each device."""
    made = {}
    for device, (width, height) in DEVICES.items():
        made[device] = browser.new_context(
            viewport={"width": width, "height": height},
            has_touch=device == "phone",
            bypass_csp=True,  # axe is put into the page
        )
    yield made
    for context in made.values():
        context.close()


def changed(served: Served) -> list[dict[str, Any]]:
    """The edits of an archive, as the API tells of them."""
    found = httpx.get(f"{served.origins.window}/api/v1/changes", params={"what": "edit"}).json()
    return list(found["items"])


def of_change(suffix: str = "") -> Callable[[Served], str]:
    return lambda served: f"{served.origins.window}/changes/{changed(served)[0]['change_id']}{suffix}"


def of_window(path: str) -> Callable[[Served], str]:
    return lambda served: served.origins.window + path


def replayed(served: Served) -> str:
    change = changed(served)[0]
    return served.replay(change["at"].translate(str.maketrans("", "", "-T:Z"))[:14], change["url"])


DEMO: dict[str, Callable[[Served], str]] = {
    "overview": of_window("/"),
    "outlets": of_window("/outlets"),
    "outlet": of_window("/outlets/demo"),
    "changes": of_window("/changes"),
    "article": lambda served: f"{served.origins.window}/article?outlet=demo&url={changed(served)[0]['url']}",
    "change": of_change(),
    "search": of_window("/search?q=sledges"),
    "api": of_window("/docs"),
    "not-found": of_window("/nothing"),
    "calendar": lambda served: f"{served.origins.window}/calendar?outlet=demo&url={changed(served)[0]['url']}",
    "two-moments": lambda served: f"{served.origins.window}/side-by-side?outlet=demo&url={changed(served)[0]['url']}",
    "safe-view": lambda served: replayed(served).replace("/replay/", "/view/"),
    "full-replay": replayed,
    "miss": lambda served: served.replay("2026", "http://elsewhere.example/"),
}
MADE: dict[str, Callable[[Served], str]] = {
    "many-changes": of_window("/changes?weight=cosmetic"),
    "many-edits": of_change(),
    "side-by-side": of_change("?view=sides"),
    "one-state": of_window(f"/article?url={GONE}"),
    "read-state": of_window(f"/article?url={HARBOR}&state=1"),
    "calendar-day": of_window(f"/calendar?outlet=demo&day=2026-01-02&url={GONE}"),
    "missing": of_window("/changes?what=absence&what=unanswered"),
    "wrong-parameters": of_window("/changes?weight=heavy&type=x"),
    "one-state-twice": of_window(f"/article?url={HARBOR}&a=2&b=2"),
}


LATE = {"two-moments", "safe-view", "full-replay", "miss"}
"""They hold archived pages, or are put up by a script: they go on loading after their load event."""


@pytest.mark.usefixtures("full_replay")
@pytest.mark.parametrize("name", [*DEMO, *MADE])
def test_a_page_can_be_used_by_everybody(
    demo: Served, made: Served, devices: dict[str, BrowserContext], name: str
) -> None:
    address = DEMO[name](demo) if name in DEMO else MADE[name](made)
    for device, context in devices.items():
        page = context.new_page()
        wrong: list[str] = []
        page.on("pageerror", lambda error, wrong=wrong: wrong.append(str(error)))
        page.goto(address, wait_until="networkidle" if name in LATE else "load")
        for scheme in SCHEMES:
            page.emulate_media(color_scheme=scheme)
            width, height = page.evaluate(
                "[document.scrollingElement.scrollWidth, document.scrollingElement.scrollHeight]"
            )
            page.screenshot(path=SCREENSHOTS / f"{name}-{device}-{scheme}.png", full_page=height <= TALLEST)
            assert width <= DEVICES[device][0], "it scrolls sideways"
            if (device, scheme) in (("desk", "light"), ("phone", "dark")):
                assert graver_than_that(page) == []
        assert wrong == []
        page.close()
