"""A page that goes to and fro between two contents, in a script that runs from right to left."""

from __future__ import annotations

from pathlib import Path
from urllib.parse import quote

import pytest

from audit.upkeep import bring_up_to_date
from config.clock import Clock
from storage.archive import Archive
from storage.catalog.catalog import Catalog
from storage.catalog.changes import changes
from storage.folder_store import FolderStore
from tests.flows.machines import demo_outlet
from tests.storage.catalog.observed import URL, article, capture, commit, reading
from tests.web.visitor import Visitor
from tests.web.window.conftest import visitor
from tests.web.window.reading import page_of, text_of
from web.holdings import Holdings

TOLD = "السفينة تعود", "السفينة تغرق"


@pytest.fixture
def to_and_fro(tmp_path: Path) -> Holdings:
    archive = Archive.open(FolderStore(tmp_path / "archive"), create=True, single_writer=True)
    rows = [capture(URL, 24 * day) for day in range(6)]
    commit(archive, rows, [reading(row, article(TOLD[day % 2], language="ar")) for day, row in enumerate(rows)])
    catalog = Catalog.open(f"sqlite:///{tmp_path / 'catalog.sqlite'}")
    catalog.sync(archive)
    bring_up_to_date(catalog)
    return Holdings(archive, catalog, {"demo": demo_outlet("http://demo.example")}, Clock())


@pytest.fixture
def there(to_and_fro: Holdings) -> Visitor:
    return visitor(to_and_fro)


def test_a_change_that_came_again_says_so_and_when(there: Visitor, to_and_fro: Holdings) -> None:
    first = changes(to_and_fro.catalog)[-1]
    page = page_of(there.get(f"/changes/{first.change_id}"))
    (told,) = page.xpath("//div[contains(@class, 'to-and-fro')]")
    assert "3 times" in text_of(told)
    assert "led to state 2" in text_of(told)
    assert told.xpath(".//a/@href") == [
        f"/article?outlet=demo&url={quote(URL, safe='')}&a={a}&b={a + 1}" for a in (3, 5)
    ]
    again = page_of(there.get(told.xpath(".//a/@href")[0]))
    (told,) = again.xpath("//div[contains(@class, 'to-and-fro')]")
    assert [one.text for one in told.xpath(".//a")] == ["states 1 and 2", "states 5 and 6"]
    came = there.get(f"/api/v1/changes/{first.change_id}").json()
    assert ([one["number"] for one in came["came"]], came["came_in_all"]) == ([2, 4, 6], 3)
    assert came["came"][0]["at"] == came["at"]


def test_headlines_and_quoted_words_begin_where_their_script_does(there: Visitor, to_and_fro: Holdings) -> None:
    page = page_of(there.get("/changes"))
    headings = page.xpath("//h3[@dir='auto']/a[@class='headline']/text()")
    assert set(headings) == set(TOLD)
    assert set(page.xpath("//del//*[@dir='auto']/text()|//ins//*[@dir='auto']/text()")) & {*TOLD}
    assert page_of(there.get(f"/changes/{changes(to_and_fro.catalog)[0].change_id}")).xpath("//h1/@dir") == ["auto"]
    words = quote("السفينة")
    assert page_of(there.get(f"/search?q={words}")).xpath("//p[contains(@class, 'snippet')]/@dir|//h3/@dir")
    feed = there.get("/changes.json").json()
    assert any('<ins dir="auto">' in item["content_html"] for item in feed["items"])
