"""Rows as crawls would have left them, and archives that hold them."""

from __future__ import annotations

import hashlib
import itertools
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import select

from articles.article import Article, Block, BlockKind
from articles.canonical import identify
from articles.written_times import WrittenTimes
from storage import keys
from storage.archive import Archive
from storage.catalog.catalog import Catalog
from storage.catalog.found_tables import replaced_images, reposts
from storage.catalog.schema import DERIVED, url_state
from storage.commits import Commit, Draft, Kind, ObjectRef, ObjectRole
from storage.exchange import Outcome, Purpose, Role
from storage.log import Log
from storage.rows import CaptureRow, ListingRow, ReadingRow
from storage.tables import write_captures, write_listings, write_readings

BEGIN = datetime(2026, 1, 1, 6, 0, tzinfo=UTC)
READER = "pla-2022/1"
URL = "http://demo.example/CHINA/16435001.html"
OTHER = "http://demo.example/CHINA/16435002.html"
_numbers = itertools.count()


def at(hours: float) -> datetime:
    return BEGIN + timedelta(hours=hours)


def crawl_id(hours: float, outlet: str = "demo") -> str:
    """The crawl of that hour: what lies in one hour is one crawl, unless a test says otherwise."""
    return keys.new_crawl_id(outlet, at(int(hours)), f"{int(hours):06x}")


def key_of(url: str) -> str:
    return f"demo:cbf:{url.rpartition('/')[2].partition('.')[0].partition('_')[0]}"


def capture(url: str = URL, hours: float = 0, **said: Any) -> CaptureRow:
    outlet = said.pop("outlet", "demo")
    crawl = said.pop("crawl_id", None) or crawl_id(hours, outlet)
    outcome = said.pop("outcome", Outcome.RESPONSE)
    answered = outcome in (Outcome.RESPONSE, Outcome.REVISIT, Outcome.TRUNCATED)
    number = next(_numbers)
    row = CaptureRow(
        url=url,
        surt="example,demo)" + url.partition("demo.example")[2].lower(),
        captured_at=at(hours),
        crawl_id=crawl,
        role=Role.ARTICLE,
        purpose=Purpose.LADDER,
        outcome=outcome,
        record_id=f"urn:uuid:{hashlib.sha256(str(number).encode()).hexdigest()[:32]}",
        warc_key=keys.warc_key(crawl, 0),
        offset=1000 * number,
        length=900,
        status=200 if answered else None,
        mime="text/html" if answered else None,
        payload_digest=f"sha256:{number:064x}" if answered else None,
        key=key_of(url),
    )
    return replace(row, **said)


def part(of: str, page: int, hours: float, **said: Any) -> CaptureRow:
    url = of.replace(".html", f"_{page}.html")
    return capture(url, hours, role=Role.PART, article_url=of, **said)


def revisit(original: CaptureRow, hours: float, *, not_modified: bool = False, **said: Any) -> CaptureRow:
    return capture(
        original.url,
        hours,
        outcome=Outcome.REVISIT,
        status=304 if not_modified else 200,
        role=original.role,
        article_url=original.article_url,
        payload_digest=None if not_modified else original.payload_digest,
        revisit_profile="server-not-modified" if not_modified else "identical-payload-digest",
        refers_to_id=original.record_id,
        refers_to_url=original.url,
        refers_to_at=original.captured_at,
        conditional=not_modified,
        **said,
    )


def article(text: str = "Drill ends", **fields: Any) -> Article:
    blocks = (Block(BlockKind.PARAGRAPH, f"{text}, the ministry said."),)
    return Article(**{"headline": text, "editors": ("Huang Panyue",), "blocks": blocks, **fields})


