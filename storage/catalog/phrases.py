"""Which states hold a phrase, and which changes brought it or took it away."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice
from typing import Final

from sqlalchemy import and_, select

from storage.catalog.catalog import Catalog
from storage.catalog.phrase import Sought
from storage.catalog.phrase_candidates import OF_URL, WENT, Candidates, conditions, judged
from storage.catalog.phrase_hits import ALL, Asked, Budget, PhraseInChange, PhraseInState, Place
from storage.catalog.phrase_index import changing, holding
from storage.catalog.schema import absences, changes, states, url_state

_GONE: Final = (
    select(absences)
    .where(
        absences.c.url_id == states.c.url_id,
        absences.c.last_seen.between(states.c.first_seen, states.c.last_seen),
        absences.c.returned_at.is_(None),
        WENT,
    )
    .order_by(absences.c.ordinal)
    .correlate(states)
)


def states_with(catalog: Catalog, sought: Sought, asked: Asked = ALL, *, limit: int = 50) -> list[PhraseInState]:
    """Return the first `limit` of `states_by_time`."""
    return [found for _, found in islice(states_by_time(catalog, sought, asked), limit)]


def changes_with(
    catalog: Catalog, sought: Sought, asked: Asked = ALL, *, added: bool, limit: int = 50
) -> list[PhraseInChange]:
    """Return the first `limit` of `changes_by_time`."""
    return [change for _, change in islice(changes_by_time(catalog, sought, asked, added=added), limit)]


def states_by_time(
    catalog: Catalog, sought: Sought, asked: Asked = ALL, *, budget: Budget | None = None
) -> Iterator[tuple[Place, PhraseInState]]:
    """Yield the states that hold what is sought, by their first sighting.

    They were seen from `since` on and first seen before `until`. The list ends where the `budget` is spent.
    """
    before = states.alias("before")
    key = states.c.first_seen, states.c.url_id, states.c.ordinal
    query = (
        select(
            *key,
            states.c.content_id,
            states.c.last_seen,
            before.c.content_id.label("before"),
            changes.c.last_seen_before,
            _GONE.with_only_columns(absences.c.kind).limit(1).scalar_subquery().label("missing_as"),
            _GONE.with_only_columns(absences.c.first_missing).limit(1).scalar_subquery().label("missing_since"),
            *OF_URL,
        )
        .join(url_state, url_state.c.id == states.c.url_id)
        .outerjoin(changes, and_(changes.c.url_id == states.c.url_id, changes.c.ordinal == states.c.ordinal))
        .outerjoin(before, and_(before.c.url_id == states.c.url_id, before.c.ordinal == states.c.ordinal - 1))
        .where(*conditions(asked, since=states.c.last_seen, until=states.c.first_seen))
    )
    candidates = Candidates(query, key, states.c.content_id, holding(sought), newest=asked.newest)
    for place, row, known in judged(catalog, candidates, asked.after, budget, ("content_id", "before")):
        article = known.get(row.content_id)
        where = None if article is None else sought.standing(article.texts)
        if article is None or where is None:
            continue
        # Where there is no change, what stands before is another reader's, and tells nothing.
        before_it = known.get(row.before)
        came = row.last_seen_before is not None and before_it is not None and sought.standing(before_it.texts) is None
        yield (
            place,
            PhraseInState(
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
                missing_as=row.missing_as,
                missing_since=row.missing_since,
            ),
        )


def changes_by_time(
    catalog: Catalog,
    sought: Sought,
    asked: Asked = ALL,
    *,
    added: bool,
    wholly: bool = False,
    budget: Budget | None = None,
) -> Iterator[tuple[Place, PhraseInChange]]:
    """Yield the changes that added what is sought, or removed it, by when their newer state was first seen.

    Added is what stands in the newer article more often than in the older one, wherever in the article it stands: a
    paragraph that only moved adds nothing.

    `wholly` leaves out, where the index can tell, changes after which it still stands in the article. The list ends
    where the `budget` is spent.
    """
    key = changes.c.first_seen_after, changes.c.url_id, changes.c.ordinal
    query = (
        select(changes, *OF_URL)
        .join(url_state, url_state.c.id == changes.c.url_id)
        .where(*conditions(asked, since=changes.c.first_seen_after, until=changes.c.first_seen_after))
    )
    candidates = Candidates(
        query,
        key,
        changes.c.change_id,
        changing(sought, added=added),
        newest=asked.newest,
        without=("new_content_id", holding(sought)) if wholly and sought.plain else None,
    )
    for place, row, known in judged(catalog, candidates, asked.after, budget, ("old_content_id", "new_content_id")):
        if row.old_content_id not in known or row.new_content_id not in known:
            continue
        older, newer = known[row.old_content_id], known[row.new_content_id]
        if sought.gain(older.texts, newer.texts) * (1 if added else -1) <= 0:
            continue
        without, with_it = (older.texts, newer.texts) if added else (newer.texts, older.texts)
        where = sought.gained(without, with_it)
        assert where is not None  # it stands there more often than on the other side
        fewer = sought.standing(without)
        times = 0 if fewer is None else fewer.occurrences, where.occurrences
        yield (
            place,
            PhraseInChange(
                outlet=row.outlet,
                url=row.url,
                article_key=row.article_key,
                headline=newer.headline,
                change_id=row.change_id,
                content_id=row.new_content_id if added else row.old_content_id,
                field=where.field,
                snippet=where.snippet,
                occurrences_before=times[0 if added else 1],
                occurrences_after=times[1 if added else 0],
                last_seen_before=row.last_seen_before,
                first_seen_after=row.first_seen_after,
                confirmed=row.confirmed,
            ),
        )
