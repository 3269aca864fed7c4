"""Captures of articles that no current reader has read: of this crawl, a late spool, an import, before an upgrade."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Final

from sqlalchemy import ColumnElement, Connection, Select, and_, exists, func, not_, or_, select

from storage.catalog.captured import SavedCapture, capture_rows, select_captures, with_originals
from storage.catalog.catalog import Catalog
from storage.catalog.many_rows import chunks
from storage.catalog.schema import articles, captures, readings, url_state, warcs
from storage.exchange import Outcome, Role
from storage.rows import CaptureRow, ReadingRow

AT_ONCE: Final = 200
"""How many articles are taken out of the database at a time while a caller works through them."""


@dataclass(frozen=True)
class Unread:
    """An article as one crawl captured it: the first page first, further pages in the order of their numbers.

    Of a further page that was fetched twice the capture nearest in time to the first page's is meant. `known` is what
    a current reader made of exactly these bodies before, where every page is one that was read already (revisits):
    reading them again would give the same. Its `article_json` is None; captures and moments are those of that time.
    """

    pages: tuple[SavedCapture, ...]
    known: ReadingRow | None = None

    @property
    def first(self) -> CaptureRow:
        """The capture of the first page."""
        return self.pages[0].row

    @property
    def url(self) -> str:
        """The URL of the first page."""
        return self.pages[0].row.url


def unread(
    catalog: Catalog, outlet_id: str, current_reader_ids: Collection[str], *, crawl_id: str | None = None
) -> Iterator[Unread]:
    """Yield what is to be read, oldest first; of one crawl only where `crawl_id` is given.

    What was read as incomplete comes again when a further page of the same crawl has been committed since. A revisit
    whose original the archive does not hold can't be read and is left out.
    """
    with catalog.reading() as connection:
        query = _unread(captures.c.id, outlet_id, current_reader_ids, crawl_id).order_by(
            captures.c.captured_at, captures.c.record_id
        )
        ids = connection.execute(query).scalars().all()
    for some in chunks(ids, AT_ONCE):
        with catalog.reading() as connection:
            found = _gathered(connection, some, current_reader_ids)
        yield from found


def count_unread(
    catalog: Catalog, outlet_id: str, current_reader_ids: Collection[str], *, crawl_id: str | None = None
) -> int:
    """Return how many captures wait to be read, those included whose originals are missing."""
    with catalog.reading() as connection:
        query = _unread(func.count(), outlet_id, current_reader_ids, crawl_id)
        return int(connection.execute(query).scalar_one())


def _unread(
    wanted: ColumnElement[Any], outlet_id: str, current_reader_ids: Collection[str], crawl_id: str | None
) -> Select[Any]:
    by_current = and_(
        readings.c.record_id == captures.c.record_id, readings.c.reader_id.in_(sorted(current_reader_ids))
    )
    query = (
        select(wanted)
        .select_from(captures)
        .join(url_state, url_state.c.id == captures.c.url_id)
        .join(warcs, warcs.c.id == captures.c.warc_id)
        .where(
            url_state.c.outlet == outlet_id,
            captures.c.role == Role.ARTICLE.value,
            _is_page(captures),
            or_(not_(exists().where(by_current)), _has_late_part(current_reader_ids)),
        )
    )
    return query if crawl_id is None else query.where(warcs.c.crawl_id == crawl_id)


def _is_page(table: Any) -> ColumnElement[bool]:
    """Return the condition that a body is there, or somewhere before: of a 304, in the record that it refers to."""
    return or_(
        and_(table.c.outcome.in_((Outcome.RESPONSE.value, Outcome.REVISIT.value)), table.c.status.between(200, 299)),
        and_(table.c.outcome == Outcome.REVISIT.value, table.c.status == 304),
    )


def _has_late_part(current_reader_ids: Collection[str]) -> ColumnElement[bool]:
    """Return the condition that a further page came after the last current reading, and that reading lacked one."""
    late, its_warc = captures.alias("late"), warcs.alias("its_warc")
    incomplete, since = readings.alias("incomplete"), readings.alias("since")
    current = sorted(current_reader_ids)
    return and_(
        exists().where(
            incomplete.c.record_id == captures.c.record_id,
            incomplete.c.outcome == "incomplete",
            incomplete.c.reader_id.in_(current),
        ),
        exists().where(
            late.c.role == Role.PART.value,
            late.c.article_url == url_state.c.url,
            its_warc.c.id == late.c.warc_id,
            its_warc.c.crawl_id == warcs.c.crawl_id,
            _is_page(late),
            not_(
                exists().where(
                    since.c.record_id == captures.c.record_id,
                    since.c.reader_id.in_(current),
                    since.c.commit_number >= late.c.commit_number,
                )
            ),
        ),
    )


def _gathered(connection: Connection, ids: Sequence[int], current_reader_ids: Collection[str]) -> list[Unread]:
    firsts = capture_rows(
        connection,
        select_captures(captures.c.id.in_(ids)).order_by(captures.c.captured_at, captures.c.record_id),
    )
    parts = _parts(connection, firsts)
    saved = with_originals(connection, [*firsts, *(part for found in parts.values() for part in found)])
    whole = [
        (saved[first.record_id], *(saved[part.record_id] for part in parts[first.record_id] if part.record_id in saved))
        for first in firsts
        if first.record_id in saved
    ]
    known = _known(connection, whole, current_reader_ids)
    return [Unread(pages, known.get(pages[0].row.record_id)) for pages in whole]


def _parts(connection: Connection, firsts: Iterable[CaptureRow]) -> dict[str, list[CaptureRow]]:
    """Return the further pages of each first page, by its record id."""
    firsts = list(firsts)
    by_article: dict[tuple[str, str], list[CaptureRow]] = {}
    for urls in chunks(sorted({first.url for first in firsts})):
        crawls = sorted({first.crawl_id for first in firsts})
        query = select_captures(
            captures.c.role == Role.PART.value,
            captures.c.article_url.in_(urls),
            warcs.c.crawl_id.in_(crawls),
            _is_page(captures),
        )
        for row in capture_rows(connection, query):
            assert row.article_url is not None
            by_article.setdefault((row.article_url, row.crawl_id), []).append(row)
    found = {}
    for first in firsts:
        nearest: dict[str, CaptureRow] = {}
        for row in sorted(by_article.get((first.url, first.crawl_id), ()), key=lambda row: _distance(first, row)):
            nearest.setdefault(row.url, row)
        # Page 10 after page 9: their URLs differ in the number only.
        found[first.record_id] = sorted(nearest.values(), key=lambda row: (len(row.url), row.url))
    return found


def _distance(first: CaptureRow, row: CaptureRow) -> tuple[float, str]:
    return abs((row.captured_at - first.captured_at).total_seconds()), row.record_id


def _known(
    connection: Connection, whole: Iterable[tuple[SavedCapture, ...]], current_reader_ids: Collection[str]
) -> dict[str, ReadingRow]:
    """Return earlier readings of exactly the same bodies, by the record id of the first page that is to be read."""
    wanted = {
        pages[0].row.record_id: tuple(page.whole.record_id for page in pages)
        for pages in whole
        if all(page.original is not None for page in pages)
    }
    by_bodies: dict[tuple[str, ...], ReadingRow] = {}
    for ids in chunks(sorted({bodies[0] for bodies in wanted.values()})):
        query = (
            select(readings, url_state.c.url, articles)
            .select_from(
                readings.join(url_state, url_state.c.id == readings.c.url_id).outerjoin(
                    articles, articles.c.content_id == readings.c.content_id
                )
            )
            .where(readings.c.record_id.in_(ids), readings.c.reader_id.in_(sorted(current_reader_ids)))
            .order_by(readings.c.commit_number)
        )
        for found in connection.execute(query):
            bodies = tuple(record_id for _, record_id in found._mapping[readings.c.captures])
            by_bodies[bodies] = _reading_row(found._mapping)
    return {record_id: by_bodies[bodies] for record_id, bodies in wanted.items() if bodies in by_bodies}


def _reading_row(found: Any) -> ReadingRow:
    return ReadingRow(
        url=found[url_state.c.url],
        article_key=found[readings.c.article_key],
        reader_id=found[readings.c.reader_id],
        captures=tuple((role, record_id) for role, record_id in found[readings.c.captures]),
        captured_at=found[readings.c.captured_at],
        crawl_id=found[readings.c.crawl_id],
        outcome=found[readings.c.outcome],
        weak=found[readings.c.weak],
        content_id=found[readings.c.content_id],
        text_id=found[articles.c.text_id],
        field_hashes=tuple((found[articles.c.field_hashes] or {}).items()),
        warnings=tuple(found[readings.c.warnings]),
        headline=found[articles.c.headline],
        byline=tuple(found[articles.c.byline] or ()),
        editors=tuple(found[articles.c.editors] or ()),
        agency=found[articles.c.agency],
        published_at=found[articles.c.published_at],
        language=found[articles.c.language],
        published_raw=found[readings.c.published_raw],
        modified_raw=found[readings.c.modified_raw],
    )
