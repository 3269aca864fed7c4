"""Which article, change or state is meant, as pages and the API take it from an address."""

from __future__ import annotations

from typing import Annotated

from fastapi import Path, Query
from pydantic import Field, StringConstraints

from storage.catalog.url_states import UrlOfArticle
from web.holdings import Holdings
from web.window.asked import LONGEST_URL, FilledIn
from web.window.errors import Refused
from web.window.views.article import article_urls

ChangeNamed = Annotated[str, Path(pattern="^sha256:[0-9a-f]{64}$", description="The id of a change.")]
_Name = Annotated[str, StringConstraints(max_length=LONGEST_URL)]
_Number = Annotated[int, Field(ge=1, le=1_000_000)]
ArticleAsked = Annotated[_Name | None, FilledIn, Query(description="A URL of the article, as it was captured.")]
KeyAsked = Annotated[_Name | None, FilledIn, Query(description="Or its article key.")]
OtherAsked = Annotated[
    _Name | None, FilledIn, Query(alias="with", description="The URL of another article, for the older side.")
]
NumberAsked = Annotated[_Number | None, FilledIn, Query(description="A state, counted from 1.")]


def article_asked(holdings: Holdings, outlet: str | None, url: str | None, key: str | None) -> list[UrlOfArticle]:
    """Return the URLs of the article that an address names, the one to be shown first. Raises Refused, StateUnknown."""
    named = url or key
    if named is None or (url and key):
        raise Refused("Name an article: by its URL (url=…) or by its key (key=…).")
    return article_urls(holdings, named, outlet)
