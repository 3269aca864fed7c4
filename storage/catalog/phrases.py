"""Which states hold a phrase, and which changes brought it or took it away."""

from __future__ import annotations

import json
import logging
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import islice
from typing import Any, Final

from sqlalchemy import ColumnElement, Connection, Integer, Select, and_, column, func, select, text

from articles.article import Article
from articles.errors import ArticleInvalid
from storage.catalog.catalog import Catalog
from storage.catalog.database import chunks, insert
from storage.catalog.kept import indexed
from storage.catalog.phrase import Phrase, Standing, tokens_of
from storage.catalog.schema import articles, changes, states, url_state

_log = logging.getLogger(__name__)

_BATCH: Final = 500
_AHEAD: Final = 50
"""So many candidates are judged at once: their articles are read from the database together."""


@dataclass(frozen=True)
class PhraseInState:
    """A state whose article holds a phrase. `number` counts the states of the URL from 1.

    `not_before` is when the URL was last seen without it: None where the state before held it too, and where there is
    none before that it could be compared with, as with the first that we saw.
    """

    outlet: str
    url: str
    article_key: str | None
    headline: str | None
    content_id: str
    number: int
    field: str
    snippet: str
    occurrences: int
    not_before: datetime | None
    first_seen: datetime
    last_seen: datetime


@dataclass(frozen=True)
class PhraseInChange:
    """A change after which a phrase stands in the article more often, or less often, than before.

    `headline` is that of the newer state; `content_id`, `field` and `snippet` are of the state that holds it (more
    often): the newer one where it was added, the older one where it was removed.
    """

    outlet: str
    url: str
    article_key: str | None
    headline: str | None
    change_id: str
    content_id: str
    field: str
    snippet: str
    occurrences_before: int
    occurrences_after: int
    last_seen_before: datetime
    first_seen_after: datetime
    confirmed: bool


def index_phrases(catalog: Catalog, progress: Callable[[int, int], None] | None = None) -> int:
    """Index the articles that are not indexed yet, and return how many there were.

    A batch is one transaction: one that is cut off goes on where it was, and several processes may index at once.
    """
    missing = select(articles.c.content_id).outerjoin(indexed, indexed.c.content_id == articles.c.content_id)
    with catalog.reading() as connection:
        wanted = connection.execute(missing.where(indexed.c.content_id.is_(None))).scalars().all()
    done = 0
    for ids in chunks(wanted, _BATCH):
        with catalog.reading() as connection:
            found = _articles(connection, ids)
        made = [(content_id, tokens_of(found[content_id]) if content_id in found else "") for content_id in ids]
        with catalog.writing() as connection:
            _insert(connection, made)
        done += len(ids)
        if progress:
            progress(done, len(wanted))
    return done


def states_with(
    catalog: Catalog, phrase: Phrase, *, outlet: str | None = None, since: datetime | None = None, limit: int = 50
) -> list[PhraseInState]:
    """Return the states that hold a phrase and were seen from `since` on, those first seen first at the beginning."""
    before = states.alias("before")
    query = _narrowed(
        select(
            states.c.content_id,
            states.c.ordinal,
            states.c.first_seen,
            states.c.last_seen,
            before.c.content_id.label("before"),
            changes.c.last_seen_before,
            *_OF_URL,
        )
        .where(states.c.content_id.in_(_holding(phrase)))
        .join(url_state, url_state.c.id == states.c.url_id)
        .outerjoin(changes, and_(changes.c.url_id == states.c.url_id, changes.c.ordinal == states.c.ordinal))
        .outerjoin(before, and_(before.c.url_id == states.c.url_id, before.c.ordinal == states.c.ordinal - 1)),
        outlet,
        None if since is None else states.c.last_seen >= since,
    ).order_by(states.c.first_seen, url_state.c.url, states.c.ordinal)
    return list(islice(_states(catalog, phrase, query), limit))


def changes_with(
    catalog: Catalog,
    phrase: Phrase,
    *,
    added: bool,
    outlet: str | None = None,
    since: datetime | None = None,
    limit: int = 50,
) -> list[PhraseInChange]:
    """Return the changes from `since` on that added a phrase, or that removed it, the oldest first.

    Added is what stands in the newer article more often than in the older one, wherever in the article it stands: a
    paragraph that only moved adds nothing.
    """
    return list(islice(_changes(catalog, phrase, added, outlet, since), limit))


def first_vanishing(catalog: Catalog, phrase: Phrase, *, outlet: str | None = None) -> PhraseInChange | None:
    """Return the first change after which an article that had held the phrase held it no more."""
    gone = (found for found in _changes(catalog, phrase, False, outlet, None) if not found.occurrences_after)
    return next(gone, None)


_OF_URL: Final = (url_state.c.outlet, url_state.c.url, url_state.c.article_key)


