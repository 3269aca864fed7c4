"""The first step: bring home what an earlier crawl of the outlet left behind when it was cut off."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from config.outlet import Outlet
from crawlers.errors import SpoolInUse
from crawlers.spool import Spool
from flows.errors import SpoolUnreadable
from flows.steps.commit_warc import CrawlFacts, commit_warc
from flows.steps.place import Place
from flows.steps.progress import Progress, ProgressEvent, silent


@dataclass(frozen=True)
class RecoverReport:
    """Which crawls were recovered, how many WARCs that brought home, and which crawls are still running."""

    recovered: tuple[str, ...] = ()
    warcs: int = 0
    running: tuple[str, ...] = ()


def recover(place: Place, outlet: Outlet, progress: Progress = silent) -> RecoverReport:
    """Commit every spool of `outlet` whose writer is gone, each exactly once, and delete it.

    The order does not matter: what it changes is derived by capture time, so a spool that comes home late corrects
    the history instead of contradicting it.
    """
    recovered, running, warcs = [], [], 0
    for folder in spools_of(place, outlet.id):
        facts = facts_of(folder)
        spool = Spool(folder)
        try:
            sealed = spool.recover()
        except SpoolInUse:
            running.append(facts.crawl_id)
            continue
        for number, warc in enumerate(sealed, 1):
            progress(ProgressEvent("recover", number, len(sealed), facts.crawl_id))
            if commit_warc(place, facts, warc, recovers=facts.crawl_id) is not None:
                warcs += 1
        spool.discard({warc.name for warc in sealed})
        recovered.append(facts.crawl_id)
    return RecoverReport(tuple(recovered), warcs, tuple(running))


def spools_of(place: Place, outlet_id: str) -> list[Path]:
    """Return the spool folders of an outlet, the oldest first. A folder without crawl.json was never started."""
    if not place.spool.is_dir():
        return []
    return [
        folder
        for folder in sorted(place.spool.iterdir())
        if (folder / "crawl.json").is_file() and facts_of(folder).outlet_id == outlet_id
    ]


def facts_of(folder: Path) -> CrawlFacts:
    """Read what a spool says of its crawl. Raises `SpoolUnreadable`."""
    path = folder / "crawl.json"
    try:
        said = json.loads(path.read_bytes())
        return CrawlFacts(said["outlet"]["id"], said["crawl_id"], datetime.fromisoformat(said["started"]))
    except (OSError, ValueError, KeyError, TypeError) as wrong:
        raise SpoolUnreadable(path, wrong) from wrong
