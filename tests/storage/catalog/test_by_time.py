from __future__ import annotations

from datetime import UTC, date, datetime, timedelta, tzinfo
from zoneinfo import ZoneInfo

import pytest

from audit.upkeep import bring_up_to_date
from storage.archive import Archive
from storage.catalog.by_time import DayCount, by_day, changes_by_day
from storage.catalog.catalog import Catalog
from storage.catalog.status import status
from tests.storage.catalog.observed import BEGIN, OTHER, URL, article, at, capture, commit, reading

COPY = URL.replace("CHINA", "WORLD")
ELSEWHERE = "http://demo.example/WORLD/9.html"


@pytest.fixture
def filled(archive: Archive, catalog: Catalog) -> Catalog:
    """Captures from 6:00 UTC of the first day on: of two articles, of a copy, of another outlet, one of them late."""
    rows = [
        (capture(URL, 0), article("One")),
        (capture(OTHER, 0.2), article("Other")),
        (capture(URL, 12.4), article("Two")),  # 18:24 UTC: the next day in Kolkata, whose days begin at 18:30 UTC
        (capture(URL, 12.6), article("Three")),
        (capture(COPY, 30), article("Three")),
        (capture(ELSEWHERE, 30.1, outlet="another"), article("Elsewhere")),
        (capture(URL, 96), article("Three")),
    ]
    for row, what in rows:
        commit(archive, [row], [reading(row, what)])
    catalog.sync(archive)
    late = capture(OTHER, 31)
    commit(archive, [late, rows[0][0]], [reading(late, article("Otherwise"))])  # the first capture is committed again
    catalog.sync(archive)
    return catalog


def shown(catalog: Catalog, zone: tzinfo, since: datetime = BEGIN, **said: str) -> list[tuple[int, int, int, int]]:
    found = by_day(catalog, since, at(0) + timedelta(days=3), zone, **said)
    assert [row.day for row in found] == [found[0].day + timedelta(days=number) for number in range(len(found))]
    return [(row.day.day, row.captures, row.articles, row.changes) for row in found]


def test_what_came_is_counted_by_the_days_of_a_time_zone(filled: Catalog) -> None:
    assert shown(filled, UTC) == [(1, 4, 2, 2), (2, 3, 1, 1), (3, 0, 0, 0), (4, 0, 0, 0)]
    assert shown(filled, ZoneInfo("Asia/Kolkata")) == [(1, 3, 2, 1), (2, 4, 1, 2), (3, 0, 0, 0), (4, 0, 0, 0)]
    assert shown(filled, ZoneInfo("Asia/Shanghai")) == [(1, 2, 2, 0), (2, 5, 1, 3), (3, 0, 0, 0), (4, 0, 0, 0)]


def test_one_outlet_is_counted_by_itself(filled: Catalog) -> None:
    assert shown(filled, UTC, outlet="another")[1] == (2, 1, 1, 0)
    assert shown(filled, UTC, outlet="demo")[1] == (2, 2, 0, 1)
    assert shown(filled, UTC, outlet="nobody") == [(day, 0, 0, 0) for day in range(1, 5)]


def test_only_what_lies_between_the_bounds_counts(filled: Catalog) -> None:
    assert shown(filled, UTC, at(0.1))[0] == (1, 4, 1, 2)  # captures by their quarters of an hour
    assert shown(filled, UTC, at(0.25))[0] == (1, 2, 0, 2)
    assert by_day(filled, at(0), at(12.5), UTC) == [DayCount(date(2026, 1, 1), 3, 2, 1)]
    midnight = datetime(2026, 1, 2, tzinfo=UTC)
    assert by_day(filled, BEGIN, midnight, UTC) == [DayCount(date(2026, 1, 1), 4, 2, 2)]
    assert by_day(filled, BEGIN, BEGIN, UTC) == []


def test_a_catalog_made_anew_counts_the_same(filled: Catalog, another_catalog: Catalog, archive: Archive) -> None:
    another_catalog.rebuild(archive)
    for zone in (UTC, ZoneInfo("America/St_Johns")):
        assert shown(another_catalog, zone) == shown(filled, zone)
    assert [row.captures for row in status(another_catalog)] == [row.captures for row in status(filled)] == [1, 7]


def test_heavy_changes_are_counted_by_themselves(archive: Archive, catalog: Catalog) -> None:
    for hours, text in ((0, "The drill has 12 ships"), (24, "The drill has 92 ships"), (48, "The drill  has 92 ships")):
        row = capture(URL, hours)
        commit(archive, [row], [reading(row, article(text))])
    catalog.sync(archive)
    until = at(72)
    assert changes_by_day(catalog, BEGIN, until, UTC, min_weight=0) == {}
    bring_up_to_date(catalog)
    second, third = date(2026, 1, 2), date(2026, 1, 3)
    assert changes_by_day(catalog, BEGIN, until, UTC, min_weight=0) == {second: 1, third: 1}
    assert changes_by_day(catalog, BEGIN, until, UTC, min_weight=2) == {second: 1}
    assert changes_by_day(catalog, BEGIN, until, ZoneInfo("Asia/Tokyo"), outlet="demo", min_weight=2) == {second: 1}
    assert changes_by_day(catalog, BEGIN, until, UTC, outlet="another", min_weight=0) == {}
