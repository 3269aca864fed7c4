"""One small archive for the session: the demo outlet, crawled three times by the steps."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import pytest

from demo.server import DemoServer
from flows.steps.report import CrawlReport
from tests.flows.machines import Machine, demo_outlet, first_day
from tests.palimpsest.doors import Door, Ran
from tests.servers.fixtures import honest_tsa as honest_tsa
from tests.servers.fixtures import tsa_server as tsa_server

DAYS = (0, 2, 3)  # by day 3 the script has done everything that it can do


@dataclass(frozen=True)
class Crawled:
    """The archive's door, and the address that the site had."""

    door: Door
    site: str
    reports: tuple[CrawlReport, ...]


@pytest.fixture(scope="session")
def crawled(tmp_path_factory: pytest.TempPathFactory) -> Crawled:
    """Three crawls: much is changed, one article goes, one fails for a day, one is posted again."""
    folder = tmp_path_factory.mktemp("door")
    machine = Machine(str(folder / "archive"), folder / "state")
    with DemoServer(base=first_day()) as site:
        outlet = demo_outlet(site.url)
        reports = []
        for day in DAYS:
            site.set_day(day)
            reports.append(machine.crawl(outlet, day))
        url = site.url
    return Crawled(Door(folder, folder / "archive", folder / "state"), url, tuple(reports))


@pytest.fixture
def empty(tmp_path: Path) -> Door:
    """A door to nothing."""
    return Door(tmp_path, tmp_path / "archive", tmp_path / "state")


class Call:
    """Calls doors in this process."""

    def __init__(self, capture: pytest.CaptureFixture[str]) -> None:
        self._capture = capture

    def __call__(self, door: Door, *words: str) -> Ran:
        return door(*words, capture=self._capture)


@pytest.fixture
def call(capsys: pytest.CaptureFixture[str]) -> Call:
    return Call(capsys)
