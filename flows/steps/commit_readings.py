"""`reading` commits: rows of readings and of listings, and at the end of a crawl its log and its report."""

from __future__ import annotations

import gzip
from collections import Counter
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from articles.reading import current_reader_ids
from config.outlet import Outlet
from config.software import software
from flows.steps.derived_objects import CrawlFacts, create_derived
from flows.steps.place import Place
from storage.commits import Commit, Draft, Kind, ObjectRef, ObjectRole
from storage.keys import crawl_log_key, listings_key, readings_key
from storage.rows import ListingRow, ReadingRow
from storage.tables import write_listings, write_readings

LOGS = ("crawl.log", "child.err")


def commit_readings(
    place: Place,
    outlet: Outlet,
    facts: CrawlFacts,
    rows: Sequence[ReadingRow],
    *,
    listings: Sequence[ListingRow] = (),
    others: tuple[ObjectRef, ...] = (),
    counts: Mapping[str, int] | None = None,
    report: Mapping[str, Any] | None = None,
) -> Commit:
    """Commit rows (there may be none) under a crawl's id, together with other objects of it.

    The commit whose `report` has a status is the crawl's last. Each names the readers that the outlet has now, and the
    catalog goes by the last one. Again with the same rows it adds nothing.
    """
    log = place.archive.log(facts.outlet_id)
    objects = list(others)
    if rows or listings:
        # Not those of the crawl's last commit: where that went through and its writer was not told, the same rows have
        # the same name again, and the log knows them.
        before = [commit for commit in log.find(facts.crawl_id, after=facts.after) if "status" not in commit.report]
        numbers = Counter(ref.role for commit in before for ref in commit.objects)
        if listings:
            name = listings_key(facts.crawl_id, numbers[ObjectRole.LISTINGS]).rpartition("/")[2]
            objects.insert(0, create_derived(place, facts, name, write_listings(listings), ObjectRole.LISTINGS))
        if rows:
            name = readings_key(facts.crawl_id, numbers[ObjectRole.READINGS]).rpartition("/")[2]
            objects.insert(0, create_derived(place, facts, name, write_readings(rows), ObjectRole.READINGS))
    return log.append(
        Draft(
            kind=Kind.READING,
            crawl=facts.crawl_id,
            started=facts.started,
            finished=place.clock.now(),
            software=software(),
            objects=tuple(objects),
            counts={"readings": len(rows), **(counts or {})},
            report=dict(report or {}),
            after=facts.after,
            readers=tuple(sorted(current_reader_ids(outlet))),
        )
    )


def store_log(place: Place, facts: CrawlFacts, folder: Path) -> tuple[ObjectRef, ...]:
    """Store what a crawl wrote for people to read, if it lived to write anything."""
    text = b"".join(path.read_bytes() for name in LOGS if (path := folder / name).is_file())
    if not text:
        return ()
    name = crawl_log_key(facts.crawl_id).rpartition("/")[2]
    return (create_derived(place, facts, name, gzip.compress(text, mtime=0), ObjectRole.LOG),)
