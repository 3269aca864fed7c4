"""Where a page of what went wrong leads on to: to what is there of the URL or the article that was asked for."""

from __future__ import annotations

from collections.abc import Collection
from typing import Final

from starlette.datastructures import QueryParams

from web.window.links import with_query

Onward = tuple[str, str]
"""An address, and where it leads in words."""

_OF_ARTICLES: Final = frozenset({"/article", "/article/evidence.wacz", "/two-articles"})
_OF_CAPTURES: Final = frozenset({"/calendar", "/side-by-side"})


def to_article(path: str, asked: QueryParams, wrong: Collection[str] = ()) -> Onward | None:
    """Return the way from an address with this query to its article, or to its captures. `wrong` are parameters.

    >>> to_article("/article", QueryParams("url=http://a.example/&a=1&b=9"))
    ('/article?url=http%3A%2F%2Fa.example%2F', 'To the article and its states')
    >>> to_article("/side-by-side", QueryParams("url=http://a.example/&left=never"), {"left"})
    ('/calendar?url=http%3A%2F%2Fa.example%2F', 'To the calendar of its captures')
    """
    if path in _OF_CAPTURES:
        return to_captures(asked, wrong)
    named = {name: asked[name] for name in ("outlet", "url", "key") if asked.get(name)}
    if path not in _OF_ARTICLES or not named.keys() - {"outlet"} or named.keys() & set(wrong):
        return None
    return with_query("/article", **named), "To the article and its states"


def to_captures(asked: QueryParams, wrong: Collection[str] = ()) -> Onward | None:
    """Return the way to the calendar of the URL that is asked for, None where none is or it is `wrong`."""
    named = {name: asked[name] for name in ("outlet", "url") if asked.get(name)}
    if "url" not in named or named.keys() & set(wrong):
        return None
    return with_query("/calendar", **named), "To the calendar of its captures"
