from __future__ import annotations

import random
from typing import Any

import pytest

from articles.reading import current_reader_ids
from config.outlet import Outlet
from storage.archive import Archive
from storage.catalog.catalog import Catalog
from storage.catalog.due import articles_due
from storage.due import Due
from storage.exchange import Outcome, Purpose, Role
from tests.storage.catalog.observed import URL, article, at, capture, commit, part, reading, revisit


def outlet(**said: Any) -> Outlet:
    return Outlet.model_validate(
        {
            "id": "demo",
            "name": "Demo",
            "home": "http://demo.example/",
            "language": "en",
            "timezone": "Asia/Shanghai",
            "sources": [{"url": "http://demo.example/index.html"}],
            "articles": [
                {"era": "2022", "cms": "cbf", "url": r"http://demo\.example/CHINA/(?P<id>\d+)(?:_(?P<page>\d+))?\.html"}
            ],
            "readers": ["pla-2022"],
            "audit_share": 0.0,
            "unconditional_share": 0.0,
            **said,
        }
    )


(READER,) = (name for name in current_reader_ids(outlet()) if name.startswith("pla-2022/"))


class Always(random.Random):
    """Draws one number for ever."""

    def __init__(self, number: float) -> None:
        super().__init__()
        self.number = number

    def random(self) -> float:
        return self.number


def due(catalog: Catalog, hours: float, draw: float = 0.5, **said: Any) -> list[Due]:
    return articles_due(catalog, outlet(**said), at(hours), Always(draw))


def purposes(catalog: Catalog, hours: float) -> list[Purpose]:
    return [item.purpose for item in due(catalog, hours)]


@pytest.fixture
def seen(archive: Archive, catalog: Catalog) -> Any:
    """Return the function that commits what one look brought."""

    def look(hours: float, text: str | None = "Text", url: str = URL, **said: Any) -> Any:
        row = capture(url, hours, **said)
        commit(archive, [row], [reading(row, article(text), reader=READER)] if text else [])
        catalog.sync(archive)
        return row

    return look


def test_nothing_is_due_of_an_outlet_that_was_never_crawled(catalog: Catalog) -> None:
    assert due(catalog, 0) == []


def test_an_article_is_due_at_each_age_of_the_ladder_once(seen: Any, catalog: Catalog) -> None:
    seen(0)
    assert purposes(catalog, 2.9) == []
    assert purposes(catalog, 3) == [Purpose.LADDER]
    seen(3.1)
    assert purposes(catalog, 5.9) == []
    assert purposes(catalog, 6) == [Purpose.LADDER]
    seen(30)  # several ages were passed over: they are one look
    assert purposes(catalog, 47.9) == []
    assert purposes(catalog, 48) == [Purpose.LADDER]


def test_a_change_begins_the_ladder_anew(seen: Any, catalog: Catalog) -> None:
    seen(0)
    seen(40, "Changed")
    seen(40.1, "Changed", purpose=Purpose.CONFIRM)
    assert purposes(catalog, 42) == []
    assert purposes(catalog, 43) == [Purpose.LADDER]


def test_beyond_the_ladder_a_random_share_is_looked_at_for_ever(seen: Any, catalog: Catalog) -> None:
    seen(0)
    seen(24 * 40)
    assert due(catalog, 24 * 400, draw=0.02, audit_share=0.01) == []
    (found,) = due(catalog, 24 * 400, draw=0.009, audit_share=0.01)
    assert found.purpose is Purpose.AUDIT


def test_an_unconfirmed_change_is_looked_at_at_once_and_whole(seen: Any, catalog: Catalog) -> None:
    seen(0, etag='"1"')
    seen(10, "Changed", etag='"2"')
    (found,) = due(catalog, 10.1)
    assert (found.purpose, found.conditional) == (Purpose.LADDER, False)


@pytest.mark.parametrize(
    "said",
    [
        {"status": 503},
        {"status": 403},
        {"outcome": Outcome.TIMEOUT},
        {"outcome": Outcome.DNS},
        {"outcome": Outcome.TRUNCATED},
    ],
)
def test_what_failed_is_tried_again_by_the_next_crawls_and_after_a_day_by_the_ladder(
    seen: Any, catalog: Catalog, said: dict[str, Any]
) -> None:
    seen(0)
    seen(3, None, **said)
    assert purposes(catalog, 3.5) == [Purpose.RETRY]
    seen(26, None, **said)
    assert purposes(catalog, 26.5) == [Purpose.RETRY]
    seen(28, None, **said)  # failing since more than a day
    assert purposes(catalog, 29) == []
    assert purposes(catalog, 51) == [Purpose.RETRY]


