"""Two articles against each other: a re-post, and what was edited on the way."""

from __future__ import annotations

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse

from web.window.asked import OutletAsked
from web.window.asked_article import ArticleAsked, NumberAsked, OtherAsked, article_asked
from web.window.context import Given
from web.window.costs import costs
from web.window.errors import Refused
from web.window.pages.article import LookAsked, WholeAsked, compared_text
from web.window.rendering import page
from web.window.views.comparison import compared_articles, comparison
from web.window.views.facts import facts
from web.window.views.known_outlets import known_outlet

router = APIRouter(include_in_schema=False)


@router.get("/two-articles", dependencies=[costs("diff")])
def two_articles(
    request: Request,
    window: Given,
    outlet: OutletAsked = None,
    url: ArticleAsked = None,
    other: OtherAsked = None,
    a: NumberAsked = None,
    b: NumberAsked = None,
    look: LookAsked = "inline",
    whole: WholeAsked = False,
) -> HTMLResponse:
    """Show what differs between a state of the article `with` and one of the article `url`."""
    if other is None:
        raise Refused("Name two articles: one by url=…, the one to compare it with by with=….")
    asked = article_asked(window.holdings, outlet, url, None)[0]
    pair = compared_articles(window.holdings.catalog, asked, other, a, b)
    return page(
        request,
        "two_articles.html",
        outlet=known_outlet(window.holdings, pair.outlet),
        compared=comparison(window.holdings.catalog, pair, asked.article_key),
        facts=facts(pair.report),
        text=compared_text(pair, look, whole=whole),
        look=look,
        whole=whole,
        alike=pair.similarity,
    )
