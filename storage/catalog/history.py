"""Everything that the archive observed of one story: at every URL that shows it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from sqlalchemy import ColumnElement, Connection, bindparam, select

from storage.catalog.absences import AbsenceFound, select_absences
from storage.catalog.catalog import Catalog
from storage.catalog.changes import ChangeFound, select_changes
from storage.catalog.looks import Shown
from storage.catalog.reposts import RepostFound, select_reposts
from storage.catalog.schema import absences, articles, changes, states, url_state
from storage.surt import same_host, surt

_URL: Final = select(url_state.c.url).where(url_state.c.id == bindparam("id"))


@dataclass(frozen=True)
class StateFound:
    """A state of one URL. The record ids are the evidence: the captures in which it was first and last seen."""

    content_id: str
    text_id: str | None
    headline: str | None
    first_seen: datetime
    last_seen: datetime
    sightings: int
    weak_sightings: int
    confirmed: bool
    reader_id: str
    outdated: bool  # its reader is no longer current, so it is compared only with states of the same reader
    first_record_id: str
    last_record_id: str


@dataclass(frozen=True)
class UrlHistory:
    """What was observed at one URL, by time, the oldest first. `tallies` counts looks by what they showed.

    `stands_at` is the spelling of the URL by which the article was seen last, where a redirect led to another one.
    """

    url: str
    article_key: str | None
    first_look: datetime | None
    last_look: datetime | None
    last_shown: Shown | None
    stands_at: str | None
    needs_rereading: bool
    tallies: Mapping[str, int]
    states: tuple[StateFound, ...]
    changes: tuple[ChangeFound, ...]
    absences: tuple[AbsenceFound, ...]


@dataclass(frozen=True)
class History:
    """The URLs of one article key (variants of each other, never edits of each other), and re-posts of the text."""

    outlet: str
    article_key: str | None
    urls: tuple[UrlHistory, ...]
    reposts: tuple[RepostFound, ...]


def history(catalog: Catalog, key_or_url: str) -> History | None:
    """Return the history of an article, by its key or by the URL of any of its variants; None where none is known.

    A URL is found as it is written, else by its SURT (http or https, with or without www and such).
    """
    with catalog.reading() as connection:
        rows = article_rows(connection, key_or_url)
        if not rows:
            return None
        urls = tuple(_url_history(connection, row) for row in rows)
        texts = {state.text_id for url in urls for state in url.states if state.text_id is not None}
        keys = {row.article_key for row in rows}
        reposts = [
            repost
            for repost in select_reposts(connection, texts, outlet=rows[0].outlet)
            if repost.earlier_key in keys or repost.later_key in keys
        ]
    return History(rows[0].outlet, rows[0].article_key, urls, tuple(reposts))


def article_rows(connection: Connection, key_or_url: str, outlet: str | None = None) -> list[Any]:
    """Return the rows of the URLs that are meant, as articles: the one that was asked for first, then by first look."""
    looked_at = select(url_state).where(url_state.c.first_look.is_not(None))
    if outlet is not None:
        looked_at = looked_at.where(url_state.c.outlet == outlet)
    by_time = (url_state.c.first_look, url_state.c.url)
    found = connection.execute(looked_at.where(url_state.c.article_key == key_or_url).order_by(*by_time)).all()
    if found:
        return list(found)
    asked = connection.execute(looked_at.where(url_state.c.url == key_or_url).order_by(*by_time)).first()
    if asked is None:
        spelled = select(url_state.c.line_id).where(url_state.c.url == key_or_url, url_state.c.line_id.is_not(None))
        asked = connection.execute(looked_at.where(url_state.c.id.in_(spelled)).order_by(*by_time)).first()
    if asked is None and "://" in key_or_url:
        of_surt = connection.execute(looked_at.where(url_state.c.surt == surt(key_or_url)).order_by(*by_time)).all()
        asked = next((row for row in of_surt if same_host(row.url, key_or_url)), None)
    if asked is None:
        return []
    if asked.article_key is None:
        return [asked]
    same = looked_at.where(
        url_state.c.outlet == asked.outlet, url_state.c.article_key == asked.article_key, url_state.c.id != asked.id
    )
    return [asked, *connection.execute(same.order_by(*by_time))]


def select_states(connection: Connection, *conditions: ColumnElement[bool]) -> list[tuple[int, StateFound]]:
    """Return states of one URL by time, each with its ordinal."""
    query = (
        select(states, articles.c.text_id, articles.c.headline)
        .outerjoin(articles, articles.c.content_id == states.c.content_id)
        .where(*conditions)
        .order_by(states.c.ordinal)
    )
    return [(row.ordinal, _state(row)) for row in connection.execute(query)]


def _url_history(connection: Connection, row: Any) -> UrlHistory:
    return UrlHistory(
        url=row.url,
        article_key=row.article_key,
        first_look=row.first_look,
        last_look=row.last_look,
        last_shown=Shown(row.last_shown) if row.last_shown else None,
        stands_at=None if row.stands_at is None else connection.execute(_URL, {"id": row.stands_at}).scalar_one(),
        needs_rereading=row.needs_rereading,
        tallies=row.tallies,
        states=tuple(state for _, state in select_states(connection, states.c.url_id == row.id)),
        changes=tuple(reversed(select_changes(connection, [changes.c.url_id == row.id], None))),
        absences=tuple(reversed(select_absences(connection, [absences.c.url_id == row.id], None))),
    )


def _state(row: Any) -> StateFound:
    return StateFound(
        content_id=row.content_id,
        text_id=row.text_id,
        headline=row.headline,
        first_seen=row.first_seen,
        last_seen=row.last_seen,
        sightings=row.sightings,
        weak_sightings=row.weak_sightings,
        confirmed=row.confirmed,
        reader_id=row.reader_id,
        outdated=row.outdated_reader is not None,
        first_record_id=row.first_record_id,
        last_record_id=row.last_record_id,
    )