def reading(
    of: CaptureRow,
    what: Article | None = None,
    *,
    outcome: str = "article",
    reader: str = READER,
    weak: bool = False,
    light: bool = False,
    parts: Sequence[CaptureRow] = (),
) -> ReadingRow:
    """What a reader made of a capture; `light` leaves the article's bytes out, as for a revisit."""
    row = ReadingRow(
        url=of.url,
        article_key=key_of(of.url),
        reader_id=reader,
        captures=(("article", of.record_id), *(("part", page.record_id) for page in parts)),
        captured_at=of.captured_at,
        crawl_id=of.crawl_id,
        outcome=outcome,
        weak=weak,
    )
    if what is None:
        return row
    identity = identify(what)
    times = WrittenTimes.of(what)
    row = replace(row, content_id=identity.content_id, published_raw=times.published, modified_raw=times.modified)
    if light:
        return row
    return replace(
        row,
        text_id=identity.text_id,
        field_hashes=identity.field_hashes,
        headline=what.headline,
        byline=what.byline,
        editors=what.editors,
        agency=what.agency.name if what.agency else None,
        published_at=what.published_at.isoformat() if what.published_at else None,
        language=what.language,
        article_json=identity.article_json,
    )


def commit(
    archive: Archive,
    captures: Sequence[CaptureRow] = (),
    readings: Sequence[ReadingRow] = (),
    listings: Sequence[ListingRow] = (),
    **said: Any,
) -> Commit:
    """Put rows into the archive's log as one commit. The current readers are those of its rows, unless it is said."""
    number = next(_numbers)
    crawl = said.pop("crawl_id", None) or (captures or readings or listings)[0].crawl_id
    outlet = keys.parse_crawl_id(crawl).outlet
    objects = []
    if captures:
        stored = archive.store.create(keys.captures_key(crawl, number), write_captures(captures))
        objects.append(ObjectRef.of(stored, ObjectRole.CAPTURES))
    if readings:
        stored = archive.store.create(keys.readings_key(crawl, number), write_readings(readings))
        objects.append(ObjectRef.of(stored, ObjectRole.READINGS))
    if listings:
        stored = archive.store.create(keys.listings_key(crawl, number), write_listings(listings))
        objects.append(ObjectRef.of(stored, ObjectRole.LISTINGS))
    moments = [row.captured_at for row in (*captures, *readings, *listings)]
    draft = Draft(
        kind=Kind.READING if readings or listings else Kind.CAPTURE,
        crawl=crawl,
        started=min(moments),
        finished=max(moments) + timedelta(minutes=5),
        software="tests/1",
        objects=tuple(objects),
        counts={"captures": len(captures), "readings": len(readings)},
        readers=said.pop("readers", tuple(sorted({row.reader_id for row in readings})) or ((READER,) * bool(listings))),
        **said,
    )
    return _log(archive, outlet).append(draft)


def show(archive: Archive, catalog: Catalog, *texts: str, url: str = URL, since: float = 0) -> None:
    """Let the archive and the catalog see a page with these texts, one a day."""
    rows = [capture(url, since + 24 * day) for day in range(len(texts))]
    commit(archive, rows, [reading(row, article(text)) for row, text in zip(rows, texts, strict=True)])
    catalog.sync(archive)


_logs: dict[tuple[str, str, str], Log] = {}


def _log(archive: Archive, outlet: str) -> Log:
    """A log that remembers what it has read, as that of a crawl does; a new one reads itself anew at every commit."""
    return _logs.setdefault((archive.id, archive.url, outlet), archive.log(outlet))


def derived(catalog: Catalog) -> dict[str, list[dict[str, Any]]]:
    """What was derived, with URLs instead of the numbers that the order of arrival gives them."""
    found = {}
    with catalog.reading() as connection:
        for table in (*DERIVED, reposts, replaced_images):
            columns = [column for column in table.columns if not column.name.endswith("url_id")]
            rows = connection.execute(
                select(url_state.c.outlet, url_state.c.url, *columns)
                .join(url_state, url_state.c.id == table.c.url_id)
                .order_by(url_state.c.outlet, url_state.c.url, table.c.ordinal)
            )
            found[table.name] = [dict(row) for row in rows.mappings()]
        columns = [column for column in url_state.columns if column.name != "id"]
        found["url_state"] = [
            dict(row)
            for row in connection.execute(select(*columns).order_by(url_state.c.outlet, url_state.c.url)).mappings()
        ]
    return found
