"""What a crawl's counts say in words."""

from __future__ import annotations

from collections.abc import Mapping


def counts_in_words(counts: Mapping[str, int]) -> str:
    """Return a report's counts as a line for somebody who does not know our words.

    >>> counts_in_words({"exchanges": 46, "bytes": 2_572_301, "articles due": 20, "articles unchanged": 17})
    '46 requests, 2.6 MB · 20 known pages: 17 unchanged'
    >>> counts_in_words({"articles new": 1, "read: article": 20, "read: not an article": 1})
    '1 new page · read 20 captures · 1 not an article'
    >>> counts_in_words({"exchanges": 1, "bytes": 950, "warcs": 1})
    '1 request, 950 bytes'
    >>> counts_in_words({})
    'nothing was fetched'
    """
    parts = []
    if exchanges := counts.get("exchanges", 0):
        parts.append(f"{_counted(exchanges, 'request')}, {_size(counts.get('bytes', 0))}")
    if due := counts.get("articles due", 0):
        looks = ((look, counts.get(f"articles {look}", 0)) for look in ("unchanged", "changed", "unstable"))
        came_to = ", ".join(f"{count:,} {look}" for look, count in looks if count)
        parts.append(f"{_counted(due, 'known page')}{f': {came_to}' if came_to else ''}")
    if new := counts.get("articles new", 0):
        parts.append(_counted(new, "new page"))
    outcomes = {name.removeprefix("read: "): count for name, count in counts.items() if name.startswith("read: ")}
    articles = outcomes.pop("article", 0)
    if articles and not exchanges:
        parts.append(f"read {_counted(articles, 'capture')}")
    parts += (f"{count:,} {name}" for name, count in outcomes.items() if count)
    return " · ".join(parts) or "nothing was fetched"


def _counted(number: int, thing: str) -> str:
    return f"{number:,} {thing}{'' if number == 1 else 's'}"


def _size(number: int) -> str:
    return f"{number / 1e6:,.1f} MB" if number >= 100_000 else f"{number:,} bytes"
