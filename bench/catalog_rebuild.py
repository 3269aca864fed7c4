"""Making the catalog anew: captures a second; and how long a lookup takes in what was made.

The archive is made first, in a folder and without WARCs (`bench.big_archive`). Goals: 20,000 captures a second; lookups
with p99 below 5 ms.
"""

from __future__ import annotations

import argparse
import random
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from sqlalchemy import func, select

from articles.reading import current_reader_ids
from bench.big_archive import END, OUTLETS, Size, made_outlet
from bench.machine import machine
from bench.timing import timed
from replay.lookup import Wanted, capture_for
from storage.archive import Archive
from storage.catalog.catalog import Catalog
from storage.catalog.changes import ChangeFilter, changes
from storage.catalog.due import articles_due
from storage.catalog.history import history
from storage.catalog.plan_facts import known_requisites, originals, seen_urls
from storage.catalog.schema import captures, url_state
from storage.catalog.unread import unread
from storage.folder_store import FolderStore


def moments(catalog: Catalog, count: int, chance: random.Random) -> list[tuple[str, datetime]]:
    """Return URLs with moments at which they were captured: of captures drawn at random, so mostly of frequent URLs."""
    with catalog.reading() as connection:
        last = connection.execute(select(func.max(captures.c.id))).scalar_one()
        drawn = sorted(chance.randint(1, last) for _ in range(count))
        query = select(url_state.c.url, captures.c.captured_at).join(url_state, url_state.c.id == captures.c.url_id)
        found = [connection.execute(query.where(captures.c.id == number)).first() for number in drawn]
    rows = [(row.url, row.captured_at) for row in found if row is not None]
    chance.shuffle(rows)
    return rows


def article_urls(catalog: Catalog, count: int, chance: random.Random) -> list[str]:
    """Return URLs of articles, drawn at random."""
    with catalog.reading() as connection:
        urls = connection.execute(select(url_state.c.url).where(url_state.c.first_seen.is_not(None))).scalars().all()
    return chance.sample(sorted(urls), min(count, len(urls)))


def seconds(what: str, ask: Callable[[], int]) -> None:
    start, cpu = time.perf_counter(), time.process_time()
    found = ask()
    print(f"  {what}: {time.perf_counter() - start:.2f} s ({time.process_time() - cpu:.2f} s of CPU), {found:,} found")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--captures", type=int, default=200_000, help="captures in the archive (default: 200000)")
    parser.add_argument("--years", type=float, default=0.2, help="years with a crawl a day (default: 0.2)")
    parser.add_argument("--lookups", type=int, default=2000, help="lookups that are timed (default: 2000)")
    options = parser.parse_args()
    print(machine())
    size = Size(options.captures, options.years, warcs=False)
    with tempfile.TemporaryDirectory() as folder:
        archive = Archive.open(FolderStore(Path(folder) / "archive"), create=True, single_writer=True)
        made = [made_outlet(archive, size, place) for place in range(len(OUTLETS))]
        for outlet in made:
            for number in range(outlet.plan.crawls):
                outlet.crawl(number)
        path = Path(folder) / "catalog.sqlite"
        catalog = Catalog.open(f"sqlite:///{path}")
        start, cpu = time.perf_counter(), time.process_time()
        report = catalog.rebuild(archive)
        wall, cpu = time.perf_counter() - start, time.process_time() - cpu
        print(
            f"rebuild: {report.captures:,} captures, {report.readings:,} readings, {report.commits:,} commits,"
            f" {report.urls:,} article URLs derived, {path.stat().st_size / 1e6:,.0f} MB\n"
            f"  {report.captures / wall:,.0f} captures/s by the clock ({wall:.1f} s),"
            f" {report.captures / cpu:,.0f} by CPU time ({cpu:.1f} s)"
        )
        catalog.close()
        catalog = Catalog.open(f"sqlite:///{path}")
        chance = random.Random(7)
        print("lookups:")
        asked = moments(catalog, options.lookups, chance)
        lookups = [lambda url=url, at=at: capture_for(catalog, url, Wanted(at)) for url, at in asked]
        print(f"  closest capture: {timed(lookups)}")
        urls = article_urls(catalog, options.lookups, chance)
        print(f"  history of an article: {timed([lambda url=url: history(catalog, url) for url in urls])}")
        largest = made[0]
        outlet = largest.outlet
        print("a crawl's plan:")
        seconds("articles due", lambda: len(articles_due(catalog, outlet, END, random.Random(1))))
        seconds("seen URLs", lambda: sum(1 for _ in seen_urls(catalog, outlet.id)))
        seconds("originals", lambda: sum(1 for _ in originals(catalog, outlet.id)))
        seconds("requisites", lambda: sum(1 for _ in known_requisites(catalog, outlet.id)))
        seconds("unread", lambda: sum(1 for _ in unread(catalog, outlet.id, current_reader_ids(outlet))))
        seconds("changes of a day", lambda: len(changes(catalog, ChangeFilter(since=END - timedelta(days=1)))))
        largest.crawl(largest.plan.crawls)
        seconds("applying one more crawl", lambda: catalog.sync(archive).captures)
        catalog.close()


if __name__ == "__main__":
    main()