def test_what_is_gone_is_looked_at_again_after_a_day(seen: Any, catalog: Catalog) -> None:
    seen(0)
    seen(100, None, status=404)
    ladder = ["3h", "10d"]
    assert [item.purpose for item in due(catalog, 103, ladder=ladder)] == [Purpose.RETRY]
    seen(103, None, status=404)
    assert due(catalog, 123.9, ladder=ladder) == []
    assert [item.purpose for item in due(catalog, 124, ladder=ladder)] == [Purpose.RETRY]
    seen(124, None, status=404)  # that confirms it
    assert due(catalog, 125, ladder=ladder) == []
    assert [item.purpose for item in due(catalog, 100 + 240, ladder=ladder)] == [Purpose.RETRY]


def test_a_url_that_never_showed_an_article_goes_by_the_ladder_too(seen: Any, catalog: Catalog) -> None:
    seen(0, None, status=404)
    assert purposes(catalog, 1) == []
    assert purposes(catalog, 3) == [Purpose.RETRY]


def test_validators_are_those_of_the_last_body(seen: Any, catalog: Catalog, archive: Archive) -> None:
    original = seen(0, etag='"1"', last_modified="Thu, 01 Jan 2026 06:00:00 GMT")
    (found,) = due(catalog, 3)
    assert (found.conditional, found.etag, found.last_modified) == (True, '"1"', "Thu, 01 Jan 2026 06:00:00 GMT")
    assert found.content_id == reading(original, article("Text")).content_id
    again = revisit(original, 3, etag='"2"')
    unmodified = revisit(original, 6, not_modified=True)
    commit(archive, [again], [reading(again, article("Text"), reader=READER)])
    commit(archive, [unmodified], [reading(unmodified, article("Text"), reader=READER, weak=True)])
    catalog.sync(archive)
    (found,) = due(catalog, 12)
    assert (found.etag, found.last_modified) == ('"2"', None)


def test_what_was_read_with_another_time_zone_is_fetched_whole_and_held_against_nothing(
    seen: Any, catalog: Catalog
) -> None:
    seen(0, etag='"1"')
    (found,) = due(catalog, 3, timezone="Asia/Tokyo")
    assert (found.conditional, found.etag, found.content_id) == (False, None, None)


def test_a_share_of_looks_is_unconditional(seen: Any, catalog: Catalog) -> None:
    seen(0, etag='"1"')
    assert [item.conditional for item in due(catalog, 3, draw=0.2, unconditional_share=0.1)] == [True]
    assert [item.conditional for item in due(catalog, 3, draw=0.05, unconditional_share=0.1)] == [False]


def test_without_validators_a_look_is_unconditional(seen: Any, catalog: Catalog) -> None:
    seen(0)
    assert [item.conditional for item in due(catalog, 3)] == [False]


def test_an_article_of_several_pages_is_fetched_whole(archive: Archive, catalog: Catalog) -> None:
    first, second, third = capture(hours=0, etag='"1"'), part(URL, 2, 0.1), part(URL, 3, 0.2)
    commit(archive, [first, second, third], [reading(first, article(), reader=READER, parts=[second, third])])
    catalog.sync(archive)
    (found,) = due(catalog, 3)
    assert (found.conditional, found.parts) == (False, (second.url, third.url))


def test_what_an_outdated_reader_made_is_no_known_content(archive: Archive, catalog: Catalog) -> None:
    row = capture(hours=0, etag='"1"')
    commit(archive, [row], [reading(row, article(), reader="somebody/1")])
    catalog.sync(archive)
    (found,) = due(catalog, 3)
    assert (found.content_id, found.conditional) == (None, False)


def test_urls_that_the_outlet_no_longer_calls_articles_are_left_alone(seen: Any, catalog: Catalog) -> None:
    seen(0, url="http://demo.example/elsewhere.html")
    seen(0.5, url=URL.replace(".html", "_2.html"))
    assert due(catalog, 3.5) == []


def test_the_most_urgent_come_first(seen: Any, catalog: Catalog) -> None:
    urls = [f"http://demo.example/CHINA/{number}.html" for number in range(5)]
    seen(0, url=urls[0])
    seen(12, url=urls[1])
    seen(1, url=urls[2])
    seen(2, None, url=urls[2], outcome=Outcome.RESET)
    seen(0, url=urls[3])
    seen(14, "Changed", url=urls[3])
    found = due(catalog, 15)
    assert [item.url for item in found] == [urls[3], urls[2], urls[1], urls[0]]
    assert {item.role for item in found} == {Role.ARTICLE}
