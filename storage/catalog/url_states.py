"""The states of one URL some at a time, for what shows a part of a long history (storage.catalog.history shows all)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from sqlalchemy import select

from storage.catalog.absences import AbsenceFound, select_absences
from storage.catalog.catalog import Catalog
from storage.catalog.changes import ChangeFound, changes_by_place
from storage.catalog.history import StateFound, article_rows, select_states
from storage.catalog.looks import Shown
from storage.catalog.reposts import RepostFound, select_reposts
from storage.catalog.schema import absences, changes, states, url_state

MOST_ABSENCES: Final = 200


@dataclass(frozen=True)
class UrlOfArticle:
    """A URL that shows an article. `states` counts its states, `tallies` looks by what they showed."""

    id: int
    outlet: str
    url: str
    article_key: str | None
    first_look: datetime | None
    last_look: datetime | None
    last_shown: Shown | None
    tallies: Mapping[str, int]
    states: int


@dataclass(frozen=True)
class NumberedState:
    """A state of a URL and its number, counted from 1."""

    number: int
    found: StateFound


def urls_of_article(catalog: Catalog, key_or_url: str, *, outlet: str | None = None) -> list[UrlOfArticle]:
    """Return the URLs of an article, by its key or by any of them; none where none is known.

    The URL that was asked for is the first; of a key the first with several states.
    """
    with catalog.reading() as connection:
        found = [_url(row) for row in article_rows(connection, key_or_url, outlet)]
    if found and found[0].article_key == key_or_url:
        found.sort(key=lambda url: url.states < 2)
    return found


def states_between(catalog: Catalog, url: UrlOfArticle, first: int, last: int) -> list[NumberedState]:
    """Return the states of a URL with the numbers from `first` to `last`, those that there are."""
    with catalog.reading() as connection:
        rows = select_states(connection, states.c.url_id == url.id, states.c.ordinal.between(first - 1, last - 1))
    return [NumberedState(ordinal + 1, state) for ordinal, state in rows]


def changes_to(catalog: Catalog, url: UrlOfArticle, numbers: Iterable[int]) -> dict[int, ChangeFound]:
    """Return the changes that led to the states with these numbers, by number, without values of fields."""
    with catalog.reading() as connection:
        found = changes_by_place(connection, ((url.id, number - 1) for number in numbers))
    return {ordinal + 1: change for (_, ordinal), change in found.items()}


def absences_between(
    catalog: Catalog, url: UrlOfArticle, since: datetime | None, until: datetime | None
) -> list[AbsenceFound]:
    """Return the absences that began from `since` on and before `until`, the oldest first; of many the last 200."""
    conditions = [absences.c.url_id == url.id]
    if since is not None:
        conditions.append(absences.c.first_missing >= since)
    if until is not None:
        conditions.append(absences.c.first_missing < until)
    with catalog.reading() as connection:
        return select_absences(connection, conditions, MOST_ABSENCES)[::-1]


def lasting_absences(catalog: Catalog, url: UrlOfArticle) -> list[AbsenceFound]:
    """Return the absences of a URL that have not ended, the oldest first; of many the last 200."""
    with catalog.reading() as connection:
        conditions = [absences.c.url_id == url.id, absences.c.returned_at.is_(None)]
        return select_absences(connection, conditions, MOST_ABSENCES)[::-1]


def reposts_of(catalog: Catalog, urls: list[UrlOfArticle], shown: list[NumberedState]) -> list[RepostFound]:
    """Return the re-posts of the texts of some states, of which the article is one side."""
    keys = {url.article_key for url in urls}
    texts = {state.found.text_id for state in shown if state.found.text_id is not None}
    with catalog.reading() as connection:
        found = select_reposts(connection, texts, outlet=urls[0].outlet)
    return [repost for repost in found if repost.earlier_key in keys or repost.later_key in keys]


def places_of_change(catalog: Catalog, change_id: str) -> list[tuple[UrlOfArticle, int]]:
    """Return the URL that a change is of, and the number of the state that it leads to; none where it is not known.

    Of a page that went to and fro all times, the first one first.
    """
    query = (
        select(changes.c.ordinal, url_state)
        .join(url_state, url_state.c.id == changes.c.url_id)
        .where(changes.c.change_id == change_id)
        .order_by(changes.c.first_seen_after)
    )
    with catalog.reading() as connection:
        return [(_url(row), row.ordinal + 1) for row in connection.execute(query)]


def _url(row: Any) -> UrlOfArticle:
    return UrlOfArticle(
        id=row.id,
        outlet=row.outlet,
        url=row.url,
        article_key=row.article_key,
        first_look=row.first_look,
        last_look=row.last_look,
        last_shown=Shown(row.last_shown) if row.last_shown else None,
        tallies=row.tallies or {},
        states=row.states or 0,
    )
