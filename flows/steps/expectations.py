"""What an outlet's file expects of a crawl, held against what came."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any

from config.outlet import Outlet

LEAST_READINGS = 5  # a share of fewer articles says nothing


def missed_expectations(
    outlet: Outlet,
    *,
    article_jsons: Sequence[bytes],
    new_in_a_day: int | None,
    attempted: int,
    failed: int,
) -> tuple[str, ...]:
    """Return a sentence for every expectation that was missed.

    `article_jsons` are the articles that this crawl read anew. `new_in_a_day` is how many articles were first seen in
    the 24 hours up to now, or None while the archive is younger than that. `attempted` and `failed` count exchanges.
    """
    expected = outlet.expectations
    missed = []
    if expected.new_articles_a_day is not None and new_in_a_day is not None:
        least, most = expected.new_articles_a_day
        if not least <= new_in_a_day <= most:
            missed.append(f"{new_in_a_day} new articles in a day; {outlet.id}.yml expects {least} to {most}")
    if attempted and failed / attempted > expected.max_failed_share:
        missed.append(
            f"{failed} of {attempted} exchanges failed; {outlet.id}.yml expects at most {expected.max_failed_share:.0%}"
        )
    if len(article_jsons) >= LEAST_READINGS:
        articles = [json.loads(text) for text in article_jsons]
        for field, least_share in expected.filled.items():
            filled = sum(1 for article in articles if _is_filled(article, field))
            if filled / len(articles) < least_share:
                missed.append(
                    f"{field} is filled in {filled} of {len(articles)} articles read; "
                    f"{outlet.id}.yml expects {least_share:.0%} (has the page's template changed?)"
                )
    return tuple(missed)


def _is_filled(article: Mapping[str, Any], field: str) -> bool:
    return article.get(field) not in (None, "", [], {})
