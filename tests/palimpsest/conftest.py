"""One small archive for the session: the demo outlet, crawled three times by the steps."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import pytest

from flows.steps.report import CrawlReport
from tests.flows.demo_archive import copy_of_demo
from tests.palimpsest.doors import Door, Ran
from tests.servers.fixtures import honest_tsa as honest_tsa
from tests.servers.fixtures import tsa_server as tsa_server


@dataclass(frozen=True)
class Crawled:
    """The archive's door, and the address that the site had."""

    door: Door
    site: str
    reports: tuple[CrawlReport, ...]


@pytest.fixture(scope="session")
def crawled(tmp_path_factory: pytest.TempPathFactory) -> Crawled:
    """Three crawls: much is changed, one article goes, one fails for a day, one is posted again."""
    made = copy_of_demo(tmp_path_factory, "door")
    return Crawled(Door(made.folder, made.folder / "archive", made.folder / "state"), made.site, made.reports)


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
