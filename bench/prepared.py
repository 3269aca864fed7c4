"""An archive with its catalog, as the servers need them: `python -m bench.prepared FOLDER --captures 1000000`.

What is in the folder already is taken: the archive, as far as the catalog has applied it, its findings and the index of
phrases. What is substantive, gone, back or posted again was announced, as after crawls.
"""

from __future__ import annotations

import argparse
import sys
import time
from datetime import UTC, datetime
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from bench.big_archive import END, Size, add_size, make, size_of
from bench.machine import machine
from config.clock import Clock
from flows.steps.announce import announce
from flows.steps.derived_objects import CrawlFacts
from flows.steps.place import Place
from storage.archive import Archive
from storage.catalog.catalog import Catalog
from storage.catalog.crawls import last_crawl
from storage.folder_store import FolderStore


def prepared(folder: Path, size: Size) -> Place:
    """Return the archive `folder/archive` and its catalog `folder/catalog.sqlite`, made where they are not there.

    The clock stands at the end of the last crawls.
    """
    path = folder / "archive"
    archive = Archive.open(FolderStore(path), single_writer=True) if path.exists() else make(path, size)
    catalog = Catalog.open(f"sqlite:///{folder / 'catalog.sqlite'}")
    place = Place(archive, catalog, folder, Clock(END - datetime.now(UTC)))
    outlets = archive.outlets()
    empty = last_crawl(catalog, outlets[0]) is None
    catalog.rebuild(archive) if empty else catalog.sync(archive)
    for outlet in outlets:
        last = last_crawl(catalog, outlet)
        assert last is not None
        announce(place, CrawlFacts(outlet, last.crawl_id, last.started, after=last.commits[0] - 1))
    return place


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path, help="where it is, or is made")
    add_size(parser)
    options = parser.parse_args()
    start, cpu = time.perf_counter(), time.process_time()
    prepared(options.folder, size_of(options))
    print(f"{time.perf_counter() - start:.0f} s, {time.process_time() - cpu:.0f} s of CPU: {machine()}")


if __name__ == "__main__":
    main()
