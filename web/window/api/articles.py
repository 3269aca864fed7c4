"""Articles, their states and any two of them against each other, as JSON."""

from __future__ import annotations

import json
from typing import Annotated

from fastapi import APIRouter, Path

from articles.article import Article
from audit.states import compared, state_after_change
from storage.catalog.articles import article_json
from web.window.asked import OutletAsked
from web.window.asked_article import ArticleAsked, ChangeNamed, KeyAsked, NumberAsked, OtherAsked, article_asked
from web.window.context import Given
from web.window.costs import costs
from web.window.errors import Missing
from web.window.views import article as view
from web.window.views.comparison import Comparison, compared_articles, compared_states, comparison

router = APIRouter(tags=["articles"])

ContentNamed = Annotated[str, Path(pattern="^sha256:[0-9a-f]{64}$", description="A content id.")]


@router.get("/article")
def article(
    window: Given,
    outlet: OutletAsked = None,
    url: ArticleAsked = None,
    key: KeyAsked = None,
    around: NumberAsked = None,
) -> view.ArticleShown:
    """An article: the states of one URL, what led from one to the next, when it did not show itself.

    Of a key the first URL with several states is meant; the others are its variants. Of more than 100 states the last
    are given, or those around the one with a number.
    """
    return view.article_shown(window.holdings, article_asked(window.holdings, outlet, url, key), around)


@router.get("/article/compare", dependencies=[costs("diff")])
def compare(
    window: Given,
    outlet: OutletAsked = None,
    url: ArticleAsked = None,
    key: KeyAsked = None,
    a: NumberAsked = None,
    b: NumberAsked = None,
    other: OtherAsked = None,
) -> Comparison:
    """Two states of one URL against each other, counted from 1; else the last two.

    With the URL of another article (`with`) a state of that one is the older side (`a`); without numbers the states
    that show the text which both have, else the last ones.
    """
    asked = article_asked(window.holdings, outlet, url, key)[0]
    if other is not None:
        pair = compared_articles(window.holdings.catalog, asked, other, a, b)
    else:
        pair = compared_states(window.holdings.catalog, asked, a, b)
    return comparison(window.holdings.catalog, pair, asked.article_key)


@router.get("/changes/{change_id}", dependencies=[costs("diff")], tags=["changes"])
def change(window: Given, change_id: ChangeNamed) -> Comparison:
    """A change: the states that it leads from and to against each other. The id lasts."""
    catalog = window.holdings.catalog
    url, newer = state_after_change(catalog, change_id)
    return comparison(catalog, compared(catalog, url, newer - 1, newer), url.article_key)


@router.get("/articles/{content_id}")
def state(window: Given, content_id: ContentNamed) -> Article:
    """What a page said, as typed fields. The content id is the SHA-256 of its canonical JSON (docs/formats.md)."""
    stored = article_json(window.holdings.catalog, content_id)
    if stored is None:
        raise Missing(f"The archive holds no article {content_id}.")
    return Article.from_json(json.loads(stored))
