"""The catalog follows the archive, and says so where it can't."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import event

from storage.catalog.catalog import Catalog
from storage.catalog.changes import changes
from storage.catalog.status import status
from storage.errors import StoreUnavailable
from tests.storage.catalog.observed import OTHER, article, capture, commit, reading
from tests.web.window.made import made
from web.freshness import LONGEST_REST, REST, Freshness, Standing
from web.holdings import Holdings


class Cut:
    """A store whose line is cut at will. Nothing real fails at a moment of our choosing."""

    def __init__(self, store: object) -> None:
        self._store = store
        self.is_cut = False

    def __getattr__(self, name: str) -> object:
        if self.is_cut:
            raise StoreUnavailable("it does not answer", store="s3://somewhere")
        return getattr(self._store, name)


def test_new_commits_are_taken_up_and_compared_and_a_failure_shows_until_one_succeeds(shown: Holdings) -> None:
    cut = Cut(shown.archive.store)
    freshness = Freshness(replace(shown.archive, store=cut), shown.catalog, shown.clock)  # type: ignore[arg-type]
    assert freshness.standing.as_of is None

    assert freshness.look().as_of is not None
    before = status(shown.catalog)[0]
    assert before.captures > 0

    cut.is_cut = True
    failed = freshness.look()
    assert failed.behind_since is not None
    assert "does not answer" in (failed.why or "")
    assert freshness.look().behind_since == failed.behind_since  # the first failure is what is told
    assert failed.as_of is not None

    for hour, words in ((150, "It opens on May 1."), (151, "It opens on May 2.")):
        page = capture(OTHER, hour)
        commit(shown.archive, [page], [reading(page, article(words))])
    cut.is_cut = False
    assert freshness.look().behind_since is None
    after = status(shown.catalog)[0]
    assert after.last_commit > before.last_commit
    assert after.changes == before.changes + 1
    assert all(change.weight is not None for change in changes(shown.catalog))


@contextmanager
def full(catalog: Catalog) -> Iterator[None]:
    """SQLite says the same of a database that may have no more pages as of a disk that is full."""

    def bounded(driver: Any, *_: Any) -> None:
        (pages,) = driver.execute("PRAGMA page_count").fetchone()
        driver.execute(f"PRAGMA max_page_count = {pages}")

    def unbounded(driver: Any, *_: Any) -> None:
        driver.execute("PRAGMA max_page_count = 1000000")

    pool: Any = catalog._database._engine.pool
    event.listen(pool, "checkout", bounded)
    event.listen(pool, "checkin", unbounded)
    try:
        yield
    finally:
        event.remove(pool, "checkout", bounded)
        event.remove(pool, "checkin", unbounded)


def test_a_catalog_without_room_says_so_loses_nothing_and_goes_on_when_there_is_room(shown: Holdings) -> None:
    freshness = Freshness(shown.archive, shown.catalog, shown.clock)
    assert freshness.look().behind_since is None
    before = seen(shown)
    pages = [capture(f"http://demo.example/CHINA/{number}.html", 150 + number / 100) for number in range(100)]
    texts = [reading(page, article(f"Text {page.url} " * 50)) for page in pages]
    commit(shown.archive, pages, texts)
    with full(shown.catalog):
        standing = freshness.look()
        assert standing.behind_since is not None
        assert "No room is left for it: make room" in (standing.why or "")
        assert "rebuild" not in (standing.why or "")
        assert seen(shown) == before
    assert freshness.look().behind_since is None
    assert status(shown.catalog)[0].captures >= 100


@pytest.fixture
def shown(tmp_path: Path) -> Holdings:
    """A window's holdings: a catalog in a folder of its own, everything compared."""
    return made(tmp_path)


def seen(holdings: Holdings) -> list[tuple[str, int | None]]:
    return sorted((change.change_id, change.weight) for change in changes(holdings.catalog))


def test_a_catalog_that_is_deleted_meanwhile_is_made_anew(shown: Holdings, tmp_path: Path) -> None:
    freshness = Freshness(shown.archive, shown.catalog, shown.clock)
    assert freshness.look().behind_since is None
    before = seen(shown)
    assert len(before) > 5
    for file in tmp_path.glob("catalog.sqlite*"):
        file.unlink()
    while_anew: list[Standing] = []

    class Told(Freshness):
        def _fail(self, why: str) -> None:
            super()._fail(why)
            while_anew.append(self.standing)

    told = Told(shown.archive, shown.catalog, shown.clock)
    told._compared = freshness._compared
    standing = told.look()
    assert "was deleted" in (while_anew[0].why or "")
    assert while_anew[0].behind_since is not None
    assert (standing.behind_since, standing.as_of is None) == (None, False)
    assert seen(shown) == before


def test_one_that_another_process_made_anew_is_compared_again(shown: Holdings, tmp_path: Path) -> None:
    freshness = Freshness(shown.archive, shown.catalog, shown.clock)
    freshness.look()
    before = seen(shown)
    other = Catalog.open(shown.catalog.url)
    other.rebuild(shown.archive)
    other.close()
    assert all(weight is None for _, weight in seen(shown))
    freshness.look()
    assert seen(shown) == before


def test_an_archive_put_back_from_an_older_copy_shows_until_the_catalog_is_made_anew(
    shown: Holdings, tmp_path: Path
) -> None:
    freshness = Freshness(shown.archive, shown.catalog, shown.clock)
    assert freshness.look().behind_since is None
    last = max((tmp_path / "archive" / "zh" / "log").iterdir())
    last.rename(tmp_path / "kept")
    standing = freshness.look()
    assert standing.behind_since is not None
    assert "palimpsest rebuild" in (standing.why or "")
    assert freshness.look() == standing

    (tmp_path / "kept").rename(last)
    assert freshness.look().behind_since is None
    last.rename(tmp_path / "kept")
    assert freshness.look().behind_since is not None
    other = Catalog.open(shown.catalog.url)
    other.rebuild(shown.archive)
    other.close()
    assert freshness.look().behind_since is None


def test_taking_up_puts_the_next_look_off_no_longer_and_slow_questions_do_up_to_a_bound(
    shown: Holdings, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Under load taking up takes seconds. The rest was twenty times as long, and thirty commits were seen late."""
    watch = Watch()
    monkeypatch.setattr("web.freshness.bring_up_to_date", lambda _: watch.go_on(50))
    freshness = Freshness(shown.archive, shown.catalog, shown.clock, every=1, timer=watch)
    freshness.look()
    assert (freshness.rest, watch.seconds) == (1, 50)

    class Far:
        """A store that answers slowly, as one on another continent."""

        distance = 0.01

        def __getattr__(self, name: str) -> object:
            watch.go_on(self.distance)
            return getattr(shown.archive.store, name)

    store = Far()
    archive = replace(shown.archive, store=store)  # type: ignore[arg-type]
    far = Freshness(archive, shown.catalog, shown.clock, every=0, timer=watch)
    far.look()
    assert 0.01 * REST <= far.rest < LONGEST_REST
    store.distance = 100
    far.look()
    assert far.rest == LONGEST_REST


class Watch:
    """A watch that goes on when it is told to."""

    def __init__(self) -> None:
        self.seconds = 0.0

    def __call__(self) -> float:
        return self.seconds

    def go_on(self, seconds: float) -> None:
        self.seconds += seconds
