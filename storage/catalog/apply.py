"""One commit's rows into the tables."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import asdict
from typing import Any, Final

from sqlalchemy import Connection, func, or_, select
from sqlalchemy.exc import IntegrityError

from articles.leads import Leads, leads
from storage.announced import AnnouncedRow
from storage.catalog.capture_counts import count_captures
from storage.catalog.column_types import Json
from storage.catalog.fetch import Fetched
from storage.catalog.found_tables import touched_images
from storage.catalog.listings import apply_listings, touch_listings
from storage.catalog.looks import reader_name
from storage.catalog.many_rows import chunks, insert, insert_columns, insert_new
from storage.catalog.newest import take_up_newest
from storage.catalog.schema import (
    RECORD_ONCE,
    announced,
    articles,
    captures,
    commits,
    onward,
    readers,
    readings,
    touched,
    url_state,
    warcs,
)
from storage.catalog.url_ids import UrlIds
from storage.commits import Commit, Kind
from storage.errors import TableInvalid
from storage.exchange import Role
from storage.table_columns import Columns

_CHALLENGE: Final = "challenge page"
"""How the warning begins that articles.unclaimed gives a page that asks for proof of being a person."""

_EMPTIED: Final = "emptied body"
"""How the warning begins that articles.readers.selected gives a page whose body was taken out."""

_OF_ARTICLES: Final = (
    *("content_id", "text_id", "field_hashes", "headline", "byline", "editors"),
    *("agency", "published_at", "language", "article_json"),
)
_NO_BLOCKS: Final = b'"blocks":[]'
"""How RFC 8785 writes an article without a body. Inside a text the quotes would have backslashes."""


def apply_commit(connection: Connection, fetched: Fetched, urls: UrlIds, *, filling: bool = False) -> None:
    """Put a commit that was not applied yet into the tables, and the URLs that it touches into `touched`.

    What two commits both hold counts once. While the catalog is `filling` it has no indexes to see that by, and what
    follows from all captures is left to `finish_applying`.
    """
    commit, rows = fetched.commit, fetched.rows
    insert(connection, commits, [_commit_values(fetched)])
    surts: dict[str, str | None] = dict.fromkeys(rows.readings["url"])
    surts.update((url, None) for named in rows.listings["named"] for _, url in named)
    ways = _ways_onward(rows.captures)
    surts.update((to, None) for _, to in ways)
    surts.update(zip(rows.captures["url"], rows.captures["surt"], strict=True))
    url_ids = urls.of(connection, surts)
    before = 0 if filling else connection.execute(select(func.max(captures.c.id))).scalar() or 0
    of_captures = [url_ids[url] for url in rows.captures["url"]]
    _insert_captures(connection, commit, rows.captures, of_captures)
    if not filling:
        count_captures(connection, before)
        take_up_newest(connection, before)
        _touch_images(connection, rows.captures, of_captures)
    insert_new(connection, onward, [{"url_id": url_ids[url], "to_url_id": url_ids[to]} for url, to in sorted(ways)])
    roles = rows.captures["role"]
    to_derive = {url_id for url_id, role in zip(of_captures, roles, strict=True) if role == Role.ARTICLE}
    if commit.kind is Kind.READING:
        changed = _take_up_readers(connection, commit.outlet, commit.readers)
        to_derive |= set() if filling else _urls_read_by(connection, commit.outlet, changed)
    if len(rows.readings):
        new_articles = _insert_articles(connection, rows.readings, unseen=filling)
        to_derive |= _urls_waiting_for(connection, new_articles)
        of_readings = [url_ids[url] for url in rows.readings["url"]]
        _insert_readings(connection, commit, rows.readings, of_readings)
        to_derive.update(of_readings)
    apply_listings(connection, commit, rows.listings, url_ids)
    touch_listings(connection, commit, rows.captures, rows.listings, ends="status" in commit.report)
    _insert_announced(connection, commit, rows.announced)
    insert_columns(connection, touched, {"url_id": sorted(to_derive)})


def finish_applying(connection: Connection) -> None:
    """Do what `apply_commit` left, once all commits were applied to an emptied catalog."""
    try:
        with connection.begin_nested():
            RECORD_ONCE.create(connection, checkfirst=True)
    except IntegrityError:  # several commits hold the same captures, which happens once in a while: the first counts
        doubled = select(captures.c.record_id).group_by(captures.c.record_id).having(func.count() > 1)
        firsts = select(func.min(captures.c.id)).group_by(captures.c.record_id)
        connection.execute(captures.delete().where(captures.c.record_id.in_(doubled), captures.c.id.not_in(firsts)))
        RECORD_ONCE.create(connection)
    count_captures(connection, 0)
    take_up_newest(connection, 0)


def _commit_values(fetched: Fetched) -> dict[str, Any]:
    commit, rows = fetched.commit, fetched.rows
    return {
        "outlet": commit.outlet,
        "number": commit.number,
        "sha256": fetched.sha256,
        "kind": commit.kind.value,
        "crawl_id": commit.crawl,
        "started": commit.started,
        "finished": commit.finished,
        "software": commit.software,
        "recovers": commit.recovers,
        "captures": len(rows.captures),
        "readings": len(rows.readings),
        "counts": dict(commit.counts),
        "report": dict(commit.report),
        "complete": bool(commit.report.get("complete")) if "status" in commit.report else None,
    }


def _insert_captures(connection: Connection, commit: Commit, rows: Columns, url_ids: list[int]) -> None:
    places = list(zip(rows["warc_key"], rows["crawl_id"], strict=True))
    named = sorted(set(places))
    insert_new(
        connection, warcs, [{"outlet": commit.outlet, "key": key, "crawl_id": crawl_id} for key, crawl_id in named]
    )
    warc_ids: dict[tuple[str, str], int] = {}
    for keys in chunks(sorted({key for key, _ in named})):
        found = connection.execute(select(warcs.c.key, warcs.c.crawl_id, warcs.c.id).where(warcs.c.key.in_(keys)))
        warc_ids.update(((key, crawl_id), warc_id) for key, crawl_id, warc_id in found)
    insert_columns(
        connection,
        captures,
        {
            **rows.values,
            "url_id": url_ids,
            "warc_id": [warc_ids[place] for place in places],
            "commit_number": [commit.number] * len(rows),
        },
    )


def _ways_onward(rows: Columns) -> set[tuple[str, str]]:
    """Return the redirects of articles that lead to another spelling of their URL, and to which."""
    found = zip(rows["url"], rows["role"], rows["location"], strict=True)
    ways = {
        (url, to.partition("#")[0])
        for url, role, to in found
        if to is not None and role == Role.ARTICLE and leads(url, to) is Leads.SAME
    }
    return {(url, to) for url, to in ways if url != to}


def _touch_images(connection: Connection, rows: Columns, url_ids: list[int]) -> None:
    of_articles = zip(url_ids, rows["article_url"], rows["role"], strict=True)
    images = {url_id for url_id, of, role in of_articles if of is not None and role == Role.REQUISITE}
    insert_columns(connection, touched_images, {"url_id": sorted(images)})


def _insert_announced(connection: Connection, commit: Commit, rows: Sequence[AnnouncedRow]) -> None:
    about = {"outlet": commit.outlet, "commit_number": commit.number}
    insert_new(connection, announced, [{**asdict(row), "kind": row.kind.value, **about} for row in rows])


def _insert_articles(connection: Connection, rows: Columns, *, unseen: bool) -> set[str]:
    """Insert the articles that the catalog did not hold yet, and return their content ids; none where `unseen`."""
    new = {
        content_id: place
        for place, (content_id, whole) in enumerate(zip(rows["content_id"], rows["article_json"], strict=True))
        if content_id is not None and whole is not None
    }
    if not unseen:
        for ids in chunks(list(new)):
            known = select(articles.c.content_id).where(articles.c.content_id.in_(ids))
            for content_id in connection.execute(known).scalars():
                del new[content_id]
    places = new.values()
    chosen = {name: [rows[name][place] for place in places] for name in _OF_ARTICLES}
    written = chosen["article_json"]
    insert_columns(
        connection,
        articles,
        {
            **chosen,
            "has_text": [_NO_BLOCKS not in article for article in written],
            "field_hashes": [Json.stored(dict(hashes)) for hashes in chosen["field_hashes"]],
            "byline": _lists(chosen["byline"]),
            "editors": _lists(chosen["editors"]),
            "article_json": [article.decode("utf-8") for article in written],
        },
    )
    return set() if unseen else set(new)


def _insert_readings(connection: Connection, commit: Commit, rows: Columns, url_ids: list[int]) -> None:
    for url, of in zip(rows["url"], rows["captures"], strict=True):
        if not of:
            raise TableInvalid(
                f"commit {commit.number} of {commit.outlet} has a reading of {url} that is of no capture"
            )
    insert_columns(
        connection,
        readings,
        {
            **rows.values,
            "url_id": url_ids,
            "record_id": [of[0][1] for of in rows["captures"]],
            "commit_number": [commit.number] * len(rows),
            "captures": _lists(rows["captures"]),
            "warnings": _lists(rows["warnings"]),
            "challenged": _warned_of(_CHALLENGE, rows),
            "emptied": _warned_of(_EMPTIED, rows),
        },
    )


def _warned_of(what: str, rows: Columns) -> list[bool]:
    return [any(warning.startswith(what) for warning in warnings) for warnings in rows["warnings"]]


def _lists(values: Iterable[Sequence[Any]]) -> list[str | None]:
    return [Json.stored(value) if value else "[]" for value in values]


def _urls_waiting_for(connection: Connection, content_ids: Collection[str]) -> set[int]:
    """Return the URLs that were seen with a content id before its article came: their changes lack the fields."""
    found: set[int] = set()
    for ids in chunks(sorted(content_ids)):
        wanted = select(readings.c.url_id).where(readings.c.content_id.in_(ids)).distinct()
        found.update(connection.execute(wanted).scalars())
    return found


def _take_up_readers(connection: Connection, outlet: str, reader_ids: Collection[str]) -> set[str]:
    """Write down the outlet's current readers, and return the names of those that came, went or have another N."""
    is_its = readers.c.outlet == outlet
    changed = set(connection.execute(select(readers.c.reader_id).where(is_its)).scalars()) ^ set(reader_ids)
    if changed:
        connection.execute(readers.delete().where(is_its))
        insert(connection, readers, [{"outlet": outlet, "reader_id": reader_id} for reader_id in sorted(reader_ids)])
    return {reader_name(reader_id) for reader_id in changed}


def _urls_read_by(connection: Connection, outlet: str, names: Collection[str]) -> set[int]:
    """Return the URLs that any reader with one of these names has read."""
    if not names:
        return set()
    query = (
        select(readings.c.url_id)
        .join(url_state, url_state.c.id == readings.c.url_id)
        .where(
            url_state.c.outlet == outlet,
            or_(*(readings.c.reader_id.startswith(f"{name}/", autoescape=True) for name in sorted(names))),
        )
        .distinct()
    )
    return set(connection.execute(query).scalars())
