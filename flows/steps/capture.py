"""The third step: the Scrapy child runs, and what it seals is committed while it goes on."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from typing import Any

from crawlers.errors import ResultUnreadable
from crawlers.result import CrawlResult, read_result
from crawlers.spool import Spool
from flows.steps.child import running_child, told
from flows.steps.commit_warc import commit_warc
from flows.steps.place import Place
from flows.steps.plan import Planned
from flows.steps.progress import Progress, ProgressEvent, silent
from storage.errors import StoreUnavailable

DEADLINE = timedelta(hours=6)
SECONDS_BETWEEN_LOOKS = 1.0


@dataclass(frozen=True)
class CaptureReport:
    """What the child brought. `result` is None where it did not live to write one, or wrote what can't be understood:
    then `unreadable` says so. `exit_code` explains nothing by itself and is only kept for the report."""

    result: CrawlResult | None
    exit_code: int | None
    warcs: int
    counts: Mapping[str, int] = field(default_factory=dict)
    late: bool = False
    unreadable: str | None = None


async def capture(
    place: Place,
    planned: Planned,
    progress: Progress = silent,
    *,
    deadline: timedelta = DEADLINE,
) -> CaptureReport:
    """Run the crawl that was planned, to its end or to the deadline, and commit each WARC as soon as it is sealed.

    Whatever happens to the child (it is killed, it hangs, it seals nothing more), the whole groups that it wrote are
    committed before this returns. A store that is away meanwhile is asked again until the child has ended, and once
    more then; an error of the store leaves them in the spool, where the next crawl finds them.
    """
    committer = _Committer(place, planned, progress)
    late = False
    async with running_child(planned.folder) as process:
        looking = asyncio.create_task(committer.look_until_cancelled())
        try:
            async with asyncio.timeout(deadline.total_seconds()):
                async for said in told(process):
                    progress(_event(said))
                await process.wait()
        except TimeoutError:
            late = True
        finally:
            looking.cancel()
            await asyncio.wait([looking])
    if looking.done() and not looking.cancelled() and (wrong := looking.exception()):
        raise wrong
    await asyncio.to_thread(Spool(planned.folder).recover)
    await asyncio.to_thread(committer.commit_sealed)
    result, unreadable = None, None
    try:
        result = read_result(planned.folder)
    except ResultUnreadable as wrong:
        unreadable = str(wrong)
    return CaptureReport(result, process.returncode, committer.warcs, committer.counts, late, unreadable)


class _Committer:
    """Commits sealed WARCs in their order, each once."""

    def __init__(self, place: Place, planned: Planned, progress: Progress) -> None:
        self._place = place
        self._planned = planned
        self._progress = progress
        self._done: set[Path] = set()
        self._one_at_a_time = threading.Lock()  # a cancelled look goes on in its thread while the last one begins
        self.warcs = 0
        self.counts: dict[str, int] = {}

    async def look_until_cancelled(self) -> None:
        """Commit what is sealed until this is cancelled. A store that is away now may be back before the crawl ends."""
        while True:
            await asyncio.sleep(SECONDS_BETWEEN_LOOKS)
            # Shielded: a commit that has begun is brought to its end before the step goes on.
            with suppress(StoreUnavailable):
                await asyncio.shield(asyncio.to_thread(self.commit_sealed))

    def commit_sealed(self) -> None:
        with self._one_at_a_time:
            self._commit_sealed()

    def _commit_sealed(self) -> None:
        for warc in Spool(self._planned.folder).sealed():
            if warc in self._done:
                continue
            commit = commit_warc(self._place, self._planned.facts, warc)
            self._done.add(warc)
            self.warcs += 1
            for name, count in (commit.counts if commit else {}).items():
                self.counts[name] = self.counts.get(name, 0) + count
            self._progress(ProgressEvent("commit", self.warcs, None, warc.name))


def _event(said: Mapping[str, Any]) -> ProgressEvent:
    fetched, queued = int(said.get("fetched", 0)), int(said.get("queued", 0))
    return ProgressEvent("capture", fetched, fetched + queued, str(said.get("url", "")))