def _articles(connection: Connection, content_ids: Sequence[str]) -> dict[str, Article]:
    """Return the articles with these ids, those that are there and are articles."""
    query = select(articles.c.content_id, articles.c.article_json).where(articles.c.content_id.in_(content_ids))
    found: dict[str, Article] = {}
    for content_id, article in connection.execute(query):
        try:
            found[content_id] = Article.from_json(json.loads(article))
        except (ArticleInvalid, ValueError) as wrong:
            _log.warning("the article %s can't be searched: %s", content_id, wrong)
    return found


def _insert(connection: Connection, made: Sequence[tuple[str, str]]) -> None:
    ids = [content_id for content_id, _ in made]
    known = set(connection.execute(select(indexed.c.content_id).where(indexed.c.content_id.in_(ids))).scalars())
    last = connection.execute(select(func.max(indexed.c.id))).scalar() or 0
    new = [(content_id, words) for content_id, words in made if content_id not in known]
    rows = [(number, content_id, words) for number, (content_id, words) in enumerate(new, last + 1)]
    if rows:
        insert(connection, indexed, [{"id": number, "content_id": content_id} for number, content_id, _ in rows])
        connection.exec_driver_sql(
            "INSERT INTO phrase_index (rowid, tokens) VALUES (?, ?)", [(number, words) for number, _, words in rows]
        )


def _holding(phrase: Phrase) -> Any:
    """Return the query for the ids of contents that may hold the phrase. SQLite makes a table of it for an IN."""
    matched = text("SELECT rowid AS id FROM phrase_index WHERE phrase_index MATCH :phrase")
    found = matched.bindparams(phrase=phrase.match).columns(column("id", Integer)).subquery("matched")
    return select(indexed.c.content_id).where(indexed.c.id.in_(select(found.c.id)))


def _narrowed(query: Select[Any], outlet: str | None, since: ColumnElement[bool] | None) -> Select[Any]:
    if outlet is not None:
        query = query.where(url_state.c.outlet == outlet)
    return query if since is None else query.where(since)


def _states(catalog: Catalog, phrase: Phrase, query: Select[Any]) -> Iterator[PhraseInState]:
    for row, known in _with_articles(catalog, query, ("content_id", "before")):
        article = known.get(row.content_id)
        where = None if article is None else phrase.standing(article)
        if article is None or where is None:
            continue
        # Where there is no change, what stands before is another reader's, and tells nothing.
        came = row.last_seen_before is not None and row.before in known and phrase.standing(known[row.before]) is None
        yield PhraseInState(
            outlet=row.outlet,
            url=row.url,
            article_key=row.article_key,
            headline=article.headline,
            content_id=row.content_id,
            number=row.ordinal + 1,
            field=where.field,
            snippet=where.snippet,
            occurrences=where.occurrences,
            not_before=row.last_seen_before if came else None,
            first_seen=row.first_seen,
            last_seen=row.last_seen,
        )


def _changes(
    catalog: Catalog, phrase: Phrase, added: bool, outlet: str | None, since: datetime | None
) -> Iterator[PhraseInChange]:
    holder = changes.c.new_content_id if added else changes.c.old_content_id
    query = _narrowed(
        select(changes, *_OF_URL)
        .where(holder.in_(_holding(phrase)))
        .join(url_state, url_state.c.id == changes.c.url_id),
        outlet,
        None if since is None else changes.c.first_seen_after >= since,
    ).order_by(changes.c.first_seen_after, url_state.c.url, changes.c.ordinal)
    for row, known in _with_articles(catalog, query, ("old_content_id", "new_content_id")):
        if row.old_content_id not in known or row.new_content_id not in known:
            continue
        older, newer = known[row.old_content_id], known[row.new_content_id]
        if phrase.gain(older, newer) * (1 if added else -1) <= 0:
            continue
        old, new = phrase.standing(older), phrase.standing(newer)
        where = new if added else old
        assert where is not None  # it stands there more often than on the other side
        yield PhraseInChange(
            outlet=row.outlet,
            url=row.url,
            article_key=row.article_key,
            headline=newer.headline,
            change_id=row.change_id,
            content_id=row.new_content_id if added else row.old_content_id,
            field=where.field,
            snippet=where.snippet,
            occurrences_before=_count(old),
            occurrences_after=_count(new),
            last_seen_before=row.last_seen_before,
            first_seen_after=row.first_seen_after,
            confirmed=row.confirmed,
        )


def _count(standing: Standing | None) -> int:
    return 0 if standing is None else standing.occurrences


def _with_articles(
    catalog: Catalog, query: Select[Any], names: Sequence[str]
) -> Iterator[tuple[Any, dict[str, Article]]]:
    """Yield each row with the articles that its named columns are the content ids of, those that are there."""
    with catalog.reading() as connection:
        for some in connection.execute(query).partitions(_AHEAD):
            wanted = sorted({id_ for row in some for name in names if (id_ := getattr(row, name)) is not None})
            known = _articles(connection, wanted)
            yield from ((row, known) for row in some)
