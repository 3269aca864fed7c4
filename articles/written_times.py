"""How a page writes its own times: what an article has beside the moments that are read out of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from articles.article import Article


@dataclass(frozen=True, slots=True)
class WrittenTimes:
    """The very words of both times: "" where the page prints none, None where nobody kept them.

    No part of an article's identity (docs/decisions/0019): so they are handed on beside it.
    """

    published: str | None = None
    modified: str | None = None

    @classmethod
    def of(cls, article: Article) -> WrittenTimes:
        """Return those of an article that a reader made, which knows whether the page prints them."""
        return cls(article.published_raw or "", article.modified_raw or "")

    @classmethod
    def in_json(cls, value: Mapping[str, Any]) -> WrittenTimes:
        """Return those of an article's JSON. Canonical JSON has none, so nothing is known of them.

        >>> WrittenTimes.in_json({"headline": "Drill", "published_raw": "2026-01-23", "modified_raw": None})
        WrittenTimes(published='2026-01-23', modified='')
        >>> WrittenTimes.in_json({"headline": "Drill"})
        WrittenTimes(published=None, modified=None)
        """
        return cls(*(value[name] or "" if name in value else None for name in ("published_raw", "modified_raw")))


UNKNOWN = WrittenTimes()
