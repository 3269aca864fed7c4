"""An archive of many captures, in a folder: `python -m bench.big_archive FOLDER --captures 1000000`.

Three outlets (one Chinese) crawled once a day over years, with all that `bench.outlet_life` knows of: half of the
captures are the first one's, a fifth of these its home page. So of a million captures one URL has 100,000 and another
20,000, the rest one to some thousands. Real commits, tables and CDXJ, and (unless `--tables-only`) real WARCs that are
indexed as a crawl's are. The same seed gives the same archive, but for its id and the hashes that follow from it.
"""

from __future__ import annotations

import argparse
import os
import sys
import time
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Final

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from bench.machine import machine
from bench.made_outlet import CrawlPlan, MadeOutlet
from bench.outlet_life import Shares
from config.outlet import Outlet
from storage.archive import Archive
from storage.folder_store import FolderStore

END: Final = datetime(2026, 7, 1, tzinfo=UTC)
LEAST_CRAWL: Final = 40  # captures; of a small archive the crawls are fewer, not smaller


def _outlet(outlet_id: str, language: str, timezone: str) -> Outlet:
    home = f"http://{outlet_id}.example/"
    pattern = rf"http://{outlet_id}\.example/(?:news|world)/(?P<id>\d+)\.html"
    return Outlet.model_validate(
        {
            "id": outlet_id,
            "name": f"The {outlet_id.capitalize()}",
            "home": home,
            "language": language,
            "timezone": timezone,
            "schedule": "0 6 * * *",
            "sources": [{"url": home}, {"kind": "feed", "url": f"{home}feed.xml"}],
            "articles": [{"era": "made", "cms": "made", "url": pattern}],
            "readers": ["pla-2022"],
        }
    )


SHARES: Final = (0.5, 0.3, 0.2)
OUTLETS: Final = {
    outlet.id: outlet
    for outlet in (
        _outlet("north", "en", "America/New_York"),
        _outlet("harbour", "zh", "Asia/Shanghai"),
        _outlet("river", "en", "Europe/London"),
    )
}


@dataclass(frozen=True)
class Size:
    """How much is made, over how many years, of which seed, and whether with WARCs or only with the tables."""

    captures: int = 1_000_000
    years: float = 3
    seed: int = 7
    warcs: bool = True

    def plan(self, place: int) -> CrawlPlan:
        """Return how the outlet at that place in `OUTLETS` is crawled."""
        captures = int(self.captures * SHARES[place])
        crawls = max(1, min(int(self.years * 365), captures // LEAST_CRAWL))
        every = timedelta(days=self.years * 365) / crawls
        shares = Shares(home=0.05 if place else 0.2)
        return CrawlPlan(END - crawls * every, every, crawls, captures // crawls, shares)


def made_outlet(archive: Archive, size: Size, place: int) -> MadeOutlet:
    """Return the outlet at that place in `OUTLETS`, of which nothing is made yet."""
    outlet = tuple(OUTLETS.values())[place]
    return MadeOutlet(archive, outlet, size.plan(place), seed=size.seed, warcs=size.warcs)


def make(folder: Path, size: Size) -> Archive:
    """Make the archive in a folder that holds none, with as many processes as there are processors."""
    archive = Archive.open(FolderStore(folder), create=True, single_writer=True)
    with ProcessPoolExecutor(os.cpu_count()) as pool:
        for done in [pool.submit(_make_outlet, folder, size, place) for place in range(len(OUTLETS))]:
            done.result()
    return archive


def _make_outlet(folder: Path, size: Size, place: int) -> None:
    os.fsync = lambda _: None  # what is made here may be lost in a power cut, and flushing takes longer than making
    made = made_outlet(Archive.open(FolderStore(folder), single_writer=True), size, place)
    for number in range(made.plan.crawls):
        made.crawl(number)


def add_size(parser: argparse.ArgumentParser) -> None:
    """Add the arguments that say what is made."""
    parser.add_argument("--captures", type=int, default=Size.captures, help="captures (default: 1000000)")
    parser.add_argument("--years", type=float, default=Size.years, help="years that are crawled (default: 3)")
    parser.add_argument("--seed", type=int, default=Size.seed)
    parser.add_argument("--tables-only", action="store_true", help="no WARCs and no CDXJ: rows of captures alone")


def size_of(options: argparse.Namespace) -> Size:
    """Return what the arguments say."""
    return Size(options.captures, options.years, options.seed, not options.tables_only)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path, help="where it is made")
    add_size(parser)
    options = parser.parse_args()
    if options.folder.exists() and any(options.folder.iterdir()):
        parser.error(f"{options.folder} is not empty")
    size = size_of(options)
    start = time.perf_counter()
    archive = make(options.folder, size)
    held = sum(found.size for found in archive.store.list())
    captures = sum(size.plan(place).crawls * size.plan(place).captures for place in range(len(OUTLETS)))
    print(f"{captures:,} captures, {held / 1e6:,.0f} MB, in {time.perf_counter() - start:.0f} s: {machine()}")


if __name__ == "__main__":
    main()
