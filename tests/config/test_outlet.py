from __future__ import annotations

import json
import re
from datetime import timedelta
from typing import Any

import pytest
from pydantic import ValidationError

from config.outlet import Outlet


def facts(**changes: Any) -> dict[str, Any]:
    return {
        "id": "paper",
        "name": "A Paper",
        "home": "http://paper.example/",
        "language": "en",
        "timezone": "Asia/Shanghai",
        "sources": [{"url": "http://paper.example/index.html"}],
        "articles": [
            {
                "era": "now",
                "cms": "cbf",
                "url": r"http://paper\.example/(?:\w+/)+(?P<id>\d{8})(?:_(?P<page>\d+))?\.html",
            },
            {"era": "old", "cms": "old", "url": r"http://paper\.example/content_(?P<id>\d+)\.htm"},
        ],
        "readers": ["some_reader"],
        **changes,
    }


def paper(**changes: Any) -> Outlet:
    return Outlet.model_validate(facts(**changes))


def wrong(**changes: Any) -> str:
    with pytest.raises(ValidationError) as caught:
        paper(**changes)
    return str(caught.value)


def test_a_match_names_era_key_page_and_the_first_page() -> None:
    found = paper().match("http://paper.example/a/b/12345678_12.html#top")
    assert found is not None
    assert (found.era, found.key, found.page) == ("now", "paper:cbf:12345678", 12)
    assert found.first_url == "http://paper.example/a/b/12345678.html"


def test_a_first_page_is_its_own_first_page() -> None:
    found = paper().match("http://paper.example/content_77.htm")
    assert found is not None
    assert (found.era, found.key, found.page, found.first_url) == (
        "old",
        "paper:old:77",
        1,
        "http://paper.example/content_77.htm",
    )


@pytest.mark.parametrize(
    "url",
    [
        "http://paper.example/a/index.html",
        "http://paper.example/a/12345678.html?x=1",
        "http://paper.example/a/12345678.html/more",
        "http://elsewhere.example/?u=http://paper.example/a/12345678.html",
        "http://paper.example/" + "a/" * 2000 + "12345678.html",
    ],
)
def test_a_pattern_has_to_fit_the_whole_url(url: str) -> None:
    assert paper().match(url) is None


def test_an_outlet_survives_json() -> None:
    outlet = paper(
        politeness={"delay": "1.5s", "max_size": "1MiB"},
        expectations={"new_articles_a_day": [1, 5], "filled": {"headline": 1}},
    )
    assert outlet.match("http://paper.example/a/12345678.html")  # a compiled pattern in it changes nothing
    assert Outlet.model_validate(json.loads(json.dumps(outlet.model_dump(mode="json")))) == outlet
    assert outlet.politeness.delay == timedelta(seconds=1.5)
    assert outlet.politeness.max_size == 1024 * 1024


def test_the_default_ladder_and_schedule_are_those_of_the_design() -> None:
    outlet = paper()
    assert [age / timedelta(hours=1) for age in outlet.ladder] == [3, 6, 12, 24, 48, 96, 192, 384, 768]
    assert outlet.schedule == "0 */3 * * *"
    assert outlet.confirm_after == timedelta(seconds=60)


def test_an_outlet_can_not_be_changed() -> None:
    with pytest.raises(ValidationError, match="frozen"):
        paper().name = "Another"  # type: ignore[misc]


def test_rebased_moves_home_and_the_sources_below_it_only() -> None:
    outlet = paper(
        sources=[{"url": "http://paper.example/index.html"}, {"url": "http://paper.example.org/feed", "kind": "feed"}],
        allow_private=True,
    ).rebased("http://127.0.0.1:4711")
    assert outlet.home == "http://127.0.0.1:4711/"
    assert [source.url for source in outlet.sources] == [
        "http://127.0.0.1:4711/index.html",
        "http://paper.example.org/feed",
    ]


def test_the_zone_is_the_outlets() -> None:
    assert paper().zone.key == "Asia/Shanghai"


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"id": "Paper One"}, "id"),
        ({"id": "anchors"}, "uses itself"),
        ({"timezone": "Asia/Peking"}, "no time zone"),
        ({"timezone": "Asia"}, "no time zone"),
        ({"timezone": "../../etc/passwd"}, "no time zone"),
        ({"schedule": "0 25 * * *"}, "outside 0-23"),
        ({"home": "ftp://paper.example/"}, "no address of a page"),
        ({"home": "http://me:secret@paper.example/"}, "no user name"),
        ({"home": "http://[::1/"}, "no URL"),
        ({"sources": []}, "at least 1 item"),
        ({"sources": [{"url": "/index.html"}]}, "no address of a page"),
        ({"sources": [{"url": "http://a.example/", "kind": "rss"}]}, "'listing', 'feed' or 'sitemap'"),
        ({"sources": [{"url": "http://a.example/"}, {"url": "http://a.example/"}]}, "named once"),
        ({"articles": [{"era": "now", "cms": "c", "url": "("}]}, "does not compile"),
        ({"articles": [{"era": "now", "cms": "c", "url": "http://x/.*"}]}, r"needs a group \(\?P<id>"),
        ({"articles": [{"era": "now", "cms": "c", "url": "(?P<id>x)(?P<part>y)"}]}, "mean nothing here: part"),
        ({"articles": [{"era": "now", "cms": "c", "url": "(?P<page>y)(?P<id>x)"}]}, "must come after"),
        ({"articles": facts()["articles"] * 2}, "described once"),
        ({"readers": ["reader/2"]}, "readers"),
        ({"ladder": ["3h", "3h"]}, "must rise"),
        ({"ladder": ["0s"]}, "must rise"),
        ({"audit_share": 1.5}, "less than or equal to 1"),
        ({"audit_share": float("nan")}, "finite"),
        ({"confirm_after": "soon"}, "no length of time"),
        ({"expectations": {"new_articles_a_day": [5, 1]}}, "least, most"),
        ({"politeness": {"delay": -1}}, "less than nothing"),
        ({"politeness": {"timeout": 0}}, "greater than"),
        ({"home": "http://127.0.0.1/"}, "allow_private"),
        ({"home": "http://localhost:1/"}, "allow_private"),
    ],
)
def test_what_can_not_be_is_refused_in_words(changes: dict[str, Any], said: str) -> None:
    assert re.search(said, wrong(**changes))


def test_a_private_address_is_allowed_where_the_file_says_so() -> None:
    assert paper(home="http://127.0.0.1:8790/", allow_private=True).allow_private
