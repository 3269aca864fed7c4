"""How a source is walked from page to page."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from articles.page import Page
from crawlers.result import SourceResult, unseen_in_words
from crawlers.source_walks import SourceWalk
from tests.crawlers.child import outlet_of

SITE = "http://a.example:8080"
OUTLET = outlet_of(SITE, listing="/n/index.html")
OLD, NEW = (f"{SITE}/2025xb/C/2600000{n}.html" for n in (1, 2))


def walked(*bodies: str, thorough: bool = False) -> tuple[SourceWalk, list[str | None]]:
    """A walk over pages, and which page it would go on to after each."""
    walk, followed = SourceWalk(OUTLET.sources[0], open=len(bodies)), []
    for number, body in enumerate(bodies, 1):
        page = Page(f"{SITE}/n/index{'' if number == 1 else number}.html", body.encode(), datetime.now(UTC))
        assert walk.answered(200, number, page.url)
        found = walk.read(page, number, OUTLET, is_known={OLD}.__contains__, thorough=thorough)
        assert found is not None
        followed.append(found.next_page)
    return walk, followed


def test_a_listing_whose_pages_are_named_without_an_underscore_is_followed_to_its_end() -> None:
    body = f"<a href={NEW}>t</a><a href=index2.html>2</a><a href=index3.html>3</a>"
    _, followed = walked(body, body, body)
    assert followed == [f"{SITE}/n/index2.html", f"{SITE}/n/index3.html", None]


def test_a_walk_ends_where_nothing_is_unknown_unless_it_is_thorough() -> None:
    call = "<script>createPageHTML('3','1','index','html','9','fenye')</script>"
    pages = (f"<a href={NEW}>t</a>{call}", f"<a href={OLD}>t</a>{call}")
    walk, followed = walked(*pages)
    assert followed == [f"{SITE}/n/index_2.html", None]
    assert (walk.pages, walk.links, walk.new, walk.result().ok) == (2, 2, 1, True)
    assert walked(*pages, thorough=True)[1] == [f"{SITE}/n/index_{n}.html" for n in (2, 3)]


@pytest.mark.parametrize(
    "status, number, failed", [(304, 1, False), (404, 2, False), (410, 2, False), (404, 1, True), (503, 2, True)]
)
def test_an_answer_that_is_no_page_is_no_failure_where_the_listing_is_as_it_was_or_at_its_end(
    status: int, number: int, failed: bool
) -> None:
    walk = SourceWalk(OUTLET.sources[0], open=1)
    assert not walk.answered(status, number, f"{SITE}/n/")
    assert (walk.error is not None) is failed
    assert walk.open == 0


@pytest.mark.parametrize(
    ("why", "error"),
    [
        (f"{SITE}/n/index.html answered HTTP 503", "answered HTTP 503"),
        (f"{SITE}/n/index.html: ConnectError: refused", "ConnectError: refused"),
        (f"{SITE}/n/index.html2: refused", f"{SITE}/n/index.html2: refused"),
        (f"{SITE}/n/index_2.html answered HTTP 503", f"{SITE}/n/index_2.html answered HTTP 503"),
    ],
)
def test_an_error_names_a_page_and_not_the_source_again(why: str, error: str) -> None:
    walk = SourceWalk(OUTLET.sources[0])
    walk.fail(why)
    assert walk.result().error == error


def test_sources_that_fail_alike_are_one_line() -> None:
    down = [SourceResult(f"http://a/{n}", "listing", ok=False, error="answered HTTP 503") for n in range(3)]
    other = SourceResult("http://a/c.xml", "feed", ok=False, error="is no feed")
    seen = SourceResult("http://a/d", "listing", ok=True)
    assert unseen_in_words([down[0], other, seen, *down[1:]]) == [
        "3 sources, first http://a/0: answered HTTP 503",
        "http://a/c.xml: is no feed",
    ]
