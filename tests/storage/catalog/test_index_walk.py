from __future__ import annotations

from datetime import UTC, datetime, timedelta
from itertools import pairwise

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from storage.archive import Archive
from storage.catalog.catalog import Catalog
from storage.catalog.index_walk import Indexed, Place, Range, by_distance, walk
from storage.exchange import Outcome
from tests.storage.catalog.observed import URL, at, capture, commit

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
HOST = ("example,demo)/", "example,demo)0")


def micros(hours: float) -> int:
    return (at(hours) - EPOCH) // timedelta(microseconds=1)


@pytest.fixture
def filled(archive: Archive, catalog: Catalog) -> Catalog:
    """Twenty URLs, each by http and https, captured five times each, out of order; and what has no response."""
    rows = [
        capture(f"{scheme}://demo.example/{page:02}.html", hour + (0.25 if scheme == "https" else 0))
        for hour in (3, 0, 4, 1, 2)
        for page in range(20)
        for scheme in ("http", "https")
    ]
    commit(archive, [*rows, capture("http://demo.example/99.html", 0, outcome=Outcome.TIMEOUT)])
    catalog.sync(archive)
    return catalog


def all_of(catalog: Catalog, within: Range, **said: object) -> list[Indexed]:
    return [found for page in walk(catalog, within, **said) for found in page]  # type: ignore[arg-type]


def order(found: Indexed) -> tuple[str, int, int]:
    return found.surt, found.at, found.id


@pytest.mark.parametrize("page", [1, 3, 7, 1000])
def test_all_come_once_and_in_order_whatever_a_page_holds(filled: Catalog, page: int) -> None:
    found = all_of(filled, Range(*HOST), page=page)
    assert len(found) == 200
    assert all(order(a) < order(b) for a, b in pairwise(found))
    assert all_of(filled, Range(*HOST), page=page, backwards=True) == found[::-1]


def test_one_surt_is_all_its_urls_by_time(filled: Catalog) -> None:
    found = all_of(filled, Range("example,demo)/07.html"), page=4)
    assert [row.at for row in found] == sorted(micros(hour + more) for hour in range(5) for more in (0, 0.25))
    assert {row.url for row in found} == {"http://demo.example/07.html", "https://demo.example/07.html"}


@pytest.mark.parametrize("backwards", [False, True])
def test_a_walk_goes_on_where_another_stopped(filled: Catalog, backwards: bool) -> None:
    whole = all_of(filled, Range(*HOST), backwards=backwards)
    for stop in (0, 1, 9, 10, 150, 199):
        last = whole[stop]
        after = Place(last.surt, last.at, last.id)
        assert all_of(filled, Range(*HOST), after=after, page=13, backwards=backwards) == whole[stop + 1 :]


def test_bounds_of_time_and_of_surt_hold(filled: Catalog) -> None:
    within = Range("example,demo)/03", "example,demo)/05", since=micros(1), until=micros(2))
    found = all_of(filled, within, page=3)
    assert [(row.surt[-7:], row.at) for row in found] == [
        (name, micros(hour)) for name in ("03.html", "04.html") for hour in (1, 1.25)
    ]
    assert all_of(filled, within, page=3, backwards=True) == found[::-1]


@pytest.mark.parametrize("backwards", [False, True])
@pytest.mark.parametrize(("since", "until"), [(1, 3.25), (1.1, 9), (-9, 2), (9, 10)])
@pytest.mark.parametrize("surts", [HOST, ("example,demo)/07.html", None)])
def test_bounds_of_time_hold_wherever_a_walk_goes_on(
    filled: Catalog, surts: tuple[str, str | None], since: float, until: float, backwards: bool
) -> None:
    whole = all_of(filled, Range(*surts), backwards=backwards)
    within = Range(*surts, since=micros(since), until=micros(until))
    for stop, last in list(enumerate(whole, 1))[::3]:
        after = Place(last.surt, last.at, last.id)
        rest = [found for found in whole[stop:] if micros(since) <= found.at < micros(until)]
        assert all_of(filled, within, after=after, page=6, backwards=backwards) == rest


def test_what_brought_no_response_is_not_in_an_index(filled: Catalog) -> None:
    assert all_of(filled, Range("example,demo)/99.html")) == []


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(hours=st.floats(-2, 7, allow_nan=False), page=st.integers(1, 20))
def test_captures_come_by_their_distance_from_a_moment(filled: Catalog, hours: float, page: int) -> None:
    surt = "example,demo)/07.html"
    found = list(by_distance(filled, surt, micros(hours), Range(surt), page=page))
    assert sorted(found, key=order) == all_of(filled, Range(surt))
    distances = [abs(row.at - micros(hours)) for row in found]
    assert distances == sorted(distances)


def test_a_url_whose_surt_nothing_shares_is_found_alone(archive: Archive, catalog: Catalog) -> None:
    commit(archive, [capture(URL, 0)])
    catalog.sync(archive)
    (row,) = all_of(catalog, Range("example,demo)/china/16435001.html"))
    assert (row.url, row.status, row.mime, row.outcome) == (URL, 200, "text/html", "response")
