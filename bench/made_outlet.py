"""One outlet's part of a made archive: what `bench.outlet_life` tells, as WARCs, tables and commits."""

from __future__ import annotations

import gzip
import random
import uuid
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Final

from articles.reading import current_reader_ids
from bench.made_rows import capture_row, listing_row, reading_row
from bench.outlet_life import Met, OutletLife, Shares
from config.outlet import Outlet
from crawlers.listed import listing_reader_id
from crawlers.result import CrawlResult, SourceResult
from storage import keys
from storage.archive import Archive
from storage.commits import Draft, Kind, ObjectRef, ObjectRole
from storage.entity import Entity, entity_of
from storage.exchange import Original, Outcome
from storage.http_message import is_chunked
from storage.rows import CaptureRow
from storage.tables import write_captures, write_listings, write_readings
from storage.warc import encode_group, warcinfo
from storage.warc_index import index_warc

SOFTWARE: Final = "bench/1"
_Objects = list[tuple[str, bytes, ObjectRole]]


@dataclass(frozen=True)
class CrawlPlan:
    """So many crawls of so many captures each, at even distances, the first at `begin`."""

    begin: datetime
    every: timedelta
    crawls: int
    captures: int
    shares: Shares


class MadeOutlet:
    """One outlet's part of the archive, crawl by crawl."""

    def __init__(self, archive: Archive, outlet: Outlet, plan: CrawlPlan, *, seed: int, warcs: bool) -> None:
        """With `warcs` the archive has WARCs and CDXJ too, and its rows are made from them."""
        self.outlet: Final = outlet
        self.plan: Final = plan
        self._archive = archive
        self._made = self._with_warc if warcs else self._without_warc
        self._log = archive.log(outlet.id)
        self._life = OutletLife(outlet, seed, plan.shares)
        self._readers = tuple(sorted(current_reader_ids(outlet)))
        self._listing_reader = listing_reader_id(outlet)
        self._ids = random.Random(f"{seed} ids of {outlet.id}")
        self._originals: dict[str, Original] = {}
        self._tip = 0

    def crawl(self, number: int) -> None:
        """Make a crawl: its capture commit and its reading commit."""
        started = self.plan.begin + number * self.plan.every
        crawl_id = keys.new_crawl_id(self.outlet.id, started, f"{number:06x}")
        mets = list(self._life.crawl(started, self.plan.every * 0.8, self.plan.captures))
        finished = mets[-1].exchange.started_at + timedelta(seconds=30)
        rows, objects = self._made(crawl_id, started, mets)
        captures = (keys.captures_key(crawl_id, 0), write_captures(rows), ObjectRole.CAPTURES)
        counts = {"captures": len(rows), **Counter(row.outcome.value for row in rows)}
        self._commit(Kind.CAPTURE, crawl_id, started, finished, [*objects, captures], counts)
        met_rows = list(zip(mets, rows, strict=True))
        readings = [reading_row(met, row, self._readers[0]) for met, row in met_rows if met.reading]
        # A revisit of a listing names what its original names, and has no row.
        whole = [(met, row) for met, row in met_rows if met.named is not None and row.outcome is Outcome.RESPONSE]
        listings = [listing_row(met, row, self._listing_reader) for met, row in whole]
        read = [(keys.readings_key(crawl_id, 0), write_readings(readings), ObjectRole.READINGS)] if readings else []
        read += [(keys.listings_key(crawl_id, 0), write_listings(listings), ObjectRole.LISTINGS)] if listings else []
        self._commit(Kind.READING, crawl_id, started, finished, read, *self._report(crawl_id, started, rows, number))

    def _commit(
        self,
        kind: Kind,
        crawl_id: str,
        started: datetime,
        finished: datetime,
        bodies: Sequence[tuple[str, bytes, ObjectRole]],
        counts: dict[str, int],
        report: dict[str, object] | None = None,
    ) -> None:
        objects = tuple(ObjectRef.of(self._archive.store.create(key, body), role) for key, body, role in bodies)
        draft = Draft(
            kind,
            crawl_id,
            started,
            finished,
            SOFTWARE,
            objects,
            counts=counts,
            report=report or {},
            after=self._tip,
            readers=self._readers if kind is Kind.READING else (),
        )
        self._tip = self._log.append(draft).number

    def _with_warc(self, crawl_id: str, started: datetime, mets: list[Met]) -> tuple[list[CaptureRow], _Objects]:
        """Write the exchanges as a WARC, and return its rows as they are indexed."""
        key = keys.warc_key(crawl_id, 0)
        name = key.rpartition("/")[2]
        warcinfo_id, head = warcinfo(name, started, (("software", SOFTWARE), ("isPartOf", crawl_id)), new_id=self._id)
        groups = [head]
        for met in mets:
            exchange = met.exchange
            entity = entity_of(exchange.response) if exchange.response else None
            original = self._originals.get(exchange.url)
            group = encode_group(exchange, warcinfo_id=warcinfo_id, original=original, entity=entity, new_id=self._id)
            self._remember(met, entity, group.record_id, revisit=group.is_revisit)
            groups.append(group.data)
        body = b"".join(groups)
        # Indexed as a file, as a crawl's are: the one on its way into the archive.
        path = Path(f"{self._archive.url}.{self.outlet.id}.warc.gz")
        path.write_bytes(body)
        index = index_warc(path, warc_key=key, crawl_id=crawl_id)
        path.unlink()
        cdxj = gzip.compress("".join(f"{line}\n" for line in index.cdxj).encode(), mtime=0)
        stem = key.removesuffix(".warc.gz")
        return index.rows, [(key, body, ObjectRole.WARC), (f"{stem}.cdxj.gz", cdxj, ObjectRole.CDXJ)]

    def _without_warc(self, crawl_id: str, _: datetime, mets: list[Met]) -> tuple[list[CaptureRow], _Objects]:
        """Return the rows that a WARC of the exchanges would have, but for the places in it."""
        rows = []
        for at, met in enumerate(mets):
            entity = entity_of(met.exchange.response) if met.exchange.response else None
            original = self._originals.get(met.exchange.url)
            place = {"record_id": self._id(), "crawl_id": crawl_id, "warc_key": keys.warc_key(crawl_id, 0)}
            row = capture_row(met, entity, original, **place, at=at)
            self._remember(met, entity, row.record_id, revisit=row.revisit_profile is not None)
            rows.append(row)
        return rows, []

    def _remember(self, met: Met, entity: Entity | None, record_id: str, *, revisit: bool) -> None:
        """Keep what a later revisit of the URL may refer to."""
        if entity is None or revisit or entity.head.status != 200 or met.exchange.truncated:
            return
        self._originals[met.exchange.url] = Original(
            record_id,
            met.exchange.url,
            met.exchange.started_at,
            entity.payload_digest,
            chunked=is_chunked(entity.head),
        )

    def _id(self) -> str:
        return f"urn:uuid:{uuid.UUID(int=self._ids.getrandbits(128), version=4)}"

    def _report(
        self, crawl_id: str, started: datetime, rows: list[CaptureRow], number: int
    ) -> tuple[dict[str, int], dict[str, object]]:
        """Return the counts and the report that end a crawl; every 25th missed something."""
        counts = {name: dict(Counter(getattr(row, name) for row in rows)) for name in ("role", "purpose", "outcome")}
        sources = [SourceResult(source.url, source.kind, ok=True, pages=1, links=8) for source in self.outlet.sources]
        result = CrawlResult(
            crawl_id=crawl_id,
            outlet=self.outlet.id,
            started=started,
            finished=rows[-1].captured_at,
            finish_reason="finished",
            complete=True,
            exchanges=len(rows),
            bytes=sum(row.length for row in rows),
            roles=counts["role"],
            purposes=counts["purpose"],
            outcomes=counts["outcome"],
            statuses=dict(Counter(str(row.status) for row in rows if row.status)),
            sources=tuple(sources),
        )
        missed = ["editors: 71 % of the articles have some, 90 % are expected"] if number % 25 == 24 else []
        said = {"status": "degraded" if missed else "ok", "complete": True, "missed": missed, "warnings": []}
        return {"exchanges": len(rows), "bytes": result.bytes, "warcs": 1}, {
            **said,
            "result": result.to_json(),
            "exit_code": 0,
        }
