"""Turning a sealed WARC of the spool into a `capture` commit: objects first and verified, the commit last."""

from __future__ import annotations

import gzip
from collections import Counter
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from config.software import software
from flows.steps.derived_objects import CrawlFacts, create_derived
from flows.steps.place import Place
from storage.commits import Commit, Draft, Kind, ObjectRef, ObjectRole
from storage.keys import crawl_key
from storage.tables import write_captures
from storage.warc_index import index_warc


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
        objects.append(create_derived(place, facts, f"{stem}.cdxj.gz", cdxj, ObjectRole.CDXJ))
    objects.append(
        create_derived(place, facts, f"{stem}.captures.parquet", write_captures(index.rows), ObjectRole.CAPTURES)
    )
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
