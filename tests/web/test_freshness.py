"""The catalog follows the archive, and says so where it can't."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from demo.server import DemoServer
from storage.catalog.changes import changes
from storage.catalog.status import status
from storage.errors import StoreUnavailable
from tests.flows.machines import Machine, demo_outlet, first_day
from web.freshness import Freshness


class Cut:
    """A store whose line is cut at will. Nothing real fails at a moment of our choosing."""

    def __init__(self, store: object) -> None:
        self._store = store
        self.is_cut = False

    def __getattr__(self, name: str) -> object:
        if self.is_cut:
            raise StoreUnavailable("it does not answer", store="s3://somewhere")
        return getattr(self._store, name)


@pytest.mark.slow
def test_new_commits_are_taken_up_and_compared_and_a_failure_shows_until_one_succeeds(tmp_path: Path) -> None:
    writer = Machine(str(tmp_path / "archive"), tmp_path / "writer")
    reader = Machine(str(tmp_path / "archive"), tmp_path / "reader")
    with DemoServer(base=first_day()) as site:
        outlet = demo_outlet(site.url)
        writer.crawl(outlet, 0)
        place = reader.on(2)
        cut = Cut(place.archive.store)
        freshness = Freshness(replace(place.archive, store=cut), place.catalog, place.clock)  # type: ignore[arg-type]
        assert freshness.standing.as_of is None

        assert freshness.look().as_of is not None
        before = status(place.catalog)[0]
        assert before.captures > 0

        cut.is_cut = True
        failed = freshness.look()
        assert failed.behind_since is not None
        assert "does not answer" in (failed.why or "")
        assert freshness.look().behind_since == failed.behind_since  # the first failure is what is told
        assert failed.as_of is not None

        site.set_day(2)
        writer.crawl(outlet, 2)
        cut.is_cut = False
        assert freshness.look().behind_since is None
        after = status(place.catalog)[0]
        assert after.last_commit > before.last_commit
        assert after.changes > 0
    assert all(change.weight is not None for change in changes(place.catalog))
