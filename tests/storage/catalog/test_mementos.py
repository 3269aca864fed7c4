from __future__ import annotations

import pytest

from storage.archive import Archive
from storage.catalog.catalog import Catalog
from storage.catalog.mementos import closest, timemap
from storage.exchange import Outcome
from tests.storage.catalog.observed import OTHER, URL, at, capture, commit, revisit


@pytest.fixture
def filled(archive: Archive, catalog: Catalog) -> Catalog:
    first = capture(URL, 0)
    commit(
        archive,
        [
            first,
            revisit(first, 10),
            capture(URL, 20, status=503),
            capture(URL, 21, outcome=Outcome.TRUNCATED),
            capture(URL, 22, outcome=Outcome.DNS),
            capture(URL, 40, status=404),
            capture(OTHER, 5, status=403),
        ],
    )
    catalog.sync(archive)
    return catalog


@pytest.mark.parametrize(
    ("hours", "expected"), [(-5, 0), (0, 0), (4, 0), (6, 10), (5, 0), (20, 10), (22, 10), (26, 40), (25, 10), (99, 40)]
)
def test_the_closest_whole_answer_is_found(filled: Catalog, hours: float, expected: float) -> None:
    found = closest(filled, URL, at(hours))
    assert found is not None
    assert found.row.captured_at == at(expected)


def test_an_answer_that_says_little_is_better_than_none(filled: Catalog) -> None:
    found = closest(filled, OTHER, at(0))
    assert found is not None
    assert found.row.status == 403


def test_what_was_never_captured_has_no_closest(filled: Catalog) -> None:
    assert closest(filled, "http://demo.example/never.html", at(0)) is None
    assert timemap(filled, "http://demo.example/never.html") == []


def test_the_scheme_makes_no_difference(filled: Catalog) -> None:
    found = closest(filled, URL.replace("http:", "https:"), at(0))
    assert found is not None
    assert found.row.url == URL


def test_a_time_map_lists_every_answer(filled: Catalog) -> None:
    assert [row.captured_at for row in timemap(filled, URL)] == [at(0), at(10), at(20), at(21), at(40)]
