"""What browser tests share: one browser and one canary for a module; each test has a profile of its own.

Playwright's synchronous API keeps an event loop running in the thread of the tests, where nothing then can run one of
its own (`asyncio.run`). It ends with each module, for the sake of the tests that follow.
"""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect, sync_playwright

from tests.browser.chromium import Canary, canary, chromium, launch
from web.replay_host.wabac import wabac

PATIENCE = 30_000  # milliseconds; on a busy machine what comes in a tenth of a second has taken more than five
expect.set_options(timeout=PATIENCE)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Run all of them in one worker: what they share is made once, and one browser is enough for two cores."""
    for item in items:
        if "/tests/browser/" in item.path.as_posix():
            item.add_marker(pytest.mark.xdist_group("browser"))


@pytest.fixture(scope="module")
def bird() -> Iterator[Canary]:
    """The canary: whatever wanted to leave for another host."""
    with canary() as bird:
        yield bird


@pytest.fixture(scope="module")
def browser(bird: Canary) -> Iterator[Browser]:
    if chromium() is None:
        pytest.skip("NO BROWSER TESTS: there is no chromium here, and `make test` could not install it")
    with sync_playwright() as playwright:
        browser = launch(playwright.chromium, bird.port)
        yield browser
        browser.close()


@pytest.fixture(scope="module")
def full_replay() -> None:
    """Skip where wabac.js is not in place."""
    if wabac() is None:
        pytest.skip("NO TESTS OF FULL REPLAY: there is no wabac.js here, and `make test` could not install it")


@pytest.fixture
def context(browser: Browser) -> Iterator[BrowserContext]:
    context = browser.new_context()
    context.set_default_timeout(PATIENCE)
    yield context
    context.close()


@pytest.fixture
def page(context: BrowserContext) -> Page:
    return context.new_page()
