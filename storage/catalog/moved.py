"""What became of articles on the way to another URL: whether they say the same there as they last said here."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, select, tuple_

from storage.catalog.derive import differing
from storage.catalog.many_rows import chunks
from storage.catalog.schema import articles, states, url_state


@dataclass(frozen=True)
class Moved:
    """The article at the URL that a redirect led to. `fields` are those in which its first state there, at or after the
    last sighting here, differs from the last one here; none where it says the same."""

    url: str
    seen: datetime
    fields: tuple[str, ...]


def moved_to(connection: Connection, rows: Iterable[Any]) -> dict[tuple[int, int], Moved]:
    """Return what is known of the places that absences led to, by URL and ordinal, as far as the archive has seen the
    same article there (by its key) and one reader read both states.

    A row is an absence with its `url_id`, `ordinal`, `last_seen`, `location`, and the URL's `outlet`, `article_key`.
    """
    leading = [row for row in rows if row.location is not None and row.article_key is not None]
    wanted = {(row.outlet, row.location.partition("#")[0]) for row in leading}
    there: dict[tuple[str, str], Any] = {}
    for some in chunks(sorted(wanted)):
        query = select(url_state).where(tuple_(url_state.c.outlet, url_state.c.url).in_(some))
        there.update(((row.outlet, row.url), row) for row in connection.execute(query))
    pairs = []
    for row in leading:
        place = there.get((row.outlet, row.location.partition("#")[0]))
        if place is not None and place.article_key == row.article_key and place.id != row.url_id:
            pairs.append((row, place))
    known = _states(connection, {url_id for row, place in pairs for url_id in (row.url_id, place.id)})
    found = []
    for row, place in pairs:
        last = [state for state in known.get(row.url_id, ()) if state.first_seen <= row.last_seen][-1:]
        first = [state for state in known.get(place.id, ()) if state.last_seen >= row.last_seen][:1]
        if last and first and last[0].outdated_reader == first[0].outdated_reader:
            found.append((row, place, last[0], first[0]))
    hashes = _hashes(connection, {state.content_id for *_, last, first in found for state in (last, first)})
    return {
        (row.url_id, row.ordinal): Moved(
            place.url,
            max(first.first_seen, row.last_seen),
            differing(hashes[last.content_id], hashes[first.content_id]),
        )
        for row, place, last, first in found
        if last.content_id in hashes and first.content_id in hashes
    }


def _states(connection: Connection, url_ids: Iterable[int]) -> dict[int, list[Any]]:
    found: dict[int, list[Any]] = {}
    for some in chunks(sorted(url_ids)):
        query = select(states).where(states.c.url_id.in_(some)).order_by(states.c.url_id, states.c.ordinal)
        for row in connection.execute(query):
            found.setdefault(row.url_id, []).append(row)
    return found


def _hashes(connection: Connection, content_ids: Iterable[str]) -> dict[str, dict[str, str]]:
    found: dict[str, dict[str, str]] = {}
    for some in chunks(sorted(content_ids)):
        query = select(articles.c.content_id, articles.c.field_hashes).where(articles.c.content_id.in_(some))
        found.update((row.content_id, row.field_hashes) for row in connection.execute(query))
    return found
