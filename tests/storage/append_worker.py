"""A process of the tests that stores WARCs of a crawl and commits each: `append_worker.py URL OUTLET TOKEN COUNT`.

It says `ready`, waits for a line, works, and says the number of every commit. What it stores depends on its arguments
only, so that a second run of the same worker stands for the restart of one that was killed.
"""

from __future__ import annotations

import sys
from datetime import UTC, datetime

from storage import keys
from storage.archive import Archive
from storage.commits import Draft, Kind, ObjectRef, ObjectRole
from storage.stores import open_store


def main() -> None:
    url, outlet, token, count = sys.argv[1:]
    archive = Archive.open(open_store(url))
    started = datetime(2026, 1, 23, 8, 0, tzinfo=UTC)
    crawl = keys.new_crawl_id(outlet, started, token)
    log = archive.log(outlet)
    print("ready", flush=True)
    sys.stdin.readline()
    for number in range(int(count)):
        body = f"WARC {token} {number}\n".encode() * 5000
        stored = archive.store.create(keys.warc_key(crawl, number), body)
        draft = Draft(Kind.CAPTURE, crawl, started, started, "tests/1", (ObjectRef.of(stored, ObjectRole.WARC),))
        print(log.append(draft).number, flush=True)


if __name__ == "__main__":
    main()
