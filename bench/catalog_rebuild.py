"""Making the catalog anew: captures a second; and how long a lookup takes in what was made.

The archive is made first, in a folder: crawls of one outlet every three hours, each a commit with its captures and one
with its readings. Of 100 captures 25 are looks at articles (every tenth with a new text, four of ten only "not
modified"), 10 listings and 65 page requisites. Goals: 20,000 captures a second; lookups with p99 below 5 ms.
"""

from __future__ import annotations

import argparse
import hashlib
import random
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from articles.article import Article, Block, BlockKind
from articles.canonical import identify
from bench.machine import machine
from config.outlet import Outlet
from storage import keys
from storage.archive import Archive
from storage.catalog.catalog import Catalog
from storage.catalog.changes import ChangeFilter, changes
from storage.catalog.due import articles_due
from storage.catalog.history import history
from storage.catalog.mementos import closest
from storage.catalog.plan_facts import known_requisites, originals, seen_urls
from storage.catalog.unread import unread
from storage.commits import Draft, Kind, ObjectRef, ObjectRole
from storage.exchange import Outcome, Purpose, Role
from storage.folder_store import FolderStore
from storage.rows import CaptureRow, ReadingRow
from storage.surt import surt
from storage.tables import write_captures, write_readings

BEGIN = datetime(2026, 1, 1, tzinfo=UTC)
EVERY = timedelta(hours=3)
READER = "pla-2022/1"
OUTLET = Outlet.model_validate(
    {
        "id": "bench",
        "name": "Bench",
        "home": "http://bench.example/",
        "language": "en",
        "timezone": "Asia/Shanghai",
        "sources": [{"url": "http://bench.example/index.html"}],
        "articles": [{"era": "2022", "cms": "cbf", "url": r"http://bench\.example/CHINA/(?P<id>\d+)\.html"}],
        "readers": ["pla-2022"],
    }
)


class Made:
    """The archive that is measured, crawl by crawl."""

    def __init__(self, archive: Archive, a_crawl: int) -> None:
        self.archive = archive
        self.log = archive.log("bench")
        self.a_crawl = a_crawl
        self.chance = random.Random(7)
        self.last: dict[str, CaptureRow] = {}
        self.texts: dict[str, int] = {}
        self.moments: list[tuple[str, datetime]] = []
        self.tip = 0

    def crawl(self, number: int) -> None:
        started = BEGIN + number * EVERY
        crawl_id = keys.new_crawl_id("bench", started, f"{number:06x}")
        captures = list(self._captures(number, crawl_id, started))
        readings = [self._reading(row) for row in captures if row.role is Role.ARTICLE]
        for kind, name, body, role in (
            (Kind.CAPTURE, keys.captures_key(crawl_id, 0), write_captures(captures), ObjectRole.CAPTURES),
            (Kind.READING, keys.readings_key(crawl_id, 0), write_readings(readings), ObjectRole.READINGS),
        ):
            objects = (ObjectRef.of(self.archive.store.create(name, body), role),)
            named = (READER,) if kind is Kind.READING else ()
            draft = Draft(
                kind, crawl_id, started, started + EVERY / 2, "bench/1", objects, after=self.tip, readers=named
            )
            self.tip = self.log.append(draft).number

    def _captures(self, number: int, crawl_id: str, started: datetime) -> Iterator[CaptureRow]:
        warc_key = keys.warc_key(crawl_id, 0)
        for index in range(self.a_crawl):
            share = index % 20
            role = Role.ARTICLE if share < 5 else Role.LISTING if share < 7 else Role.REQUISITE
            # A third of the articles and requisites of each crawl are new, the others are known.
            fresh = self.chance.random() < 0.33
            page = number * self.a_crawl + index if fresh else self.chance.randrange((number + 1) * self.a_crawl)
            page -= page % 20 - share
            match role:
                case Role.ARTICLE:
                    url = f"http://bench.example/CHINA/{16000000 + page}.html"
                case Role.LISTING:
                    url = f"http://bench.example/CHINA/index_{index % 50}.html"
                case _:
                    url = f"http://bench.example/attachment/2026/{page % 365}/{page}.jpg"
            original = self.last.get(url)
            unmodified = original is not None and role is Role.ARTICLE and self.chance.random() < 0.4
            digest = hashlib.sha256(f"{number} {index}".encode()).hexdigest()
            row = CaptureRow(
                url=url,
                surt=surt(url),
                captured_at=started + timedelta(seconds=index),
                crawl_id=crawl_id,
                role=role,
                purpose=Purpose.LADDER,
                outcome=Outcome.REVISIT if unmodified else Outcome.RESPONSE,
                record_id=f"urn:uuid:{digest[:8]}-{digest[8:12]}-{digest[12:16]}-{digest[16:20]}-{digest[20:32]}",
                warc_key=warc_key,
                offset=index * 9000,
                length=8000,
                request_id=f"urn:uuid:{digest[32:40]}-{digest[8:12]}-{digest[12:16]}-{digest[16:20]}-{digest[20:32]}",
                status=304 if unmodified else 200,
                mime="image/jpeg" if role is Role.REQUISITE else "text/html",
                block_digest=f"sha256:{digest}",
                payload_digest=None if unmodified else f"sha256:{digest[::-1]}",
                body_digest=None if unmodified else f"sha256:{digest}",
                body_length=20_000,
                etag=f'"{digest[:16]}"',
                last_modified="Thu, 01 Jan 2026 00:00:00 GMT",
                via="http://bench.example/CHINA/index.html",
                key=f"bench:cbf:{16000000 + page}" if role is Role.ARTICLE else None,
                conditional=unmodified,
                revisit_profile="server-not-modified" if unmodified else None,
                refers_to_id=original.record_id if unmodified and original else None,
                refers_to_url=url if unmodified else None,
                refers_to_at=original.captured_at if unmodified and original else None,
                ip="192.0.2.1",
            )
            if not unmodified:
                self.last[url] = row
            if self.chance.random() < 0.02:
                self.moments.append((url, row.captured_at))
            yield row

    def _reading(self, row: CaptureRow) -> ReadingRow:
        weak = row.outcome is Outcome.REVISIT
        new = row.url not in self.texts or (not weak and self.chance.random() < 0.1)
        if new:
            self.texts[row.url] = self.texts.get(row.url, 0) + 1
        text = f"{row.url} says for the {self.texts[row.url]}. time that a drill has ended. "
        body = tuple(Block(BlockKind.PARAGRAPH, text * 4) for _ in range(8))
        what = Article(headline=text, byline=("Li Ziyue",), editors=("Huang Panyue",), language="en", blocks=body)
        identity = identify(what)
        return ReadingRow(
            url=row.url,
            article_key=row.key or "",
            reader_id=READER,
            captures=(("article", row.record_id),),
            captured_at=row.captured_at,
            crawl_id=row.crawl_id,
            outcome="article",
            weak=weak,
            content_id=identity.content_id,
            text_id=identity.text_id,
            field_hashes=identity.field_hashes,
            headline=what.headline,
            byline=what.byline,
            editors=what.editors,
            language="en",
            article_json=identity.article_json if new else None,
        )


