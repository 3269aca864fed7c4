"""What is asked at every request reads no more of a large archive than of a small one."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from storage.archive import Archive
from storage.catalog.by_time import by_day
from storage.catalog.catalog import Catalog
from storage.catalog.changes import ChangeFilter, changes
from storage.catalog.crawls import last_crawl
from storage.catalog.index_walk import PAGE, Range, by_distance, walk
from storage.catalog.known import MOST_COUNTED, known_of
from storage.catalog.mementos import around, captured_in, closest, urls_of
from storage.catalog.status import status
from storage.exchange import Outcome, Role
from storage.folder_store import FolderStore
from tests.storage.catalog.observed import OTHER, URL, article, at, capture, commit, reading, revisit
from tests.storage.catalog.work import work

FEW, MANY = 100, 2000
SURT = "example,demo)/china/16435001.html"
ALL = Range("example,demo)/", "example,demo)0")
Question = Callable[[Catalog], object]


def filled(folder: Path, captures: int) -> Catalog:
    """A URL captured so often, every tenth time as a revisit, and as many images; an article that changed at times."""
    archive = Archive.open(FolderStore(folder / "archive"), create=True, single_writer=True)
    rows = [capture(URL, number / 60, crawl_id=None) for number in range(captures)]
    rows = [revisit(rows[n - 1], n / 60) if n % 10 == 9 else row for n, row in enumerate(rows)]
    crawl = rows[0].crawl_id
    images = [capture(f"http://demo.example/i/{n}.jpg", n / 60, role=Role.REQUISITE, key=None) for n in range(captures)]
    commit(archive, [replace(row, crawl_id=crawl) for row in (*rows, *images)])
    for hours in range(1, 9):
        row = capture(OTHER, hours)
        commit(archive, [row], [reading(row, article(f"Drill {hours}"))])
    catalog = Catalog.open(f"sqlite:///{folder / 'catalog.sqlite'}")
    catalog.rebuild(archive)
    return catalog


@pytest.fixture(scope="module")
def small_and_large(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Catalog, Catalog]]:
    catalogs = tuple(filled(tmp_path_factory.mktemp(str(count)), count) for count in (FEW, MANY))
    yield catalogs[0], catalogs[1]
    for catalog in catalogs:
        catalog.close()


def steps(catalog: Catalog, ask: Question) -> int:
    with work(catalog) as done:
        ask(catalog)
    return done.steps


QUESTIONS: dict[str, Question] = {
    "closest": lambda catalog: _of_url(catalog, lambda connection, urls: closest(connection, urls, at(1))),
    "closest before all": lambda catalog: _of_url(
        catalog, lambda connection, urls: closest(connection, urls, at(-9999))
    ),
    "captured in": lambda catalog: _of_url(catalog, lambda connection, urls: captured_in(connection, urls, URL, at(1))),
    "around": lambda catalog: _of_url(catalog, lambda connection, urls: around(connection, urls, at(1))),
    "index of a URL": lambda catalog: next(walk(catalog, Range(SURT), page=20)),
    "index of a host": lambda catalog: next(walk(catalog, ALL, page=20)),
    "index of a host, backwards": lambda catalog: next(walk(catalog, ALL, backwards=True, page=20)),
    "index of a URL, backwards": lambda catalog: next(walk(catalog, Range(SURT), backwards=True, page=20)),
    "by distance": lambda catalog: next(by_distance(catalog, SURT, 1_767_250_000_000_000, Range(SURT), page=20)),
    "status": lambda catalog: status(catalog),
    "last crawl": lambda catalog: last_crawl(catalog, "demo"),
    "changes": lambda catalog: changes(catalog, ChangeFilter(since=at(0)), limit=5),
    "by day": lambda catalog: by_day(catalog, at(0), at(1), ZoneInfo("Asia/Shanghai")),
}


def _of_url(catalog: Catalog, ask: Callable[..., object]) -> object:
    with catalog.reading() as connection:
        return ask(connection, urls_of(connection, URL))


@pytest.mark.parametrize("question", QUESTIONS)
def test_a_question_costs_no_more_over_twenty_times_the_captures(
    small_and_large: tuple[Catalog, Catalog], question: str
) -> None:
    small, large = (steps(catalog, QUESTIONS[question]) for catalog in small_and_large)
    assert 0 < small < 20_000
    assert large < 2 * small


def test_a_whole_index_is_read_page_by_page(small_and_large: tuple[Catalog, Catalog]) -> None:
    _, large = small_and_large
    with work(large) as done:
        pages = walk(large, ALL, page=100)
        first = next(pages)
        began = done.steps
        rest = [len(page) for page in pages]
    assert len(first) == 100
    assert sum(rest) + 100 == 2 * MANY + 8
    assert rest[:4] == [200, 400, 800, PAGE]
    assert max(rest) == PAGE
    assert began < done.steps / 10


def test_outcomes_that_tell_nothing_are_passed_over_in_the_index(tmp_path: Path) -> None:
    """A URL that was forbidden 2,000 times: no row of those is read, only the index that tells them apart."""
    catalog = Catalog.open(f"sqlite:///{tmp_path / 'catalog.sqlite'}")
    archive = Archive.open(FolderStore(tmp_path / "archive"), create=True, single_writer=True)
    whole = capture(URL, 0)
    rest = [capture(URL, n / 60 + 1, status=403, crawl_id=whole.crawl_id) for n in range(1000)]
    failed = [capture(URL, n / 60 + 50, outcome=Outcome.TIMEOUT, crawl_id=whole.crawl_id) for n in range(1000)]
    commit(archive, [whole, *rest, *failed])
    catalog.rebuild(archive)
    with work(catalog) as done, catalog.reading() as connection:
        found = closest(connection, urls_of(connection, URL), at(99))
    assert found is not None
    assert found.row.record_id == whole.record_id
    assert done.steps < 20 * 2000
    catalog.close()


def test_what_is_beside_a_miss_is_counted_up_to_a_bound(tmp_path: Path) -> None:
    """A page that was captured 4,400 times, and attempts at what is missed, cost no more than a quarter of them."""
    asked = f"{URL}?x"
    took = []
    for count in (MOST_COUNTED + 100, 4 * (MOST_COUNTED + 100)):
        folder = tmp_path / str(count)
        archive = Archive.open(FolderStore(folder / "archive"), create=True, single_writer=True)
        first = capture(URL, 0)
        more = [replace(capture(URL, n / 60), crawl_id=first.crawl_id) for n in range(1, count)]
        failed = [capture(asked, n / 60, outcome=Outcome.TIMEOUT, crawl_id=first.crawl_id) for n in range(count)]
        commit(archive, [first, *more, *failed])
        catalog = Catalog.open(f"sqlite:///{folder / 'catalog.sqlite'}")
        catalog.rebuild(archive)
        with work(catalog) as done:
            known = known_of(catalog, asked)
        took.append(done.steps)
        assert known.attempts is not None
        assert [known.attempts.count, *(one.captures for one in known.near)] == [MOST_COUNTED + 1] * 2
        assert (known.near[0].first, known.near[0].last) == (first.captured_at, more[-1].captured_at)
        assert known.attempts.last == failed[-1].captured_at
        catalog.close()
    assert took[1] < 1.1 * took[0]
