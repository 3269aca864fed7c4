"""Texts that are alike: which may be, by the sketches that are kept of all, and which were found to be."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from typing import Any, Final

from sqlalchemy import Connection, func, select

from storage.catalog.catalog import Catalog
from storage.catalog.found_reposts import find_reposts
from storage.catalog.kept import near_texts, sketched, sketches
from storage.catalog.many_rows import chunks, insert, insert_new
from storage.catalog.schema import articles, states, url_state

BATCH: Final = 200
"""So many texts are sketched, and should be compared, at once: what is lost by a kill."""

MOST_SHARING: Final = 200
"""What stands in more texts than these says nothing of any: a form, a note under all, one page's many states."""

MOST_COMPARED: Final = 20
"""With so many texts a text is compared at most: with those that share most of its sketch."""

_LOOKED_AT: Final = 200

Sketch = tuple[int, ...]


def uncompared(catalog: Catalog) -> list[str]:
    """Return the texts that were not compared with the others yet, those seen first at the beginning."""
    done = select(sketched.c.text_id).where(sketched.c.compared)
    query = (
        select(articles.c.text_id)
        .join(states, states.c.content_id == articles.c.content_id)
        .where(articles.c.has_text, articles.c.text_id.is_not(None), articles.c.text_id.not_in(done))
        .group_by(articles.c.text_id)
        .order_by(func.min(states.c.first_seen), articles.c.text_id)
    )
    with catalog.reading() as connection:
        return list(connection.execute(query).scalars())


def articles_with(catalog: Catalog, text_ids: Iterable[str]) -> dict[str, dict[str, Any]]:
    """Return one canonical article with each of these texts."""
    found: dict[str, dict[str, Any]] = {}
    with catalog.reading() as connection:
        for ids in chunks(sorted(set(text_ids))):
            one = (
                select(func.min(articles.c.content_id)).where(articles.c.text_id.in_(ids)).group_by(articles.c.text_id)
            )
            query = select(articles.c.text_id, articles.c.article_json).where(articles.c.content_id.in_(one))
            found.update((row.text_id, json.loads(row.article_json)) for row in connection.execute(query))
    return found


def keep_sketches(catalog: Catalog, made: Mapping[str, Sketch]) -> None:
    """Keep the sketches of texts, so that others are compared with them. What is there already stays."""
    with catalog.writing() as connection:
        last = connection.execute(select(func.max(sketched.c.id))).scalar() or 0
        known = _numbers(connection, made)
        new = [text_id for text_id in made if text_id not in known]
        numbers = dict(zip(new, range(last + 1, last + 1 + len(new)), strict=True))
        rows = [{"id": number, "text_id": text_id, "compared": False} for text_id, number in numbers.items()]
        insert(connection, sketched, rows)
        hashes = [{"hash": one, "text_number": number} for text_id, number in numbers.items() for one in made[text_id]]
        insert_new(connection, sketches, sorted(hashes, key=lambda row: row["hash"]))


def candidates(catalog: Catalog, sketches_of: Mapping[str, Sketch], shared: int) -> Iterator[tuple[str, list[str]]]:
    """Yield each text with those that share so many hashes of its sketch: of other articles of the same outlet."""
    with catalog.reading() as connection:
        for text_id, hashes in sketches_of.items():
            yield text_id, _candidates(connection, text_id, hashes, shared) if hashes else []


def keep_near(catalog: Catalog, compared: Collection[str], found: Mapping[tuple[str, str], float]) -> None:
    """Keep which texts are alike, and how much; and that these were compared. Re-posts follow from it."""
    pairs = [
        {"text_id": text_id, "other": other, "similarity": similarity}
        for (one, two), similarity in found.items()
        for text_id, other in ((one, two), (two, one))
    ]
    with catalog.writing() as connection:
        insert_new(connection, near_texts, pairs)
        find_reposts(connection, {text_id for pair in found for text_id in pair})
        for ids in chunks(sorted(compared)):
            connection.execute(sketched.update().where(sketched.c.text_id.in_(ids)).values(compared=True))


def _numbers(connection: Connection, text_ids: Iterable[str]) -> dict[str, int]:
    found: dict[str, int] = {}
    for ids in chunks(sorted(text_ids)):
        query = select(sketched.c.text_id, sketched.c.id).where(sketched.c.text_id.in_(ids))
        found.update(connection.execute(query).tuples().all())
    return found


def _candidates(connection: Connection, text_id: str, hashes: Sequence[int], shared: int) -> list[str]:
    of_hash = select(sketches.c.hash).where(sketches.c.hash.in_(hashes)).group_by(sketches.c.hash)
    telling = connection.execute(of_hash.having(func.count() <= MOST_SHARING)).scalars().all()
    alike = (
        select(sketched.c.text_id)
        .join(sketches, sketches.c.text_number == sketched.c.id)
        .where(sketches.c.hash.in_(telling), sketched.c.text_id != text_id)
        .group_by(sketched.c.text_id)
        .having(func.count() >= shared)
        .order_by(func.count().desc(), sketched.c.text_id)
        .limit(_LOOKED_AT)
    )
    found = connection.execute(alike).scalars().all()
    if not found:
        return []
    stories = _stories(connection, [text_id, *found])
    mine = stories.get(text_id, set())
    return [one for one in found if _of_others(mine, stories.get(one, set()))][:MOST_COMPARED]


def _of_others(mine: Collection[tuple[str, str]], theirs: Collection[tuple[str, str]]) -> bool:
    """Tell whether two texts are shown by two articles of one outlet."""
    return any(outlet == other and key != its_key for outlet, key in mine for other, its_key in theirs)


def _stories(connection: Connection, text_ids: Sequence[str]) -> dict[str, set[tuple[str, str]]]:
    """Return which articles, by outlet and key, show these texts."""
    found: dict[str, set[tuple[str, str]]] = {}
    for ids in chunks(text_ids):
        query = (
            select(articles.c.text_id, url_state.c.outlet, url_state.c.article_key)
            .join(states, states.c.content_id == articles.c.content_id)
            .join(url_state, url_state.c.id == states.c.url_id)
            .where(articles.c.text_id.in_(ids), url_state.c.article_key.is_not(None))
            .distinct()
        )
        for text_id, outlet, key in connection.execute(query):
            found.setdefault(text_id, set()).add((outlet, key))
    return found
