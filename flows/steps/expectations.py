"""What an outlet's file expects of a crawl, held against what came."""

from __future__ import annotations

from collections.abc import Mapping

from config.outlet import Outlet

LEAST_READINGS = 5  # a share of fewer articles says nothing


def missed_expectations(
    outlet: Outlet,
    *,
    articles: int,
    filled: Mapping[str, int],
    new_in_a_day: int | None,
    attempted: int,
    failed: int,
) -> tuple[str, ...]:
    """Return a sentence for every expectation that was missed.

    `articles` is how many were read anew, `filled` in how many of those a field holds something. `new_in_a_day` is how
    many articles were first seen in the 24 hours up to now, or None while the archive is younger than that.
    `attempted` and `failed` count exchanges.
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
    if articles >= LEAST_READINGS:
        for field, least_share in expected.filled.items():
            count = filled.get(field, 0)
            if count / articles < least_share:
                missed.append(
                    f"{field} is filled in {count} of {articles} articles read; "
                    f"{outlet.id}.yml expects {least_share:.0%} (has the page's template changed?)"
                )
    return tuple(missed)
