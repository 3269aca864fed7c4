"""What pages of unknown templates say of themselves for machines."""

from __future__ import annotations

import json
from typing import Any

import pytest

from articles.head_facts import HeadFacts, head_facts
from articles.markup import parse


def facts(*head: str) -> HeadFacts:
    root = parse(f"<html><head><title>T</title>{''.join(head)}</head><body><h1>T</h1></body></html>").root
    assert root is not None
    return head_facts(root)


def ld(value: Any) -> str:
    return f'<script type="application/ld+json">{json.dumps(value)}</script>'


ARTICLE = {
    "@type": "NewsArticle",
    "datePublished": "2026-05-04T10:00:00Z",
    "dateModified": "2026-05-04T12:00:00Z",
    "author": [{"@type": "Person", "name": "Ann Bee"}, {"name": "Cee  Dee"}],
}
TOLD = HeadFacts("2026-05-04T10:00:00Z", "2026-05-04T12:00:00Z", ("Ann Bee", "Cee Dee"))


@pytest.mark.parametrize(
    "value",
    [
        ARTICLE,
        [{"@type": "WebSite", "author": "Nobody"}, ARTICLE],
        {"@graph": [{"@type": "Organization", "name": "Daily"}, ARTICLE]},
        {"@type": "WebPage", "mainEntity": ARTICLE},
        ARTICLE | {"@type": ["Article", "Thing"]},
        ARTICLE | {"author": ["Ann Bee", "Cee Dee", "https://outlet.example/ann"]},
        ARTICLE | {"author": {"name": ["Ann Bee", "Cee Dee"]}},
    ],
)
def test_json_ld_tells_of_the_article(value: Any) -> None:
    assert facts(ld(value)) == TOLD


@pytest.mark.parametrize(
    "value",
    [
        {"@type": "ItemList", "itemListElement": [ARTICLE]},  # another one's
        {"@type": "Product", **{key: ARTICLE[key] for key in ARTICLE if key != "@type"}},
        ARTICLE | {"datePublished": 5, "dateModified": None, "author": {"name": {"name": "Ann"}}},
        None,
        "NewsArticle",
    ],
)
def test_what_is_no_article_or_no_text_is_passed_over(value: Any) -> None:
    assert facts(ld(value)) == HeadFacts()


def test_metas_tell_of_times_and_authors() -> None:
    told = facts(
        '<meta property="article:published_time" content=" 2026-05-04T10:00:00+08:00 ">',
        '<meta property="article:modified_time" content="2026-05-04T12:00:00+08:00">',
        '<meta name="Author" content="Li Wei, Wang Lei">',
    )
    assert told == HeadFacts("2026-05-04T10:00:00+08:00", "2026-05-04T12:00:00+08:00", ("Li Wei", "Wang Lei"))
    assert facts('<meta property="article:author" content="https://social.example/daily">') == HeadFacts()
    assert facts('<time itemprop="dateModified" datetime="2026-05-04">yesterday</time>').modified == "2026-05-04"
    both = facts(ld(ARTICLE), '<meta property="article:modified_time" content="2026-05-05">')
    assert (both.modified, both.authors) == ("2026-05-05", TOLD.authors)


@pytest.mark.parametrize(
    "script",
    ["[" * 200_000, '{"@graph":' * 50_000, '{"@type": "NewsArticle"', "NaN", '"' * 600_000, json.dumps([[]] * 100_000)],
)
def test_json_that_a_stranger_broke_is_passed_over(script: str) -> None:
    assert facts(f'<script type="application/ld+json">{script}</script>', ld(ARTICLE)) == TOLD
