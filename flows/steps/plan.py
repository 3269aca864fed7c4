"""The second step: what this crawl is to look at, written down for the child."""

from __future__ import annotations

import random
import secrets
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from config.outlet import Outlet
from config.software import software
from flows.errors import CrawlAlreadyRunning
from flows.steps.commit_warc import CrawlFacts
from flows.steps.place import Place
from flows.steps.progress import Progress, ProgressEvent, silent
from flows.steps.recover import RecoverReport


@dataclass(frozen=True)
class Planned:
    """A crawl that is ready to run."""

    facts: CrawlFacts
    folder: Path
    due: int
    seen: int

    @property
    def crawl_id(self) -> str:
        """The crawl's id, which is also its folder's name."""
        return self.facts.crawl_id
