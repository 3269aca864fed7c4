"""When a URL was captured, and what came."""

from __future__ import annotations

from datetime import timedelta

import pytest

from storage.archive import Archive
from storage.catalog.calendar import (
    Came,
    came_of,
    captured_beside,
    captured_between,
    captures_between,
    count_captures,
    quarters,
)
from storage.catalog.catalog import Catalog
from storage.exchange import Outcome
from storage.rows import CaptureRow
from tests.storage.catalog.observed import OTHER, URL, at, capture, commit, revisit

KINDS = [
    ({}, Came.PAGE),
    ({"status": 206}, Came.PAGE),
    ({"status": 301, "location": OTHER}, Came.REDIRECT),
    ({"status": 404}, Came.MISSING),
    ({"status": 410}, Came.MISSING),
    ({"status": 403}, Came.REFUSED),
    ({"status": 429}, Came.REFUSED),
    ({"status": 503}, Came.FAILED),
    ({"outcome": Outcome.TRUNCATED, "truncated": "length"}, Came.FAILED),
    ({"outcome": Outcome.TIMEOUT}, Came.NOTHING),
    ({"outcome": Outcome.ROBOTS}, Came.NOTHING),
]


@pytest.fixture
def looked(archive: Archive, catalog: Catalog) -> tuple[Catalog, list[CaptureRow]]:
    """One capture of each kind an hour, a revisit of either sort, and some of another URL."""
    rows = [capture(URL, hour, **about) for hour, (about, _) in enumerate(KINDS)]
    rows += [revisit(rows[0], 20), revisit(rows[0], 21, not_modified=True)]
    https = URL.replace("http://", "https://www.")
    rows += [capture(https, 22, surt=rows[0].surt), capture(OTHER, 1)]
    commit(archive, rows)
    catalog.sync(archive)
    return catalog, [row for row in rows if row.url != OTHER]


def test_each_kind_is_told_by_the_database_as_by_the_row(looked: tuple[Catalog, list[CaptureRow]]) -> None:
    catalog, rows = looked
    expected = [came for _, came in KINDS] + [Came.PAGE] * 3
    assert [came_of(row) for row in rows] == expected
    found = sorted(quarters(catalog, URL, at(0), at(100)), key=lambda one: one.at)
    assert [(one.at, one.came, one.captures) for one in found] == [
        (row.captured_at, came, 1) for row, came in zip(rows, expected, strict=True)
    ]


def test_bounds_and_limits_hold_for_all_urls_with_the_surt(looked: tuple[Catalog, list[CaptureRow]]) -> None:
    catalog, rows = looked
    assert captured_between(catalog, URL) == (at(0), at(22))
    assert captured_between(catalog, URL.replace("http:", "https:")) == (at(0), at(22))
    assert captured_between(catalog, "http://demo.example/never") is None
    assert count_captures(catalog, URL, at(0), at(22)) == len(rows) - 1
    assert count_captures(catalog, URL, at(22), at(23)) == 1
    some = captures_between(catalog, URL, at(2), at(30), 4) or []
    assert some == rows[2:6]
    assert captures_between(catalog, URL, at(21), at(30), 9) == rows[-2:]


def test_what_is_beside_a_while_is_looked_for_in_all_urls_with_the_surt(
    looked: tuple[Catalog, list[CaptureRow]],
) -> None:
    catalog, _ = looked
    assert captured_beside(catalog, URL, at(2), at(3)) == (at(1), at(3))
    assert captured_beside(catalog, URL, at(22), at(22)) == (at(21), at(22))
    assert captured_beside(catalog, URL, at(0), at(23)) == (None, None)
    assert captured_beside(catalog, "http://demo.example/never", at(0), at(1)) == (None, None)


def test_captures_of_one_quarter_are_counted_together(archive: Archive, catalog: Catalog) -> None:
    minutes = (0, 1, 14, 15, 29, 30)
    commit(archive, [capture(URL, minute / 60) for minute in minutes])
    catalog.sync(archive)
    found = sorted(quarters(catalog, URL, at(0), at(1)), key=lambda one: one.at)
    assert [(one.at - at(0), one.captures) for one in found] == [
        (timedelta(0), 3),
        (timedelta(minutes=15), 2),
        (timedelta(minutes=30), 1),
    ]
