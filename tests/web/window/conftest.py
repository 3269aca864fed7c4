"""One small archive for the session, the demo outlet crawled three times, and the window on it."""

from __future__ import annotations

from dataclasses import dataclass

import pytest

from audit.upkeep import bring_up_to_date
from config.outlet import Outlet
from flows.steps.place import Place
from tests.flows.demo_archive import DAYS, copy_of_demo
from tests.flows.machines import Machine
from tests.web.visitor import Crowd, Visitor
from tests.web.window.made import made
from web.holdings import Holdings
from web.origins import Origins
from web.window.app import window_app


@dataclass(frozen=True)
class Crawled:
    """The machine that crawled, as it is on the last day, and the outlet's file."""

    machine: Machine
    place: Place
    outlet: Outlet

    @property
    def holdings(self) -> Holdings:
        return Holdings(self.place.archive, self.place.catalog, {self.outlet.id: self.outlet}, self.place.clock)


@pytest.fixture(scope="session")
def crawled(tmp_path_factory: pytest.TempPathFactory) -> Crawled:
    """Three crawls: much is changed, one article goes, one fails for a day, one is posted again."""
    made = copy_of_demo(tmp_path_factory, "window")
    place = made.machine.on(DAYS[-1])
    place.catalog.sync(place.archive)
    bring_up_to_date(place.catalog)
    return Crawled(made.machine, place, made.outlet)


def visitor(holdings: Holdings) -> Visitor:
    """Somebody who looks at the window on these holdings."""
    return Visitor(window_app(holdings, Origins()), Origins().window)


@pytest.fixture(scope="session")
def window(crawled: Crawled) -> Visitor:
    """A visitor of the window on the archive of the session. Nobody writes to it."""
    return visitor(crawled.holdings)


@pytest.fixture(scope="session")
def holdings(tmp_path_factory: pytest.TempPathFactory) -> Holdings:
    """A made archive: articles that were edited in many ways, one of them hostile, one in Chinese."""
    return made(tmp_path_factory.mktemp("made"))


@pytest.fixture(scope="session")
def made_window(holdings: Holdings) -> Visitor:
    """Visitors of the window on the made archive."""
    return Crowd(window_app(holdings, Origins()), Origins().window)
