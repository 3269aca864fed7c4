"""One archive of the demo outlet for all rooms and all workers of a test run: crawled once, copied by each."""

from __future__ import annotations

import fcntl
import gc
import os
import pickle
import shutil
import tempfile
from dataclasses import dataclass
from pathlib import Path

import pytest

from config.outlet import Outlet
from demo.server import DemoServer
from flows.steps.report import CrawlReport
from tests.flows.machines import Machine, demo_outlet, first_day

DAYS = (0, 2, 3)
"""By day 3 the script has done everything that it can do: much is changed, one article goes, one fails for a day, one
is posted again."""


@dataclass(frozen=True)
class DemoArchive:
    """A copy of one's own, below `folder`: the machine that crawled, the outlet's file, and what each crawl came to."""

    folder: Path
    machine: Machine
    site: str
    reports: tuple[CrawlReport, ...]

    @property
    def outlet(self) -> Outlet:
        """The outlet as it was crawled; its site is gone."""
        return demo_outlet(self.site)


def copy_of_demo(temporary: pytest.TempPathFactory, name: str) -> DemoArchive:
    """Copy the archive, which whoever comes first makes, into a temporary folder of that name."""
    folder = temporary.mktemp(name)
    whole = temporary.getbasetemp()
    if "PYTEST_XDIST_WORKER" in os.environ:
        whole = whole.parent  # each worker has a folder of its own in that of the run
    made = whole / "demo-archive"
    with (whole / "demo-archive.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not made.exists():
            making = Path(tempfile.mkdtemp(dir=whole))  # what is broken off is not taken for made
            _make(making)
            making.rename(made)
    for part in ("archive", "state"):
        shutil.copytree(made / part, folder / part)
    site, reports = pickle.loads((made / "reports").read_bytes())
    return DemoArchive(folder, Machine(str(folder / "archive"), folder / "state"), site, reports)


def _make(folder: Path) -> None:
    machine = Machine(str(folder / "archive"), folder / "state")
    reports = []
    with DemoServer(base=first_day()) as site:
        outlet = demo_outlet(site.url)
        for day in DAYS:
            site.set_day(day)
            reports.append(machine.crawl(outlet, day))
        (folder / "reports").write_bytes(pickle.dumps((site.url, tuple(reports))))
    gc.collect()  # it closes the catalogs, which are copied as files
