"""The first step: bring home what an earlier crawl of the outlet left behind when it was cut off."""

from __future__ import annotations

import json
import shutil
import time
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from config.outlet import Outlet
from crawlers.plan import CRAWL_JSON
from crawlers.spool import Spool
from flows.errors import CrawlAlreadyRunning, SpoolUnreadable
from flows.steps.commit_readings import commit_readings, store_log
from flows.steps.commit_warc import commit_warc
from flows.steps.derived_objects import CrawlFacts
from flows.steps.place import Place
from flows.steps.progress import Progress, ProgressEvent, silent
from flows.steps.report import CrawlStatus
from storage.errors import KeyInvalid
from storage.keys import parse_crawl_id

PATIENCE_SECONDS = 90.0
"""How long a child whose parent was killed may take to close and seal: it is told to by the kernel at once."""


@dataclass(frozen=True)
class RecoverReport:
    """Which crawls were recovered, and how many WARCs that brought home."""

    recovered: tuple[str, ...] = ()
    warcs: int = 0


def recover(place: Place, outlet: Outlet, progress: Progress = silent) -> RecoverReport:
    """Commit every spool of `outlet` that an earlier crawl left behind, each exactly once, and delete it.

    The caller holds the outlet (`flows.steps.outlet_lock`), so a spool that is still being written has lost its parent
    and is about to end; it is waited for. Raises `CrawlAlreadyRunning` where it does not.

    The order does not matter: what a crawl changes is derived by capture time, so a spool that comes home late corrects
    the history instead of contradicting it.
    """
    sweep_unplanned(place, outlet.id)
    recovered, warcs = [], 0
    for folder in spools_of(place, outlet.id):
        facts = facts_of(folder)
        spool = Spool(folder)
        _wait_for_orphan(spool, outlet.id, facts.crawl_id, progress)
        sealed = spool.recover()
        for number, warc in enumerate(sealed, 1):
            progress(ProgressEvent("recover", number, len(sealed), facts.crawl_id))
            if commit_warc(place, facts, warc, recovers=facts.crawl_id) is not None:
                warcs += 1
        _close(place, outlet, facts, folder)
        spool.discard({warc.name for warc in sealed})
        recovered.append(facts.crawl_id)
    return RecoverReport(tuple(recovered), warcs)


def _close(place: Place, outlet: Outlet, facts: CrawlFacts, folder: Path) -> None:
    """Give a crawl that was cut off its last commit, with its log and a report that says what became of it."""
    commits = place.archive.log(facts.outlet_id).find(facts.crawl_id, after=facts.after)
    if any("status" in commit.report for commit in commits):
        return  # it was cut off after its last commit, before its spool was deleted
    cut_off = "it was cut off before its end; what it had captured was recovered"
    commit_readings(
        place,
        outlet,
        facts,
        (),
        others=store_log(place, facts, folder),
        report={"status": CrawlStatus.FAILED.value, "complete": False, "missed": [cut_off], "warnings": []},
    )


def _wait_for_orphan(spool: Spool, outlet_id: str, crawl_id: str, progress: Progress) -> None:
    deadline = time.monotonic() + PATIENCE_SECONDS
    while spool.in_use():
        if time.monotonic() > deadline:
            raise CrawlAlreadyRunning(outlet_id, f"crawl {crawl_id}, whose parent is gone")
        progress(ProgressEvent("recover", 0, None, f"waiting for {crawl_id} to end"))
        time.sleep(0.2)


def spools_of(place: Place, outlet_id: str) -> list[Path]:
    """Return the spool folders of an outlet, the oldest first. Anybody may ask, also while a crawl is being planned.

    The folder's name tells the outlet, so that a broken spool of another outlet is none of our business. A folder
    that holds neither crawl.json nor a capture is none: its crawl was not planned to the end, or is being planned now.
    """
    return [folder for folder, names in _folders_of(place, outlet_id) if _was_planned(names)]


def sweep_unplanned(place: Place, outlet_id: str) -> None:
    """Remove the folders of crawls of an outlet whose planning was cut off. The caller holds the outlet."""
    for folder, names in _folders_of(place, outlet_id):
        if not _was_planned(names):
            shutil.rmtree(folder)


def _folders_of(place: Place, outlet_id: str) -> Iterator[tuple[Path, frozenset[str]]]:
    for folder in sorted(place.spool.iterdir()) if place.spool.is_dir() else ():
        if _outlet_of(folder.name) == outlet_id:
            # Its crawl may end meanwhile and take the folder with it; and a file is no folder of ours.
            with suppress(FileNotFoundError, NotADirectoryError):
                yield folder, frozenset(entry.name for entry in folder.iterdir())


def _was_planned(names: frozenset[str]) -> bool:
    """Return whether a folder with these files was given to a crawl; where it holds captures it surely was."""
    return CRAWL_JSON in names or any(".warc.gz" in name for name in names)


def _outlet_of(name: str) -> str | None:
    try:
        return parse_crawl_id(name).outlet
    except KeyInvalid:
        return None  # put there by somebody else


def facts_of(folder: Path) -> CrawlFacts:
    """Read what a spool says of its crawl. Raises `SpoolUnreadable`."""
    path = folder / CRAWL_JSON
    try:
        said = json.loads(path.read_bytes())
        started = datetime.fromisoformat(said["started"])
        return CrawlFacts(said["outlet"]["id"], said["crawl_id"], started, after=int(said.get("log_tip", 0)))
    except (OSError, ValueError, KeyError, TypeError) as wrong:
        raise SpoolUnreadable(path, wrong) from wrong