def milliseconds(what: str, questions: list[Callable[[], object]]) -> None:
    """Ask each question once and print the median and the 99th percentile."""
    took = []
    for ask in questions:
        start, cpu = time.perf_counter(), time.process_time()
        ask()
        took.append(((time.perf_counter() - start) * 1000, (time.process_time() - cpu) * 1000))
    middle, last = len(took) // 2, int(len(took) * 0.99)
    by_clock, by_cpu = sorted(wall for wall, _ in took), sorted(cpu for _, cpu in took)
    print(
        f"  {what}: median {by_clock[middle]:.2f} ms, p99 {by_clock[last]:.2f} ms by the clock;"
        f" {by_cpu[middle]:.2f} and {by_cpu[last]:.2f} ms by CPU time; of {len(took):,}"
    )


def seconds(what: str, ask: Callable[[], object]) -> None:
    start, cpu = time.perf_counter(), time.process_time()
    found = ask()
    print(f"  {what}: {time.perf_counter() - start:.2f} s ({time.process_time() - cpu:.2f} s of CPU), {found:,} found")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--captures", type=int, default=200_000, help="captures in the archive (default: 200000)")
    parser.add_argument("--a-crawl", type=int, default=2000, help="captures of each crawl (default: 2000)")
    parser.add_argument("--lookups", type=int, default=2000, help="lookups that are timed (default: 2000)")
    options = parser.parse_args()
    print(machine())
    with tempfile.TemporaryDirectory() as folder:
        made = Made(
            Archive.open(FolderStore(Path(folder) / "archive"), create=True, single_writer=True), options.a_crawl
        )
        for number in range(options.captures // options.a_crawl):
            made.crawl(number)
        path = Path(folder) / "catalog.sqlite"
        catalog = Catalog.open(f"sqlite:///{path}")
        start, cpu = time.perf_counter(), time.process_time()
        report = catalog.rebuild(made.archive)
        wall, cpu = time.perf_counter() - start, time.process_time() - cpu
        print(
            f"rebuild: {report.captures:,} captures, {report.readings:,} readings, {report.commits:,} commits,"
            f" {report.urls:,} article URLs derived, {path.stat().st_size / 1e6:,.0f} MB\n"
            f"  {report.captures / wall:,.0f} captures/s by the clock ({wall:.1f} s),"
            f" {report.captures / cpu:,.0f} by CPU time ({cpu:.1f} s)"
        )
        catalog.close()
        catalog = Catalog.open(f"sqlite:///{path}")
        chosen = made.chance.sample(made.moments, min(options.lookups, len(made.moments)))
        print("lookups:")
        milliseconds("closest capture", [lambda url=url, at=at: closest(catalog, url, at) for url, at in chosen])
        urls = made.chance.sample(sorted(made.texts), min(options.lookups, len(made.texts)))
        milliseconds("history of an article", [lambda url=url: history(catalog, url) for url in urls])
        now = BEGIN + options.captures // options.a_crawl * EVERY
        print("a crawl's plan:")
        seconds("articles due", lambda: len(articles_due(catalog, OUTLET, now, random.Random(1))))
        seconds("seen URLs", lambda: sum(1 for _ in seen_urls(catalog, "bench")))
        seconds("originals", lambda: sum(1 for _ in originals(catalog, "bench")))
        seconds("requisites", lambda: sum(1 for _ in known_requisites(catalog, "bench")))
        seconds("unread", lambda: sum(1 for _ in unread(catalog, "bench", {READER})))
        seconds("changes of a day", lambda: len(changes(catalog, ChangeFilter(since=now - timedelta(days=1)))))
        made.crawl(options.captures // options.a_crawl)
        seconds("applying one more crawl", lambda: catalog.sync(made.archive).captures)
        catalog.close()


if __name__ == "__main__":
    main()
