"""An article's page where one URL has had very many states: a hundred are shown at once."""

from __future__ import annotations

from urllib.parse import quote

import pytest

from audit.upkeep import bring_up_to_date
from config.clock import Clock
from storage.archive import Archive
from storage.catalog.catalog import Catalog
from storage.folder_store import FolderStore
from tests.storage.catalog.observed import article, capture, commit, reading
from tests.web.visitor import Crowd
from tests.web.window.made import HARBOR, OUTLETS
from tests.web.window.reading import Page, page_of, text_of
from tests.web.window.test_article import of
from web.holdings import Holdings
from web.origins import Origins
from web.window.app import window_app


@pytest.fixture(scope="module")
def live(tmp_path_factory: pytest.TempPathFactory) -> Crowd:
    """A live report of 260 states, absent for a while in the middle."""
    folder = tmp_path_factory.mktemp("live")
    archive = Archive.open(FolderStore(folder / "archive"), create=True, single_writer=True)
    rows = [capture(HARBOR, hour) for hour in range(260)]
    gone = [capture(HARBOR, 130 + minutes / 60, status=404) for minutes in (20, 40)]
    commit(archive, [*rows, *gone], [reading(row, article(f"Hour {hour}")) for hour, row in enumerate(rows)])
    catalog = Catalog.open(f"sqlite:///{folder / 'catalog.sqlite'}")
    catalog.sync(archive)
    bring_up_to_date(catalog)
    holdings = Holdings(archive, catalog, OUTLETS, Clock())
    return Crowd(window_app(holdings, Origins()), Origins().window)


def numbers(page: Page) -> list[int]:
    return [int(one) for one in page.xpath("//table[contains(@class, 'states')]//th[@scope='row']/a/text()")]


def test_of_very_many_states_a_hundred_are_shown_at_once(live: Crowd) -> None:
    page = page_of(live.get(of(HARBOR)))
    assert numbers(page) == list(range(161, 261))
    assert text_of(page.xpath("//h2[@id='compared']")) == "State 259 →against state 260"
    seen = numbers(page)
    while earlier := page.xpath("//nav[@aria-label='States']/a[@rel='prev']/@href"):
        page = page_of(live.get(earlier[0]))
        assert text_of(page.xpath("//h2[@id='compared']")) == "State 259 →against state 260"
        assert numbers(page)[-1] >= seen[0] - 1
        seen = sorted({*numbers(page), *seen})
    assert seen == list(range(1, 261))
    later = page
    while onward := later.xpath("//nav[@aria-label='States']/a[@rel='next']/@href"):
        before = numbers(later)
        later = page_of(live.get(onward[0]))
        assert numbers(later)[0] <= before[-1] + 1
    assert numbers(later)[-1] == 260
    middle = page_of(live.get(of(HARBOR, a=5, b=131)))
    assert {131} <= set(numbers(middle))
    assert "gone HTTP 404" in text_of(middle.xpath("//table[contains(@class, 'states')]"))
    assert "gone HTTP 404" not in text_of(page_of(live.get(of(HARBOR))).xpath("//table[contains(@class, 'states')]"))
    assert middle.xpath("//input[@type='number']/@max") == ["260", "260"]
    assert "State 77 of 260" in text_of(page_of(live.get(of(HARBOR, state=77))).xpath("//h2[@id='reading']"))
    told = live.get(f"/api/v1/article?url={quote(HARBOR, safe='')}&around=1").json()["shown"]
    assert ([one["number"] for one in told["states"]], told["states_in_all"]) == (list(range(1, 101)), 260)
