"""How a phrase went: by an edit, or with the whole article that held it."""

from __future__ import annotations

import heapq
from collections.abc import Iterator
from datetime import timedelta

from sqlalchemy import and_, exists, select

from storage.catalog.catalog import Catalog
from storage.catalog.looks import CONCLUSIVE
from storage.catalog.phrase import Sought
from storage.catalog.phrase_candidates import OF_URL, WENT, Candidates, conditions, judged
from storage.catalog.phrase_hits import ALL, Asked, Budget, PhraseInAbsence, PhraseRemoved, Place
from storage.catalog.phrase_index import holding
from storage.catalog.phrases import changes_by_time
from storage.catalog.schema import absences, states, url_state
from storage.instants import EPOCH


def first_vanishing(
    catalog: Catalog, sought: Sought, asked: Asked = ALL, *, budget: Budget | None = None
) -> PhraseRemoved | None:
    """Return what first left an article that had held what is sought without it, or took the article away with it."""
    removed = removals_by_time(catalog, sought, asked, wholly=True, budget=budget)
    return next((one for _, one in removed if isinstance(one, PhraseInAbsence) or not one.occurrences_after), None)


def removals_by_time(
    catalog: Catalog, sought: Sought, asked: Asked = ALL, *, wholly: bool = False, budget: Budget | None = None
) -> Iterator[tuple[Place, PhraseRemoved]]:
    """Yield the changes that removed what is sought, and the absences of articles that held it, in one list.

    The rest is as for `changes_by_time`; of changes and of absences each as many are looked at as the `budget` says.
    """
    budgets = (None, None) if budget is None else (Budget(budget.left), Budget(budget.left))
    changed = changes_by_time(catalog, sought, asked, added=False, wholly=wholly, budget=budgets[0])
    gone = _gone_by_time(catalog, sought, asked, budgets[1])

    def order(found: tuple[Place, PhraseRemoved | None]) -> tuple[timedelta, int, int]:
        at, url_id, ordinal = found[0]
        return (EPOCH - at if asked.newest else at - EPOCH), url_id, ordinal

    for place, removed in heapq.merge(_ended(changed, budgets[0]), _ended(gone, budgets[1]), key=order):
        if removed is None:
            assert budget is not None
            budget.left, budget.last = 0, place
            return
        yield place, removed


def _gone_by_time(
    catalog: Catalog, sought: Sought, asked: Asked, budget: Budget | None
) -> Iterator[tuple[Place, PhraseInAbsence]]:
    """Yield the absences with which articles went that held what is sought, by when these were first missing.

    What came of one that had gone already (a 404 that became a redirect) is the same going, and not told again.
    """
    key = absences.c.first_missing, absences.c.url_id, absences.c.ordinal
    earlier = absences.alias("earlier")
    # States do not overlap, so that one holds the last sighting. To ask for the last state that began before it took
    # seconds for the articles of thousands of states.
    last_seen = absences.c.last_seen.between(states.c.first_seen, states.c.last_seen)
    known = exists().where(
        earlier.c.url_id == absences.c.url_id,
        earlier.c.ordinal < absences.c.ordinal,
        earlier.c.last_seen == absences.c.last_seen,
        earlier.c.kind.in_(sorted(CONCLUSIVE)),
    )
    query = (
        select(absences, states.c.content_id, states.c.ordinal.label("state"), *OF_URL)
        .join(url_state, url_state.c.id == absences.c.url_id)
        .join(states, and_(states.c.url_id == absences.c.url_id, last_seen))
        .where(
            WENT,
            ~known,
            *conditions(asked, since=absences.c.first_missing, until=absences.c.first_missing),
        )
    )
    candidates = Candidates(query, key, states.c.content_id, holding(sought), newest=asked.newest)
    for place, row, said in judged(catalog, candidates, asked.after, budget, ("content_id",)):
        article = said.get(row.content_id)
        where = None if article is None else sought.standing(article.texts)
        if article is None or where is None:
            continue
        yield (
            place,
            PhraseInAbsence(
                outlet=row.outlet,
                url=row.url,
                article_key=row.article_key,
                headline=article.headline,
                content_id=row.content_id,
                number=row.state + 1,
                field=where.field,
                snippet=where.snippet,
                occurrences=where.occurrences,
                shown=row.kind,
                status=row.status,
                last_seen=row.last_seen,
                first_missing=row.first_missing,
                confirmed=row.confirmed,
                returned_at=row.returned_at,
            ),
        )


def _ended(
    found: Iterator[tuple[Place, PhraseRemoved]], budget: Budget | None
) -> Iterator[tuple[Place, PhraseRemoved | None]]:
    """Yield what was found, and None at the place where looking ended though there may be more."""
    yield from found
    if budget is not None and budget.spent and budget.last is not None:
        yield budget.last, None
