"""One small archive for the session, the demo outlet crawled three times, and the window on it."""

from __future__ import annotations

from dataclasses import dataclass

import pytest

from audit.upkeep import bring_up_to_date
from config.outlet import Outlet
from demo.server import DemoServer
from flows.steps.place import Place
from tests.flows.machines import Machine, demo_outlet, first_day
from tests.web.visitor import Crowd, Visitor
from tests.web.window.made import made
from web.holdings import Holdings
from web.origins import Origins
from web.window.app import window_app

DAYS = (0, 2, 3)  # by day 3 the script has done everything that it can do


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
    folder = tmp_path_factory.mktemp("window")
    machine = Machine(str(folder / "archive"), folder / "state")
    with DemoServer(base=first_day()) as site:
        outlet = demo_outlet(site.url)
        for day in DAYS:
            site.set_day(day)
            machine.crawl(outlet, day)
    place = machine.on(DAYS[-1])
    place.catalog.sync(place.archive)
    bring_up_to_date(place.catalog)
    return Crawled(machine, place, outlet)


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
