"""The fourth step: every capture of an article, or of a listing, that has no reading by its current reader is read.

It does not ask where a capture came from: this crawl, a recovered spool, an import, or an old crawl before a reader's
upgrade all come through here.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from articles.page import Page
from articles.reading import Reading, current_reader_ids
from articles.reading import read as read_pages
from articles.written_times import UNKNOWN, WrittenTimes
from config.outlet import Outlet
from flows.steps.commit_readings import commit_readings
from flows.steps.place import Place
from flows.steps.plan import Planned
from flows.steps.progress import Progress, ProgressEvent, silent
from flows.steps.read_listings import listing_rows
from flows.steps.spool_first import SpoolFirst
from storage.catalog.captured import SavedCapture
from storage.catalog.unread import Unread, count_unread, unread
from storage.errors import MessageInvalid, WarcInvalid
from storage.payload import page_of
from storage.rows import CaptureRow, ListingRow, ReadingRow

ROWS_A_TABLE = 1000  # about 3 MB of Parquet, and 15 MB while they wait
NOT_MODIFIED = "server-not-modified"


@dataclass(frozen=True)
class ReadReport:
    """What was read. `waiting` and `listings` are the rows that no commit has yet: `finish` commits them with the
    report."""

    waiting: tuple[ReadingRow, ...] = ()
    outcomes: Mapping[str, int] = field(default_factory=dict)
    articles: int = 0  # read anew, with their text
    filled: Mapping[str, int] = field(default_factory=dict)  # field: in how many of those it holds something
    warnings: tuple[str, ...] = ()  # one sentence a kind of warning, with their number and an example
    keys: frozenset[str] = frozenset()  # the article keys that were read anew
    unreadable: tuple[str, ...] = ()  # captures whose record or coding could not be undone, in words
    listings: tuple[ListingRow, ...] = ()


def read(place: Place, outlet: Outlet, planned: Planned, progress: Progress = silent) -> ReadReport:
    """Read what is unread. More than `ROWS_A_TABLE` rows are committed as they come, under this crawl's id.

    Again after a failure it reads only what is still unread.
    """
    place.catalog.sync(place.archive, [outlet.id])
    readers = current_reader_ids(outlet)
    store = SpoolFirst(place.archive.store, planned.folder)
    total = count_unread(place.catalog, outlet.id, readers)
    rows: list[ReadingRow] = []
    tally = _Tally()
    for done, found in enumerate(unread(place.catalog, outlet.id, readers), 1):
        rows.append(_row(found, outlet, store, tally))
        progress(ProgressEvent("read", done, max(done, total), found.url))
        if len(rows) == ROWS_A_TABLE:
            commit_readings(place, outlet, planned.facts, rows)
            rows = []
            # So that what follows is known where it has the same bodies: most captures are revisits, and after a
            # reader's upgrade all of them are here.
            place.catalog.sync(place.archive, [outlet.id])
    return ReadReport(
        tuple(rows),
        dict(tally.outcomes),
        tally.articles,
        dict(tally.filled),
        tally.sentences(),
        frozenset(tally.keys),
        tuple(tally.unreadable),
        _read_listings(place, outlet, planned, store),
    )


def _read_listings(place: Place, outlet: Outlet, planned: Planned, store: SpoolFirst) -> tuple[ListingRow, ...]:
    rows: list[ListingRow] = []
    for row in listing_rows(place, outlet, store):
        rows.append(row)
        if len(rows) == ROWS_A_TABLE:
            commit_readings(place, outlet, planned.facts, (), listings=rows)
            rows = []
    return tuple(rows)


@dataclass
class _Tally:
    articles: int = 0
    outcomes: Counter[str] = field(default_factory=Counter)
    filled: Counter[str] = field(default_factory=Counter)
    warnings: Counter[str] = field(default_factory=Counter)
    examples: dict[str, str] = field(default_factory=dict)
    keys: set[str] = field(default_factory=set)
    unreadable: list[str] = field(default_factory=list)

    def add(self, reading: Reading, url: str) -> None:
        for words in reading.warnings:
            kind = words.partition(":")[0]
            self.warnings[kind] += 1
            self.examples.setdefault(kind, f"{words} ({url})")
        if reading.article_json is not None:
            self.articles += 1
            self.keys.add(reading.article_key or url)
            article = json.loads(reading.article_json)
            self.filled.update(name for name, value in article.items() if value not in (None, "", [], {}))

    def sentences(self) -> tuple[str, ...]:
        """Return a sentence for every kind of warning, the most frequent first."""
        return tuple(
            self.examples[kind] if count == 1 else f"{count} times, first: {self.examples[kind]}"
            for kind, count in self.warnings.most_common()
        )


def _row(found: Unread, outlet: Outlet, store: SpoolFirst, tally: _Tally) -> ReadingRow:
    first = found.first
    captures = tuple((page.row.role.value, page.row.record_id) for page in found.pages)
    weak = any(page.row.revisit_profile == NOT_MODIFIED for page in found.pages)
    if found.known is not None:
        tally.outcomes[found.known.outcome] += 1
        return replace(
            found.known,
            captures=captures,
            captured_at=first.captured_at,
            crawl_id=first.crawl_id,
            weak=weak,
            article_json=None,
        )
    try:
        pages = [_page(store, page) for page in found.pages]
    except (WarcInvalid, MessageInvalid) as wrong:
        tally.unreadable.append(f"{found.url}: {wrong}")
        tally.outcomes["reading failed"] += 1
        return _unreadable(first, captures, outlet, str(wrong))
    reading = read_pages(pages, outlet)
    tally.add(reading, found.url)
    tally.outcomes[reading.outcome.value] += 1
    return _row_of(reading, first, captures, weak)


def _page(store: SpoolFirst, saved: SavedCapture) -> Page:
    return page_of(store, saved.row, saved.original)


def _row_of(reading: Reading, first: CaptureRow, captures: tuple[tuple[str, str], ...], weak: bool) -> ReadingRow:
    article = reading.article
    times = WrittenTimes.of(article) if article else UNKNOWN
    return ReadingRow(
        url=first.url,
        article_key=reading.article_key or first.key or first.surt,
        reader_id=reading.reader_id,
        captures=captures,
        captured_at=first.captured_at,
        crawl_id=first.crawl_id,
        outcome=reading.outcome.value,
        weak=weak,
        content_id=reading.content_id,
        text_id=reading.text_id,
        field_hashes=reading.field_hashes,
        warnings=reading.warnings,
        headline=article.headline if article else None,
        byline=article.byline if article else (),
        editors=article.editors if article else (),
        agency=article.agency.name if article and article.agency else None,
        published_at=article.published_at.isoformat() if article and article.published_at else None,
        language=article.language if article else None,
        article_json=reading.article_json,
        published_raw=times.published,
        modified_raw=times.modified,
    )


def _unreadable(first: CaptureRow, captures: tuple[tuple[str, str], ...], outlet: Outlet, why: str) -> ReadingRow:
    """Return the row of a capture whose bytes are kept and can't be made a page of."""
    return ReadingRow(
        url=first.url,
        article_key=first.key or first.surt,
        reader_id=min(current_reader_ids(outlet)),
        captures=captures,
        captured_at=first.captured_at,
        crawl_id=first.crawl_id,
        outcome="reading failed",
        warnings=(why,),
    )
