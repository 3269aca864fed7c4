from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import pytest

from crawlers.frontier import Frontier
from crawlers.plan import Crawl, KnownRequisite, Plan, write_plan
from crawlers.wanted import WantedRequisites
from tests.crawlers.child import outlet_of

SITE = "http://a.example:80"
ARTICLE = "http://a.example/1.html"
KNOWN = KnownRequisite("http://a.example/%E5%9B%BE%201.jpg", datetime.now(UTC), '"v1"')


@pytest.fixture
def wanted(tmp_path: Path) -> Iterator[WantedRequisites]:
    crawl = Crawl("20260123T080000Z-site-abc123", outlet_of(SITE), "x", datetime.now(UTC), "x", "x/1", tmp_path)
    write_plan(tmp_path, crawl, requisites=[KNOWN])
    with closing(Plan.open(tmp_path)) as plan, closing(Frontier(tmp_path / "f.sqlite")) as frontier:
        yield WantedRequisites(plan, frontier)


def test_an_image_is_known_by_the_url_that_it_was_asked_for_under(wanted: WantedRequisites) -> None:
    # A reader gives the address as the page writes it.
    (image,) = wanted.of_article(["http://a.example/图 1.jpg", "http://a.example:80/%E5%9B%BE%201.jpg"], ARTICLE)
    assert (image.url, image.known, image.article_url) == (KNOWN.url, KNOWN, ARTICLE)


@pytest.mark.parametrize("image", ["http://user:secret@a.example/1.jpg", "http://a.example:x/1.jpg"])
def test_an_image_that_cannot_be_asked_for_is_not_wanted(wanted: WantedRequisites, image: str) -> None:
    assert list(wanted.of_article([image], ARTICLE)) == []
