from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import pytest

from articles.page import Page
from crawlers.frontier import Frontier
from crawlers.plan import Crawl, KnownRequisite, Plan, write_plan
from crawlers.stylesheets import MOST_OF_A_SHEET
from crawlers.wanted import MOST_OF_SHEETS, WantedRequisites
from tests.crawlers.child import outlet_of
from tests.crawlers.plan_rows import requisite_row

SITE = "http://a.example:80"
ARTICLE = "http://a.example/1.html"
KNOWN = KnownRequisite("http://a.example/%E5%9B%BE%201.jpg", datetime.now(UTC), '"v1"')


@pytest.fixture
def warnings() -> list[str]:
    return []


@pytest.fixture
def wanted(tmp_path: Path, warnings: list[str]) -> Iterator[WantedRequisites]:
    crawl = Crawl("20260123T080000Z-site-abc123", outlet_of(SITE), "x", datetime.now(UTC), "x", "x/1", tmp_path)
    write_plan(tmp_path, crawl, requisites=[requisite_row(KNOWN)])
    with closing(Plan.open(tmp_path)) as plan, closing(Frontier(tmp_path / "f.sqlite")) as frontier:
        yield WantedRequisites(plan, frontier, warnings.append)


def test_an_image_is_known_by_the_url_that_it_was_asked_for_under(wanted: WantedRequisites) -> None:
    # A reader gives the address as the page writes it.
    (image,) = wanted.of_article(["http://a.example/图 1.jpg", "http://a.example:80/%E5%9B%BE%201.jpg"], ARTICLE)
    assert (image.url, image.known, image.article_url) == (KNOWN.url, KNOWN, ARTICLE)


@pytest.mark.parametrize("image", ["http://user:secret@a.example/1.jpg", "http://a.example:x/1.jpg"])
def test_an_image_that_cannot_be_asked_for_is_not_wanted(wanted: WantedRequisites, image: str) -> None:
    assert list(wanted.of_article([image], ARTICLE)) == []


def test_the_sheets_of_a_page_are_searched_up_to_a_limit_and_then_warned_about(
    wanted: WantedRequisites, warnings: list[str]
) -> None:
    def found_in(number: int, page_url: str) -> list[str]:
        sheet = f"/*{'-' * (MOST_OF_A_SHEET - 100)}*/a{{b:url(/{number}.png)}}".encode()
        return [found.url for found in wanted.of_sheet(sheet, f"http://a.example/{number}.css", None, page_url, 0)]

    fit = MOST_OF_SHEETS // MOST_OF_A_SHEET
    assert [found_in(number, ARTICLE) for number in range(fit)] == [[f"{SITE[:-3]}/{n}.png"] for n in range(fit)]
    assert warnings == []
    assert found_in(fit, ARTICLE) == []
    (warning,) = warnings
    assert warning.startswith(f"http://a.example/{fit}.css, a style sheet of {ARTICLE}, was not searched: ")
    assert found_in(fit + 1, "http://a.example/2.html") == [f"{SITE[:-3]}/{fit + 1}.png"]


def test_a_page_whose_styles_are_too_much_is_warned_about(wanted: WantedRequisites, warnings: list[str]) -> None:
    body = b"<style>a{b:url(/i.png)}" + b"(" * 100 + b"</style><img src=/j.png>"
    assert [found.url for found in wanted.of_page(Page(ARTICLE, body, datetime.now(UTC)))] == [f"{SITE[:-3]}/j.png"]
    assert [warning.partition(": ")[0] for warning in warnings] == [ARTICLE]
