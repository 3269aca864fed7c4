"""Which URLs are spellings of one: a redirect led from one to the other, and between them nothing but spelling differs.

What was observed at all of them is one history. It stands under the URL at which the article was seen first, so that an
outlet's change to https gives no article another history, and no change another id.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import UTC, datetime
from typing import Final

from sqlalchemy import Connection, or_, select

from storage.catalog.looks import Attempt, Read
from storage.catalog.many_rows import chunks
from storage.catalog.schema import ages, onward

_NEVER: Final = datetime.max.replace(tzinfo=UTC)


def lines_of(connection: Connection, url_ids: Collection[int] | None = None) -> list[tuple[int, ...]]:
    """Return the sets of URLs that are one, each in the order of the numbers; of all URLs where none are given."""
    ways: set[tuple[int, int]] = set()
    if url_ids is None:
        ways.update(connection.execute(select(onward.c.url_id, onward.c.to_url_id)).tuples())
    new = set(url_ids or ())
    known = set(new)
    while new:
        for ids in chunks(sorted(new)):
            either = or_(onward.c.url_id.in_(ids), onward.c.to_url_id.in_(ids))
            ways.update(connection.execute(select(onward.c.url_id, onward.c.to_url_id).where(either)).tuples())
        new = {url_id for way in ways for url_id in way} - known
        known |= new
    return _joined(ways)


def _joined(ways: Iterable[tuple[int, int]]) -> list[tuple[int, ...]]:
    of: dict[int, set[int]] = {}
    for one, other in ways:
        both = of.get(one, {one}) | of.get(other, {other})
        of.update(dict.fromkeys(both, both))
    return sorted({tuple(sorted(line)) for line in of.values()})


def holder(observed: Iterable[tuple[int, str, Iterable[Attempt], Iterable[Read]]]) -> int:
    """Return the number of the URL that holds the history: where the article was seen first, else what was asked first.

    Each is given with its number, itself, and what was observed of it.
    """

    def first(of: tuple[int, str, Iterable[Attempt], Iterable[Read]]) -> tuple[datetime, datetime, str]:
        _, url, attempts, reads = of
        seen = (read.captured_at for read in reads if read.outcome == "article")
        return min(seen, default=_NEVER), min((one.captured_at for one in attempts), default=_NEVER), url

    return min(observed, key=first)[0]


def named_by_listings(connection: Connection, url_ids: Collection[int]) -> set[int]:
    """Return those of the URLs that a listing ever named."""
    found: set[int] = set()
    for ids in chunks(sorted(url_ids)):
        found.update(connection.execute(select(ages.c.url_id).where(ages.c.url_id.in_(ids))).scalars())
    return found
