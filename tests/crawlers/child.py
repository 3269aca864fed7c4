"""Crawls of a `Site` as they are in earnest: planned into a folder, run by `python -m crawlers.child` in a process."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from config.outlet import Outlet
from crawlers.plan import Crawl, write_plan
from crawlers.result import CrawlResult, read_result
from storage.due import Due
from storage.exchange import Purpose, Role
from tests.crawlers.archived import Archived, archived

ROOT = Path(__file__).resolve().parents[2]
PATIENCE = 60.0


def outlet_of(url: str, *, listing: str = "/news/index.html", **changed: Any) -> Outlet:
    """An outlet with one listing, on a host that is owed no politeness unless `politeness` says so."""
    politeness = {
        "delay": 0,
        "jitter": 0,
        "concurrency": 4,
        "timeout": 5,
        "retries": 0,
        **changed.pop("politeness", {}),
    }
    facts: dict[str, Any] = {
        "id": "site",
        "name": "Site",
        "home": f"{url}/",
        "language": "en",
        "timezone": "Asia/Shanghai",
        "politeness": politeness,
        "sources": [{"url": f"{url}{listing}", "pages": 5}],
        "articles": [
            {
                "era": "2025xb",
                "cms": "cbf",
                "url": r"http://[\w.]+:\d+/2025xb/(?:\w+/)+(?P<id>\d{8})(?:_(?P<page>\d{1,3}))?\.html",
            }
        ],
        "readers": ["pla-2025xb"],
        "confirm_after": "0.5s",
        "allow_private": True,
    }
    return Outlet.model_validate(facts | changed)


def due_at(url: str, **changed: Any) -> Due:
    """A known article that is due."""
    return Due(**({"url": url, "role": Role.ARTICLE, "purpose": Purpose.LADDER} | changed))


@dataclass
class Child:
    """A crawl's process and its folder."""

    folder: Path
    process: subprocess.Popen[str]

    def end(self, timeout: float = PATIENCE) -> None:
        self.out, self.err = self.process.communicate(timeout=timeout)

    @property
    def result(self) -> CrawlResult:
        result = read_result(self.folder)
        assert result is not None, (self.err, self.log)
        return result

    @property
    def log(self) -> str:
        path = self.folder / "crawl.log"
        return path.read_text() if path.exists() else ""

    @property
    def told(self) -> list[dict[str, Any]]:
        return [json.loads(line) for line in self.out.splitlines()]

    @property
    def records(self) -> list[Archived]:
        return archived(self.folder)

    def facts_of(self, url: str) -> list[dict[str, str]]:
        """The metadata records of a URL, in order."""
        return [record.facts for record in self.records if record.type == "metadata" and record.url == url]

    def signal(self, number: signal.Signals) -> None:
        os.kill(self.process.pid, number)


def start(folder: Path, outlet: Outlet, *, environment: dict[str, str] | None = None, **planned: Any) -> Child:
    facts = {name: planned.pop(name) for name in ("limit", "deadline", "thorough", "clock_offset") if name in planned}
    crawl = Crawl(
        crawl_id="20260123T120000Z-site-0a1b2c",
        outlet=outlet,
        archive_id="archive",
        started=datetime.now(UTC),
        user_agent="Palimpsest/0.1 (+mailto:tests@example.org)",
        software="palimpsest/0.1",
        state=planned.pop("state", folder.parent / "state"),
        **facts,
    )
    write_plan(folder, crawl, **planned)
    process = subprocess.Popen(
        [sys.executable, "-m", "crawlers.child", str(folder)],
        cwd=ROOT,
        # Without byte code each child would compile all of ours again.
        env={name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
        | (environment or {}),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    return Child(folder, process)


def crawled(folder: Path, outlet: Outlet, **planned: Any) -> Child:
    """Run a crawl to its end."""
    child = start(folder, outlet, **planned)
    try:
        child.end()
    finally:
        child.process.kill()
        child.process.wait()
    return child


def wait_for(holds: Callable[[], object], seconds: float = PATIENCE) -> None:
    ends = time.monotonic() + seconds
    while not holds():
        assert time.monotonic() < ends, "it did not come about in time"
        time.sleep(0.02)
