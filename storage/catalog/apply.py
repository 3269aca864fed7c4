"""One commit's rows into the tables."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from typing import Any, Final

from sqlalchemy import Connection, or_, select

from storage.catalog.database import chunks, insert, insert_new
from storage.catalog.fetch import Rows
from storage.catalog.looks import reader_name
from storage.catalog.newest import take_up_newest
from storage.catalog.schema import articles, captures, commits, readers, readings, touched, url_state, warcs
from storage.catalog.url_ids import UrlIds
from storage.commits import Commit, Kind
from storage.errors import TableInvalid
from storage.exchange import Role
from storage.rows import CaptureRow, ReadingRow

_CHALLENGE: Final = "challenge page"
"""How the warning begins that articles.unclaimed gives a page that asks for proof of being a person."""

_NO_BLOCKS: Final = b'"blocks":[]'
"""How RFC 8785 writes an article without a body. Inside a text the quotes would have backslashes."""


def apply_commit(connection: Connection, commit: Commit, rows: Rows, urls: UrlIds, *, filling: bool = False) -> None:
    """Put a commit that was not applied yet into the tables, and the URLs that it touches into `touched`.

    What two commits both hold counts once. `filling` says that nothing was derived yet since the catalog was emptied:
    whatever an earlier commit touched is still in `touched`, and need not be looked for.
    """
    insert(connection, commits, [_commit_values(commit, rows)])
    surts: dict[str, str | None] = dict.fromkeys(row.url for row in rows.readings)
    surts.update((row.url, row.surt) for row in rows.captures)
    url_ids = urls.of(connection, surts)
    _insert_captures(connection, commit, rows.captures, url_ids)
    take_up_newest(connection, rows.captures, url_ids)
    to_derive = {url_ids[row.url] for row in rows.captures if row.role is Role.ARTICLE}
    if commit.kind is Kind.READING:
        changed_names = _take_up_readers(connection, commit.outlet, commit.readers)
        if not filling:
            to_derive |= _urls_read_by(connection, commit.outlet, changed_names)
    if rows.readings:
        new_articles = _insert_articles(connection, rows.readings)
        if not filling:
            to_derive |= _urls_waiting_for(connection, new_articles)
        insert(connection, readings, [_reading_values(commit, row, url_ids[row.url]) for row in rows.readings])
        to_derive |= {url_ids[row.url] for row in rows.readings}
    insert_new(connection, touched, [{"url_id": url_id} for url_id in sorted(to_derive)])


def _commit_values(commit: Commit, rows: Rows) -> dict[str, Any]:
    return {
        "outlet": commit.outlet,
        "number": commit.number,
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
    }


def _insert_captures(
    connection: Connection, commit: Commit, rows: Sequence[CaptureRow], url_ids: dict[str, int]
) -> None:
    named = {(row.warc_key, row.crawl_id) for row in rows}
    insert_new(
        connection,
        warcs,
        [{"outlet": commit.outlet, "key": key, "crawl_id": crawl_id} for key, crawl_id in sorted(named)],
    )
    warc_ids: dict[tuple[str, str], int] = {}
    for keys in chunks(sorted({key for key, _ in named})):
        found = connection.execute(select(warcs.c.key, warcs.c.crawl_id, warcs.c.id).where(warcs.c.key.in_(keys)))
        warc_ids.update(((key, crawl_id), warc_id) for key, crawl_id, warc_id in found)
    insert_new(
        connection,
        captures,
        [
            {
                **vars(row),
                "role": row.role.value,
                "purpose": row.purpose.value,
                "outcome": row.outcome.value,
                "url_id": url_ids[row.url],
                "warc_id": warc_ids[row.warc_key, row.crawl_id],
                "commit_number": commit.number,
            }
            for row in rows
        ],
    )


def _insert_articles(connection: Connection, rows: Iterable[ReadingRow]) -> set[str]:
    """Insert the articles that the catalog did not hold yet, and return their content ids."""
    whole = {row.content_id: row for row in rows if row.content_id is not None and row.article_json is not None}
    new = dict(whole)
    for ids in chunks(whole):
        for content_id in connection.execute(
            select(articles.c.content_id).where(articles.c.content_id.in_(ids))
        ).scalars():
            del new[content_id]
    insert_new(connection, articles, [_article_values(row) for row in new.values()])
    return set(new)


def _article_values(row: ReadingRow) -> dict[str, Any]:
    assert row.article_json is not None
    return {
        "content_id": row.content_id,
        "text_id": row.text_id,
        "has_text": _NO_BLOCKS not in row.article_json,
        "field_hashes": dict(row.field_hashes),
        "headline": row.headline,
        "byline": list(row.byline),
        "editors": list(row.editors),
        "agency": row.agency,
        "published_at": row.published_at,
        "language": row.language,
        "article_json": row.article_json.decode("utf-8"),
    }


def _reading_values(commit: Commit, row: ReadingRow, url_id: int) -> dict[str, Any]:
    if not row.captures:
        raise TableInvalid(
            f"commit {commit.number} of {commit.outlet} has a reading of {row.url} that is of no capture"
        )
    return {
        "url_id": url_id,
        "record_id": row.captures[0][1],
        "commit_number": commit.number,
        "reader_id": row.reader_id,
        "article_key": row.article_key,
        "captured_at": row.captured_at,
        "crawl_id": row.crawl_id,
        "outcome": row.outcome,
        "weak": row.weak,
        "content_id": row.content_id,
        "captures": [list(capture) for capture in row.captures],
        "warnings": list(row.warnings),
        "challenged": any(warning.startswith(_CHALLENGE) for warning in row.warnings),
    }


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
