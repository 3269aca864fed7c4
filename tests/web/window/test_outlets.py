"""The overview, the outlets and their crawls, as pages and as JSON."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from html import unescape
from pathlib import Path

import pytest

from config.clock import Clock
from storage.archive import Archive
from storage.catalog.by_time import by_day
from storage.catalog.catalog import Catalog
from storage.catalog.crawls import crawls
from storage.catalog.disappeared import disappeared
from storage.catalog.status import status
from storage.folder_store import FolderStore
from tests.flows.demo_archive import DAYS
from tests.flows.machines import demo_outlet
from tests.storage.catalog.observed import article, at, capture, commit, reading
from tests.web.visitor import Visitor
from tests.web.window.conftest import Crawled, visitor
from web.holdings import Holdings
from web.window.views.outlets import Health, outlet_cards

ZONE = "Asia/Shanghai"


def text_of(page: str) -> str:
    """What a person reads, with single blanks."""
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", page)).split())


def test_the_overview_shows_each_outlet_and_its_numbers(window: Visitor, crawled: Crawled) -> None:
    page = window.get("/")
    assert page.status_code == 200
    (one,) = status(crawled.place.catalog)
    shown = text_of(page.text)
    assert f"{one.captures:,}" in shown
    assert f"{one.articles} articles in {one.captures:,} captures" in shown
    assert "Palimpsest Demo Online" in shown
    assert one.missing
    assert all(f"{count} {kind}" in shown for kind, count in one.missing.items())


def test_moments_are_in_the_outlets_zone_with_the_zone_beside_and_utc_in_the_markup(
    window: Visitor, crawled: Crawled
) -> None:
    finished = status(crawled.place.catalog)[0].last_crawl.finished
    there = finished + timedelta(hours=8)
    exact, utc = f"{finished:%Y-%m-%dT%H:%M:%SZ}", f"{finished:%Y-%m-%d %H:%M:%S} UTC"
    expected = f'<time datetime="{exact}" title="{utc}">{there:%Y-%m-%d %H:%M} UTC+8</time>'
    assert expected in window.get("/").text


def test_the_chart_has_a_bar_a_day_with_something_and_a_table_of_the_same(window: Visitor, crawled: Crawled) -> None:
    page = window.get("/").text
    charts = re.findall(r'<svg[^>]* role="img" aria-labelledby="([^"]+)">(.*?)</svg>', page, re.DOTALL)
    assert [name.split()[0] for name, _ in charts] == ["captures", "articles", "changes"]
    assert all(f'id="{part}"' in page for name, _ in charts for part in name.split())
    days = window.get("/api/v1/outlets/demo/days").json()
    assert len(days) == 30
    for (_, drawn), what in zip(charts, ("captures", "articles", "changes"), strict=True):
        assert len(re.findall(r"<g>", drawn)) == sum(1 for one in days if one[what])
    rows = re.findall(r'<th scope="row"><time datetime="([^"]+)">.*?</th><td class="n">([\d,]+)</td>', page)
    assert rows == [(one["day"], f"{one['captures']:,}") for one in reversed(days)]
    assert sum(one["captures"] for one in days) == status(crawled.place.catalog)[0].captures


def test_the_days_are_those_of_the_zone(window: Visitor, crawled: Crawled) -> None:
    now = crawled.place.clock.now()
    found = by_day(crawled.place.catalog, now - timedelta(days=20), now, UTC)
    changes = sum(one["changes"] for one in window.get("/api/v1/outlets/demo/days?days=25").json())
    assert changes == sum(one.changes for one in found) > 0


def test_an_outlets_page_shows_its_crawls_sources_readers_and_expectations(window: Visitor, crawled: Crawled) -> None:
    page = window.get("/outlets/demo")
    assert page.status_code == 200
    shown = text_of(page.text)
    for crawl in crawls(crawled.place.catalog, "demo"):
        assert f'id="{crawl.crawl_id}"' in page.text
    assert f"{len(DAYS)} crawls in all" in shown
    assert all(source.url in shown for source in crawled.outlet.sources)
    assert "pla-2025xb/" in shown
    assert "New articles in a day 1 to 30" in shown
    assert "0 6 * * * in Asia/Shanghai" in shown


@pytest.mark.parametrize("path", ["/outlets/nobody", "/api/v1/outlets/nobody", "/api/v1/outlets/nobody/crawls"])
def test_an_outlet_that_is_not_there(window: Visitor, path: str) -> None:
    answer = window.get(path)
    assert answer.status_code == 404
    assert "no crawl of an outlet" in unescape(answer.text)


@pytest.mark.parametrize(
    "path", ["/outlets/demo?page=0", "/outlets/demo?page=x", "/outlets/%3Cscript%3E", "/outlets/..%2f.."]
)
def test_what_makes_no_sense_is_refused_in_words(window: Visitor, path: str) -> None:
    answer = window.get(path)
    assert answer.status_code in (400, 404)
    assert "<script>" not in answer.text
    assert "<h1>" in answer.text


def test_a_page_beyond_the_last_says_so_and_of_the_api_is_empty(window: Visitor) -> None:
    page = window.get("/outlets/demo?page=99")
    assert page.status_code == 404
    assert "The crawls of demo end on page 1." in text_of(page.text)
    assert '<a href="/outlets/demo">To the outlet' in page.text
    beyond = window.get("/api/v1/outlets/demo/crawls?page=99").json()
    assert (beyond["crawls"], beyond["pages"], beyond["total"]) == ([], 1, len(DAYS))


def test_the_api_gives_what_the_pages_show_in_utc(window: Visitor, crawled: Crawled) -> None:
    (card,) = window.get("/api/v1/outlets").json()
    (one,) = status(crawled.place.catalog)
    assert (card["captures"], card["articles"], card["changes"]) == (one.captures, one.articles, one.changes)
    assert card["finished"].endswith("Z")
    assert datetime.fromisoformat(card["finished"]) == one.last_crawl.finished
    listed = window.get("/api/v1/outlets/demo/crawls").json()["crawls"]
    assert [crawl["crawl_id"] for crawl in listed] == [c.crawl_id for c in crawls(crawled.place.catalog, "demo")]
    assert {crawl["status"] for crawl in listed} == {"ok"}
    assert all(source["ok"] for source in listed[0]["sources"])


def test_a_crawl_that_was_due_and_has_not_come_shows(crawled: Crawled) -> None:
    late = replace(crawled.holdings, clock=Clock(crawled.place.clock.offset + timedelta(days=2)))
    (card,) = outlet_cards(late)
    assert card.health is Health.OVERDUE
    assert card.overdue_since is not None
    assert card.finished < card.overdue_since < late.clock.now()
    assert card.next_crawl is not None
    assert late.clock.now() < card.next_crawl < late.clock.now() + timedelta(days=1)
    assert "A crawl was due" in text_of(visitor(late).get("/").text)


def test_an_outlet_without_a_file_is_shown_in_utc(crawled: Crawled) -> None:
    unknown = replace(crawled.holdings, outlets={})
    (card,) = outlet_cards(unknown)
    assert (card.name, card.zone, card.next_crawl, card.health) == ("demo", "UTC", None, Health.OK)
    page = visitor(unknown).get("/outlets/demo")
    assert page.status_code == 200
    assert "UTC+8" not in page.text


def test_a_file_without_a_crawl_is_listed(crawled: Crawled) -> None:
    other = crawled.outlet.model_copy(update={"id": "other", "name": "Another <b>Outlet</b>"})
    holdings = replace(crawled.holdings, outlets={**crawled.holdings.outlets, "other": other})
    page = visitor(holdings).get("/outlets").text
    assert "never crawled" in page
    assert "Another &lt;b&gt;Outlet&lt;/b&gt;" in page


def test_an_alarm_is_shown_until_all_are_back(tmp_path: Path) -> None:
    archive = Archive.open(FolderStore(tmp_path / "archive"), create=True, single_writer=True)
    catalog = Catalog.open(f"sqlite:///{tmp_path / 'catalog.sqlite'}")
    urls = [f"http://demo.example/CHINA/164360{number:02}.html" for number in range(12)]

    def found(hours: float) -> None:
        pages = [capture(url, hours) for url in urls]
        commit(archive, pages, [reading(page, article(page.url)) for page in pages])
        catalog.sync(archive)

    found(0)
    commit(archive, [capture(url, 24, status=404) for url in urls])
    catalog.sync(archive)
    row = capture(hours=25)
    report = {"status": "ok", **disappeared(catalog, "demo", at(25)).to_json()}
    commit(archive, [row], [reading(row, article("Other"))], report=report)
    catalog.sync(archive)
    holdings = Holdings(archive, catalog, {"demo": demo_outlet("http://demo.example")}, Clock(at(50) - Clock().now()))
    said = "12 of 12 articles that were looked at since"
    assert said in visitor(holdings).get("/").text
    found(48)
    assert said not in visitor(holdings).get("/").text
