"""Turning a sealed WARC of the spool into a `capture` commit: objects first and verified, the commit last."""

from __future__ import annotations

import gzip
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from flows.steps.place import Place
from storage.commits import Commit, Draft, Kind, ObjectRef, ObjectRole
from storage.errors import ObjectTaken
from storage.keys import crawl_key
from config.software import software
from storage.tables import write_captures
from storage.warc_index import index_warc

MOST_REMAKES = 9


@dataclass(frozen=True)
class CrawlFacts:
    """What a commit says of the crawl that its objects come from."""

    outlet_id: str
    crawl_id: str
    started: datetime
    after: int = 0  # a number that the outlet's log had reached before the crawl began; 0 where nobody knows


def commit_warc(
    place: Place, facts: CrawlFacts, warc: Path, *, recovers: str | None = None, report: Mapping[str, Any] | None = None
) -> Commit | None:
    """Commit one sealed WARC with its CDXJ and its table; return None where the log already has it.

    Safe to call again after a crash at any point: objects that are already there with the same bytes are ours.
    """
    log = place.archive.log(facts.outlet_id)
    warc_key = crawl_key(facts.crawl_id, warc.name)
    if warc_key in log.committed_keys(facts.crawl_id, after=facts.after):
        return None
    index = index_warc(warc, warc_key=warc_key, crawl_id=facts.crawl_id)
    stem = warc.name.removesuffix(".warc.gz")
    # mtime 0: the same WARC gives the same bytes on every machine and at every try.
    cdxj = gzip.compress("".join(f"{line}\n" for line in index.cdxj).encode(), mtime=0)
    objects = [_stored(place, warc_key, warc, ObjectRole.WARC)]
    if index.cdxj:
        objects.append(_derived(place, facts, f"{stem}.cdxj.gz", cdxj, ObjectRole.CDXJ))
    objects.append(_derived(place, facts, f"{stem}.captures.parquet", write_captures(index.rows), ObjectRole.CAPTURES))
    outcomes = Counter(row.outcome.value for row in index.rows)
    return log.append(
        Draft(
            kind=Kind.CAPTURE,
            crawl=facts.crawl_id,
            started=facts.started,
            finished=place.clock.now(),
            software=software(),
            objects=tuple(objects),
            counts={"captures": len(index.rows), **outcomes},
            report=dict(report or {}),
            recovers=recovers,
            after=facts.after,
        )
    )


def _stored(place: Place, key: str, body: bytes | Path, role: ObjectRole) -> ObjectRef:
    return ObjectRef.of(place.archive.store.create(key, body), role)


def _derived(place: Place, facts: CrawlFacts, name: str, body: bytes, role: ObjectRole) -> ObjectRef:
    """Create an object that was made from a WARC, under another name where an older program left one of its own.

    A crash between upload and commit leaves a table that no commit lists. Made again by a newer pyarrow its bytes
    differ; objects are never overwritten, so the new one gets the next name.
    """
    stem, dot, rest = name.partition(".")
    for remake in range(MOST_REMAKES):
        key = crawl_key(facts.crawl_id, f"{stem}{f'-r{remake}' if remake else ''}{dot}{rest}")
        try:
            return _stored(place, key, body, role)
        except ObjectTaken:
            if remake == MOST_REMAKES - 1:
                raise
    raise AssertionError("unreachable: the loop returns or raises")
